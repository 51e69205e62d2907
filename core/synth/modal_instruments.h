// Plucked and struck instruments as sums of decaying partials (modal synthesis; N. H. Fletcher, T. D. Rossing, The Physics
// of Musical Instruments, 2nd ed., chapters 2, 9, 18-20: modes of stiff strings, bars, membranes and pans). Every
// instrument drawn has a body, strings or bars and a way of striking of its own, so that a class is heard as what its
// members share and not as the one soundfont that has it. Deterministic by seed; any thread.
#pragma once

#include <cstdint>
#include <set>
#include <string>

#include "core/synth/note_bank.h"

namespace chladni::synth {

// Classes that can be made: harp, zither, guitar, banjo, mandolin, ukulele, sitar, harpsichord, marimba and xylophone,
// vibraphone, glockenspiel, steelpan, timpani, congas, hammond organ.
const std::set<std::string>& modalClasses();

// `instruments` groups (not recorded, notes of 2.6 s at most) of each of modalClasses() that is in `labels` (empty: all)
// and in the map, each with `notes` sounds over the usual range. Mono at `rate` (from 8 kHz).
NoteBank modalNoteBank(const InstrumentMap& map, const std::set<std::string>& labels, SampleRate rate, int instruments,
                       int notes, std::uint64_t seed);

}  // namespace chladni::synth
