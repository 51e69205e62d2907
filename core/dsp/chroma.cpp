#include "core/dsp/chroma.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace chladni::dsp {

Result<ChromaBank> ChromaBank::create(const ChromaOptions& options, SampleRate rate, std::int64_t fftSize) {
  if (!rate.valid() || fftSize < 2) {
    return fail(ErrorCode::invalidArgument, "chroma needs a positive sample rate and an FFT size of at least 2");
  }
  if (!(options.tuningHz > 0.0 && options.lowHz > 0.0 && options.lowHz < options.highHz)) {
    return fail(ErrorCode::invalidArgument, "chroma needs a positive tuning and ascending positive edges in hertz");
  }
  ChromaBank bank;
  bank.bins_ = fftSize / 2 + 1;
  const double binHz = static_cast<double>(rate.hz()) / static_cast<double>(fftSize);
  bank.firstBin_ = std::max<std::int64_t>(1, static_cast<std::int64_t>(std::ceil(options.lowHz / binHz)));
  for (std::int64_t k = bank.firstBin_; k < bank.bins_; ++k) {
    const double hertz = static_cast<double>(k) * binHz;
    if (hertz > options.highHz) break;
    const double semitones = 12.0 * std::log2(hertz / options.tuningHz) + 9.0 + 1200.0;  // above some C; A is class 9
    const double below = std::floor(semitones);
    const double weight = 0.5 + 0.5 * std::cos(std::numbers::pi * (semitones - below));
    bank.shares_.push_back({static_cast<std::int32_t>(static_cast<std::int64_t>(below) % kPitchClasses),
                            static_cast<float>(weight)});
  }
  return bank;
}

std::array<double, kPitchClasses> ChromaBank::sums(std::span<const float> power) const {
  CHLADNI_ASSERT(static_cast<std::int64_t>(power.size()) >= bins_);
  std::array<double, kPitchClasses> sums{};
  for (std::size_t i = 0; i < shares_.size(); ++i) {
    const double value = power[static_cast<std::size_t>(firstBin_) + i];
    const auto lower = static_cast<std::size_t>(shares_[i].lower);
    sums[lower] += value * shares_[i].lowerWeight;
    sums[(lower + 1) % kPitchClasses] += value * (1.0F - shares_[i].lowerWeight);
  }
  return sums;
}

void ChromaBank::foldColumn(std::span<const float> power, std::span<float> classes) const {
  CHLADNI_ASSERT(classes.size() >= kPitchClasses);
  const std::array<double, kPitchClasses> sums = this->sums(power);
  const double largest = *std::max_element(sums.begin(), sums.end());
  const double scale = largest > 0.0 ? 1.0 / largest : 0.0;
  std::transform(sums.begin(), sums.end(), classes.begin(), [&](double v) { return static_cast<float>(v * scale); });
}

Matrix ChromaBank::fold(const Matrix& power) const {
  Matrix out(power.rows, kPitchClasses);
  for (std::int64_t c = 0; c < power.rows; ++c) foldColumn(power.row(c), out.row(c));
  return out;
}

}  // namespace chladni::dsp
