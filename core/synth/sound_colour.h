// SoundColour: what lies between an instrument and a file: room (early echoes and a decaying tail of random size),
// microphone and loudspeaker (random equaliser, band limits), noise (white, pink, mains hum), level and clipping.
// Works in place on mono sound of any rate from 8 kHz. `strength` 0 leaves the sound alone, 1 is a wide spread.
// All randomness comes from the generator handed in. Any thread.
#pragma once

#include <vector>

#include "core/base/units.h"
#include "core/synth/random.h"

namespace chladni::synth {

void colour(std::vector<float>& samples, SampleRate rate, double strength, Random& random);

// The parts, for tests and for callers that want only one of them.
void addRoom(std::vector<float>& samples, SampleRate rate, double decaySeconds, double wet, Random& random);
void equalise(std::vector<float>& samples, SampleRate rate, double strength, Random& random);
// A fall of 12 decibels an octave above `hertz` for each of `times`.
void darken(std::vector<float>& samples, SampleRate rate, double hertz, int times);
void addNoise(std::vector<float>& samples, SampleRate rate, double signalToNoiseDecibels, Random& random);
void setPeak(std::vector<float>& samples, double peak);

}  // namespace chladni::synth
