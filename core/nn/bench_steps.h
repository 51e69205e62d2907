// What the rows of `chladni-cli bench` for networks are made of: the matrix products of a
// stack of blocks alone, and whole steps of learning with the training loop's own optimiser. One thread at a time.
// Throws c10::Error.
#pragma once

#include <cstdint>
#include <functional>
#include <stop_token>

#include <torch/nn/module.h>

#include "core/nn/device.h"

namespace chladni::nn {

struct BlockProducts {
  std::int64_t tokens = 0, width = 0, hidden = 0, depth = 0;
};
// The linear layers of all blocks with one clip, through the same prepared layers: nine tenths of all operations.
double productsMs(const BlockProducts& blocks, const Runtime& runtime, const std::stop_token& stop);
// Beside it the same going back: the gradient of the input and that of the weights.
inline constexpr double kLearningPasses = 3.0;

// A step of AdamW over every parameter of the module: gradients cleared, loss, backward, norms, update. bf16: the forward
// pass in mixed precision, as the training loop does it.
double trainStepMs(torch::nn::Module& module, const std::function<at::Tensor()>& loss, const Runtime& runtime, const std::stop_token& stop);

}  // namespace chladni::nn
