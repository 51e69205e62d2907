// Report: everything an analysis report says, as plain data: what the files hold, how they look, what models heard. Made
// by gather.h, written by html_report.h and pdf_report.h. Text is UTF-8. Tables are small: pictures have the size that
// they are shown in, whatever the length of the recording.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/data/attention_map.h"
#include "core/data/matrix.h"
#include "core/data/min_max_pyramid.h"
#include "core/data/video_frame.h"

namespace chladni::report {

using Facts = std::vector<std::pair<std::string, std::string>>;  // what, and its value

struct ClassLine {
  std::string name;
  double p = 0.0;
};

struct EventLine {
  std::string name;
  double start = 0.0;  // seconds
  double end = 0.0;
  double p = 0.0;
};

// Probabilities over time of the classes in `top`, in its order. A point stands for [start, end) and, in long recordings,
// for the mean of several windows.
struct Curves {
  std::vector<std::string> names;
  std::vector<double> start;  // [point], seconds
  std::vector<double> end;
  Matrix p;  // [point, class]
};

struct ModelSection {
  std::string title;
  Facts provenance;              // model, weights, precision, settings
  std::vector<ClassLine> top;    // of the whole clip, best first
  bool multiLabel = false;       // probabilities need not sum to 1
  Curves curves;
  std::vector<EventLine> events;  // of models that localise
  bool localises = false;
  std::optional<AttentionMap> attention;  // every head of every layer: rows are layer * heads + head
  int heads = 0;
  std::string problem;            // why there is nothing, or less; empty: none
};

struct FileSection {
  std::string name;   // as given
  Facts facts;
  double seconds = 0.0;
  double soundSeconds = 0.0;          // how much of that the sound lasts
  std::vector<PeakSummary> waveform;  // [pixel], of all channels, over the sound; empty: none
  Matrix spectrogram;                 // [column, bin] over the sound, decibels relative to a full-scale sine
  std::vector<float> binHz;           // centre of each bin, evenly spread on a logarithmic axis
  std::vector<VideoFrame> frames;     // small, in order of time; empty: no video
  std::vector<ModelSection> models;
  std::string problem;                // why it could not be read; everything else is empty then
};

struct Report {
  std::string title;
  std::string program;  // name and version
  std::string made;     // date and time, UTC
  std::vector<FileSection> files;
};

}  // namespace chladni::report
