// Between the tensors of a running training and a checkpoint's plain data: everything is copied out, and copied back in
// place, each by its name, none missing and none left over. One thread. Fails with corruptData or incompatibleModel
// naming the tensor.
#pragma once

#include "core/nn/weights.h"
#include "core/training/checkpoint_store.h"

namespace chladni::nn {

std::vector<TensorBlob> copyOut(const NamedTensors& tensors);
Result<void> copyBack(const NamedTensors& tensors, const std::vector<TensorBlob>& blobs);
// Parameters and buffers as "weights.<name>".
NamedTensors moduleState(const torch::nn::Module& module);

// The state of torch's generator on the CPU, as bytes.
at::Tensor generatorState();
void setGeneratorState(const at::Tensor& state);

}  // namespace chladni::nn
