// Blown instruments as sums of harmonics whose brightness follows the breath: below the cutoff of the bell or of the
// tone holes harmonics are about equally strong, above it they fall the more steeply the softer the note (N. H. Fletcher,
// T. D. Rossing, The Physics of Musical Instruments, 2nd ed., chapters 14-17; A. H. Benade, Fundamentals of Musical
// Acoustics, chapters 20-22). High harmonics speak later; breath, vibrato, a scoop into the note, a swell. Every
// instrument drawn has a bore, a player and a loudness of its own, so that a class is heard as what its members share
// and not as the one player who was recorded. Deterministic by seed; any thread.
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "core/synth/note_bank.h"
#include "core/synth/random.h"

namespace chladni::synth {

// Classes that can be made: trumpet, trombone, french horn, flute, oboe, clarinet, bassoon, saxophone.
const std::set<std::string>& blownClasses();

// Makes a phrase that was played with force sound as one played softly: harmonics above a cutoff that is drawn for the class
// lose 12 or 24 decibels an octave more. Only brass and saxophones, whose tone changes most; leaves the others alone.
void playSofter(std::vector<float>& samples, const std::string& label, SampleRate rate, Random& random);

// As modalNoteBank: `instruments` groups (not recorded, notes of 2 s at most) of each of blownClasses() that is in
// `labels` (empty: all) and in the map, each with `notes` sounds over the usual range. Mono at `rate` (from 8 kHz).
NoteBank blownNoteBank(const InstrumentMap& map, const std::set<std::string>& labels, SampleRate rate, int instruments,
                       int notes, std::uint64_t seed);

}  // namespace chladni::synth
