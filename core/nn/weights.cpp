#include "core/nn/weights.h"

#include <set>

#include <torch/types.h>

#include "core/nn/tensor_exchange.h"

namespace chladni::nn {

std::string shapeText(at::IntArrayRef shape) {
  std::string text = "[";
  for (const auto size : shape) text += (text.size() > 1 ? ", " : "") + std::to_string(size);
  return text + "]";
}

std::string shapeText(const at::Tensor& tensor) { return shapeText(tensor.sizes()); }

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

WeightsReport compareWeights(const std::vector<NamedShape>& expected, const NamedTensors& tensors) {
  WeightsReport report;
  std::set<std::string> names;
  for (const auto& [name, shape] : expected) {
    names.insert(name);
    const auto found = tensors.find(name);
    if (found == tensors.end()) {
      report.missing.push_back(name);
    } else if (found->second.sizes() != at::IntArrayRef(shape)) {
      report.misshapen.push_back("'" + name + "': file " + shapeText(found->second) + ", model " + shapeText(shape));
    } else if (!allFinite(found->second)) {
      report.nonFinite.push_back(name);
    }
  }
  for (const auto& [name, tensor] : tensors)
    if (!names.contains(name)) report.unexpected.push_back(name);
  return report;
}

WeightsReport compareWeights(const torch::nn::Module& module, const NamedTensors& tensors) {
  std::vector<NamedShape> expected;
  for (const auto& item : module.named_parameters()) expected.push_back({item.key(), item.value().sizes().vec()});
  return compareWeights(expected, tensors);
}

Result<void> refuseUnlessFits(const WeightsReport& report) {
  if (report.fits()) return {};
  const auto lines = report.lines();
  auto message = lines.front();
  if (lines.size() > 1) message += " (and " + std::to_string(lines.size() - 1) + " more)";
  const bool broken = report.nonFinite.size() == lines.size();
  return fail(broken ? ErrorCode::corruptData : ErrorCode::incompatibleModel,
              message + "; the weights do not belong to this model, import or download them again");
}

Result<void> loadWeights(torch::nn::Module& module, const NamedTensors& tensors) {
  if (auto fits = refuseUnlessFits(compareWeights(module, tensors)); !fits) return fits;
  at::NoGradGuard guard;
  for (auto& item : module.named_parameters()) item.value().copy_(tensors.at(item.key()));
  return {};
}

std::vector<TensorBlob> weightsOf(const torch::nn::Module& module, DType dtype) {
  std::vector<TensorBlob> blobs;
  for (const auto& item : module.named_parameters()) blobs.push_back(toBlob(item.key(), item.value(), dtype));
  return blobs;
}

std::int64_t countParameters(const torch::nn::Module& module) {
  std::int64_t count = 0;
  for (const auto& parameter : module.parameters()) count += parameter.numel();
  return count;
}

}  // namespace chladni::nn
