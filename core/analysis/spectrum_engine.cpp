#include "core/analysis/spectrum_engine.h"

#include <algorithm>
#include <cmath>

#include "core/dsp/logarithm.h"

namespace chladni::analysis {

namespace {
constexpr float kFloorDb = -120.0F;
constexpr int kModelRate = 16000;
constexpr int kMaxMelBins = 4096;
}  // namespace

Result<std::shared_ptr<const SpectrumEngine>> SpectrumEngine::create(const SpectrogramSettings& settings,
                                                                     SampleRate source) {
  auto engine = std::make_shared<SpectrumEngine>();
  if (settings.kind != SpectrogramKind::stft && (settings.melBins < 1 || settings.melBins > kMaxMelBins))
    return fail(ErrorCode::invalidArgument, "a spectrogram has 1 to 4096 mel bands");
  if (settings.kind == SpectrogramKind::logMel) {
    dsp::KaldiFbankOptions options;
    options.rate = SampleRate(kModelRate);
    options.window = dsp::WindowKind::hann;
    options.melBins = settings.melBins;
    options.useLog = false;
    auto fbank = dsp::KaldiFbank::create(options);
    if (!fbank) return fail(fbank.error());
    engine->rate_ = options.rate;
    engine->binHz_ = fbank->melBank().centreHz();
    engine->fbank_ = std::move(*fbank);
    return std::shared_ptr<const SpectrumEngine>(engine);
  }
  dsp::StftOptions options;
  options.windowSamples = settings.windowSamples;
  options.hopSamples = settings.hopSamples;
  options.fftSize = settings.fftSize;
  auto stft = dsp::Stft::create(options);
  if (!stft) return fail(stft.error());
  engine->rate_ = source;
  engine->binHz_ = stft->binHz(source);
  engine->stft_ = std::move(*stft);
  if (settings.kind == SpectrogramKind::mel) {
    dsp::MelOptions mel;
    mel.bands = settings.melBins;
    mel.norm = dsp::MelNorm::none;  // a sine stays at its level whatever band it falls into
    auto bank = dsp::MelBank::create(mel, source, engine->stft_->options().fftSize);
    if (!bank) return fail(bank.error());
    engine->binHz_ = bank->centreHz();
    engine->mel_ = std::move(*bank);
  }
  return std::shared_ptr<const SpectrumEngine>(engine);
}

std::int64_t SpectrumEngine::hopSamples() const {
  return fbank_ ? fbank_->shiftSamples() : stft_->options().hopSamples;
}

std::int64_t SpectrumEngine::columns(std::int64_t samples) const {
  return fbank_ ? fbank_->frames(samples) : stft_->columns(samples);
}

dsp::SampleRange SpectrumEngine::reach(std::int64_t firstColumn, std::int64_t lastColumn) const {
  if (!fbank_) return stft_->reach(firstColumn, lastColumn);
  return {firstColumn * hopSamples(), (lastColumn - 1) * hopSamples() + fbank_->frameSamples()};
}

Result<Matrix> SpectrumEngine::power(std::span<const float> part, std::int64_t partStart, std::int64_t total,
                                     std::int64_t first, std::int64_t last) const {
  if (first >= last) return Matrix(0, bins());
  if (fbank_) {
    const dsp::SampleRange wanted = reach(first, last);
    const std::int64_t from = wanted.first - partStart;
    if (from < 0 || wanted.last - partStart > static_cast<std::int64_t>(part.size()))
      return fail(ErrorCode::internal, "a spectrogram column was asked for without its sound");
    return fbank_->compute(part.subspan(static_cast<std::size_t>(from),
                                        static_cast<std::size_t>(wanted.last - wanted.first)));
  }
  Matrix spectra(last - first, stft_->bins());
  stft_->compute(part, partStart, total, first, last, spectra.values);
  if (!mel_) return spectra;
  Matrix bands(last - first, mel_->bands());
  for (std::int64_t c = 0; c < bands.rows; ++c) mel_->apply(spectra.row(c), bands.row(c));
  return bands;
}

void SpectrumEngine::values(std::span<const float> power, std::span<float> out) const {
  if (fbank_)
    dsp::flooredNaturalLog(power, std::ldexp(1.0F, -23), out);
  else
    dsp::powerToDecibels(power, stft_->fullScale(), kFloorDb, out);
}

}  // namespace chladni::analysis
