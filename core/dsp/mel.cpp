#include "core/dsp/mel.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <string>

#include "core/dsp/clones.h"

namespace chladni::dsp {

namespace {

// Slaney's scale: 3 mels per 200 Hz up to 1 kHz, then 27 steps per factor 6.4.
constexpr double kSlaneyHertzPerMel = 200.0 / 3.0;
constexpr double kSlaneyBreakHz = 1000.0;
constexpr double kSlaneyBreakMel = kSlaneyBreakHz / kSlaneyHertzPerMel;
const double kSlaneyLogStep = std::log(6.4) / 27.0;

struct Triangle {
  double left = 0.0;
  double peak = 0.0;
  double right = 0.0;
  [[nodiscard]] double at(double x) const {
    return std::max(0.0, std::min((x - left) / (peak - left), (right - x) / (right - peak)));
  }
};

// ln x as the reference's vector library (SLEEF, 1 ulp) rounds it: 2 artanh q by three terms whose coefficients that
// library publishes. A last bit here is 1e-5 in a band's weight, so the nearest float would not do.
float referenceLog(float x) {
  const int exponent = static_cast<int>(std::floor(std::log2(x / 0.75)));
  const double mantissa = std::ldexp(static_cast<double>(x), -exponent);
  const double q = (mantissa - 1.0) / (mantissa + 1.0);
  const auto single = static_cast<float>(q);
  const float z = single * single;
  const float series = (0.3027294874F * z + 0.3996108174F) * z + 0.6666694880F;
  const float cubic = z * single * series;
  return static_cast<float>(exponent * std::numbers::ln2 + 2.0 * q + cubic);
}

// A band's weight in single precision, rounding where the reference of the published models rounds: their weights differ from
// the exact ones by about 1e-5.
float singlePrecisionWeight(double hertz, double lowMel, double step, int band) {
  const auto low = static_cast<float>(lowMel);
  const auto delta = static_cast<float>(step);
  const auto b = static_cast<float>(band);
  const float mel = 1127.0F * referenceLog(1.0F + static_cast<float>(hertz) / 700.0F);
  const float left = low + b * delta;
  const float peak = low + (b + 1.0F) * delta;
  const float right = low + (b + 2.0F) * delta;
  return std::max(0.0F, std::min((mel - left) / (peak - left), (right - mel) / (right - peak)));
}

Result<void> check(const MelOptions& options, double highHz, SampleRate rate, std::int64_t fftSize) {
  if (!rate.valid()) return fail(ErrorCode::invalidArgument, "the sample rate must be positive");
  if (fftSize < 2) return fail(ErrorCode::invalidArgument, "the FFT size must be at least 2");
  if (options.bands < 1 || options.bands > 65536) {
    return fail(ErrorCode::invalidArgument,
                "the number of mel bands must be 1 to 65536, not " + std::to_string(options.bands));
  }
  const double nyquist = rate.hz() / 2.0;
  if (!(options.lowHz >= 0.0 && options.lowHz < highHz && highHz <= nyquist)) {
    return fail(ErrorCode::invalidArgument, "mel band edges " + std::to_string(options.lowHz) + " to " +
                                                std::to_string(highHz) + " Hz must ascend between 0 and half the " +
                                                "sample rate, " + std::to_string(nyquist) + " Hz");
  }
  return {};
}

}  // namespace

// All bands in one call: the choice of the clone costs more than a short band.
CHLADNI_DSP_CLONES
void MelBank::lanesLoop(const Row* rows, std::size_t count, const float* weights, const float* spectra, float* bands) {
  for (std::size_t b = 0; b < count; ++b) {
    float sum[kLanes] = {};
    const float* weight = weights + rows[b].firstWeight;
    const float* spectrum = spectra + std::int64_t{rows[b].firstBin} * kLanes;
    for (std::int32_t k = 0; k < rows[b].count; ++k, spectrum += kLanes) {
      for (int lane = 0; lane < kLanes; ++lane) sum[lane] += weight[k] * spectrum[lane];
    }
    for (int lane = 0; lane < kLanes; ++lane) bands[static_cast<std::int64_t>(b) * kLanes + lane] = sum[lane];
  }
}

double hertzToMel(double hertz, MelScale scale) {
  if (scale == MelScale::htk) return 1127.0 * std::log1p(hertz / 700.0);
  if (hertz < kSlaneyBreakHz) return hertz / kSlaneyHertzPerMel;
  return kSlaneyBreakMel + std::log(hertz / kSlaneyBreakHz) / kSlaneyLogStep;
}

double melToHertz(double mel, MelScale scale) {
  if (scale == MelScale::htk) return 700.0 * std::expm1(mel / 1127.0);
  if (mel < kSlaneyBreakMel) return mel * kSlaneyHertzPerMel;
  return kSlaneyBreakHz * std::exp(kSlaneyLogStep * (mel - kSlaneyBreakMel));
}

Result<MelBank> MelBank::create(const MelOptions& options, SampleRate rate, std::int64_t fftSize) {
  const double highHz = options.highHz > 0.0 ? options.highHz : options.highHz + rate.hz() / 2.0;
  if (auto ok = check(options, highHz, rate, fftSize); !ok) return fail(ok.error());

  MelBank bank;
  bank.bins_ = fftSize / 2 + 1;
  const double lowMel = hertzToMel(options.lowHz, options.scale);
  const double step = (hertzToMel(highHz, options.scale) - lowMel) / (options.bands + 1);
  const bool inMel = options.slope == MelSlope::straightInMel;
  const auto place = [&](double mel) { return inMel ? mel : melToHertz(mel, options.scale); };

  const auto binHz = [&](std::int64_t k) {
    return static_cast<double>(k) * rate.hz() / static_cast<double>(fftSize);
  };
  std::vector<double> binPlace(static_cast<std::size_t>(bank.bins_));
  for (std::int64_t k = 0; k < bank.bins_; ++k) {
    const double hertz = binHz(k);
    binPlace[static_cast<std::size_t>(k)] = inMel ? hertzToMel(hertz, options.scale) : hertz;
  }
  const std::int64_t firstBin = options.dropDirectCurrent ? 1 : 0;
  const std::int64_t lastBin = bank.bins_ - (options.dropNyquist && fftSize % 2 == 0 ? 1 : 0);

  for (int b = 0; b < options.bands; ++b) {
    const double left = lowMel + b * step;
    const Triangle triangle{place(left), place(left + step), place(left + 2 * step)};
    double gain = 1.0;
    if (options.norm == MelNorm::area) {
      gain = 2.0 / (melToHertz(left + 2 * step, options.scale) - melToHertz(left, options.scale));
    }
    Row row;
    row.firstWeight = static_cast<std::int32_t>(bank.weights_.size());
    for (std::int64_t k = firstBin; k < lastBin; ++k) {
      const double weight = gain * (options.singlePrecision ? singlePrecisionWeight(binHz(k), lowMel, step, b)
                                                            : triangle.at(binPlace[static_cast<std::size_t>(k)]));
      if (weight <= 0.0) continue;
      if (row.count == 0) row.firstBin = static_cast<std::int32_t>(k);
      ++row.count;
      bank.weights_.push_back(static_cast<float>(weight));
    }
    bank.rows_.push_back(row);
    bank.centreHz_.push_back(static_cast<float>(melToHertz(left + step, options.scale)));
  }
  return bank;
}

Matrix MelBank::weights() const {
  Matrix dense(bands(), bins_);
  for (int b = 0; b < bands(); ++b) {
    const Row& row = rows_[static_cast<std::size_t>(b)];
    std::copy_n(weights_.data() + row.firstWeight, row.count, dense.row(b).data() + row.firstBin);
  }
  return dense;
}

void MelBank::apply(std::span<const float> spectrum, std::span<float> out) const {
  CHLADNI_ASSERT(static_cast<std::int64_t>(spectrum.size()) >= bins_ && out.size() >= rows_.size());
  for (std::size_t b = 0; b < rows_.size(); ++b) {
    const Row& row = rows_[b];
    float sum = 0.0F;
    for (std::int32_t k = 0; k < row.count; ++k) {
      sum += weights_[static_cast<std::size_t>(row.firstWeight + k)] *
             spectrum[static_cast<std::size_t>(row.firstBin + k)];
    }
    out[b] = sum;
  }
}

void MelBank::applyLanes(const float* spectra, float* out) const {
  lanesLoop(rows_.data(), rows_.size(), weights_.data(), spectra, out);
}

}  // namespace chladni::dsp
