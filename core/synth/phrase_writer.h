// Phrases as notes on paper, for instruments that are played by a soundfont: scales, melodies, repeated notes, arpeggios
// and chords in the range and manner of the instrument, with dynamics, vibrato and bends; strokes for percussion and
// patterns for drum kits. Deterministic: all randomness comes from the generator handed in. Any thread.
#pragma once

#include <map>
#include <string>

#include "core/synth/instrument_map.h"
#include "core/synth/random.h"
#include "core/synth/soundfont_renderer.h"

namespace chladni::synth {

// Fills part.notes and part.bends for `seconds`.
void writePhrase(Part& part, const Instrument& instrument, const std::map<int, std::string>& drumLabels, double seconds,
                 Random& random);

}  // namespace chladni::synth
