#include "core/dsp/constant_q.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <complex>
#include <numbers>
#include <string>

#include "core/dsp/real_fft.h"

namespace chladni::dsp {

namespace {

constexpr double kPi = std::numbers::pi;
constexpr float kLeastShare = 1e-4F;   // kernel coefficients below this share of the largest are left out
constexpr std::int64_t kFilterReach = 47;  // samples of the halving filter to either side
constexpr double kFilterShape = 7.86;      // of the Kaiser window: 80 dB
constexpr int kMaxBinsPerOctave = 96;
constexpr int kMaxOctaves = 14;
constexpr std::int64_t kMaxFft = 1 << 17;

double besselZero(double x) {
  double sum = 1.0;
  double term = 1.0;
  for (int k = 1; k < 64; ++k) {
    term *= (x / (2.0 * k)) * (x / (2.0 * k));
    sum += term;
  }
  return sum;
}

// Half-band low pass by a Kaiser window: passes 0.2225 of the rate, stops 0.2775, which is what folds into the bins.
std::vector<float> halfBandWeights() {
  std::vector<double> weights;
  double sum = 0.0;
  for (std::int64_t m = 1; m <= kFilterReach; m += 2) {
    const double place = static_cast<double>(m) / (kFilterReach + 1.0);
    const double window = besselZero(kFilterShape * std::sqrt(1.0 - place * place)) / besselZero(kFilterShape);
    weights.push_back(std::sin(kPi * static_cast<double>(m) / 2.0) / (kPi * static_cast<double>(m)) * window);
    sum += weights.back();
  }
  // The middle weight is 1/2, so both sides together give the other half.
  std::vector<float> result(weights.size());
  std::transform(weights.begin(), weights.end(), result.begin(), [&](double w) { return static_cast<float>(w * 0.25 / sum); });
  return result;
}

}  // namespace

Result<ConstantQ> ConstantQ::create(const ConstantQOptions& options, SampleRate rate) {
  if (!rate.valid() || options.hopSamples < 1 || options.binsPerOctave < 6 || options.binsPerOctave > kMaxBinsPerOctave)
    return fail(ErrorCode::invalidArgument, "a constant-Q spectrum needs a positive sample rate and hop and 6 to " +
                                                std::to_string(kMaxBinsPerOctave) + " bins per octave");
  const double highest = std::min(options.highHz, kHighestShare * rate.hz());
  if (!(options.lowHz >= 1.0) || !(highest >= options.lowHz))
    return fail(ErrorCode::invalidArgument, "the lowest frequency of a constant-Q spectrum lies between 1 Hz and " +
                                                std::to_string(static_cast<int>(highest)) + " Hz for this sound");
  ConstantQ result;
  const auto count = static_cast<int>(std::floor(options.binsPerOctave * std::log2(highest / options.lowHz) + 1e-9)) + 1;
  for (int k = 0; k < count; ++k)
    result.binHz_.push_back(static_cast<float>(options.lowHz * std::exp2(static_cast<double>(k) / options.binsPerOctave)));
  result.binsPerOctave_ = options.binsPerOctave;
  result.octaves_ = (count + options.binsPerOctave - 1) / options.binsPerOctave;
  if (result.octaves_ > kMaxOctaves)
    return fail(ErrorCode::invalidArgument, "a constant-Q spectrum spans at most " + std::to_string(kMaxOctaves) + " octaves");
  const std::int64_t step = std::int64_t{1} << (result.octaves_ - 1);
  result.hop_ = (options.hopSamples + step - 1) / step * step;
  const double topHz = options.lowHz * std::exp2(static_cast<double>(count - 1) / options.binsPerOctave);
  const double lowestOfTop = topHz * std::exp2(-static_cast<double>(options.binsPerOctave - 1) / options.binsPerOctave);
  const double longest = rate.hz() / lowestOfTop / (std::exp2(1.0 / options.binsPerOctave) - 1.0);
  if (longest > static_cast<double>(kMaxFft))
    return fail(ErrorCode::invalidArgument, "the windows of this constant-Q spectrum are too long: take fewer bins per octave");
  result.fftSize_ = std::max<std::int64_t>(16, static_cast<std::int64_t>(std::bit_ceil(static_cast<std::uint64_t>(std::ceil(longest)) + 1)));
  if (auto made = result.makeKernels(topHz, rate.hz()); !made) return fail(made.error());
  result.halfBand_ = halfBandWeights();
  return result;
}

// By Parseval's theorem the product with a windowed oscillation is a product of spectra, where it is short. The spectrum of
// the complex oscillation is put together from those of its cosine and its sine.
Result<void> ConstantQ::makeKernels(double topHz, double rate) {
  auto fft = RealFft::create(fftSize_);
  if (!fft) return fail(fft.error());
  const std::int64_t half = fftSize_ / 2;
  const double quality = 1.0 / (std::exp2(1.0 / binsPerOctave_) - 1.0);
  std::vector<std::complex<float>> spectrum(static_cast<std::size_t>(half + 1));
  for (int i = 0; i < binsPerOctave_; ++i) {
    const double hertz = topHz * std::exp2(static_cast<double>(i + 1 - binsPerOctave_) / binsPerOctave_);
    const double length = quality * rate / hertz;
    double sum = 0.0;
    for (const bool sine : {false, true}) {
      for (std::int64_t n = -half; n < half; ++n) {
        const auto at = static_cast<double>(n);
        const double window = std::abs(at) < length / 2.0 ? 0.5 + 0.5 * std::cos(2.0 * kPi * at / length) : 0.0;
        const double turn = 2.0 * kPi * hertz / rate * at;
        fft->samples()[static_cast<std::size_t>(n + half)] = static_cast<float>(window * (sine ? std::sin(turn) : std::cos(turn)));
        if (!sine) sum += window;
      }
      fft->forward();
      const auto part = fft->spectrum();
      for (std::size_t j = 0; j < spectrum.size(); ++j) spectrum[j] = sine ? spectrum[j] + std::complex<float>(0.0F, 1.0F) * part[j] : part[j];
    }
    const auto scale = static_cast<float>(2.0 / (sum * static_cast<double>(fftSize_)));
    float largest = 0.0F;
    for (std::complex<float>& value : spectrum) {
      value *= scale;
      largest = std::max(largest, std::abs(value));
    }
    const auto counts = [&](const std::complex<float>& value) { return std::abs(value) >= kLeastShare * largest; };
    const auto from = std::find_if(spectrum.begin(), spectrum.end(), counts);
    const auto to = std::find_if(spectrum.rbegin(), spectrum.rend(), counts).base();
    Kernel kernel;
    kernel.first = static_cast<std::size_t>(from - spectrum.begin());
    for (auto it = from; it != to; ++it) {
      kernel.real.push_back(it->real());
      kernel.imaginary.push_back(it->imag());
    }
    kernels_.push_back(std::move(kernel));
  }
  return {};
}

std::vector<SampleRange> ConstantQ::ranges(std::int64_t first, std::int64_t last) const {
  std::vector<SampleRange> result(static_cast<std::size_t>(octaves_));
  for (int octave = octaves_ - 1; octave >= 0; --octave) {
    const std::int64_t hop = hop_ >> octave;
    SampleRange range{first * hop - fftSize_ / 2, (last - 1) * hop + fftSize_ / 2};
    if (octave + 1 < octaves_) {
      const SampleRange& below = result[static_cast<std::size_t>(octave + 1)];
      range.first = std::min(range.first, 2 * below.first - kFilterReach);
      range.last = std::max(range.last, 2 * (below.last - 1) + kFilterReach + 1);
    }
    result[static_cast<std::size_t>(octave)] = range;
  }
  return result;
}

SampleRange ConstantQ::reach(std::int64_t first, std::int64_t last) const { return ranges(first, last).front(); }

std::vector<float> ConstantQ::halved(std::span<const float> sound, const SampleRange& have, const SampleRange& want) const {
  std::vector<float> result(static_cast<std::size_t>(want.last - want.first));
  for (std::size_t n = 0; n < result.size(); ++n) {
    const float* middle = sound.data() + (2 * (want.first + static_cast<std::int64_t>(n)) - have.first);
    float value = 0.5F * *middle;
    for (std::size_t i = 0; i < halfBand_.size(); ++i) {
      const auto away = static_cast<std::ptrdiff_t>(2 * i + 1);
      value += halfBand_[i] * (middle[-away] + middle[away]);
    }
    result[n] = value;
  }
  return result;
}

Result<Matrix> ConstantQ::power(std::span<const float> part, std::int64_t partStart, std::int64_t total, std::int64_t first,
                                std::int64_t last) const {
  if (first >= last) return Matrix(0, bins());
  auto fft = RealFft::create(fftSize_);
  if (!fft) return fail(fft.error());
  const std::vector<SampleRange> needed = ranges(first, last);
  std::vector<float> sound(static_cast<std::size_t>(needed[0].last - needed[0].first), 0.0F);
  const std::int64_t from = std::max({needed[0].first, partStart, std::int64_t{0}});
  const std::int64_t to = std::min({needed[0].last, partStart + static_cast<std::int64_t>(part.size()), total});
  if (to > from) std::copy_n(part.begin() + (from - partStart), to - from, sound.begin() + (from - needed[0].first));
  Matrix result(last - first, bins());
  for (int octave = 0; octave < octaves_; ++octave) {
    const SampleRange& have = needed[static_cast<std::size_t>(octave)];
    const std::int64_t hop = hop_ >> octave;
    for (std::int64_t column = first; column < last; ++column) {
      std::copy_n(sound.begin() + (column * hop - fftSize_ / 2 - have.first), fftSize_, fft->samples().begin());
      fft->forward();
      const float* spectrum = reinterpret_cast<const float*>(fft->spectrum().data());
      float* out = result.values.data() + (column - first) * bins();
      for (int i = 0; i < binsPerOctave_; ++i) {
        const std::int64_t bin = bins() - static_cast<std::int64_t>(octave + 1) * binsPerOctave_ + i;
        if (bin < 0) continue;
        const Kernel& kernel = kernels_[static_cast<std::size_t>(i)];
        const float* x = spectrum + 2 * kernel.first;
        float real = 0.0F;
        float imaginary = 0.0F;
        for (std::size_t j = 0; j < kernel.real.size(); ++j) {
          real += x[2 * j] * kernel.real[j] + x[2 * j + 1] * kernel.imaginary[j];
          imaginary += x[2 * j + 1] * kernel.real[j] - x[2 * j] * kernel.imaginary[j];
        }
        out[bin] = real * real + imaginary * imaginary;
      }
    }
    if (octave + 1 < octaves_) sound = halved(sound, have, needed[static_cast<std::size_t>(octave + 1)]);
  }
  return result;
}

}  // namespace chladni::dsp
