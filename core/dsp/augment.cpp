#include "core/dsp/augment.h"

#include <algorithm>
#include <numeric>

#include "core/base/assert.h"

namespace chladni::dsp {

MaskedRange drawMask(std::int64_t length, std::int64_t maxWidth, float u1, float u2) {
  const float width = u1 * static_cast<float>(maxWidth);
  const float start = u2 * (static_cast<float>(length) - width);
  const auto first = std::clamp<std::int64_t>(static_cast<std::int64_t>(start), 0, length);
  return {first, std::min(length, first + static_cast<std::int64_t>(width))};
}

void maskBins(Matrix& spectrogram, MaskedRange range, float fill) {
  CHLADNI_ASSERT(range.first >= 0 && range.first <= range.last && range.last <= spectrogram.columns);
  for (std::int64_t f = 0; f < spectrogram.rows; ++f) {
    const std::span<float> row = spectrogram.row(f);
    std::fill(row.begin() + range.first, row.begin() + range.last, fill);
  }
}

void maskFrames(Matrix& spectrogram, MaskedRange range, float fill) {
  CHLADNI_ASSERT(range.first >= 0 && range.first <= range.last && range.last <= spectrogram.rows);
  const auto begin = spectrogram.values.begin();
  std::fill(begin + range.first * spectrogram.columns, begin + range.last * spectrogram.columns, fill);
}

void addNoise(Matrix& spectrogram, std::span<const float> uniforms, float scale) {
  CHLADNI_ASSERT(uniforms.size() == spectrogram.values.size());
  for (std::size_t i = 0; i < uniforms.size(); ++i) spectrogram.values[i] += uniforms[i] * scale / 10.0F;
}

void rollFrames(Matrix& spectrogram, std::int64_t shift) {
  if (spectrogram.rows == 0) return;
  const std::int64_t forward = ((shift % spectrogram.rows) + spectrogram.rows) % spectrogram.rows;
  const auto begin = spectrogram.values.begin();
  std::rotate(begin, begin + (spectrogram.rows - forward) * spectrogram.columns, spectrogram.values.end());
}

void subtractMean(std::span<float> samples) {
  if (samples.empty()) return;
  const double sum = std::accumulate(samples.begin(), samples.end(), 0.0);
  const auto mean = static_cast<float>(sum / static_cast<double>(samples.size()));
  for (float& value : samples) value -= mean;
}

std::vector<float> mixWaveforms(std::span<const float> first, std::span<const float> second, float lambda) {
  std::vector<float> mixed(first.begin(), first.end());
  std::vector<float> other(second.begin(), second.end());
  subtractMean(mixed);
  subtractMean(other);
  other.resize(mixed.size(), 0.0F);
  for (std::size_t i = 0; i < mixed.size(); ++i) mixed[i] = lambda * mixed[i] + (1.0F - lambda) * other[i];
  subtractMean(mixed);
  return mixed;
}

std::vector<float> labelVector(std::int64_t classes, std::span<const std::int64_t> present, float smoothing) {
  std::vector<float> label(static_cast<std::size_t>(classes), smoothing / static_cast<float>(classes));
  for (const std::int64_t index : present) {
    CHLADNI_ASSERT(index >= 0 && index < classes);
    label[static_cast<std::size_t>(index)] = 1.0F - smoothing;
  }
  return label;
}

std::vector<float> mixedLabelVector(std::int64_t classes, std::span<const std::int64_t> first,
                                    std::span<const std::int64_t> second, float lambda, float smoothing) {
  std::vector<float> label(static_cast<std::size_t>(classes), smoothing / static_cast<float>(classes));
  const auto add = [&](std::span<const std::int64_t> indices, float amount) {
    for (const std::int64_t index : indices) {
      CHLADNI_ASSERT(index >= 0 && index < classes);
      label[static_cast<std::size_t>(index)] += amount;
    }
  };
  add(first, lambda * (1.0F - smoothing));
  add(second, (1.0F - lambda) * (1.0F - smoothing));
  return label;
}

}  // namespace chladni::dsp
