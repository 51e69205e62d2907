// The spectrum of one moment of a recording: level over frequency of one Hann window centred there, mean of all channels.
// Blocks (it decodes); for workers. Fails with notFound (no sound), invalidArgument (nothing there), cancelled, io.
#pragma once

#include <stop_token>
#include <vector>

#include "core/analysis/recording.h"

namespace chladni::analysis {

struct MomentSpectrum {
  MediaTime at;
  std::vector<float> hertz;     // ascending, from 0 to half the rate
  std::vector<float> decibels;  // relative to a full-scale sine; as many
};

Result<MomentSpectrum> spectrumAt(const Recording& recording, MediaTime at, int windowSamples, std::stop_token stop);

}  // namespace chladni::analysis
