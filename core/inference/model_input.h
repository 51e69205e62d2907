// ModelInput: what a model is shown at once. Everything is borrowed for the length of a call.
#pragma once

#include <concepts>
#include <span>
#include <string_view>

#include "core/data/video_frame.h"

namespace chladni::inference {

// One clip: mono sound at spec().frontend.rate. Shorter than the model's clip is padded, longer is cut, as the front
// end says.
using Clip = std::span<const float>;

struct ModelInput {
  ModelInput() = default;
  // Implicit: sound alone is the common case.
  template <std::convertible_to<Clip> Samples>
  ModelInput(const Samples& samples) : sound(samples) {}
  Clip sound;                             // empty: none
  std::span<const VideoFrame> frames;     // upright, any size, in time order, chosen as frontend.picture says; empty: none
  std::string_view lyrics;                // UTF-8; empty: none
};

}  // namespace chladni::inference
