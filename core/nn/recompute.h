// Activation checkpointing: within a RecomputeScope a transformer block keeps its input alone for the way back and
// computes what is inside once more there. Less memory for about a third more time; outputs and gradients are those of
// the plain pass. What the block draws at random is drawn before and handed in, so that both passes see the same.
// The scope is of a thread; without gradients it changes nothing. Throws c10::Error.
// Source: Chen et al., "Training Deep Nets with Sublinear Memory Cost", 2016.
#pragma once

#include <functional>

#include <ATen/core/Tensor.h>

namespace chladni::nn {

class RecomputeScope {
 public:
  explicit RecomputeScope(bool wanted);
  ~RecomputeScope();
  RecomputeScope(const RecomputeScope&) = delete;
  RecomputeScope& operator=(const RecomputeScope&) = delete;

 private:
  bool before_;
};

// block(x), or the same with its inside computed again in the backward pass. The block must not outlive what it borrows:
// it is called until the gradients are there.
at::Tensor throughBlock(const at::Tensor& x, std::function<at::Tensor(const at::Tensor&)> block);

}  // namespace chladni::nn
