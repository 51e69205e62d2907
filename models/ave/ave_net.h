// AveNet: the trainable networks of audio-visual event localisation, all four kinds. Sound [batch, segment, sound width],
// picture [batch, segment, region, picture width] (regions row by row from the top left, channels last); output logits
// [batch, segment, class]. Parameter names equal the published modules (lstm_audio.weight_ih_l0, affine_v.weight, L1, L2,
// U_v.0.weight); unimodal nets, which nobody published, call their recurrent layer rnn. GRUs keep the names lstm_*.
// Keeps no run state; one thread trains, any number may run forward() on fixed parameters. Throws c10::Error.
// Source: Tian et al. 2018 and the authors' program.
#pragma once

#include <functional>
#include <memory>

#include "core/nn/blocks.h"
#include "models/ave/ave_layers.h"

namespace chladni::models::ave {

// What a caller wants to see on the way.
struct AveSeen {
  at::Tensor attentionLogits;  // [batch * segment, region]
  at::Tensor attention;        // the same after softmax: rows sum to 1
  at::Tensor attended;         // [batch, segment, picture width]: what the recurrent layer of the picture reads
  at::Tensor recurrentSound;   // [batch, segment, 2 * hidden]
  at::Tensor recurrentPicture;
};

struct AveForward {
  AveSeen* seen = nullptr;
  // In place of affine_v(ReLU(affine_video(x))), nearly all of the work: [row, picture width] -> [row, region], fp32.
  std::function<at::Tensor(const at::Tensor& regions)> pictureTerm;
};

class AveNet : public torch::nn::Module {
 public:
  explicit AveNet(const AveConfig& config);  // precondition: check(config)

  // A modality that the kind does not use may be undefined.
  at::Tensor forward(const at::Tensor& sound, const at::Tensor& picture, const AveForward& options = {}) const;
  // The two halves of forward(): regions to one vector a segment, then time. attend() of audio-only gives nothing.
  at::Tensor attend(const at::Tensor& sound, const at::Tensor& picture, const AveForward& options = {}) const;
  at::Tensor localise(const at::Tensor& sound, const at::Tensor& attended, AveSeen* seen = nullptr) const;

  void initialise();  // as the authors' program starts: Xavier for affine_* and the heads, library defaults for the rest
  [[nodiscard]] const AveConfig& config() const { return config_; }

  std::shared_ptr<Recurrent> lstm_audio, lstm_video, rnn;
  std::shared_ptr<nn::Linear> affine_audio, affine_video;
  std::shared_ptr<Projection> affine_v, affine_g, affine_h;
  std::shared_ptr<FusionTransform> U_v, U_a;
  std::shared_ptr<nn::Linear> L1, L2;

 private:
  [[nodiscard]] at::Tensor attentionLogits(const at::Tensor& sound, const at::Tensor& regions, const AveForward& options) const;
  [[nodiscard]] at::Tensor fused(at::Tensor sound, at::Tensor picture) const;
  AveConfig config_;
};

}  // namespace chladni::models::ave
