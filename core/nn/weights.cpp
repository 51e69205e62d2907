#include "core/nn/weights.h"

#include <torch/types.h>

#include "core/nn/tensor_exchange.h"

namespace chladni::nn {

std::string shapeText(const at::Tensor& tensor) {
  std::string text = "[";
  for (const auto size : tensor.sizes()) text += (text.size() > 1 ? ", " : "") + std::to_string(size);
  return text + "]";
}

std::vector<std::string> WeightsReport::lines() const {
  std::vector<std::string> all;
  for (const auto& name : missing) all.push_back("missing tensor '" + name + "'");
  for (const auto& name : unexpected) all.push_back("unexpected tensor '" + name + "'");
  for (const auto& line : misshapen) all.push_back("tensor of the wrong shape " + line);
  for (const auto& name : nonFinite) all.push_back("tensor '" + name + "' holds NaN or infinite values");
  return all;
}

Result<NamedTensors> toNamedTensors(const std::vector<TensorBlob>& blobs) {
  NamedTensors tensors;
  for (const auto& blob : blobs) {
    auto tensor = toTensor(blob);
    if (!tensor) return fail(std::move(tensor).error());
    if (!tensors.emplace(blob.name, *tensor).second)
      return fail(ErrorCode::corruptData, "tensor '" + blob.name + "' is there twice");
  }
  return tensors;
}

WeightsReport compareWeights(const torch::nn::Module& module, const NamedTensors& tensors) {
  WeightsReport report;
  const auto parameters = module.named_parameters();
  for (const auto& item : parameters) {
    const auto found = tensors.find(item.key());
    if (found == tensors.end()) {
      report.missing.push_back(item.key());
    } else if (found->second.sizes() != item.value().sizes()) {
      report.misshapen.push_back("'" + item.key() + "': file " + shapeText(found->second) + ", model " +
                                 shapeText(item.value()));
    } else if (!allFinite(found->second)) {
      report.nonFinite.push_back(item.key());
    }
  }
  for (const auto& [name, tensor] : tensors)
    if (parameters.find(name) == nullptr) report.unexpected.push_back(name);
  return report;
}

Result<void> loadWeights(torch::nn::Module& module, const NamedTensors& tensors) {
  const auto report = compareWeights(module, tensors);
  if (!report.fits()) {
    const auto lines = report.lines();
    auto message = lines.front();
    if (lines.size() > 1) message += " (and " + std::to_string(lines.size() - 1) + " more)";
    const bool broken = report.nonFinite.size() == lines.size();
    return fail(broken ? ErrorCode::corruptData : ErrorCode::incompatibleModel,
                message + "; the weights do not belong to this model, import or download them again");
  }
  at::NoGradGuard guard;
  for (auto& item : module.named_parameters()) item.value().copy_(tensors.at(item.key()));
  return {};
}

std::vector<TensorBlob> weightsOf(const torch::nn::Module& module, DType dtype) {
  std::vector<TensorBlob> blobs;
  for (const auto& item : module.named_parameters()) blobs.push_back(toBlob(item.key(), item.value(), dtype));
  return blobs;
}

}  // namespace chladni::nn
