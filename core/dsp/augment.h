// Training-time changes to sound, spectrogram and label, each a pure function of explicit random draws, so that a run
// can be repeated and checked. Spectrograms are [frame, bin]. Masks are applied before normalisation, noise and roll
// after it. u1, u2 are uniform in [0, 1). Any thread. Reference: SpecAugment (Park et al. 2019), mix-up (Zhang et al.
// 2018) with the constants of the published AST and CAV-MAE recipes.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/data/matrix.h"

namespace chladni::dsp {

struct MaskedRange {
  std::int64_t first = 0;
  std::int64_t last = 0;  // exclusive
};

// Width u1 * maxWidth, start u2 * (length - width), both floored after multiplying in single precision.
MaskedRange drawMask(std::int64_t length, std::int64_t maxWidth, float u1, float u2);
void maskBins(Matrix& spectrogram, MaskedRange range, float fill = 0.0F);
void maskFrames(Matrix& spectrogram, MaskedRange range, float fill = 0.0F);

// Adds uniforms[frame, bin] * scale / 10.
void addNoise(Matrix& spectrogram, std::span<const float> uniforms, float scale);
// Frame f moves to f + shift, circularly; shift may be negative.
void rollFrames(Matrix& spectrogram, std::int64_t shift);

// Means removed, `second` zero-padded or cut to the length of `first`, lambda first + (1 - lambda) second, mean removed.
std::vector<float> mixWaveforms(std::span<const float> first, std::span<const float> second, float lambda);

// Removes the mean in place.
void subtractMean(std::span<float> samples);

// Label vectors: everything smoothing / classes, then present classes are set to 1 - smoothing (one clip), or
// lambda (1 - smoothing) and (1 - lambda)(1 - smoothing) are added for the classes of the two mixed clips.
std::vector<float> labelVector(std::int64_t classes, std::span<const std::int64_t> present, float smoothing);
std::vector<float> mixedLabelVector(std::int64_t classes, std::span<const std::int64_t> first,
                                    std::span<const std::int64_t> second, float lambda, float smoothing);

}  // namespace chladni::dsp
