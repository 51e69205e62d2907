// VitEngine: transformer blocks for inference. Weights are prepared once for a device and number format; the stream of
// tokens and the norms stay in fp32, matrix products run in the runtime's type. Immutable and shareable.
// run() enters no-grad mode itself, looks at the stop token between blocks, and throws c10::Error.
#pragma once

#include <optional>
#include <stop_token>
#include <vector>

#include "core/nn/block_memory.h"
#include "core/nn/blocks.h"
#include "core/nn/device.h"
#include "core/nn/modal_blocks.h"
#include "core/nn/prepared_linear.h"

namespace chladni::nn {

struct EngineRun {
  const Tap* tap = nullptr;
  std::stop_token stop;
  std::int64_t layers = -1;     // run the blocks before this one; -1: all
  std::int64_t keepTokens = 0;  // leading tokens wanted of the last block run; 0: all. Fewer cost less.
  std::int64_t first = 0;       // the block to begin with
  BlockMemory* memory = nullptr;  // answers the tap's attention from it where it can. All blocks are run, no stream is shown.
};

// Where the norms of a block stand: before attention and MLP, or after each was added to the stream (as in BERT).
enum class NormPlace { before, after };

class VitEngine {
 public:
  VitEngine(const BlockStack& blocks, const Runtime& runtime);
  // With one pair of norms of modal blocks.
  VitEngine(const ModalStack& blocks, Norms norms, const Runtime& runtime, NormPlace place = NormPlace::before);
  // The same matrices, shared, between the norms of another pair. `blocks`: those that this engine was made of.
  [[nodiscard]] VitEngine withNorms(const ModalStack& blocks, Norms norms) const;
  // tokens fp32 [batch, token, width] on the device; the same after the last block run; nothing when stopped.
  [[nodiscard]] std::optional<at::Tensor> run(at::Tensor tokens, const EngineRun& run) const;
  [[nodiscard]] std::int64_t depth() const { return static_cast<std::int64_t>(blocks_.size()); }

 private:
  struct PreparedNorm {
    at::Tensor weight, bias;
    double epsilon = 0.0;
  };
  struct PreparedBlock {
    PreparedNorm norm1, norm2;
    PreparedLinear qkv, proj, fc1, fc2;
    std::int64_t heads = 0;
  };
  static PreparedBlock prepare(const Block& block, const LayerNorm& norm1, const LayerNorm& norm2, const Runtime& runtime);
  static PreparedNorm prepare(const LayerNorm& norm, const Runtime& runtime);
  [[nodiscard]] static at::Tensor normalised(const PreparedNorm& norm, const at::Tensor& tokens);
  [[nodiscard]] at::Tensor rows(const at::Tensor& tokens) const;  // [batch * token, width] in the runtime's type
  // `fused` gets the block's query, key and value when it is there.
  [[nodiscard]] at::Tensor block(std::int64_t layer, at::Tensor tokens, const Tap* tap, std::int64_t keep, at::Tensor* fused = nullptr) const;
  [[nodiscard]] std::shared_ptr<const BlockRecord> recorded(const at::Tensor& tokens, const EngineRun& run) const;
  [[nodiscard]] std::optional<at::Tensor> remembered(const at::Tensor& tokens, const EngineRun& run) const;

  Runtime runtime_;
  NormPlace place_ = NormPlace::before;
  std::vector<PreparedBlock> blocks_;
};

}  // namespace chladni::nn
