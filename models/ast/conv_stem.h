// ConvStem: convolutions that look at a spectrogram more finely than patches can, and add what they find to the linear
// patches: steps of stride 2 to half a patch, all but the first with a residual step after them, then one 2 x 2 kernel
// per token, which begins at zero, so that a trained AST can be given a stem and goes on from where it was. After Xiao et
// al., "Early Convolutions Help Transformers See Better", 2021; there the convolutions replace the patches.
// [batch, 1, bins, frames] to [batch, row * column, width], row by row. No run state. Throws c10::Error.
#pragma once

#include <memory>
#include <vector>

#include "core/nn/conv_step.h"
#include "models/ast/ast_config.h"

namespace chladni::models::ast {

class ConvStem : public torch::nn::Module {
 public:
  explicit ConvStem(const AstConfig& config);  // precondition: config.stemChannels > 0, check(config)
  at::Tensor forward(const at::Tensor& spectrogram) const;
  void initialise();

 private:
  std::vector<std::shared_ptr<nn::ConvStep>> down_, same_;  // same_[n] follows down_[n + 1]
  at::Tensor weight_, bias_;
  std::int64_t rows_, columns_;
};

}  // namespace chladni::models::ast
