// What loading a package has in common, whatever the family: its weights as named tensors, and the wall behind which
// torch's exceptions end, with a word on what was being loaded.
#pragma once

#include <memory>
#include <string>
#include <utility>

#include "core/inference/model_family.h"
#include "core/nn/translate.h"
#include "core/nn/weights.h"

namespace chladni::nn {

using LoadedPackage = Result<std::shared_ptr<const inference::LoadedModel>>;

// The weights file that the manifest names, read whole. Fails as inference::readModelWeights and toNamedTensors do.
Result<NamedTensors> weightsOfPackage(const inference::ModelSpec& spec);

// Runs `work`, which makes the model; an error that says nothing of its place is told to be one of loading this package.
template <class Work>
LoadedPackage loadingPackage(const inference::ModelSpec& spec, Work&& work) {
  const auto what = "loading " + spec.name;
  auto model = translated(what, std::forward<Work>(work));
  if (!model && model.error().context.empty()) return fail(std::move(model).error(), what);
  return model;
}

}  // namespace chladni::nn
