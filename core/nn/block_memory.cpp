#include "core/nn/block_memory.h"

#include <utility>

#include <torch/types.h>

namespace chladni::nn {

std::shared_ptr<const BlockRecord> BlockMemory::find(const at::Tensor& tokens, std::int64_t keepTokens) const {
  std::shared_ptr<const BlockRecord> last;
  {
    const std::lock_guard lock(mutex_);
    last = last_;
  }
  const bool same = last && last->keepTokens == keepTokens && last->tokens.sizes() == tokens.sizes() && at::equal(last->tokens, tokens);
  return same ? last : nullptr;
}

void BlockMemory::keep(std::shared_ptr<const BlockRecord> record) {
  const std::lock_guard lock(mutex_);
  last_ = std::move(record);
}

}  // namespace chladni::nn
