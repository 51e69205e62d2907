// What a family with a front end of its own needs before it can make its net, fetched in the same order by all.
#pragma once

#include <type_traits>
#include <utility>

#include "core/dsp/frontend.h"
#include "core/nn/device.h"
#include "core/nn/load_package.h"

namespace chladni::models {

// `Config` is the family's own.
template <class Config>
struct PackageParts {
  nn::Runtime runtime;
  Config config;
  dsp::Frontend frontend;
  nn::NamedTensors weights;
};

// The first that fails is the error: the device, `configFromSpec(spec)`, the front end, the weights.
template <class ConfigFromSpec>
auto partsOfPackage(const inference::ModelSpec& spec, const inference::RuntimeOptions& options, ConfigFromSpec&& configFromSpec)
    -> Result<PackageParts<std::decay_t<decltype(*configFromSpec(spec))>>> {
  auto runtime = nn::resolveRuntime(options);
  if (!runtime) return fail(std::move(runtime).error());
  auto config = configFromSpec(spec);
  if (!config) return fail(std::move(config).error());
  auto frontend = dsp::Frontend::create(spec.frontend);
  if (!frontend) return fail(std::move(frontend).error());
  auto weights = nn::weightsOfPackage(spec);
  if (!weights) return fail(std::move(weights).error());
  return PackageParts<std::decay_t<decltype(*config)>>{*std::move(runtime), *std::move(config), *std::move(frontend), *std::move(weights)};
}

}  // namespace chladni::models
