// synthesiseScenes(): a folder of audio-visual clips about which everything is known: what sounds when, and where in the
// picture it is. Of each scene DIR/AVE/<id>.mp4; DIR/manifest.csv (path,start,end,labels,split: the whole clip with the
// event's class or Background); DIR/positions.csv (path,second,class,x,y,radius for each second; the last three empty in
// Background); and AVE's own tables (core/datasets/ave_writer.h), so that all readers of AVE open the folder.
// The same options give the same files, whatever the number of threads; other seeds share nothing. Tables are written
// last and whole; a stopped run (cancelled) leaves the clips made so far and tables of exactly those.
// Fails with invalidArgument (unknown class, no scenes asked for), notFound (maps), io, unsupported (no encoder), cancelled.
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
#include "core/synth/scene_plan.h"

namespace chladni::synth {

struct SceneOptions {
  std::filesystem::path out;
  std::int64_t scenes = 100;
  std::uint64_t seed = 0;
  std::vector<std::string> classes;  // empty: all of AVE's that have a sound here
  std::vector<Style> styles{Style::flat, Style::outlined, Style::shaded};
  int seconds = 10;                  // 3 to 10, as AVE's tables hold
  int size = 224;                    // of the square picture, even, 64 to 1080
  int fps = 16;
  SampleRate rate{32000};
  double silentShare = 0.1;          // scenes without an event: the sound's source is not in the picture
  double offScreenShare = 0.5;       // of the others: with a second sound from off screen
  double validationShare = 0.1;
  double testShare = 0.1;
  int threads = 0;                   // 0: as many as the machine has, at most four
  std::filesystem::path maps;        // empty: the maps that came with the program
};

struct SceneReport {
  std::int64_t scenes = 0;
  std::map<std::string, std::int64_t> eventsOfClass;  // "Background": scenes without an event
  double secondsOfMedia = 0.0;
};

Result<SceneReport> synthesiseScenes(const SceneOptions& options, const ProgressSink& progress = {}, std::stop_token stop = {});

// A style by its word: flat, outlined, shaded.
Result<Style> styleOf(const std::string& word);

}  // namespace chladni::synth
