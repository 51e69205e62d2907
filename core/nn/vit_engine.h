// VitEngine: transformer blocks for inference. Weights are prepared once for a device and number format; the stream of
// tokens and the norms stay in fp32, matrix products run in the runtime's type. Immutable and shareable.
// run() enters no-grad mode itself, looks at the stop token between blocks, and throws c10::Error.
#pragma once

#include <array>
#include <optional>
#include <stop_token>
#include <vector>

#include "core/nn/blocks.h"
#include "core/nn/device.h"
#include "core/nn/prepared_linear.h"

namespace chladni::nn {

struct EngineRun {
  const Tap* tap = nullptr;
  std::stop_token stop;
  std::int64_t layers = -1;     // run up to this block; -1: all
  std::int64_t keepTokens = 0;  // leading tokens wanted of the last block run; 0: all. Fewer cost less.
  std::int64_t first = 0;       // the block to begin with
  NormPair norms = NormPair::plain;
};

class VitEngine {
 public:
  VitEngine(const BlockStack& blocks, const Runtime& runtime);
  // tokens fp32 [batch, token, width] on the device; the same after the last block run; nothing when stopped.
  [[nodiscard]] std::optional<at::Tensor> run(at::Tensor tokens, const EngineRun& run) const;
  [[nodiscard]] std::int64_t depth() const { return static_cast<std::int64_t>(blocks_.size()); }

 private:
  struct PreparedNorm {
    at::Tensor weight, bias;
    double epsilon = 0.0;
  };
  struct PreparedBlock {
    std::array<PreparedNorm, 3> before, between;  // by NormPair; only the first without norm pairs
    PreparedLinear qkv, proj, fc1, fc2;
    std::int64_t heads = 0;
  };
  static PreparedNorm prepare(const LayerNorm& norm, const Runtime& runtime);
  static PreparedBlock prepare(const Block& block, const Runtime& runtime);
  [[nodiscard]] at::Tensor normalised(const PreparedNorm& norm, const at::Tensor& tokens) const;
  [[nodiscard]] at::Tensor block(std::int64_t layer, at::Tensor tokens, const EngineRun& run, std::int64_t keep) const;

  Runtime runtime_;
  std::vector<PreparedBlock> blocks_;
};

}  // namespace chladni::nn
