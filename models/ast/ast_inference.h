// AstInference: an AST prepared once for a device and number format; what every capability of a loaded model runs on.
// Immutable and shareable. Spectrograms [batch, frames, bins] fp32 on the CPU, normalised; results fp32 on the CPU.
// Enters no-grad mode itself; nothing comes back when stopped; throws c10::Error.
#pragma once

#include <optional>
#include <stop_token>

#include "core/nn/vit_engine.h"
#include "models/ast/ast_net.h"

namespace chladni::models::ast {

class AstInference {
 public:
  AstInference(const AstNet& net, const nn::Runtime& runtime);

  [[nodiscard]] std::optional<at::Tensor> logits(const at::Tensor& spectrograms, std::stop_token stop,
                                                 const nn::Tap* tap = nullptr) const;  // [batch, class]
  // What the linear map of the head is given, [batch, width].
  [[nodiscard]] std::optional<at::Tensor> headInputs(const at::Tensor& spectrograms, std::stop_token stop) const;
  // That map: `linear` of the head.
  [[nodiscard]] const nn::Linear& head() const { return *net_->mlp_head->linear; }
  // Shows the attention of every block to the tap; a second look at the same clip runs nothing. False when stopped.
  [[nodiscard]] bool look(const at::Tensor& spectrograms, const nn::Tap& tap, std::stop_token stop) const;
  [[nodiscard]] const AstConfig& config() const { return net_->config(); }
  [[nodiscard]] const nn::Runtime& runtime() const { return runtime_; }

 private:
  [[nodiscard]] at::Tensor embed(const at::Tensor& spectrograms, const nn::Tap* tap) const;
  [[nodiscard]] std::optional<at::Tensor> pooled(const at::Tensor& spectrograms, std::stop_token stop,
                                                 const nn::Tap* tap) const;  // on the device
  nn::Runtime runtime_;
  std::shared_ptr<AstNet> net_;  // embedding, final norm and head, in fp32 on the device
  nn::VitEngine engine_;
  std::shared_ptr<nn::BlockMemory> looked_ = std::make_shared<nn::BlockMemory>();
};

}  // namespace chladni::models::ast
