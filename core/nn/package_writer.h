// writePackage(): a model package on disk: the folder spec.folder, its weights in the type that spec.weights.dtype says,
// CARD.md and last the manifest. Without its manifest a folder is no package, and an older one goes first, so there is
// never a package whose parts belong to different moments. Returns the spec as it reads back. Blocking; fails with io.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "core/inference/model_spec.h"
#include "core/nn/weights.h"

namespace chladni::nn {

DType storedType(const inference::ModelSpec& spec);  // of its weights

// Writes the package's further files; the folder exists. Their names are in spec.fileSha256.
using FurtherFiles = std::function<Result<void>()>;

Result<inference::ModelSpec> writePackage(const inference::ModelSpec& spec, std::vector<TensorBlob> weights,
                                          const std::string& card, const FurtherFiles& further = {});
Result<inference::ModelSpec> writePackage(const inference::ModelSpec& spec, const NamedTensors& weights,
                                          const std::string& card, const FurtherFiles& further = {});
Result<inference::ModelSpec> writePackage(const inference::ModelSpec& spec, const torch::nn::Module& net,
                                          const std::string& card, const FurtherFiles& further = {});

}  // namespace chladni::nn
