#include "core/nn/train_snapshot.h"

#include <mutex>

#include <ATen/ATen.h>
#include <ATen/CPUGeneratorImpl.h>
#include <torch/types.h>

#include "core/nn/tensor_exchange.h"

namespace chladni::nn {

std::vector<TensorBlob> copyOut(const NamedTensors& tensors) {
  std::vector<TensorBlob> blobs;
  blobs.reserve(tensors.size());
  for (const auto& [name, tensor] : tensors) blobs.push_back(toBlob(name, tensor));
  return blobs;
}

Result<void> copyBack(const NamedTensors& tensors, const std::vector<TensorBlob>& blobs) {
  at::NoGradGuard guard;
  std::map<std::string, const TensorBlob*> byName;
  for (const auto& blob : blobs) byName.emplace(blob.name, &blob);
  for (const auto& [name, tensor] : tensors) {
    const auto found = byName.find(name);
    if (found == byName.end()) return fail(ErrorCode::incompatibleModel, "the checkpoint lacks " + name + "; it belongs to another recipe");
    auto values = toTensor(*found->second);
    if (!values) return fail(values.error());
    if (values->sizes() != tensor.sizes())
      return fail(ErrorCode::incompatibleModel, "the checkpoint's " + name + " is " + shapeText(*values) + ", not " + shapeText(tensor));
    auto target = tensor;
    target.copy_(*values);
  }
  if (byName.size() != tensors.size())
    return fail(ErrorCode::incompatibleModel, "the checkpoint holds tensors that this recipe does not have");
  return {};
}

NamedTensors moduleState(const torch::nn::Module& module) {
  NamedTensors state;
  for (const auto& item : module.named_parameters()) state["weights." + item.key()] = item.value();
  for (const auto& item : module.named_buffers()) state["weights." + item.key()] = item.value();
  return state;
}

at::Tensor generatorState() {
  auto generator = at::detail::getDefaultCPUGenerator();
  const std::scoped_lock lock(generator.mutex());
  return generator.get_state();
}

void setGeneratorState(const at::Tensor& state) {
  auto generator = at::detail::getDefaultCPUGenerator();
  const std::scoped_lock lock(generator.mutex());
  generator.set_state(state);
}

}  // namespace chladni::nn
