// FrontendSpec: every number of a model's audio input pipeline, as stored under "frontend" in model.json, so that
// weights and preprocessing cannot drift apart. Executed by core/dsp, parsed by core/serial. Defaults: AST on AudioSet
// (spec: log-mel filter bank of 25 ms frames every 10 ms, 128 bands).
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "core/base/units.h"
#include "core/data/picture_spec.h"

namespace chladni {

enum class ChannelMix { first, mean };

// What a clip shorter than one analysis window becomes: an error, or the published CAV-MAE loader's 512 frames of 0.01.
enum class ShortClip { fail, constantFeatures };

// The numbers that only kind "log-mel" has (VGGish, YAMNet, musicnn, OpenL3); frame length, shift, window, bands and
// edges are shared with kind "kaldi-fbank". Lengths in milliseconds are rounded to the nearest sample.
struct LogMelSpec {
  std::int64_t fftSize = 0;         // 0: the smallest power of two not below the frame
  // "none", "zero" and "reflect" (centred), "same" (TensorFlow SAME), "right" (zeros at the end: frame j starts at j shifts)
  std::string padding = "none";
  std::string padTo = "none";       // whole sound first: "none", "whole-patches"
  bool magnitude = false;           // mel of magnitude instead of power
  std::string melScale = "htk";     // "htk", "slaney", "linear" (no mel: the spectrum's own bins)
  std::string melSlope = "mel";     // slopes straight in "mel" or in "hertz"
  std::string melNorm = "none";     // "none", "area"
  bool dropDirectCurrent = false;   // bin 0 has no weight
  bool squareRootAfterMel = false;  // OpenL3
  bool roundToHalf = false;         // mel values pass through half precision, as musicnn's reference does
  std::string compression = "ln-offset";  // "ln-offset" ln(x + offset), "log10-scaled" log10(scale x + 1), "decibel"
  double offset = 0.01;
  double scale = 10000.0;
  double decibelRange = 80.0;       // "decibel": relative to the clip's maximum, floored this far below it
  std::int64_t patchFrames = 0;     // frames of one model example; 0: the whole clip
  std::int64_t patchHopFrames = 0;  // 0: patchFrames
};

struct FrontendSpec {
  std::string kind = "kaldi-fbank";  // which pipeline of core/dsp: "kaldi-fbank" or "log-mel"
  SampleRate rate{16000};            // the sound is resampled to this before anything else
  ChannelMix channelMix = ChannelMix::first;
  bool subtractMean = true;  // of the whole waveform
  // Root mean square that every clip is brought to before the filter bank, by a gain of at most kMaxLevelGain, so that
  // the level of a recording says nothing; 0: the level stays as it is.
  double levelTarget = 0.0;
  static constexpr double kMaxLevelGain = 300.0;

  double frameLengthMs = 25.0;
  double frameShiftMs = 10.0;
  std::string window = "hanning";
  int melBins = 128;
  double lowHz = 20.0;
  double highHz = 0.0;  // 0 or less: added to Nyquist
  double preemphasis = 0.97;
  bool removeDc = true;

  ShortClip shortClip = ShortClip::fail;
  LogMelSpec logMel;  // read only when kind is "log-mel"

  std::int64_t targetFrames = 1024;  // padded at the end with padValue or cut to this many spectrogram columns
  float padValue = 0.0F;             // in log-mel units, before normalisation
  float mean = -4.2677393F;          // (x - mean) / (deviationFactor * deviation)
  float deviation = 4.5689974F;
  float deviationFactor = 2.0F;

  bool sound = true;  // false: the model hears nothing and everything above is without meaning
  std::optional<PictureSpec> picture;  // absent: the model sees nothing
  std::optional<LyricsSpec> lyrics;    // absent: the model reads nothing

  // Length of sound that fills the target: frames hop apart plus one window.
  [[nodiscard]] double clipSeconds() const {
    return (static_cast<double>(targetFrames - 1) * frameShiftMs + frameLengthMs) / 1000.0;
  }
};

}  // namespace chladni
