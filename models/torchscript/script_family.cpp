#include "models/torchscript/script_family.h"

#include <algorithm>
#include <sstream>

#include <torch/script.h>

#include "core/base/atomic_file.h"
#include "core/inference/model_package.h"
#include "core/nn/load_package.h"
#include "core/serial/sha256.h"
#include "models/torchscript/script_model.h"

namespace chladni::models::torchscript {
namespace {

constexpr std::uintmax_t kLargestScript = std::uintmax_t{8} << 30;

bool agreedTo(const std::string& sum, const std::vector<std::string>& trusted) {
  const auto same = [](char a, char b) { return std::tolower(static_cast<unsigned char>(a)) == b; };
  return std::any_of(trusted.begin(), trusted.end(), [&](const std::string& hash) {
    return hash.size() == sum.size() && std::equal(hash.begin(), hash.end(), sum.begin(), same);
  });
}

// The bytes whose hash was agreed to are the bytes that run: the file is read once.
Result<torch::jit::Module> loadScript(const inference::ModelSpec& spec, const nn::Runtime& runtime) {
  const auto path = inference::packageFile(spec.folder, spec.weights.file);
  if (!path) return fail(path.error());
  auto bytes = readFile(*path, kLargestScript);
  if (!bytes) return fail(std::move(bytes).error());
  if (const auto sum = serial::sha256OfText(*bytes); sum != spec.weights.sha256)
    return fail(ErrorCode::corruptData, spec.weights.file + ": its SHA-256 is " + sum + ", model.json says " + spec.weights.sha256 +
                                            "; export or copy the package again");
  std::istringstream stream(std::move(*bytes));
  auto module = torch::jit::load(stream, runtime.device);
  module.eval();
  return module;
}

nn::LoadedPackage loadPackage(const inference::ModelSpec& spec, const inference::RuntimeOptions& options) {
  if (!agreedTo(spec.weights.sha256, options.trustedScripts))
    return fail(ErrorCode::unsupported, "'" + spec.name + "' runs a script of its own, " + spec.weights.file +
                                            ", which was not agreed to; if you trust its origin, run it with --trust " + spec.weights.sha256);
  auto exact = options;
  exact.precision = inference::Precision::fp32;
  auto runtime = nn::resolveRuntime(exact);
  if (!runtime) return fail(std::move(runtime).error());
  auto config = configFromSpec(spec);
  if (!config) return fail(std::move(config).error());
  std::optional<dsp::Frontend> frontend;
  if (config->input == ScriptInput::spectrogram) {
    auto made = dsp::Frontend::create(spec.frontend);
    if (!made) return fail(std::move(made).error());
    frontend = std::move(*made);
  }
  auto module = loadScript(spec, *runtime);
  if (!module) return fail(std::move(module).error());
  return std::shared_ptr<const inference::LoadedModel>(
      std::make_shared<ScriptModel>(spec, std::move(*config), std::move(frontend), std::move(*module), *runtime));
}

}  // namespace

nn::LoadedPackage ScriptFamily::load(const inference::ModelSpec& spec, const inference::RuntimeOptions& options) const {
  return nn::loadingPackage(spec, [&] { return loadPackage(spec, options); });
}

Result<inference::ImportReport> ScriptFamily::importCheckpoint(const inference::ImportOptions& options) const {
  return fail(ErrorCode::unsupported, "'" + options.source.filename().string() +
                                          "' cannot become a torchscript package here; models/convert/export_torchscript.py "
                                          "makes such packages whole from your own networks");
}

}  // namespace chladni::models::torchscript
