#include "core/nn/modal_blocks.h"

#include <string>

#include <torch/types.h>

#include "core/nn/recompute.h"

namespace chladni::nn {

ModalBlock::ModalBlock(const BlockShape& shape)
    : Block(shape),
      norm1_a(register_module("norm1_a", std::make_shared<LayerNorm>(shape.width, shape.epsilon))),
      norm1_v(register_module("norm1_v", std::make_shared<LayerNorm>(shape.width, shape.epsilon))),
      norm2_a(register_module("norm2_a", std::make_shared<LayerNorm>(shape.width, shape.epsilon))),
      norm2_v(register_module("norm2_v", std::make_shared<LayerNorm>(shape.width, shape.epsilon))) {}

const LayerNorm& ModalBlock::first(Norms norms) const {
  return norms == Norms::plain ? *norm1 : norms == Norms::a ? *norm1_a : *norm1_v;
}

const LayerNorm& ModalBlock::second(Norms norms) const {
  return norms == Norms::plain ? *norm2 : norms == Norms::a ? *norm2_a : *norm2_v;
}

at::Tensor ModalBlock::forward(const at::Tensor& x, Norms norms, std::int64_t layer, const Tap* tap) const {
  const auto y = throughBlock(x, [this, norms, layer, tap](const at::Tensor& in) {
    const auto attended = in + attn->forward(first(norms).forward(in), layer, tap);
    return attended + mlp->forward(second(norms).forward(attended));
  });
  if (tap != nullptr) tap->show("block", layer, y);
  return y;
}

ModalStack::ModalStack(std::int64_t depth, const BlockShape& shape) {
  for (std::int64_t i = 0; i < depth; ++i)
    blocks_.push_back(register_module(std::to_string(i), std::make_shared<ModalBlock>(shape)));
}

at::Tensor ModalStack::forward(at::Tensor x, Norms norms, const Tap* tap) const {
  for (std::int64_t layer = 0; layer < depth(); ++layer) x = at(layer)->forward(x, norms, layer, tap);
  return x;
}

}  // namespace chladni::nn
