#include "core/nn/package_writer.h"

#include <system_error>

#include "core/base/atomic_file.h"
#include "core/inference/model_package.h"
#include "core/nn/tensor_exchange.h"
#include "core/serial/safetensors.h"

namespace chladni::nn {

DType storedType(const inference::ModelSpec& spec) {
  const auto& name = spec.weights.dtype;
  return name == "fp16" ? DType::f16 : name == "bf16" ? DType::bf16 : DType::f32;
}

Result<inference::ModelSpec> writePackage(const inference::ModelSpec& spec, std::vector<TensorBlob> weights,
                                          const std::string& card, const FurtherFiles& further) {
  std::error_code problem;
  std::filesystem::create_directories(spec.folder, problem);
  if (problem) return fail(ErrorCode::io, "cannot create '" + spec.folder.string() + "': " + problem.message());
  std::filesystem::remove(spec.folder / "model.json", problem);
  if (auto written = serial::writeSafetensors(spec.folder / spec.weights.file, {std::move(weights), {}}); !written)
    return fail(std::move(written).error());
  if (further)
    if (auto written = further(); !written) return fail(std::move(written).error());
  if (auto written = writeFileAtomically(spec.folder / "CARD.md", card); !written) return fail(std::move(written).error());
  return inference::writeModelManifest(spec, spec.folder);
}

Result<inference::ModelSpec> writePackage(const inference::ModelSpec& spec, const NamedTensors& weights,
                                          const std::string& card, const FurtherFiles& further) {
  std::vector<TensorBlob> blobs;
  for (const auto& [name, tensor] : weights) blobs.push_back(toBlob(name, tensor, storedType(spec)));
  return writePackage(spec, std::move(blobs), card, further);
}

Result<inference::ModelSpec> writePackage(const inference::ModelSpec& spec, const torch::nn::Module& net,
                                          const std::string& card, const FurtherFiles& further) {
  return writePackage(spec, weightsOf(net, storedType(spec)), card, further);
}

}  // namespace chladni::nn
