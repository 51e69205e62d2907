// SpectrumEngine: SpectrogramSettings turned into columns of power, power into levels, levels into what a picture shows.
// logMel frames begin at c * hop, as the models have them; all other columns are centred there. Power is what may be joined by
// taking the largest; levels are decibels relative to a full-scale sine, or natural logarithms (logMel), of as many bins;
// shown() makes coefficients and chroma of them and leaves the other kinds as they are.
// Immutable, any thread. create() fails with invalidArgument. Private to core/analysis.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "core/analysis/recording.h"
#include "core/data/spectrogram.h"
#include "core/dsp/chroma.h"
#include "core/dsp/constant_q.h"
#include "core/dsp/kaldi_fbank.h"
#include "core/dsp/mel.h"
#include "core/dsp/stft.h"

namespace chladni::analysis {

class SpectrumEngine {
 public:
  static Result<std::shared_ptr<const SpectrumEngine>> create(const SpectrogramSettings& settings, SampleRate source);

  [[nodiscard]] SampleRate rate() const { return rate_; }  // of the sound it wants
  [[nodiscard]] ChannelMix mix() const { return fbank_ ? ChannelMix::first : ChannelMix::mean; }
  [[nodiscard]] SpectrogramScale scale() const;
  [[nodiscard]] std::int64_t hopSamples() const;
  [[nodiscard]] std::int64_t bins() const { return bins_; }  // of power and levels
  [[nodiscard]] const std::vector<float>& binHz() const { return binHz_; }  // of what is shown
  [[nodiscard]] std::int64_t columns(std::int64_t samples) const;
  [[nodiscard]] dsp::SampleRange reach(std::int64_t firstColumn, std::int64_t lastColumn) const;

  // Power of columns [first, last) as [column, bin]; `part` begins at sample partStart of a sound of `total` samples.
  Result<Matrix> power(std::span<const float> part, std::int64_t partStart, std::int64_t total, std::int64_t first,
                       std::int64_t last) const;
  // In place is allowed.
  void levels(std::span<const float> power, std::span<float> out) const;
  // Levels [column, bin] to [column, binHz().size()].
  [[nodiscard]] Result<Matrix> shown(Matrix levels) const;
  // The range that eight bits hold, and one step of it.
  [[nodiscard]] float lowest() const { return fbank_ ? -16.0F : -120.0F; }
  [[nodiscard]] float step() const { return fbank_ ? 0.125F : 0.5F; }

 private:
  Result<void> prepare(const SpectrogramSettings& settings, SampleRate source);
  Result<void> prepareFbank(const SpectrogramSettings& settings);
  Result<void> prepareConstantQ(const SpectrogramSettings& settings, SampleRate source);
  Result<void> prepareStft(const SpectrogramSettings& settings, SampleRate source);

  SpectrogramKind kind_ = SpectrogramKind::stft;
  int coefficients_ = 0;
  SampleRate rate_;
  std::int64_t bins_ = 0;
  // exactly one of these three
  std::optional<dsp::Stft> stft_;
  std::optional<dsp::KaldiFbank> fbank_;
  std::optional<dsp::ConstantQ> constantQ_;
  // behind the STFT, at most one
  std::optional<dsp::MelBank> mel_;
  std::optional<dsp::ChromaBank> chroma_;
  std::vector<float> binHz_;
};

}  // namespace chladni::analysis
