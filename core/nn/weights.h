// Filling a module's parameters from named tensors, each used exactly once, and reading them out again. Nothing is
// filled unless everything fits. A report says all that did not fit, not only the first thing.
// Fails with incompatibleModel (missing, unexpected, wrong shape) or corruptData (NaN or infinite value), naming tensors.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include <torch/nn/module.h>

#include "core/base/result.h"
#include "core/data/tensor_blob.h"

namespace chladni::nn {

using NamedTensors = std::map<std::string, at::Tensor>;

struct WeightsReport {
  std::vector<std::string> missing;     // names the module has and the file lacks
  std::vector<std::string> unexpected;  // names the file has and the module lacks
  std::vector<std::string> misshapen;   // "name: file [2, 3], model [2, 4]"
  std::vector<std::string> nonFinite;
  [[nodiscard]] bool fits() const { return missing.empty() && unexpected.empty() && misshapen.empty() && nonFinite.empty(); }
  [[nodiscard]] std::vector<std::string> lines() const;
};

// Names to tensors; fails on a repeated name or bytes that do not match their shape.
Result<NamedTensors> toNamedTensors(const std::vector<TensorBlob>& blobs);

// What a model expects, when no module says it: the nets that only infer are lists of tensors.
struct NamedShape {
  std::string name;
  std::vector<std::int64_t> shape;
};

WeightsReport compareWeights(const std::vector<NamedShape>& expected, const NamedTensors& tensors);
WeightsReport compareWeights(const torch::nn::Module& module, const NamedTensors& tensors);
// Fails, naming the first tensor, unless the report fits.
Result<void> refuseUnlessFits(const WeightsReport& report);
// compareWeights, then copies (converting to each parameter's type) when all fits.
Result<void> loadWeights(torch::nn::Module& module, const NamedTensors& tensors);
std::vector<TensorBlob> weightsOf(const torch::nn::Module& module, DType dtype);
// Numbers in all parameters together.
std::int64_t countParameters(const torch::nn::Module& module);

std::string shapeText(at::IntArrayRef shape);
std::string shapeText(const at::Tensor& tensor);  // "[2, 3]"

}  // namespace chladni::nn
