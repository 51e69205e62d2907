// The demo that ships with the program: the theme of Beethoven's "Ode to Joy" (1824, public domain) in D major, arranged
// here for four instruments that enter one after the other: cello alone, then flute, then piano, then trumpet with drums.
// Needs FluidR3_GM.sf2 or TimGM6mb.sf2. demoParts() is the score; renderDemoPiece() writes it as stereo WAV of 44.1 kHz.
// Fails with notFound (no soundfont) and io.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/synth/soundfont_renderer.h"

namespace chladni::synth {

inline constexpr double kDemoSeconds = 36.0;

std::vector<Part> demoParts();
// The same as CSV (part,start,duration,key), for pictures that move with the notes.
std::string demoScore();
Result<void> renderDemoPiece(const std::filesystem::path& out);

}  // namespace chladni::synth
