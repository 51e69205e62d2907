// CavmaeInference: a CAV-MAE prepared once for a device and number format; what every capability of a loaded model runs
// on. Immutable and shareable. Inputs as in cavmae_net.h, fp32 on the CPU; results fp32 on the CPU. Enters no-grad mode
// itself; nothing comes back when stopped; throws c10::Error.
#pragma once

#include <optional>
#include <stop_token>

#include "core/nn/vit_engine.h"
#include "models/cavmae/cavmae_forward.h"

namespace chladni::models::cavmae {

class CavmaeInference {
 public:
  CavmaeInference(const CavmaeNet& net, const nn::Runtime& runtime);

  [[nodiscard]] std::optional<at::Tensor> logits(Mode mode, const at::Tensor& sound, const at::Tensor& picture,
                                                 std::stop_token stop) const;
  // Tokens of one modality alone, [batch, patch, width].
  [[nodiscard]] std::optional<at::Tensor> tokens(Branch branch, const at::Tensor& input, std::stop_token stop) const;
  // Tokens of both together, sound first.
  [[nodiscard]] std::optional<at::Tensor> jointTokens(const at::Tensor& sound, const at::Tensor& picture,
                                                      std::stop_token stop) const;
  // Precondition: Task::pretrain.
  [[nodiscard]] std::optional<Predicted> paint(const MaskedInput& input, std::stop_token stop) const;
  // Shows the attention of every layer to the tap: the branches side by side, no weight between them, then the unified
  // blocks. Either tensor may be undefined: the other alone. Keys: sound, then picture. A second look at the same clip
  // runs nothing. False when stopped.
  bool look(const at::Tensor& sound, const at::Tensor& picture, const nn::Tap& tap, std::stop_token stop) const;
  [[nodiscard]] std::int64_t branchLayers() const;
  [[nodiscard]] std::int64_t layers() const { return branchLayers() + config().unifiedDepth; }

  [[nodiscard]] const CavmaeConfig& config() const { return net_->config(); }
  [[nodiscard]] const nn::Runtime& runtime() const { return runtime_; }
  [[nodiscard]] std::int64_t parameters() const { return parameters_; }

 private:
  class Stacks;
  [[nodiscard]] at::Tensor onDevice(const at::Tensor& tensor) const;

  nn::Runtime runtime_;
  std::shared_ptr<CavmaeNet> net_;  // everything around the blocks, in fp32 on the device
  nn::VitEngine sound_, unified_, unifiedSound_, unifiedPicture_;
  std::optional<nn::VitEngine> picture_, decoder_;
  std::int64_t parameters_ = 0;
  // Of the clip looked at last: what it did in each stack.
  struct Looked {
    nn::BlockMemory sound, picture, unified;
  };
  std::shared_ptr<Looked> looked_ = std::make_shared<Looked>();
};

}  // namespace chladni::models::cavmae
