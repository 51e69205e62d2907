// Sound files that tests make for themselves.
#pragma once

#include <cmath>
#include <filesystem>
#include <numbers>

#include "core/data/audio_buffer.h"
#include "core/media/wav_writer.h"

namespace chladni::test {

// Two channels: a rising ramp on the left, so that every sample names its own position, and a tone on the right.
inline AudioBuffer rampAndTone(double seconds, int rate, int channels = 2) {
  AudioBuffer sound;
  sound.rate = SampleRate(rate);
  const auto samples = static_cast<std::size_t>(std::llround(seconds * rate));
  sound.channels.assign(static_cast<std::size_t>(channels), std::vector<float>(samples));
  for (std::size_t n = 0; n < samples; ++n) {
    sound.channels[0][n] = static_cast<float>(n) / static_cast<float>(samples);
    for (std::size_t c = 1; c < sound.channels.size(); ++c) {
      sound.channels[c][n] = 0.5F * std::sin(2.0F * std::numbers::pi_v<float> * 440.0F * static_cast<float>(n) /
                                             static_cast<float>(rate));
    }
  }
  return sound;
}

}  // namespace chladni::test
