// Short-time Fourier transform with centred columns: column c is centred at sample c * hop, the window reaching half
// its length to both sides; samples outside the sound are zero or mirrored (EdgePadding). This is the one place where
// the number of columns of a sound is written down. bins = fftSize / 2 + 1, bin k is at k * rate / fftSize Hz.
// A Stft is immutable: any number of threads may compute with one. Results do not depend on how columns are split
// into calls, bit for bit. create() fails with invalidArgument when the options make no sense.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "core/base/result.h"
#include "core/base/units.h"
#include "core/data/matrix.h"
#include "core/dsp/window.h"

namespace chladni::dsp {

enum class EdgePadding { zero, reflect };  // reflect mirrors without repeating the edge sample
enum class SpectrumValue { power, magnitude };

struct StftOptions {
  WindowKind window = WindowKind::hann;  // periodic
  std::int64_t windowSamples = 2048;
  std::int64_t hopSamples = 512;
  std::int64_t fftSize = 0;  // 0: the smallest power of two not below the window; larger oversamples the spectrum
  EdgePadding padding = EdgePadding::zero;
  SpectrumValue value = SpectrumValue::power;
};

// Columns of a sound of `samples` samples: 1 + floor(samples / hop), none for an empty sound.
constexpr std::int64_t columnCount(std::int64_t samples, std::int64_t hopSamples) {
  return samples > 0 ? 1 + samples / hopSamples : 0;
}

struct SampleRange {
  std::int64_t first = 0;
  std::int64_t last = 0;  // exclusive
};

class FftPlan;

class Stft {
 public:
  static Result<Stft> create(const StftOptions& options);

  [[nodiscard]] const StftOptions& options() const { return options_; }
  [[nodiscard]] std::int64_t bins() const { return options_.fftSize / 2 + 1; }
  [[nodiscard]] std::int64_t columns(std::int64_t samples) const { return columnCount(samples, options_.hopSamples); }
  [[nodiscard]] std::vector<float> binHz(SampleRate rate) const;
  // What a full-scale sine on a bin gives, in the unit of options().value: the reference of decibel pictures.
  [[nodiscard]] double fullScale() const { return fullScale_; }

  // Samples that columns [firstColumn, lastColumn) look at, before clipping to the sound; may start below zero.
  [[nodiscard]] SampleRange reach(std::int64_t firstColumn, std::int64_t lastColumn) const;

  // Columns [firstColumn, lastColumn) into out[column, bin]. `part` holds samples [partStart, partStart + size) of a
  // sound of totalSamples; what is missing from it counts as silence, so it should cover reach() inside the sound.
  void compute(std::span<const float> part, std::int64_t partStart, std::int64_t totalSamples,
               std::int64_t firstColumn, std::int64_t lastColumn, std::span<float> out) const;

  // All columns of a whole sound.
  [[nodiscard]] Matrix compute(std::span<const float> sound) const;

 private:
  Stft(const StftOptions& options, std::shared_ptr<const FftPlan> plan);
  StftOptions options_;
  std::shared_ptr<const FftPlan> plan_;
  std::vector<float> window_;
  double fullScale_ = 1.0;
};

}  // namespace chladni::dsp
