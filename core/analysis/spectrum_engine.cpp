#include "core/analysis/spectrum_engine.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "core/dsp/logarithm.h"
#include "core/dsp/mfcc.h"

namespace chladni::analysis {

namespace {

constexpr float kFloorDb = -120.0F;
constexpr float kSilenceDb = -110.0F;  // a column whose strongest pitch class is softer has none
constexpr int kModelRate = 16000;
constexpr int kMaxMelBins = 4096;

}  // namespace

Result<std::shared_ptr<const SpectrumEngine>> SpectrumEngine::create(const SpectrogramSettings& settings,
                                                                     SampleRate source) {
  auto engine = std::make_shared<SpectrumEngine>();
  if (auto done = engine->prepare(settings, source); !done) return fail(done.error());
  return std::shared_ptr<const SpectrumEngine>(engine);
}

Result<void> SpectrumEngine::prepare(const SpectrogramSettings& settings, SampleRate source) {
  kind_ = settings.kind;
  rate_ = source;
  const bool bands = kind_ == SpectrogramKind::mel || kind_ == SpectrogramKind::logMel || kind_ == SpectrogramKind::mfcc;
  if (bands && (settings.melBins < 1 || settings.melBins > kMaxMelBins))
    return fail(ErrorCode::invalidArgument, "a spectrogram has 1 to 4096 mel bands");
  auto made = kind_ == SpectrogramKind::logMel      ? prepareFbank(settings)
              : kind_ == SpectrogramKind::constantQ ? prepareConstantQ(settings, source)
                                                    : prepareStft(settings, source);
  if (!made) return made;
  bins_ = static_cast<std::int64_t>(binHz_.size());
  if (kind_ != SpectrogramKind::mfcc) return {};
  coefficients_ = settings.coefficients;
  if (coefficients_ < 1 || coefficients_ >= settings.melBins)
    return fail(ErrorCode::invalidArgument, "there are fewer cepstral coefficients than mel bands, and at least one");
  binHz_.resize(static_cast<std::size_t>(coefficients_));
  std::iota(binHz_.begin(), binHz_.end(), 1.0F);
  return {};
}

Result<void> SpectrumEngine::prepareFbank(const SpectrogramSettings& settings) {
  dsp::KaldiFbankOptions options;
  options.rate = SampleRate(kModelRate);
  options.window = dsp::WindowKind::hann;
  options.melBins = settings.melBins;
  options.useLog = false;
  auto fbank = dsp::KaldiFbank::create(options);
  if (!fbank) return fail(fbank.error());
  rate_ = options.rate;
  binHz_ = fbank->melBank().centreHz();
  fbank_ = std::move(*fbank);
  return {};
}

Result<void> SpectrumEngine::prepareConstantQ(const SpectrogramSettings& settings, SampleRate source) {
  dsp::ConstantQOptions options;
  options.binsPerOctave = settings.binsPerOctave;
  options.hopSamples = settings.hopSamples;
  auto transform = dsp::ConstantQ::create(options, source);
  if (!transform) return fail(transform.error());
  binHz_ = transform->binHz();
  constantQ_ = std::move(*transform);
  return {};
}

Result<void> SpectrumEngine::prepareStft(const SpectrogramSettings& settings, SampleRate source) {
  dsp::StftOptions options;
  options.windowSamples = settings.windowSamples;
  options.hopSamples = settings.hopSamples;
  options.fftSize = settings.fftSize;
  auto stft = dsp::Stft::create(options);
  if (!stft) return fail(stft.error());
  stft_ = std::move(*stft);
  binHz_ = stft_->binHz(source);
  if (kind_ == SpectrogramKind::stft) return {};
  if (kind_ == SpectrogramKind::chroma) {
    auto chroma = dsp::ChromaBank::create({}, source, stft_->options().fftSize);
    if (!chroma) return fail(chroma.error());
    chroma_ = std::move(*chroma);
    binHz_.resize(dsp::kPitchClasses);
    std::iota(binHz_.begin(), binHz_.end(), 0.0F);
    return {};
  }
  dsp::MelOptions mel;
  mel.bands = settings.melBins;
  mel.norm = dsp::MelNorm::none;  // a sine stays at its level whatever band it falls into
  auto bank = dsp::MelBank::create(mel, source, stft_->options().fftSize);
  if (!bank) return fail(bank.error());
  binHz_ = bank->centreHz();
  mel_ = std::move(*bank);
  return {};
}

SpectrogramScale SpectrumEngine::scale() const {
  switch (kind_) {
    case SpectrogramKind::logMel: return SpectrogramScale::naturalLog;
    case SpectrogramKind::mfcc: return SpectrogramScale::coefficient;
    case SpectrogramKind::chroma: return SpectrogramScale::chroma;
    default: return SpectrogramScale::decibel;
  }
}

std::int64_t SpectrumEngine::hopSamples() const {
  return fbank_ ? fbank_->shiftSamples() : constantQ_ ? constantQ_->hopSamples() : stft_->options().hopSamples;
}

std::int64_t SpectrumEngine::columns(std::int64_t samples) const {
  return fbank_ ? fbank_->frames(samples) : constantQ_ ? constantQ_->columns(samples) : stft_->columns(samples);
}

dsp::SampleRange SpectrumEngine::reach(std::int64_t firstColumn, std::int64_t lastColumn) const {
  if (constantQ_) return constantQ_->reach(firstColumn, lastColumn);
  if (!fbank_) return stft_->reach(firstColumn, lastColumn);
  return {firstColumn * hopSamples(), (lastColumn - 1) * hopSamples() + fbank_->frameSamples()};
}

Result<Matrix> SpectrumEngine::power(std::span<const float> part, std::int64_t partStart, std::int64_t total,
                                     std::int64_t first, std::int64_t last) const {
  if (first >= last) return Matrix(0, bins());
  if (constantQ_) return constantQ_->power(part, partStart, total, first, last);
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
  if (!mel_ && !chroma_) return spectra;
  Matrix bands(last - first, bins());
  for (std::int64_t c = 0; c < bands.rows; ++c) {
    if (mel_) {
      mel_->apply(spectra.row(c), bands.row(c));
      continue;
    }
    const auto sums = chroma_->sums(spectra.row(c));
    std::transform(sums.begin(), sums.end(), bands.row(c).begin(), [](double sum) { return static_cast<float>(sum); });
  }
  return bands;
}

void SpectrumEngine::levels(std::span<const float> power, std::span<float> out) const {
  if (fbank_)
    dsp::flooredNaturalLog(power, std::ldexp(1.0F, -23), out);
  else
    dsp::powerToDecibels(power, constantQ_ ? 1.0 : stft_->fullScale(), kFloorDb, out);
}

Result<Matrix> SpectrumEngine::shown(Matrix levels) const {
  if (kind_ == SpectrogramKind::mfcc) {
    auto all = dsp::mfcc(levels, coefficients_ + 1);
    if (!all) return all;
    Matrix rest(all->rows, coefficients_);
    for (std::int64_t c = 0; c < rest.rows; ++c) std::copy_n(all->row(c).begin() + 1, coefficients_, rest.row(c).begin());
    return rest;
  }
  if (kind_ != SpectrogramKind::chroma) return levels;
  for (std::int64_t c = 0; c < levels.rows; ++c) {
    const std::span<float> classes = levels.row(c);
    const float strongest = *std::max_element(classes.begin(), classes.end());
    for (float& value : classes) value = strongest > kSilenceDb ? std::pow(10.0F, (value - strongest) / 10.0F) : 0.0F;
  }
  return levels;
}

}  // namespace chladni::analysis
