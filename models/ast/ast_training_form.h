// TrainingForm: an AstNet and what only learning adds to it: tokens dropped at random (patchout, Koutini et al. 2022),
// blocks passed over at random, and a second head on the mean of the patch tokens. The net that results is an ordinary
// AST. One thread. Throws c10::Error.
#pragma once

#include <memory>
#include <vector>

#include "models/ast/ast_net.h"

namespace chladni::models::ast {

struct TrainingFormOptions {
  double patchout = 0.0;  // share of patch tokens left out of each batch
  double dropPath = 0.0;
  bool secondHead = false;
};

class TrainingForm : public torch::nn::Module {
 public:
  TrainingForm(const AstConfig& config, const TrainingFormOptions& options);
  // Tables of logits [batch, class]: the model's own, then the second head's while training.
  std::vector<at::Tensor> forward(const at::Tensor& input, const nn::Tap* tap = nullptr) const;

  std::shared_ptr<AstNet> net;
  std::shared_ptr<nn::LayerNorm> patch_norm;  // null without the second head
  std::shared_ptr<nn::Linear> patch_head;

 private:
  [[nodiscard]] at::Tensor keepSome(const at::Tensor& tokens) const;
  TrainingFormOptions options_;
};

}  // namespace chladni::models::ast
