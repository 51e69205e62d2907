#include "models/ast/ast_inference.h"

#include <torch/types.h>

#include "core/nn/torch_compat.h"

namespace chladni::models::ast {
namespace {

// Everything but the blocks, which the engine holds in its own form.
void copyAround(const AstNet& from, AstNet& to) {
  at::NoGradGuard guard;
  auto target = to.named_parameters();
  for (const auto& item : from.named_parameters())
    if (!item.key().starts_with("v.blocks.")) target[item.key()].copy_(item.value());
}

std::shared_ptr<AstNet> surroundings(const AstNet& net, const nn::Runtime& runtime) {
  auto copy = std::make_shared<AstNet>(net.config(), AstNet::Blocks::none);
  copyAround(net, *copy);
  copy->to(runtime.device);
  return copy;
}

}  // namespace

AstInference::AstInference(const AstNet& net, const nn::Runtime& runtime)
    : runtime_(runtime), net_(surroundings(net, runtime)), engine_(*net.v->blocks, runtime) {}

// A stem is most of a small net's work; patches alone are not worth the rounding.
at::Tensor AstInference::embed(const at::Tensor& spectrograms, const nn::Tap* tap) const {
  const nn::AutocastGuard guard(runtime_.device.type(), net_->v->stem && runtime_.type == at::kBFloat16);
  return net_->embed(spectrograms.to(runtime_.device), tap).to(at::kFloat);
}

std::optional<at::Tensor> AstInference::pooled(const at::Tensor& spectrograms, std::stop_token stop,
                                               const nn::Tap* tap) const {
  nn::takeThreads();
  const auto leading = config().leadingTokens();
  const bool everyToken = tap != nullptr && tap->stream;
  const auto tokens = engine_.run(embed(spectrograms, tap),
                                  {tap, stop, -1, everyToken ? 0 : leading});
  if (!tokens) return std::nullopt;
  const auto normed = net_->v->norm->forward(*tokens);
  auto summary = normed.narrow(1, 0, leading).mean(1);
  if (tap != nullptr) {
    tap->show("norm", 0, normed);
    tap->show("pooled", 0, summary);
  }
  return summary;
}

std::optional<at::Tensor> AstInference::logits(const at::Tensor& spectrograms, std::stop_token stop,
                                               const nn::Tap* tap) const {
  at::NoGradGuard guard;
  const auto summary = pooled(spectrograms, stop, tap);
  if (!summary) return std::nullopt;
  return net_->mlp_head->forward(*summary).to(at::kCPU);
}

std::optional<at::Tensor> AstInference::headInputs(const at::Tensor& spectrograms, std::stop_token stop) const {
  at::NoGradGuard guard;
  const auto summary = pooled(spectrograms, stop, nullptr);
  if (!summary) return std::nullopt;
  return net_->mlp_head->normed(*summary).to(at::kCPU);
}

bool AstInference::look(const at::Tensor& spectrograms, const nn::Tap& tap, std::stop_token stop) const {
  at::NoGradGuard guard;
  nn::takeThreads();
  return engine_.run(embed(spectrograms, nullptr), {&tap, stop, -1, 1, 0, looked_.get()}).has_value();
}

}  // namespace chladni::models::ast
