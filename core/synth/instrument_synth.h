// synthesiseInstruments(): a folder of labelled clips of instruments rendered from the soundfonts that are installed,
// with a manifest for training: DIR/<class>/<number>.wav and DIR/manifest.csv (path,start,end,labels,split). Phrases of
// one instrument, or of two with or without drums (labels joined by ";"), through rooms, equalisers and noise.
// The same options give the same files. At most four threads, each with its own synthesisers. The manifest is written last
// and whole; a stopped run (cancelled) leaves the clips made so far and a manifest of exactly those.
// Fails with invalidArgument (unknown class, no clips asked for), notFound (no soundfont), io, cancelled.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <stop_token>
#include <string>
#include <vector>

#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/base/units.h"

namespace chladni::synth {

struct SynthOptions {
  std::filesystem::path out;
  std::int64_t clips = 100;
  std::uint64_t seed = 0;
  std::vector<std::string> classes;  // empty: all that the installed soundfonts can play
  double seconds = 5.0;
  SampleRate rate{32000};
  double mixtures = 0.15;        // share of clips with more than one instrument
  double colour = 0.7;           // strength of room, equaliser, noise; 0: as the soundfont has it
  double validationShare = 0.1;  // of the clips, marked "validation" in the column split
  int threads = 0;               // 0: as many as the machine has
  std::filesystem::path maps;    // empty: the maps that came with the program
};

struct SynthReport {
  std::int64_t clips = 0;
  std::map<std::string, std::int64_t> clipsOfClass;
  std::vector<std::string> soundfonts;  // that were used, by file name
  double secondsOfSound = 0.0;
};

Result<SynthReport> synthesiseInstruments(const SynthOptions& options, const ProgressSink& progress = {},
                                          std::stop_token stop = {});

}  // namespace chladni::synth
