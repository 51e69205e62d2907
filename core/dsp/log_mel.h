// LogMel: the log-mel pipelines of kind "log-mel" (VGGish, YAMNet, musicnn, OpenL3), every number from FrontendSpec:
// optional padding of the sound, windowed FFT (power or magnitude), mel bands or the spectrum's own bins, compression.
// Input mono in -1..1 at spec.rate, output [frame, bin]. Windows are periodic. Immutable, any thread.
// create() fails with invalidArgument naming the field, compute() when the sound is shorter than one window.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "core/dsp/feature_extractor.h"
#include "core/dsp/mel.h"

namespace chladni::dsp {

class FftPlan;

class LogMel final : public FeatureExtractor {
 public:
  static Result<std::shared_ptr<const FeatureExtractor>> create(const FrontendSpec& spec);

  [[nodiscard]] std::int64_t bins() const override;
  [[nodiscard]] std::int64_t frames(std::int64_t samples) const override;
  [[nodiscard]] Result<Matrix> compute(std::span<const float> sound, float offset) const override;

  // Of a specification whose logMel.melScale is not "linear".
  static MelOptions melOptions(const FrontendSpec& spec);
  static std::int64_t fftSizeOf(const LogMelSpec& spec, std::int64_t frameSamples);

  // Samples of the sound after the padding of spec.logMel.padTo.
  [[nodiscard]] std::int64_t paddedSamples(std::int64_t samples) const;

 private:
  LogMel() = default;
  Result<void> configure(const FrontendSpec& spec);
  [[nodiscard]] std::int64_t leftPadding(std::int64_t paddedCount) const;
  void windowedFrame(std::span<const float> sound, float offset, std::int64_t start, float* out) const;
  void compress(Matrix& table) const;

  LogMelSpec spec_;
  std::int64_t frameSamples_ = 0;
  std::int64_t shiftSamples_ = 0;
  std::vector<float> window_;
  std::optional<MelBank> mel_;  // none: the spectrum's own bins
  std::shared_ptr<const FftPlan> plan_;
};

// Examples of `frames` frames every `hop` frames (0: one after the other); the incomplete rest is dropped.
std::vector<Matrix> slicePatches(const Matrix& features, std::int64_t frames, std::int64_t hop);

// Frames that musicnn cuts out for a length in seconds: whole shifts after the first.
std::int64_t framesInSeconds(double seconds, const FrontendSpec& spec);

}  // namespace chladni::dsp
