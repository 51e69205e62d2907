#include "models/ast/ast_training_form.h"

#include <cmath>

#include <torch/types.h>

#include "core/nn/initialise.h"

namespace chladni::models::ast {

TrainingForm::TrainingForm(const AstConfig& config, const TrainingFormOptions& options) : options_(options) {
  net = register_module("net", std::make_shared<AstNet>(config));
  if (!options.secondHead) return;
  patch_norm = register_module("patch_norm", std::make_shared<nn::LayerNorm>(config.width, config.headEpsilon));
  patch_head = register_module("patch_head", std::make_shared<nn::Linear>(config.width, config.classes));
}

std::vector<at::Tensor> TrainingForm::forward(const at::Tensor& input, const nn::Tap* tap) const {
  const auto& config = net->config();
  auto tokens = net->embed(input, tap);
  if (is_training()) tokens = keepSome(tokens);
  for (std::int64_t layer = 0; layer < config.depth; ++layer) {
    const double highest = is_training() && config.depth > 1 ? options_.dropPath : 0.0;
    const double rate = highest > 0.0 ? highest * static_cast<double>(layer) / static_cast<double>(config.depth - 1) : 0.0;
    tokens = net->v->blocks->at(layer)->forward(tokens, layer, tap, rate);
  }
  tokens = net->v->norm->forward(tokens);
  if (tap != nullptr) tap->show("norm", 0, tokens);
  const auto leading = config.leadingTokens();
  std::vector<at::Tensor> logits{net->mlp_head->forward(tokens.narrow(1, 0, leading).mean(1))};
  if (patch_head && is_training())
    logits.push_back(patch_head->forward(patch_norm->forward(tokens.narrow(1, leading, tokens.size(1) - leading).mean(1))));
  return logits;
}

at::Tensor TrainingForm::keepSome(const at::Tensor& tokens) const {
  const auto leading = net->config().leadingTokens();
  const auto patches = tokens.size(1) - leading;
  const auto kept = static_cast<std::int64_t>(std::lround(static_cast<double>(patches) * (1.0 - options_.patchout)));
  if (kept >= patches || kept < 1) return tokens;
  const auto chosen = torch::randperm(patches).narrow(0, 0, kept) + leading;
  return tokens.index_select(1, torch::cat({torch::arange(leading), chosen}).to(tokens.device()));
}

}  // namespace chladni::models::ast
