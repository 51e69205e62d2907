#include "core/dsp/griffin_lim.h"

#include <algorithm>
#include <cmath>
#include <complex>
#include <numbers>
#include <string>

#include "core/base/random.h"
#include "core/dsp/real_fft.h"

namespace chladni::dsp {

namespace {

using Spectrum = std::vector<std::complex<float>>;  // [frame * bins + bin]

// Below this share of its largest value the overlapped window says too little to divide by: the edges of the sound.
constexpr float kLeastOverlap = 1e-2F;
constexpr float kTiny = 1e-16F;

class Framing {
 public:
  Framing(const PhaseOptions& options, std::int64_t frames, RealFft fft)
      : options_(options), frames_(frames), fft_(std::move(fft)), overlap_(static_cast<std::size_t>(samples()), 0.0F) {
    for (std::int64_t f = 0; f < frames_; ++f)
      for (std::size_t i = 0; i < options_.window.size(); ++i)
        overlap_[start(f) + i] += options_.window[i] * options_.window[i];
    const float most = *std::max_element(overlap_.begin(), overlap_.end());
    for (float& value : overlap_) value = std::max(value, kLeastOverlap * most);
  }

  [[nodiscard]] std::int64_t samples() const {
    return (frames_ - 1) * options_.hopSamples + static_cast<std::int64_t>(options_.window.size());
  }

  void analyse(const std::vector<float>& sound, Spectrum& out) {
    for (std::int64_t f = 0; f < frames_; ++f) {
      const auto frame = fft_.samples();
      for (std::size_t i = 0; i < options_.window.size(); ++i) frame[i] = options_.window[i] * sound[start(f) + i];
      std::fill(frame.begin() + static_cast<std::ptrdiff_t>(options_.window.size()), frame.end(), 0.0F);
      fft_.forward();
      std::copy(fft_.spectrum().begin(), fft_.spectrum().end(), out.begin() + f * bins());
    }
  }

  // The sound whose spectrum is nearest in the least squares sense.
  void synthesise(const Spectrum& spectra, std::vector<float>& sound) {
    std::fill(sound.begin(), sound.end(), 0.0F);
    for (std::int64_t f = 0; f < frames_; ++f) {
      std::copy_n(spectra.begin() + f * bins(), bins(), fft_.spectrum().begin());
      fft_.inverse();
      const auto frame = fft_.samples();
      for (std::size_t i = 0; i < options_.window.size(); ++i) sound[start(f) + i] += options_.window[i] * frame[i];
    }
    for (std::size_t n = 0; n < sound.size(); ++n) sound[n] /= overlap_[n];
  }

 private:
  [[nodiscard]] std::int64_t bins() const { return options_.fftSize / 2 + 1; }
  [[nodiscard]] std::size_t start(std::int64_t frame) const { return static_cast<std::size_t>(frame * options_.hopSamples); }

  const PhaseOptions& options_;
  const std::int64_t frames_;
  RealFft fft_;
  std::vector<float> overlap_;
};

Result<void> check(const Matrix& magnitudes, const PhaseOptions& options) {
  const auto refuse = [](const std::string& what) { return fail(ErrorCode::invalidArgument, what); };
  if (options.window.empty() || static_cast<std::int64_t>(options.window.size()) > options.fftSize)
    return refuse("the window must have 1 to " + std::to_string(options.fftSize) + " samples");
  if (options.hopSamples < 1) return refuse("the hop must be at least one sample");
  if (options.iterations < 0 || !(options.momentum >= 0.0)) return refuse("iterations and momentum must not be negative");
  if (magnitudes.columns != options.fftSize / 2 + 1)
    return refuse("the magnitudes have " + std::to_string(magnitudes.columns) + " bins, but an FFT of " +
                  std::to_string(options.fftSize) + " samples gives " + std::to_string(options.fftSize / 2 + 1));
  return {};
}

}  // namespace

Result<PhasedSound> griffinLim(const Matrix& magnitudes, const PhaseOptions& options, std::stop_token stop) {
  if (auto ok = check(magnitudes, options); !ok) return fail(ok.error());
  if (magnitudes.rows == 0) return PhasedSound{};
  auto fft = RealFft::create(options.fftSize);
  if (!fft) return fail(fft.error());
  Framing framing(options, magnitudes.rows, std::move(*fft));

  const std::vector<float>& wanted = magnitudes.values;
  Spectrum spectra(wanted.size());
  Spectrum rebuilt(wanted.size());
  Spectrum before(wanted.size());
  Random random(options.seed);
  for (std::size_t i = 0; i < wanted.size(); ++i)
    spectra[i] = std::polar(wanted[i], static_cast<float>(2.0 * std::numbers::pi * random.uniform()));
  PhasedSound result;
  result.samples.resize(static_cast<std::size_t>(framing.samples()));
  const auto share = static_cast<float>(options.momentum / (1.0 + options.momentum));
  for (int iteration = 0; iteration < options.iterations; ++iteration) {
    if (stop.stop_requested()) return fail(ErrorCode::cancelled, "stopped");
    framing.synthesise(spectra, result.samples);
    framing.analyse(result.samples, rebuilt);
    for (std::size_t i = 0; i < wanted.size(); ++i) {
      const std::complex<float> ahead = rebuilt[i] - share * before[i];
      spectra[i] = ahead * (wanted[i] / (std::sqrt(std::norm(ahead)) + kTiny));
    }
    std::swap(before, rebuilt);
  }
  framing.synthesise(spectra, result.samples);
  framing.analyse(result.samples, rebuilt);
  double missed = 0.0;
  double total = 0.0;
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    const double difference = std::sqrt(std::norm(rebuilt[i])) - wanted[i];
    missed += difference * difference;
    total += static_cast<double>(wanted[i]) * wanted[i];
  }
  result.convergence = total > 0.0 ? std::sqrt(missed / total) : 0.0;
  return result;
}

}  // namespace chladni::dsp
