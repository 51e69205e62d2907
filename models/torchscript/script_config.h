// ScriptConfig: what a TorchScript package says of its module, read from "architecture" and checked:
//   "input"       "waveform" ([example, sample] at frontend.rate), "picture" ([example, 3, size, size]) or "spectrogram"
//                 ([example, frame, band])
//   "taps"        comma-separated names of what the module returns (one tensor, or a tuple of as many), in its order
//   "shapes"      their shapes for one example, "7x7x2048, 1000"
//   "normalise_waveform"  true: every window is brought to mean 0 and variance 1 first (wav2vec 2.0 of large size)
//   "parameters"  how many were trained, for the user to see
// A tap called "logits" makes the package a classifier. Fails with incompatibleModel naming the field.
#pragma once

#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/inference/feature_extractor.h"
#include "core/inference/model_spec.h"

namespace chladni::models::torchscript {

enum class ScriptInput { waveform, picture, spectrogram };

struct ScriptConfig {
  ScriptInput input = ScriptInput::waveform;
  std::vector<inference::FeatureTap> taps;
  bool normaliseWaveform = false;
  std::int64_t parameters = 0;
  std::int64_t windowSamples = 0;  // of a waveform
};

Result<ScriptConfig> configFromSpec(const inference::ModelSpec& spec);

}  // namespace chladni::models::torchscript
