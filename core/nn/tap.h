// Tap: what a caller wants to see of a forward pass. Handed in as an argument, never stored in a module. Callbacks run
// on the calling thread, in layer order. Tensors are only borrowed: clone what must outlive the call.
#pragma once

#include <cstdint>
#include <functional>
#include <string_view>
#include <vector>

#include <ATen/core/Tensor.h>

namespace chladni::nn {

struct Tap {
  // Softmax weights of a layer, fp32, [batch, head, query, key]; query rows as in `queries`.
  std::function<void(std::int64_t layer, const at::Tensor& weights)> attention;
  // Which layers' attention is wanted; empty: every layer.
  std::vector<std::int64_t> layers;
  // Which query rows; empty: all of them.
  std::vector<std::int64_t> queries;
  // The stream of tokens at "patch", "block" (with its layer), "norm", "pooled".
  std::function<void(std::string_view place, std::int64_t layer, const at::Tensor& tokens)> stream;

  [[nodiscard]] bool wantsAttention(std::int64_t layer) const {
    if (!attention) return false;
    if (layers.empty()) return true;
    for (const auto wanted : layers)
      if (wanted == layer) return true;
    return false;
  }
  void show(std::string_view place, std::int64_t layer, const at::Tensor& tokens) const {
    if (stream) stream(place, layer, tokens);
  }
};

}  // namespace chladni::nn
