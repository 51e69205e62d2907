// AsitInference: an ASiT prepared once for a device and number format; what every capability of a loaded model runs on.
// Immutable and shareable. Spectrograms [batch, frames, bins] fp32 on the CPU, normalised; results fp32 on the CPU.
// Enters no-grad mode itself; nothing comes back when stopped; throws c10::Error.
#pragma once

#include <optional>
#include <stop_token>
#include <vector>

#include "core/nn/vit_engine.h"
#include "models/asit/asit_net.h"

namespace chladni::models::asit {

class AsitInference {
 public:
  AsitInference(const AsitNet& net, const nn::Runtime& runtime);

  // After the final norm, class token first: [batch, token, width]; with classTokenOnly [batch, 1, width].
  [[nodiscard]] std::optional<at::Tensor> tokens(const at::Tensor& spectrograms, bool classTokenOnly,
                                                 std::stop_token stop) const;
  // Precondition: the net has the fine-tuned head, [batch, class].
  [[nodiscard]] std::optional<at::Tensor> logits(const at::Tensor& spectrograms, std::stop_token stop) const;
  // That head; same precondition.
  [[nodiscard]] const nn::Linear& head() const { return *net_->head; }
  // Precondition: the net has the reconstruction head, [batch, frames, bins].
  [[nodiscard]] std::optional<at::Tensor> paint(const at::Tensor& spectrograms, std::stop_token stop) const;
  // Shows the attention of every block to the tap; a second look at the same clip runs nothing. False when stopped.
  [[nodiscard]] bool look(const at::Tensor& spectrograms, const nn::Tap& tap, std::stop_token stop) const;

  [[nodiscard]] const AsitConfig& config() const { return net_->config(); }
  [[nodiscard]] const nn::Runtime& runtime() const { return runtime_; }
  [[nodiscard]] std::int64_t parameters() const { return parameters_; }

 private:
  [[nodiscard]] std::optional<at::Tensor> normed(const at::Tensor& spectrograms, std::int64_t keep, std::stop_token stop) const;

  nn::Runtime runtime_;
  std::int64_t parameters_ = 0;
  std::shared_ptr<AsitNet> net_;  // all but the blocks, in fp32 on the device
  nn::VitEngine engine_;
  std::shared_ptr<nn::BlockMemory> looked_ = std::make_shared<nn::BlockMemory>();
  std::vector<nn::PreparedLinear> painter_;  // the trunk of the reconstruction head
};

}  // namespace chladni::models::asit
