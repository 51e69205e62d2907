#include "models/asit/asit_inference.h"

#include <torch/types.h>

#include "core/base/assert.h"
#include "core/nn/weights.h"

namespace chladni::models::asit {
namespace {

// Everything but the blocks, which the engine holds in its own form.
std::shared_ptr<AsitNet> surroundings(const AsitNet& net, const nn::Runtime& runtime) {
  auto copy = std::make_shared<AsitNet>(net.config(), AsitNet::Blocks::none);
  {
    at::NoGradGuard guard;
    const auto source = net.named_parameters();
    for (auto& item : copy->named_parameters()) item.value().copy_(source[item.key()]);
  }
  copy->to(runtime.device);
  return copy;
}

}  // namespace

AsitInference::AsitInference(const AsitNet& net, const nn::Runtime& runtime)
    : runtime_(runtime),
      parameters_(nn::countParameters(net)),
      net_(surroundings(net, runtime)),
      engine_(*net.backbone->blocks, runtime) {
  if (!net.head_recons) return;
  for (const auto& layer : net.head_recons->mlp->layers) painter_.emplace_back(*layer, runtime);
}

std::optional<at::Tensor> AsitInference::normed(const at::Tensor& spectrograms, std::int64_t keep, std::stop_token stop) const {
  nn::takeThreads();
  const auto tokens = engine_.run(net_->backbone->embed(spectrograms.to(runtime_.device)), {nullptr, stop, -1, keep});
  if (!tokens) return std::nullopt;
  return net_->backbone->norm->forward(*tokens);
}

std::optional<at::Tensor> AsitInference::tokens(const at::Tensor& spectrograms, bool classTokenOnly,
                                                std::stop_token stop) const {
  at::NoGradGuard guard;
  const auto tokens = normed(spectrograms, classTokenOnly ? 1 : 0, stop);
  if (!tokens) return std::nullopt;
  return tokens->to(at::kCPU);
}

std::optional<at::Tensor> AsitInference::logits(const at::Tensor& spectrograms, std::stop_token stop) const {
  CHLADNI_ASSERT(net_->head);
  at::NoGradGuard guard;
  const auto tokens = normed(spectrograms, 1, stop);
  if (!tokens) return std::nullopt;
  return net_->head->forward(tokens->select(1, 0)).to(at::kCPU);
}

std::optional<at::Tensor> AsitInference::paint(const at::Tensor& spectrograms, std::stop_token stop) const {
  CHLADNI_ASSERT(net_->head_recons);
  at::NoGradGuard guard;
  const auto tokens = normed(spectrograms, 0, stop);
  if (!tokens) return std::nullopt;
  const auto batch = tokens->size(0);
  auto rows = tokens->narrow(1, 1, tokens->size(1) - 1).flatten(0, 1).to(runtime_.type);
  rows = painter_[1].forward(at::gelu(painter_[0].forward(rows)));
  rows = painter_[2].forward(at::gelu(rows));
  if (net_->head_recons->mlp->lastGelu()) rows = at::gelu(rows);
  const auto bottleneck = rows.to(at::kFloat).view({batch, config().patches(), -1});
  return net_->head_recons->paint(bottleneck).to(at::kCPU);
}

bool AsitInference::look(const at::Tensor& spectrograms, const nn::Tap& tap, std::stop_token stop) const {
  at::NoGradGuard guard;
  nn::takeThreads();
  return engine_.run(net_->backbone->embed(spectrograms.to(runtime_.device)), {&tap, stop, -1, 1, 0, looked_.get()}).has_value();
}

}  // namespace chladni::models::asit
