#include "core/dsp/kaldi_fbank.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <limits>
#include <string>

#include "core/dsp/clones.h"
#include "core/dsp/fft_plan.h"
#include "core/dsp/logarithm.h"

namespace chladni::dsp {

namespace {

constexpr int kLanes = MelBank::kLanes;
constexpr float kEpsilon = std::numeric_limits<float>::epsilon();  // 2^-23, the floor under every logarithm

// Sums run over kLanes partial sums in a fixed order, so that every build vectorises them and gives the same bits.
__attribute__((always_inline)) inline float total(const std::array<float, kLanes>& partial) {
  std::array<float, kLanes> sum = partial;
  for (int width = kLanes / 2; width > 0; width /= 2) {
    for (int i = 0; i < width; ++i) sum[static_cast<std::size_t>(i)] += sum[static_cast<std::size_t>(i + width)];
  }
  return sum[0];
}

CHLADNI_DSP_CLONES
float sumOf(const float* x, std::int64_t count) {
  std::array<float, kLanes> sums{};
  std::int64_t i = 0;
  for (; i + kLanes <= count; i += kLanes) {
    for (int lane = 0; lane < kLanes; ++lane) sums[static_cast<std::size_t>(lane)] += x[i + lane];
  }
  for (int lane = 0; i < count; ++i, ++lane) sums[static_cast<std::size_t>(lane)] += x[i];
  return total(sums);
}

CHLADNI_DSP_CLONES
float sumOfSquares(const float* x, std::int64_t count) {
  std::array<float, kLanes> sums{};
  std::int64_t i = 0;
  for (; i + kLanes <= count; i += kLanes) {
    for (int lane = 0; lane < kLanes; ++lane) sums[static_cast<std::size_t>(lane)] += x[i + lane] * x[i + lane];
  }
  for (int lane = 0; i < count; ++i, ++lane) sums[static_cast<std::size_t>(lane)] += x[i] * x[i];
  return total(sums);
}

CHLADNI_DSP_CLONES
void subtractLoop(const float* in, float value, float* out, std::int64_t count) {
  for (std::int64_t i = 0; i < count; ++i) out[i] = in[i] - value;
}

// out[i] = (x[i] - coefficient * x[i - 1]) * window[i], the first sample standing in for the one before it.
CHLADNI_DSP_CLONES
void emphasiseAndWindow(const float* x, float coefficient, const float* window, float* out, std::int64_t count) {
  out[0] = (x[0] - coefficient * x[0]) * window[0];
  for (std::int64_t i = 1; i < count; ++i) out[i] = (x[i] - coefficient * x[i - 1]) * window[i];
}

CHLADNI_DSP_CLONES
void rootLoop(float* values, std::int64_t count) {
  for (std::int64_t i = 0; i < count; ++i) values[i] = std::sqrt(values[i]);
}

void transposeIntoLane(const float* row, std::int64_t count, int lane, float* lanes) {
  for (std::int64_t k = 0; k < count; ++k) lanes[k * kLanes + lane] = row[k];
}

float logEnergy(float sumSquares, double floor) {
  const float energy = std::log(std::max(sumSquares, kEpsilon));
  return floor > 0.0 ? std::max(energy, static_cast<float>(std::log(floor))) : energy;
}

// Index of the mirrored sound, edge sample repeated.
std::int64_t mirrored(std::int64_t index, std::int64_t count) {
  const std::int64_t period = 2 * count;
  std::int64_t phase = index % period;
  if (phase < 0) phase += period;
  return phase < count ? phase : period - 1 - phase;
}

void subtractMeans(Matrix& table) {
  for (std::int64_t c = 0; c < table.columns; ++c) {
    double sum = 0.0;
    for (std::int64_t r = 0; r < table.rows; ++r) sum += table.values[static_cast<std::size_t>(r * table.columns + c)];
    const auto mean = static_cast<float>(sum / static_cast<double>(table.rows));
    for (std::int64_t r = 0; r < table.rows; ++r) table.values[static_cast<std::size_t>(r * table.columns + c)] -= mean;
  }
}

Result<void> check(const KaldiFbankOptions& options, double frameSamples, double shiftSamples) {
  const auto refuse = [](const std::string& what) { return fail(ErrorCode::invalidArgument, what); };
  if (!options.rate.valid()) return refuse("the sample rate of a filter bank must be positive");
  if (!(frameSamples >= 2.0 && frameSamples <= static_cast<double>(FftPlan::kMaxSize))) {
    return refuse("frames of " + std::to_string(options.frameLengthMs) + " ms do not work at " +
                  std::to_string(options.rate.hz()) + " Hz: they must hold 2 to " + std::to_string(FftPlan::kMaxSize) +
                  " samples");
  }
  if (!(shiftSamples >= 1.0 && shiftSamples < 1e9)) {
    return refuse("a frame shift of " + std::to_string(options.frameShiftMs) + " ms must be at least one sample");
  }
  if (!(options.preemphasis >= 0.0 && options.preemphasis <= 1.0)) return refuse("pre-emphasis must be 0 to 1");
  if (!(options.energyFloor >= 0.0)) return refuse("the energy floor must not be negative");
  return {};
}

}  // namespace

Result<KaldiFbankOptions> kaldiFbankOptions(const FrontendSpec& spec) {
  const auto window = windowFromName(spec.window);
  if (!window) {
    return fail(ErrorCode::invalidArgument, "unknown window \"" + spec.window +
                                                "\": use hanning, hamming, blackman, povey, sine or rectangular");
  }
  KaldiFbankOptions options;
  options.rate = spec.rate;
  options.frameLengthMs = spec.frameLengthMs;
  options.frameShiftMs = spec.frameShiftMs;
  options.window = *window;
  options.melBins = spec.melBins;
  options.lowHz = spec.lowHz;
  options.highHz = spec.highHz;
  options.preemphasis = spec.preemphasis;
  options.removeDc = spec.removeDc;
  return options;
}

Result<KaldiFbank> KaldiFbank::create(const KaldiFbankOptions& options) {
  const double frameSamples = options.rate.hz() * options.frameLengthMs * 0.001;
  const double shiftSamples = options.rate.hz() * options.frameShiftMs * 0.001;
  if (auto ok = check(options, frameSamples, shiftSamples); !ok) return fail(ok.error());
  const auto frame = static_cast<std::int64_t>(frameSamples);
  const std::int64_t fftSize =
      options.roundToPowerOfTwo ? static_cast<std::int64_t>(std::bit_ceil(static_cast<std::uint64_t>(frame))) : frame;

  MelOptions mel;
  mel.bands = options.melBins;
  mel.lowHz = options.lowHz;
  mel.highHz = options.highHz;
  mel.scale = MelScale::htk;
  mel.slope = MelSlope::straightInMel;
  mel.norm = MelNorm::none;
  mel.dropNyquist = true;
  mel.singlePrecision = true;
  auto bank = MelBank::create(mel, options.rate, fftSize);
  if (!bank) return fail(bank.error(), "making the filter bank");
  auto plan = FftPlan::forSize(fftSize);
  if (!plan) return fail(ErrorCode::outOfMemory, "no memory for an FFT of " + std::to_string(fftSize) + " samples");
  return KaldiFbank(options, std::move(*bank), std::move(plan));
}

KaldiFbank::KaldiFbank(const KaldiFbankOptions& options, MelBank mel, std::shared_ptr<const FftPlan> plan)
    : options_(options),
      frameSamples_(static_cast<std::int64_t>(options.rate.hz() * options.frameLengthMs * 0.001)),
      shiftSamples_(static_cast<std::int64_t>(options.rate.hz() * options.frameShiftMs * 0.001)),
      window_(makeWindow(options.window, frameSamples_, WindowSymmetry::symmetric, options.blackmanCoefficient)),
      mel_(std::move(mel)),
      plan_(std::move(plan)) {}

std::int64_t KaldiFbank::fftSize() const { return plan_->size(); }

std::int64_t KaldiFbank::columns() const {
  return options_.melBins + (options_.energy == EnergyColumn::none ? 0 : 1);
}

std::int64_t KaldiFbank::frames(std::int64_t samples) const {
  if (samples < frameSamples_) return 0;
  if (options_.snipEdges) return 1 + (samples - frameSamples_) / shiftSamples_;
  return (samples + shiftSamples_ / 2) / shiftSamples_;
}

void KaldiFbank::copyFrame(std::span<const float> sound, float offset, std::int64_t frame, float* destination) const {
  const std::int64_t start =
      frame * shiftSamples_ - (options_.snipEdges ? 0 : frameSamples_ / 2 - shiftSamples_ / 2);
  const auto count = static_cast<std::int64_t>(sound.size());
  if (start >= 0 && start + frameSamples_ <= count) {
    subtractLoop(sound.data() + start, offset, destination, frameSamples_);
    return;
  }
  for (std::int64_t i = 0; i < frameSamples_; ++i) {
    destination[i] = sound[static_cast<std::size_t>(mirrored(start + i, count))] - offset;
  }
}

// Writes the windowed frame to `destination` and returns its log energy (0 when there is no energy column).
float KaldiFbank::prepareFrame(std::span<const float> sound, float offset, std::int64_t frame,
                               float* destination) const {
  thread_local std::vector<float> raw;
  raw.resize(static_cast<std::size_t>(frameSamples_));
  copyFrame(sound, offset, frame, raw.data());
  if (options_.removeDc) {
    const float mean = sumOf(raw.data(), frameSamples_) / static_cast<float>(frameSamples_);
    subtractLoop(raw.data(), mean, raw.data(), frameSamples_);
  }
  const bool wantsEnergy = options_.energy != EnergyColumn::none;
  float energy = 0.0F;
  if (wantsEnergy && options_.rawEnergy) {
    energy = logEnergy(sumOfSquares(raw.data(), frameSamples_), options_.energyFloor);
  }
  emphasiseAndWindow(raw.data(), static_cast<float>(options_.preemphasis), window_.data(), destination, frameSamples_);
  if (wantsEnergy && !options_.rawEnergy) {
    energy = logEnergy(sumOfSquares(destination, frameSamples_), options_.energyFloor);
  }
  return energy;
}

Result<Matrix> KaldiFbank::compute(std::span<const float> sound, float offset) const {
  const std::int64_t count = frames(static_cast<std::int64_t>(sound.size()));
  if (count == 0) {
    return fail(ErrorCode::invalidArgument, "the sound has " + std::to_string(sound.size()) +
                                                " samples, fewer than one analysis window of " +
                                                std::to_string(frameSamples_) + ": use a longer clip");
  }
  const std::int64_t bins = plan_->bins();
  const std::int64_t bands = mel_.bands();
  const std::int64_t firstBand = options_.energy == EnergyColumn::first ? 1 : 0;
  const std::int64_t energyColumn = firstBand == 1 ? 0 : bands;
  Matrix out(count, columns());
  FftWorkspace work(plan_);
  std::vector<float> power(static_cast<std::size_t>(bins));
  std::vector<float> spectra(static_cast<std::size_t>(bins * kLanes));
  std::vector<float> mel(static_cast<std::size_t>(bands * kLanes));
  std::array<float, kLanes> energy{};

  for (std::int64_t first = 0; first < count; first += kLanes) {
    const int lanes = static_cast<int>(std::min<std::int64_t>(kLanes, count - first));
    for (int lane = 0; lane < lanes; ++lane) {
      energy[static_cast<std::size_t>(lane)] = prepareFrame(sound, offset, first + lane, work.input());
      work.power(power.data());
      if (!options_.usePower) rootLoop(power.data(), bins);
      transposeIntoLane(power.data(), bins, lane, spectra.data());
    }
    mel_.applyLanes(spectra.data(), mel.data());
    if (options_.useLog) flooredNaturalLog(mel, kEpsilon, mel);
    for (int lane = 0; lane < lanes; ++lane) {
      const std::span<float> row = out.row(first + lane);
      for (std::int64_t b = 0; b < bands; ++b) {
        row[static_cast<std::size_t>(firstBand + b)] = mel[static_cast<std::size_t>(b * kLanes + lane)];
      }
      if (options_.energy != EnergyColumn::none) {
        row[static_cast<std::size_t>(energyColumn)] = energy[static_cast<std::size_t>(lane)];
      }
    }
  }
  if (options_.subtractColumnMeans) subtractMeans(out);
  return out;
}

}  // namespace chladni::dsp
