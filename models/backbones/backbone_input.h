// BackboneInput: from what a model is shown to the examples its network computes: patches of a spectrogram, windows of
// sound with a front end of their own (OpenL3), or pictures. Sound shorter than one window is filled up with silence.
// Of "architecture" it reads "example_hop_seconds" (0.1) and "centre" (true: half a second of silence before the first
// window), both of families whose examples are windows. Immutable; any thread may call.
// Fails with invalidArgument naming the modality that is missing.
#pragma once

#include <ATen/core/Tensor.h>

#include "core/dsp/frontend.h"
#include "core/inference/model_input.h"
#include "models/backbones/backbone_kind.h"

namespace chladni::models::backbones {

class BackboneInput {
 public:
  static Result<BackboneInput> create(const Kind& kind, const inference::ModelSpec& spec);
  // At least one example and at most `most`: [example, frame, band] or [example, 3, row, column], fp32 on the CPU.
  [[nodiscard]] Result<at::Tensor> examples(const inference::ModelInput& input, std::size_t most) const;

 private:
  BackboneInput(const Kind& kind, const inference::ModelSpec& spec, std::optional<dsp::Frontend> frontend)
      : kind_(kind), spec_(spec.frontend), frontend_(std::move(frontend)) {}
  [[nodiscard]] Result<at::Tensor> patches(inference::Clip sound, std::size_t most) const;
  [[nodiscard]] Result<at::Tensor> windows(inference::Clip sound, std::size_t most) const;
  [[nodiscard]] Result<at::Tensor> pictures(std::span<const VideoFrame> frames, std::size_t most) const;

  const Kind& kind_;
  FrontendSpec spec_;
  std::optional<dsp::Frontend> frontend_;  // makes every frame of the sound that it is given
  std::int64_t windowSamples_ = 0;         // of one example
  std::int64_t hopSamples_ = 0;            // between the windows of one input
  bool centre_ = false;
};

// Windows that OpenL3 hears: the last one is filled up with silence.
std::int64_t windowCount(std::int64_t samples, std::int64_t window, std::int64_t hop);

}  // namespace chladni::models::backbones
