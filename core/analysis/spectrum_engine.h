// SpectrumEngine: SpectrogramSettings turned into columns of power, and power into the values a picture shows. stft and
// mel columns are centred at c * hop; logMel frames begin there, as the models have them. Power is what may be joined by
// taking the largest; values are decibels relative to a full-scale sine (stft, mel) or natural logarithms (logMel).
// Immutable, any thread. create() fails with invalidArgument. Private to core/analysis.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "core/analysis/recording.h"
#include "core/dsp/kaldi_fbank.h"
#include "core/dsp/mel.h"
#include "core/dsp/stft.h"

namespace chladni::analysis {

class SpectrumEngine {
 public:
  static Result<std::shared_ptr<const SpectrumEngine>> create(const SpectrogramSettings& settings, SampleRate source);

  [[nodiscard]] SampleRate rate() const { return rate_; }  // of the sound it wants
  [[nodiscard]] ChannelMix mix() const { return fbank_ ? ChannelMix::first : ChannelMix::mean; }
  [[nodiscard]] std::int64_t hopSamples() const;
  [[nodiscard]] std::int64_t bins() const { return static_cast<std::int64_t>(binHz_.size()); }
  [[nodiscard]] const std::vector<float>& binHz() const { return binHz_; }
  [[nodiscard]] std::int64_t columns(std::int64_t samples) const;
  [[nodiscard]] dsp::SampleRange reach(std::int64_t firstColumn, std::int64_t lastColumn) const;

  // Power of columns [first, last) as [column, bin]; `part` begins at sample partStart of a sound of `total` samples.
  Result<Matrix> power(std::span<const float> part, std::int64_t partStart, std::int64_t total, std::int64_t first,
                       std::int64_t last) const;
  // In place is allowed.
  void values(std::span<const float> power, std::span<float> out) const;
  // The range that eight bits hold, and one step of it.
  [[nodiscard]] float lowest() const { return fbank_ ? -16.0F : -120.0F; }
  [[nodiscard]] float step() const { return fbank_ ? 0.125F : 0.5F; }

 private:
  SampleRate rate_;
  std::optional<dsp::Stft> stft_;
  std::optional<dsp::MelBank> mel_;
  std::optional<dsp::KaldiFbank> fbank_;
  std::vector<float> binHz_;
};

}  // namespace chladni::analysis
