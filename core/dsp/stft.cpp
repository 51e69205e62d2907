#include "core/dsp/stft.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <numeric>
#include <string>

#include "core/dsp/clones.h"
#include "core/dsp/fft_plan.h"

namespace chladni::dsp {

namespace {

CHLADNI_DSP_CLONES
void windowLoop(const float* samples, const float* window, float* out, std::int64_t count) {
  for (std::int64_t i = 0; i < count; ++i) out[i] = samples[i] * window[i];
}

CHLADNI_DSP_CLONES
void rootLoop(float* values, std::int64_t count) {
  for (std::int64_t i = 0; i < count; ++i) values[i] = std::sqrt(values[i]);
}

// A stretch of a longer sound, with its edges.
struct Part {
  std::span<const float> samples;
  std::int64_t start;
  std::int64_t total;
  EdgePadding padding;

  [[nodiscard]] bool holds(std::int64_t first, std::int64_t count) const {
    return first >= std::max<std::int64_t>(start, 0) && first + count <= std::min(end(), total);
  }
  [[nodiscard]] std::int64_t end() const { return start + static_cast<std::int64_t>(samples.size()); }

  [[nodiscard]] float at(std::int64_t index) const {
    if (index < 0 || index >= total) {
      if (padding == EdgePadding::zero || total == 0) return 0.0F;
      index = reflected(index);
    }
    return index >= start && index < end() ? samples[static_cast<std::size_t>(index - start)] : 0.0F;
  }

 private:
  [[nodiscard]] std::int64_t reflected(std::int64_t index) const {
    if (total == 1) return 0;
    const std::int64_t period = 2 * (total - 1);
    std::int64_t phase = index % period;
    if (phase < 0) phase += period;
    return phase < total ? phase : period - phase;
  }
};

void windowed(const Part& part, std::int64_t first, const std::vector<float>& window, float* out) {
  const auto count = static_cast<std::int64_t>(window.size());
  if (part.holds(first, count)) {
    windowLoop(part.samples.data() + (first - part.start), window.data(), out, count);
    return;
  }
  for (std::int64_t i = 0; i < count; ++i) out[i] = part.at(first + i) * window[static_cast<std::size_t>(i)];
}

}  // namespace

Result<Stft> Stft::create(const StftOptions& requested) {
  StftOptions options = requested;
  const auto refuse = [](const std::string& what) { return fail(ErrorCode::invalidArgument, what); };
  if (options.windowSamples < 2 || options.windowSamples > FftPlan::kMaxSize) {
    return refuse("the window must be 2 to " + std::to_string(FftPlan::kMaxSize) + " samples, not " +
                  std::to_string(options.windowSamples));
  }
  if (options.hopSamples < 1) return refuse("the hop must be at least one sample");
  if (options.fftSize == 0) {
    options.fftSize = static_cast<std::int64_t>(std::bit_ceil(static_cast<std::uint64_t>(options.windowSamples)));
  }
  if (options.fftSize < options.windowSamples || options.fftSize > FftPlan::kMaxSize) {
    return refuse("the FFT size must be at least the window and at most " + std::to_string(FftPlan::kMaxSize) +
                  ", not " + std::to_string(options.fftSize));
  }
  auto plan = FftPlan::forSize(options.fftSize);
  if (!plan) {
    return fail(ErrorCode::outOfMemory, "no memory for an FFT of " + std::to_string(options.fftSize) + " samples");
  }
  return Stft(options, std::move(plan));
}

Stft::Stft(const StftOptions& options, std::shared_ptr<const FftPlan> plan)
    : options_(options),
      plan_(std::move(plan)),
      window_(makeWindow(options.window, options.windowSamples, WindowSymmetry::periodic)) {
  const double magnitude = std::accumulate(window_.begin(), window_.end(), 0.0) / 2.0;
  fullScale_ = options_.value == SpectrumValue::power ? magnitude * magnitude : magnitude;
}

std::vector<float> Stft::binHz(SampleRate rate) const {
  std::vector<float> hertz(static_cast<std::size_t>(bins()));
  for (std::size_t k = 0; k < hertz.size(); ++k) {
    hertz[k] = static_cast<float>(static_cast<double>(k) * rate.hz() / static_cast<double>(options_.fftSize));
  }
  return hertz;
}

SampleRange Stft::reach(std::int64_t firstColumn, std::int64_t lastColumn) const {
  if (lastColumn <= firstColumn) return {};
  const std::int64_t before = options_.windowSamples / 2;
  return {firstColumn * options_.hopSamples - before,
          (lastColumn - 1) * options_.hopSamples - before + options_.windowSamples};
}

void Stft::compute(std::span<const float> samples, std::int64_t partStart, std::int64_t totalSamples,
                   std::int64_t firstColumn, std::int64_t lastColumn, std::span<float> out) const {
  CHLADNI_ASSERT(static_cast<std::int64_t>(out.size()) >= std::max<std::int64_t>(0, lastColumn - firstColumn) * bins());
  const Part part{samples, partStart, totalSamples, options_.padding};
  FftWorkspace work(plan_);
  float* column = out.data();
  for (std::int64_t c = firstColumn; c < lastColumn; ++c, column += bins()) {
    windowed(part, reach(c, c + 1).first, window_, work.input());
    work.power(column);
    if (options_.value == SpectrumValue::magnitude) rootLoop(column, bins());
  }
}

Matrix Stft::compute(std::span<const float> sound) const {
  const auto samples = static_cast<std::int64_t>(sound.size());
  Matrix out(columns(samples), bins());
  compute(sound, 0, samples, 0, out.rows, out.values);
  return out;
}

}  // namespace chladni::dsp
