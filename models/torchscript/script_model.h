// ScriptModel: a loaded TorchScript package: features at every tap and, with a tap "logits", classes. A row of pictures
// is the mean over the pictures; sound is one window, filled up with silence or cut. Runs in fp32. Immutable; the module
// is only read. Foreign exceptions end here, those thrown by the script included.
#pragma once

#include <optional>

#include <torch/script.h>

#include "core/dsp/frontend.h"
#include "core/inference/model_family.h"
#include "core/nn/device.h"
#include "models/torchscript/script_config.h"

namespace chladni::models::torchscript {

class ScriptModel final : public inference::LoadedModel,
                          public inference::FeatureExtractor,
                          public inference::Classifier {
 public:
  ScriptModel(inference::ModelSpec spec, ScriptConfig config, std::optional<dsp::Frontend> frontend,
              torch::jit::Module module, const nn::Runtime& runtime);

  [[nodiscard]] const inference::ModelSpec& spec() const override { return spec_; }
  [[nodiscard]] std::string device() const override { return runtime_.deviceName(); }
  [[nodiscard]] std::string precision() const override { return runtime_.precisionName(); }
  [[nodiscard]] std::int64_t parameters() const override { return config_.parameters; }
  [[nodiscard]] const inference::FeatureExtractor* featureExtractor() const override { return this; }
  [[nodiscard]] const inference::Classifier* classifier() const override;

  [[nodiscard]] std::vector<inference::FeatureTap> taps() const override { return config_.taps; }
  [[nodiscard]] double hopSeconds() const override { return spec_.hopSeconds > 0.0 ? spec_.hopSeconds : spec_.windowSeconds; }
  [[nodiscard]] double windowSeconds() const override { return spec_.windowSeconds; }
  Result<inference::FeatureBlock> features(std::span<const inference::ModelInput> windows, const std::string& tap,
                                           std::stop_token stop) const override;
  Result<Matrix> logitsOf(std::span<const inference::ModelInput> inputs, std::stop_token stop) const override;

 private:
  [[nodiscard]] Result<at::Tensor> examples(const inference::ModelInput& input) const;
  [[nodiscard]] Result<at::Tensor> waveform(inference::Clip sound) const;
  [[nodiscard]] Result<at::Tensor> pictures(std::span<const VideoFrame> frames) const;
  [[nodiscard]] Result<at::Tensor> run(const at::Tensor& examples, std::size_t tap) const;
  // Calls `take` with each input's row in turn.
  template <class Take>
  Result<void> eachRow(std::span<const inference::ModelInput> inputs, std::size_t tap, const std::stop_token& stop, Take take) const;

  inference::ModelSpec spec_;
  ScriptConfig config_;
  std::optional<dsp::Frontend> frontend_;  // of a spectrogram
  mutable torch::jit::Module module_;      // forward() is not const, but changes nothing in evaluation
  nn::Runtime runtime_;
};

}  // namespace chladni::models::torchscript
