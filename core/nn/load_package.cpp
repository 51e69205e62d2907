#include "core/nn/load_package.h"

#include "core/inference/model_package.h"

namespace chladni::nn {

Result<NamedTensors> weightsOfPackage(const inference::ModelSpec& spec) {
  auto file = inference::readModelWeights(spec);
  if (!file) return fail(std::move(file).error());
  return toNamedTensors(file->tensors);
}

}  // namespace chladni::nn
