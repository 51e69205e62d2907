// LyricsInference: the audio + lyrics model prepared once for a device and number format; what every capability of a
// loaded model runs on. Immutable and shareable. Sound [batch, frames, bins] fp32 and ids [batch, token] int64 on the
// CPU; results fp32 on the CPU. Enters no-grad mode itself; nothing comes back when stopped; throws c10::Error.
#pragma once

#include <optional>
#include <stop_token>

#include "core/nn/vit_engine.h"
#include "models/lyrics_mae/lyrics_net.h"

namespace chladni::models::lyrics_mae {

struct Painted {
  LyricsEncoding encoding;
  LyricsPrediction prediction;
};

class LyricsInference {
 public:
  LyricsInference(const LyricsNet& net, const nn::Runtime& runtime);

  // As LyricsNet::logits: an undefined tensor leaves that modality out.
  [[nodiscard]] std::optional<at::Tensor> logits(const at::Tensor& sound, const at::Tensor& ids, std::stop_token stop) const;
  // Mean token of one modality alone, unmasked, in unit length: [batch, width]. The other tensor is undefined.
  [[nodiscard]] std::optional<at::Tensor> embedding(const at::Tensor& sound, const at::Tensor& ids,
                                                    std::stop_token stop) const;
  // Masked encoding and what the decoder makes of it. `ids` may be undefined when the mask hides every word; the
  // encoding then has no text. Precondition: config().decoder, at least one patch is kept.
  [[nodiscard]] std::optional<Painted> paint(const at::Tensor& sound, const at::Tensor& ids, const nn::TokenMask& soundMask,
                                             const nn::TokenMask& textMask, std::stop_token stop) const;

  [[nodiscard]] const LyricsConfig& config() const { return net_->config(); }
  [[nodiscard]] const nn::Runtime& runtime() const { return runtime_; }
  // For its losses and targets; its blocks are empty.
  [[nodiscard]] const LyricsNet& around() const { return *net_; }

 private:
  // Joint tokens of one modality, the other being undefined, and of both.
  [[nodiscard]] std::optional<at::Tensor> alone(const at::Tensor& sound, const at::Tensor& ids,
                                                const std::stop_token& stop) const;
  [[nodiscard]] std::optional<at::Tensor> together(const at::Tensor& sound, const at::Tensor& ids,
                                                   const std::stop_token& stop) const;
  // All on the device.
  [[nodiscard]] std::optional<LyricsEncoding> encode(const at::Tensor& sound, const at::Tensor& ids,
                                                     const nn::TokenMask& soundMask, const nn::TokenMask& textMask,
                                                     const std::stop_token& stop) const;

  nn::Runtime runtime_;
  std::shared_ptr<LyricsNet> net_;  // everything around the blocks, in fp32 on the device
  nn::VitEngine sound_, text_, joint_, jointSound_, jointText_;
  std::optional<nn::VitEngine> decoder_;
  std::optional<nn::PreparedLinear> wordHead_;  // a fifth of the model's arithmetic
};

}  // namespace chladni::models::lyrics_mae
