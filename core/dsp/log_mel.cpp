#include "core/dsp/log_mel.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <limits>
#include <string>

#include "core/dsp/fft_plan.h"
#include "core/dsp/logarithm.h"
#include "core/dsp/stft.h"

namespace chladni::dsp {

namespace {

constexpr float kDecibelFloor = 1e-10F;

template <std::size_t N>
Result<void> oneOf(const char* field, const std::string& value, const std::array<const char*, N>& choices) {
  std::string list;
  for (const char* choice : choices) {
    if (value == choice) return {};
    list += list.empty() ? choice : std::string(", ") + choice;
  }
  return fail(ErrorCode::invalidArgument, std::string("frontend.") + field + " is \"" + value + "\": use " + list);
}

Result<void> checkNames(const LogMelSpec& spec) {
  const std::array checks{oneOf("padding", spec.padding, std::array{"none", "zero", "reflect", "same", "right"}),
                          oneOf("padTo", spec.padTo, std::array{"none", "whole-patches"}),
                          oneOf("melScale", spec.melScale, std::array{"htk", "slaney", "linear"}),
                          oneOf("melSlope", spec.melSlope, std::array{"mel", "hertz"}),
                          oneOf("melNorm", spec.melNorm, std::array{"none", "area"}),
                          oneOf("compression", spec.compression, std::array{"ln-offset", "log10-scaled", "decibel"})};
  for (const Result<void>& check : checks) {
    if (!check) return fail(check.error());
  }
  return {};
}

Result<void> checkNumbers(const LogMelSpec& spec) {
  const auto refuse = [](const std::string& what) { return fail(ErrorCode::invalidArgument, "frontend." + what); };
  if (spec.compression == "ln-offset" && !(spec.offset > 0.0)) return refuse("offset must be positive");
  if (spec.compression == "log10-scaled" && !(spec.scale > 0.0)) return refuse("scale must be positive");
  if (spec.compression == "decibel" && !(spec.decibelRange > 0.0)) return refuse("decibelRange must be positive");
  constexpr std::int64_t kMaxFrames = std::int64_t{1} << 24;
  if (spec.patchFrames < 0 || spec.patchHopFrames < 0 || spec.patchFrames > kMaxFrames ||
      spec.patchHopFrames > kMaxFrames) {
    return refuse("patchFrames and patchHopFrames must not be negative or huge");
  }
  if (spec.padTo == "whole-patches" && spec.patchFrames == 0) return refuse("padTo whole-patches needs patchFrames");
  return {};
}

// To half precision and back, nearest, ties to even; values not below zero.
float roundedToHalf(float value) {
  if (value >= 65520.0F) return std::numeric_limits<float>::infinity();
  if (value < 0x1p-14F) return std::nearbyint(value * 0x1p24F) * 0x1p-24F;
  auto bits = std::bit_cast<std::uint32_t>(value);
  bits += 0xFFFU + ((bits >> 13) & 1U);
  return std::bit_cast<float>(bits & ~0x1FFFU);
}

void takeRoots(std::vector<float>& values) {
  for (float& value : values) value = std::sqrt(value);
}

std::int64_t reflected(std::int64_t index, std::int64_t count) {
  if (count == 1) return 0;
  const std::int64_t period = 2 * (count - 1);
  std::int64_t phase = index % period;
  if (phase < 0) phase += period;
  return phase < count ? phase : period - phase;
}

}  // namespace

Result<std::shared_ptr<const FeatureExtractor>> LogMel::create(const FrontendSpec& spec) {
  std::shared_ptr<LogMel> made(new LogMel);
  if (auto ok = made->configure(spec); !ok) return fail(ok.error());
  return std::shared_ptr<const FeatureExtractor>(std::move(made));
}

MelOptions LogMel::melOptions(const FrontendSpec& spec) {
  MelOptions mel;
  mel.bands = spec.melBins;
  mel.lowHz = spec.lowHz;
  mel.highHz = spec.highHz;
  mel.scale = spec.logMel.melScale == "htk" ? MelScale::htk : MelScale::slaney;
  mel.slope = spec.logMel.melSlope == "mel" ? MelSlope::straightInMel : MelSlope::straightInHertz;
  mel.norm = spec.logMel.melNorm == "area" ? MelNorm::area : MelNorm::none;
  mel.dropDirectCurrent = spec.logMel.dropDirectCurrent;
  return mel;
}

std::int64_t LogMel::fftSizeOf(const LogMelSpec& spec, std::int64_t frameSamples) {
  return spec.fftSize > 0 ? spec.fftSize : static_cast<std::int64_t>(std::bit_ceil(static_cast<std::uint64_t>(frameSamples)));
}

Result<void> LogMel::configure(const FrontendSpec& spec) {
  if (auto ok = checkNames(spec.logMel); !ok) return ok;
  if (auto ok = checkNumbers(spec.logMel); !ok) return ok;
  spec_ = spec.logMel;
  const auto kind = windowFromName(spec.window);
  if (!kind) return fail(ErrorCode::invalidArgument, "frontend.window \"" + spec.window + "\" is unknown");
  const double frame = spec.rate.hz() * spec.frameLengthMs * 0.001;
  const double shift = spec.rate.hz() * spec.frameShiftMs * 0.001;
  if (!(frame >= 2.0 && frame <= static_cast<double>(FftPlan::kMaxSize) && shift >= 0.5 && shift < 1e9)) {
    return fail(ErrorCode::invalidArgument, "frontend.frameLengthMs and frameShiftMs must give 2 to " +
                                                std::to_string(FftPlan::kMaxSize) + " samples and at least one");
  }
  frameSamples_ = std::llround(frame);
  shiftSamples_ = std::llround(shift);
  window_ = makeWindow(*kind, frameSamples_, WindowSymmetry::periodic);
  const std::int64_t fftSize = fftSizeOf(spec_, frameSamples_);
  if (fftSize < frameSamples_ || fftSize > FftPlan::kMaxSize) {
    return fail(ErrorCode::invalidArgument, "frontend.fftSize must be at least the frame, " +
                                                std::to_string(frameSamples_) + " samples");
  }
  plan_ = FftPlan::forSize(fftSize);
  if (!plan_) return fail(ErrorCode::outOfMemory, "no memory for an FFT of " + std::to_string(fftSize) + " samples");
  if (spec_.melScale == "linear") return {};
  auto bank = MelBank::create(melOptions(spec), spec.rate, fftSize);
  if (!bank) return fail(bank.error());
  mel_ = std::move(*bank);
  return {};
}

std::int64_t LogMel::bins() const { return mel_ ? mel_->bands() : plan_->bins(); }

std::int64_t LogMel::paddedSamples(std::int64_t samples) const {
  if (spec_.padTo == "none") return samples;
  const std::int64_t patch = (spec_.patchFrames - 1) * shiftSamples_ + frameSamples_;
  const std::int64_t hop = (spec_.patchHopFrames > 0 ? spec_.patchHopFrames : spec_.patchFrames) * shiftSamples_;
  const std::int64_t beyond = std::max<std::int64_t>(0, samples - patch);
  return patch + (beyond + hop - 1) / hop * hop;
}

std::int64_t LogMel::frames(std::int64_t samples) const {
  const std::int64_t count = paddedSamples(samples);
  if (spec_.padding == "none") return count < frameSamples_ ? 0 : 1 + (count - frameSamples_) / shiftSamples_;
  if (spec_.padding == "same" || spec_.padding == "right") return (count + shiftSamples_ - 1) / shiftSamples_;
  return columnCount(count, shiftSamples_);
}

std::int64_t LogMel::leftPadding(std::int64_t count) const {
  if (spec_.padding == "none" || spec_.padding == "right") return 0;
  if (spec_.padding != "same") return frameSamples_ / 2;
  const std::int64_t steps = (count + shiftSamples_ - 1) / shiftSamples_;
  return std::max<std::int64_t>(0, (steps - 1) * shiftSamples_ + frameSamples_ - count) / 2;
}

void LogMel::windowedFrame(std::span<const float> sound, float offset, std::int64_t start, float* out) const {
  const auto count = static_cast<std::int64_t>(sound.size());
  const std::int64_t padded = paddedSamples(count);
  const bool mirror = spec_.padding == "reflect";
  for (std::int64_t i = 0; i < frameSamples_; ++i) {
    std::int64_t n = start + i;
    if (mirror && (n < 0 || n >= padded)) n = reflected(n, padded);
    const float sample = n >= 0 && n < count ? sound[static_cast<std::size_t>(n)] - offset : 0.0F;
    out[i] = sample * window_[static_cast<std::size_t>(i)];
  }
}

Result<Matrix> LogMel::compute(std::span<const float> sound, float offset) const {
  const auto samples = static_cast<std::int64_t>(sound.size());
  const std::int64_t count = frames(samples);
  if (count == 0) {
    return fail(ErrorCode::invalidArgument, "the sound has " + std::to_string(samples) +
                                                " samples, fewer than one analysis window of " +
                                                std::to_string(frameSamples_) + ": use a longer clip");
  }
  const std::int64_t left = leftPadding(paddedSamples(samples));
  FftWorkspace work(plan_);
  std::vector<float> spectrum(static_cast<std::size_t>(plan_->bins()));
  Matrix out(count, bins());
  for (std::int64_t f = 0; f < count; ++f) {
    windowedFrame(sound, offset, f * shiftSamples_ - left, work.input());
    work.power(spectrum.data());
    if (spec_.magnitude) takeRoots(spectrum);
    const std::span<float> row = out.row(f);
    if (mel_) {
      mel_->apply(spectrum, row);
    } else {
      std::copy(spectrum.begin(), spectrum.end(), row.begin());
    }
  }
  compress(out);
  return out;
}

void LogMel::compress(Matrix& table) const {
  std::vector<float>& values = table.values;
  if (spec_.squareRootAfterMel) takeRoots(values);
  if (spec_.roundToHalf) std::transform(values.begin(), values.end(), values.begin(), roundedToHalf);
  if (spec_.compression == "ln-offset") {
    for (float& value : values) value += static_cast<float>(spec_.offset);
    naturalLog(values, values);
  } else if (spec_.compression == "log10-scaled") {
    for (float& value : values) value = static_cast<float>(spec_.scale) * value + 1.0F;
    naturalLog(values, values);
    constexpr float kLog10OfE = 0.4342944819032518F;
    for (float& value : values) value *= kLog10OfE;
  } else {
    for (float& value : values) value = std::max(value, kDecibelFloor);
    powerToDecibels(values, 1.0, -std::numeric_limits<float>::infinity(), values);
    const float loudest = *std::max_element(values.begin(), values.end());
    const auto floor = static_cast<float>(-spec_.decibelRange);
    for (float& value : values) value = std::max(value - loudest, floor);
  }
}

std::vector<Matrix> slicePatches(const Matrix& features, std::int64_t frames, std::int64_t hop) {
  std::vector<Matrix> patches;
  if (frames <= 0) return patches;
  const std::int64_t step = hop > 0 ? hop : frames;
  for (std::int64_t first = 0; first + frames <= features.rows; first += step) {
    Matrix patch(frames, features.columns);
    std::copy_n(features.values.begin() + first * features.columns, frames * features.columns, patch.values.begin());
    patches.push_back(std::move(patch));
  }
  return patches;
}

std::int64_t framesInSeconds(double seconds, const FrontendSpec& spec) {
  const auto shift = static_cast<double>(std::llround(spec.rate.hz() * spec.frameShiftMs * 0.001));
  return static_cast<std::int64_t>(std::floor((spec.rate.hz() * seconds - shift) / shift)) + 1;
}

}  // namespace chladni::dsp
