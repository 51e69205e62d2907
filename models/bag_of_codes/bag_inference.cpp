#include "models/bag_of_codes/bag_inference.h"

#include <torch/types.h>

#include "core/nn/tensor_exchange.h"
#include "core/nn/weights.h"
#include "models/bag_of_codes/bag_patches.h"

namespace chladni::models::bag {
namespace {

nn::Runtime exact(nn::Runtime runtime) {
  runtime.type = at::kFloat;
  return runtime;
}

// Codes on the CPU as rows; `tensor` must outlive them.
reduction::Rows rowsOf(const at::Tensor& tensor) {
  return {std::span<const float>(tensor.data_ptr<float>(), static_cast<std::size_t>(tensor.numel())), tensor.size(1)};
}

at::Tensor rowsOfCentres(const reduction::Table& centres, const std::vector<std::int32_t>& indices) {
  auto rows = torch::empty({static_cast<std::int64_t>(indices.size()), centres.columns}, at::kFloat);
  auto* to = rows.data_ptr<float>();
  for (const auto index : indices)
    for (std::int64_t k = 0; k < centres.columns; ++k) *to++ = static_cast<float>(centres.row(index)[k]);
  return rows;
}

}  // namespace

PreparedLayers::PreparedLayers(const DenseLayers& layers, const nn::Runtime& runtime) {
  for (const auto& layer : layers.layers()) layers_.emplace_back(*layer, runtime);
}

at::Tensor PreparedLayers::forward(const at::Tensor& x) const {
  return layers_[2].forward(layers_[1].forward(layers_[0].forward(x).relu_()).relu_());
}

BagInference::BagInference(const BagNet& net, Codebook codebook, const nn::Runtime& runtime)
    : config_(net.config()), codebook_(std::move(codebook)), runtime_(runtime), head_(*net.mlp, runtime) {
  for (const auto kind : kPatchKinds) {
    encoders_.emplace_back(*net.coder(kind).enc, exact(runtime));
    decoders_.emplace_back(*net.coder(kind).dec, exact(runtime));
    parameters_ += static_cast<std::int64_t>(codebook_.of(kind).values.size());
  }
  parameters_ += nn::countParameters(net);
}

Result<BagInference::Codes> BagInference::codes(const at::Tensor& pictures, std::stop_token stop) const {
  at::NoGradGuard guard;
  nn::takeThreads();
  const auto onDevice = pictures.to(runtime_.device);
  Codes found;
  found.counts = Matrix(pictures.size(0), config_.counts());
  for (const auto kind : kPatchKinds) {
    if (stop.stop_requested()) return fail(ErrorCode::cancelled, "stopped");
    const auto patches = patchesOf(kind, onDevice, config_).flatten(0, 1);
    const auto codes = encoders_[static_cast<std::size_t>(kind)].forward(patches).to(at::kCPU).contiguous();
    auto indices = indicesOf(codebook_, kind, rowsOf(codes));
    if (!indices) return fail(std::move(indices).error());
    countIndices(*indices, kind, config_, found.counts);
    found.indices.push_back(std::move(*indices));
  }
  return found;
}

at::Tensor BagInference::logits(const Matrix& counts) const {
  at::NoGradGuard guard;
  nn::takeThreads();
  return head_.forward(nn::toTensor(counts).to(runtime_.device, runtime_.type)).to(at::kCPU, at::kFloat);
}

Result<at::Tensor> BagInference::paint(PatchKind kind, const at::Tensor& patches, bool fromCentres) const {
  at::NoGradGuard guard;
  nn::takeThreads();
  auto codes = encoders_[static_cast<std::size_t>(kind)].forward(patches.to(runtime_.device)).to(at::kCPU).contiguous();
  if (fromCentres) {
    const auto indices = indicesOf(codebook_, kind, rowsOf(codes));
    if (!indices) return fail(indices.error());
    codes = rowsOfCentres(codebook_.of(kind), *indices);
  }
  return decoders_[static_cast<std::size_t>(kind)].forward(codes.to(runtime_.device)).to(at::kCPU);
}

}  // namespace chladni::models::bag
