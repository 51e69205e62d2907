// FrontendSpec: every number of a model's audio input pipeline, as stored under "frontend" in model.json, so that
// weights and preprocessing cannot drift apart. Executed by core/dsp, parsed by core/serial. Defaults: AST on AudioSet
// (spec: log-mel filter bank of 25 ms frames every 10 ms, 128 bands).
#pragma once

#include <cstdint>
#include <string>

#include "core/base/units.h"

namespace chladni {

enum class ChannelMix { first, mean };

struct FrontendSpec {
  std::string kind = "kaldi-fbank";  // which pipeline of core/dsp
  SampleRate rate{16000};            // the sound is resampled to this before anything else
  ChannelMix channelMix = ChannelMix::first;
  bool subtractMean = true;  // of the whole waveform

  double frameLengthMs = 25.0;
  double frameShiftMs = 10.0;
  std::string window = "hanning";
  int melBins = 128;
  double lowHz = 20.0;
  double highHz = 0.0;  // 0 or less: added to Nyquist
  double preemphasis = 0.97;
  bool removeDc = true;

  std::int64_t targetFrames = 1024;  // padded at the end with padValue or cut to this many spectrogram columns
  float padValue = 0.0F;             // in log-mel units, before normalisation
  float mean = -4.2677393F;          // (x - mean) / (deviationFactor * deviation)
  float deviation = 4.5689974F;
  float deviationFactor = 2.0F;

  // Length of sound that fills the target: frames hop apart plus one window.
  [[nodiscard]] double clipSeconds() const {
    return (static_cast<double>(targetFrames - 1) * frameShiftMs + frameLengthMs) / 1000.0;
  }
};

}  // namespace chladni
