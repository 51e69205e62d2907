// From recordings to a batch of ASiT's pre-training: two clips of each sound, their spectrograms, and their corrupted
// forms. Sound is mono at settings.frontend.rate. Random is the caller's; one thread. Fails as dsp::Frontend does.
// Source: the authors' code. Departure: see asit_presets.h.
#pragma once

#include <array>
#include <span>
#include <vector>

#include "core/base/random.h"
#include "core/base/result.h"
#include "core/dsp/frontend.h"
#include "models/asit/asit_pretraining.h"

namespace chladni::models::asit {

// Two stretches of `samples`, drawn anywhere; shorter sound is padded with zeros at its end. With the chance given, the
// whole sound is first turned in a circle by a random amount.
std::array<std::vector<float>, 2> drawTwoClips(std::span<const float> sound, std::int64_t samples, double rotationChance,
                                               Random& random);

Result<ViewBatch> makeViews(std::span<const std::span<const float>> sounds, const dsp::Frontend& frontend,
                            const PretrainSettings& settings, Random& random);

}  // namespace chladni::models::asit
