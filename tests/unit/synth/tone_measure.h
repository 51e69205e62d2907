// Tests of computed instruments: a map of them, what every bank must be, the strength of a tone.
#pragma once

#include <cmath>
#include <numbers>
#include <set>
#include <string>
#include <vector>

#include "core/synth/note_bank.h"
#include "tests/support/catch.h"

namespace chladni::synth {

// How strong the sine of `hertz` is in `samples`, by correlation with both phases.
inline double amplitudeAt(const std::vector<float>& samples, double hertz, double rate) {
  double re = 0.0, im = 0.0;
  for (std::size_t n = 0; n < samples.size(); ++n) {
    const double angle = 2.0 * std::numbers::pi * hertz * static_cast<double>(n) / rate;
    re += samples[n] * std::cos(angle);
    im += samples[n] * std::sin(angle);
  }
  return 2.0 * std::hypot(re, im) / static_cast<double>(samples.size());
}

// An octave around A3 and A4 for all of them, and a piano, which nothing computes.
inline InstrumentMap mapOf(const std::set<std::string>& labels) {
  InstrumentMap map;
  for (const auto& label : labels) map.instruments[label] = {label, Manner::solo, 57, 69};
  map.instruments["playing piano"] = {"playing piano", Manner::chords, 28, 96};
  return map;
}

// Of four notes each over the range of mapOf().
inline void checkBank(const NoteBank& bank, std::size_t groups) {
  REQUIRE(bank.groups.size() == groups);
  for (const auto& group : bank.groups) {
    INFO(group.label << ", " << group.source);
    CHECK_FALSE(group.recorded);
    REQUIRE(group.sounds.size() == 4);
    CHECK(group.sounds.front().key == 57.0);
    CHECK(group.sounds.back().key == 69.0);
    for (const auto& sound : group.sounds)
      for (const float s : sound.samples) REQUIRE(std::isfinite(s));
  }
  CHECK(bank.groups[0].sounds[0].samples != bank.groups[1].sounds[0].samples);
}

}  // namespace chladni::synth
