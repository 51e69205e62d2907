#include "core/dsp/mel_inverse.h"

#include <algorithm>
#include <cmath>
#include <span>
#include <string>

#include "core/dsp/kaldi_fbank.h"
#include "core/dsp/log_mel.h"

namespace chladni::dsp {

namespace {

constexpr int kSolveSteps = 80;
constexpr float kTiny = 1e-20F;
// ln of the smallest energy that Kaldi's pipeline knows, 2^-23, and a little above, for what a model paints near it.
constexpr double kKaldiFloor = -15.9;

}  // namespace

std::vector<float> binHz(const FrontendSpec& spec) {
  if (spec.kind == "kaldi-fbank") {
    const auto options = kaldiFbankOptions(spec);
    if (!options) return {};
    const auto bank = KaldiFbank::create(*options);
    return bank ? bank->melBank().centreHz() : std::vector<float>{};
  }
  const auto frame = std::llround(spec.rate.hz() * spec.frameLengthMs * 0.001);
  if (!spec.rate.valid() || frame < 2) return {};
  const std::int64_t fftSize = LogMel::fftSizeOf(spec.logMel, frame);
  if (spec.logMel.melScale != "linear") {
    const auto bank = MelBank::create(LogMel::melOptions(spec), spec.rate, fftSize);
    return bank ? bank->centreHz() : std::vector<float>{};
  }
  std::vector<float> hertz;
  for (std::int64_t k = 0; k <= fftSize / 2; ++k)
    hertz.push_back(static_cast<float>(static_cast<double>(k) * spec.rate.hz() / static_cast<double>(fftSize)));
  return hertz;
}

Result<MelInverse> MelInverse::create(const FrontendSpec& spec) {
  MelInverse inverse;
  inverse.spec_ = spec;
  const auto take = [&](const MelBank& bank) {
    const Matrix weights = bank.weights();
    for (std::int64_t b = 0; b < weights.rows; ++b) {
      const auto row = weights.row(b);
      const auto first = std::find_if(row.begin(), row.end(), [](float w) { return w > 0.0F; });
      auto last = first;
      while (last != row.end() && *last > 0.0F) ++last;
      inverse.bands_.push_back({static_cast<std::size_t>(first - row.begin()), {first, last}});
    }
  };
  if (spec.kind == "kaldi-fbank") {
    const auto options = kaldiFbankOptions(spec);
    if (!options) return fail(options.error());
    const auto bank = KaldiFbank::create(*options);
    if (!bank) return fail(bank.error());
    inverse.shiftSamples_ = bank->shiftSamples();
    inverse.fftSize_ = bank->fftSize();
    inverse.window_ = bank->window();
    take(bank->melBank());
    return inverse;
  }
  if (spec.kind != "log-mel")
    return fail(ErrorCode::unsupported, "a front end of kind \"" + spec.kind + "\" cannot be heard: only kaldi-fbank and log-mel can");
  if (auto checked = LogMel::create(spec); !checked) return fail(checked.error());
  const auto frame = std::llround(spec.rate.hz() * spec.frameLengthMs * 0.001);
  inverse.magnitude_ = spec.logMel.magnitude;
  inverse.shiftSamples_ = std::llround(spec.rate.hz() * spec.frameShiftMs * 0.001);
  inverse.fftSize_ = LogMel::fftSizeOf(spec.logMel, frame);
  inverse.window_ = makeWindow(windowFromName(spec.window).value_or(WindowKind::hann), frame, WindowSymmetry::periodic);
  if (spec.logMel.melScale == "linear") return inverse;
  const auto bank = MelBank::create(LogMel::melOptions(spec), spec.rate, inverse.fftSize_);
  if (!bank) return fail(bank.error());
  take(*bank);
  return inverse;
}

Matrix MelInverse::bands(const Matrix& input) const {
  Matrix bands = input;
  const double factor = static_cast<double>(spec_.deviationFactor) * spec_.deviation;
  const LogMelSpec& log = spec_.logMel;
  for (float& value : bands.values) {
    const double level = value * factor + spec_.mean;
    double energy = 0.0;
    if (spec_.kind == "kaldi-fbank") {
      energy = level <= kKaldiFloor ? 0.0 : std::exp(level);
    } else if (log.compression == "ln-offset") {
      energy = std::exp(level) - log.offset;
    } else if (log.compression == "log10-scaled") {
      energy = (std::pow(10.0, level) - 1.0) / log.scale;
    } else {
      energy = level <= -log.decibelRange ? 0.0 : std::pow(10.0, level / 10.0);
    }
    energy = std::isfinite(energy) ? std::max(0.0, energy) : 0.0;
    value = static_cast<float>(log.squareRootAfterMel && spec_.kind == "log-mel" ? energy * energy : energy);
  }
  return bands;
}

void MelInverse::spread(std::span<const float> bands, std::span<float> spectrum) const {
  std::fill(spectrum.begin(), spectrum.end(), 0.0F);
  for (std::size_t b = 0; b < bands_.size(); ++b)
    for (std::size_t k = 0; k < bands_[b].weights.size(); ++k)
      spectrum[bands_[b].firstBin + k] += bands_[b].weights[k] * bands[b];
}

void MelInverse::gather(std::span<const float> spectrum, std::span<float> bands) const {
  for (std::size_t b = 0; b < bands_.size(); ++b) {
    float sum = 0.0F;
    for (std::size_t k = 0; k < bands_[b].weights.size(); ++k)
      sum += bands_[b].weights[k] * spectrum[bands_[b].firstBin + k];
    bands[b] = sum;
  }
}

// Lee and Seung's multiplicative steps: never negative, never worse than the step before.
void MelInverse::solve(std::span<const float> bands, std::span<float> spectrum) const {
  if (bands_.empty()) {
    std::copy_n(bands.begin(), spectrum.size(), spectrum.begin());
    return;
  }
  std::vector<float> wanted(spectrum.size());
  std::vector<float> had(spectrum.size());
  std::vector<float> reached(bands.size());
  spread(bands, wanted);
  std::copy(wanted.begin(), wanted.end(), spectrum.begin());
  for (int step = 0; step < kSolveSteps; ++step) {
    gather(spectrum, reached);
    spread(reached, had);
    for (std::size_t k = 0; k < spectrum.size(); ++k) spectrum[k] *= had[k] > kTiny ? wanted[k] / had[k] : 0.0F;
  }
}

Result<Matrix> MelInverse::magnitudes(const Matrix& bands, std::stop_token stop) const {
  const std::int64_t bins = fftSize_ / 2 + 1;
  const auto expected = bands_.empty() ? bins : static_cast<std::int64_t>(bands_.size());
  if (bands.columns != expected)
    return fail(ErrorCode::invalidArgument, "a table of " + std::to_string(bands.columns) + " bands is none of this model's, which has " +
                                                std::to_string(expected));
  Matrix result(bands.rows, bins);
  for (std::int64_t frame = 0; frame < bands.rows; ++frame) {
    if (stop.stop_requested()) return fail(ErrorCode::cancelled, "stopped");
    solve(bands.row(frame), result.row(frame));
  }
  if (!magnitude_)
    for (float& value : result.values) value = std::sqrt(value);
  return result;
}

double MelInverse::misfit(const Matrix& bands, const Matrix& magnitudes) const {
  double missed = 0.0;
  double total = 0.0;
  std::vector<float> spectrum(static_cast<std::size_t>(magnitudes.columns));
  std::vector<float> reached(static_cast<std::size_t>(bands.columns));
  for (std::int64_t frame = 0; frame < bands.rows; ++frame) {
    const auto row = magnitudes.row(frame);
    for (std::size_t k = 0; k < spectrum.size(); ++k) spectrum[k] = magnitude_ ? row[k] : row[k] * row[k];
    if (bands_.empty()) std::copy_n(spectrum.begin(), reached.size(), reached.begin());
    else gather(spectrum, reached);
    for (std::size_t b = 0; b < reached.size(); ++b) {
      const double difference = reached[b] - bands.row(frame)[b];
      missed += difference * difference;
      total += static_cast<double>(bands.row(frame)[b]) * bands.row(frame)[b];
    }
  }
  return total > 0.0 ? std::sqrt(missed / total) : 0.0;
}

void MelInverse::deemphasise(std::vector<float>& sound) const {
  if (spec_.kind != "kaldi-fbank" || spec_.preemphasis == 0.0) return;
  double last = 0.0;
  for (float& value : sound) {
    last = value + spec_.preemphasis * last;
    value = static_cast<float>(last);
  }
}

}  // namespace chladni::dsp
