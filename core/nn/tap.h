// Tap: what a caller wants to see of a forward pass. Handed in as an argument, never stored in a module. Callbacks run
// on the calling thread, in layer order. Tensors are only borrowed: clone what must outlive the call.
#pragma once

#include <algorithm>
#include <cstdint>
#include <functional>
#include <string_view>
#include <vector>

#include <ATen/core/Tensor.h>

namespace chladni::nn {

struct Tap {
  // Softmax weights of a layer, fp32, [batch, head, query, key]; query rows as in `queries`.
  std::function<void(std::int64_t layer, const at::Tensor& weights)> attention;
  std::vector<std::int64_t> layers;   // whose attention is wanted; empty: every layer's
  std::vector<std::int64_t> queries;  // which rows; empty: all of them
  bool meanOfHeads = false;           // [batch, 1, query, key], made head by head so that one table is held, not all
  // The stream of tokens at "patch", "block" (with its layer), "norm", "pooled".
  std::function<void(std::string_view place, std::int64_t layer, const at::Tensor& tokens)> stream;

  [[nodiscard]] bool wantsAttention(std::int64_t layer) const {
    return attention && (layers.empty() || std::find(layers.begin(), layers.end(), layer) != layers.end());
  }
  void show(std::string_view place, std::int64_t layer, const at::Tensor& tokens) const {
    if (stream) stream(place, layer, tokens);
  }
};

}  // namespace chladni::nn
