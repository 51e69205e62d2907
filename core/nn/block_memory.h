// BlockMemory: what a stack of blocks did to the clip it was last shown, so that another patch, head or layer of the
// same clip is answered from its queries and keys instead of from a second pass: [1, token, 3 * width] per block, in the
// runtime's type (57 MB for a base model at 514 tokens in fp32). Holds one clip. Any thread.
#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <vector>

#include <ATen/core/Tensor.h>

namespace chladni::nn {

struct BlockRecord {
  at::Tensor tokens;               // what went in
  std::int64_t keepTokens = 0;     // how many the last block gave; 0: all
  std::vector<at::Tensor> fused;   // query, key, value of every block
  at::Tensor result;
};

class BlockMemory {
 public:
  // The record of exactly these tokens; null when the last clip was another.
  [[nodiscard]] std::shared_ptr<const BlockRecord> find(const at::Tensor& tokens, std::int64_t keepTokens) const;
  void keep(std::shared_ptr<const BlockRecord> record);

 private:
  mutable std::mutex mutex_;
  std::shared_ptr<const BlockRecord> last_;
};

}  // namespace chladni::nn
