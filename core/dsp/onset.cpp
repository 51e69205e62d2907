#include "core/dsp/onset.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>
#include <utility>

namespace chladni::dsp {
namespace {

constexpr std::int64_t kAround = 3;        // columns to each side in which an onset is the largest
constexpr std::int64_t kMeanBefore = 9;    // columns before that the mean looks at, three times as many
constexpr double kCompression = 1000.0;    // of a magnitude whose full scale is 1
constexpr double kLeastFlux = 0.02;        // mean rise of a bin below which there is silence
constexpr std::int64_t kBlock = 256;       // columns at a time

std::int64_t windowOf(SampleRate rate, double seconds) {
  return static_cast<std::int64_t>(std::bit_ceil(static_cast<std::uint64_t>(std::max(2.0, std::round(seconds * rate.hz() * 0.75)))));
}

// Mean 0 and deviation 1.
std::vector<double> normalised(const std::vector<float>& flux) {
  double sum = 0.0;
  double squares = 0.0;
  for (const float one : flux) {
    sum += one;
    squares += static_cast<double>(one) * one;
  }
  const double mean = sum / static_cast<double>(flux.size());
  const double deviation = std::sqrt(std::max(0.0, squares / static_cast<double>(flux.size()) - mean * mean));
  std::vector<double> values;
  values.reserve(flux.size());
  for (const float one : flux) values.push_back(deviation > 0.0 ? (one - mean) / deviation : 0.0);
  return values;
}

std::vector<std::int64_t> peaksOf(const std::vector<float>& flux, const OnsetOptions& options) {
  const std::vector<double> f = normalised(flux);
  const auto count = static_cast<std::int64_t>(f.size());
  const auto at = [&](std::int64_t n) { return f[static_cast<std::size_t>(n)]; };
  std::vector<std::int64_t> peaks;
  double decaying = -std::numeric_limits<double>::infinity();
  for (std::int64_t n = 0; n < count; ++n) {
    bool largest = flux[static_cast<std::size_t>(n)] >= kLeastFlux;
    for (std::int64_t k = std::max<std::int64_t>(0, n - kAround); largest && k <= std::min(count - 1, n + kAround); ++k)
      largest = at(n) > at(k) || (at(n) == at(k) && n <= k);  // the first of equals
    if (largest) {
      const std::int64_t first = std::max<std::int64_t>(0, n - kMeanBefore);
      const std::int64_t last = std::min(count - 1, n + kAround);
      double mean = 0.0;
      for (std::int64_t k = first; k <= last; ++k) mean += at(k);
      mean /= static_cast<double>(last - first + 1);
      if (at(n) >= mean + options.margin && at(n) >= decaying) peaks.push_back(n);
    }
    decaying = std::isinf(decaying) ? at(n) : std::max(at(n), options.decay * decaying + (1.0 - options.decay) * at(n));
  }
  return peaks;
}

}  // namespace

OnsetDetector::OnsetDetector(SampleRate rate, const OnsetOptions& options, Stft stft)
    : rate_(rate), options_(options), stft_(std::move(stft)), before_(static_cast<std::size_t>(stft_.bins()), 0.0F) {}

Result<OnsetDetector> OnsetDetector::create(SampleRate rate, const OnsetOptions& options) {
  const bool sane = rate.valid() && std::isfinite(options.windowSeconds) && options.windowSeconds > 0.0 && options.windowSeconds <= 10.0 &&
                    std::isfinite(options.hopSeconds) && options.hopSeconds * rate.hz() >= 1.0 && options.hopSeconds <= 10.0 &&
                    std::isfinite(options.margin) && options.decay >= 0.0 && options.decay < 1.0;
  if (!sane) return fail(ErrorCode::invalidArgument, "an onset detector needs a sample rate, a window and a hop of at most 10 s, and a decay from 0 to below 1");
  StftOptions wanted;
  wanted.windowSamples = windowOf(rate, options.windowSeconds);
  wanted.hopSamples = static_cast<std::int64_t>(std::round(options.hopSeconds * rate.hz()));
  wanted.value = SpectrumValue::magnitude;
  auto stft = Stft::create(wanted);
  if (!stft) return fail(stft.error());
  return OnsetDetector(rate, options, std::move(*stft));
}

void OnsetDetector::consume(std::int64_t totalSamples) {
  const auto done = [&] { return static_cast<std::int64_t>(flux_.size()); };
  const bool ended = totalSamples == pushed_;
  const std::int64_t columns = stft_.columns(totalSamples);
  std::vector<float> table;
  while (done() < columns) {
    std::int64_t last = std::min(done() + kBlock, columns);
    // Only columns whose window has been pushed whole, until the end.
    while (!ended && last > done() && stft_.reach(done(), last).last > pushed_) --last;
    if (last == done()) break;
    const auto bins = static_cast<std::size_t>(stft_.bins());
    table.assign(static_cast<std::size_t>(last - done()) * bins, 0.0F);
    stft_.compute(pending_, pendingStart_, totalSamples, done(), last, table);
    const auto scale = static_cast<float>(kCompression / stft_.fullScale());
    for (std::size_t row = 0; row < table.size(); row += bins) {
      double rise = 0.0;
      for (std::size_t bin = 0; bin < bins; ++bin) {
        const float now = std::log1p(scale * table[row + bin]);
        rise += std::max(0.0F, now - before_[bin]);
        before_[bin] = now;
      }
      // A sound that breaks off spreads over all bins, which is no onset.
      const bool cut = stft_.reach(done(), done() + 1).last > totalSamples;
      flux_.push_back(cut ? 0.0F : static_cast<float>(rise / static_cast<double>(bins)));
    }
  }
  const std::int64_t needed = std::max(pendingStart_, stft_.reach(done(), done() + 1).first);
  const std::int64_t drop = std::min(needed - pendingStart_, static_cast<std::int64_t>(pending_.size()));
  pending_.erase(pending_.begin(), pending_.begin() + drop);
  pendingStart_ += drop;
}

void OnsetDetector::push(std::span<const float> sound) {
  pending_.insert(pending_.end(), sound.begin(), sound.end());
  pushed_ += static_cast<std::int64_t>(sound.size());
  // As if the sound went on: no column may look past what is here.
  if (pushed_ > 0) consume(pushed_ + 1);
}

std::vector<MediaTime> OnsetDetector::finish() {
  consume(pushed_);
  std::vector<MediaTime> onsets;
  for (const std::int64_t column : peaksOf(flux_, options_)) onsets.push_back(rate_.time(column * stft_.options().hopSamples));
  pending_.clear();
  flux_.clear();
  return onsets;
}

}  // namespace chladni::dsp
