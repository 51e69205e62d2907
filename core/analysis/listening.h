// Hearing what a masked autoencoder was given and what it painted: three sounds made from its input alone, so that they differ
// in nothing but what was hidden. The phases are reconstructed (core/dsp/griffin_lim.h), so even `original` is not the
// recording; it is the best that anybody could hear in what the model sees. Blocking; for workers.
#pragma once

#include <filesystem>
#include <stop_token>

#include "core/analysis/reconstruction.h"
#include "core/data/audio_buffer.h"
#include "core/data/frontend_spec.h"

namespace chladni::analysis {

struct Listening {
  // Mono at the model's rate, as long as the media of the clip. `original` and `predicted` (visible parts kept, hidden ones
  // as the model painted them) have equal root mean squares; `masked` (hidden parts silent) has the gain of `original`, so
  // that what is visible is as loud in it. No peak exceeds kListeningPeak.
  AudioBuffer original, masked, predicted;
  double originalConvergence = 0.0;   // of the phases, see griffin_lim.h
  double predictedConvergence = 0.0;
};

inline constexpr float kListeningPeak = 0.9F;

// Fails with unsupported (the clip has no sound, or its front end cannot be undone), cancelled, outOfMemory.
Result<Listening> listen(const ReconstructedClip& clip, const FrontendSpec& spec, std::stop_token stop);

// original.wav, masked.wav and predicted.wav in a folder that exists.
Result<void> writeListening(const Listening& listening, const std::filesystem::path& folder);

}  // namespace chladni::analysis
