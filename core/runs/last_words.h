// What a run or a study said last, from the end of its events.jsonl backwards, so that a list of many long runs is quick: no
// more than the last 128 KB are read and no more lines parsed than are wanted. A file that is missing, cut or no JSON
// lines has said nothing. Pure reads; any thread.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "core/serial/json_value.h"

namespace chladni::runs {

inline constexpr std::size_t kMostRunText = 300;  // of a word out of a file, shown in a list
inline constexpr serial::JsonLimits kRunLimits{std::size_t{1} << 20, 32, 100'000};

// A field of an object: nothing, and no change, where it is missing, no number, or a count below zero.
std::optional<double> eventNumber(const serial::JsonValue& object, std::string_view name);
void eventCount(const serial::JsonValue& object, std::string_view name, std::int64_t& count);

// The last event of each kind that a list needs.
struct LastWords {
  std::optional<serial::JsonValue> step, epoch;
  std::optional<serial::JsonValue> ending;  // done, error or study, after the last step
  std::optional<serial::JsonValue> pause;   // paused or resumed, when no step came after it
  bool began = false;                       // the process said anything at all
};
LastWords lastWords(const std::filesystem::path& events);

// The run that a study began last, or its end.
struct StudyWords {
  std::string run;
  std::int64_t number = 0, count = 0;
  std::optional<bool> stopped;
  double time = 0.0;  // seconds since 1970
};
StudyWords lastStudyWords(const std::filesystem::path& events);

// The last line that says what went wrong, of the log of a process that never began to learn; empty without one.
std::string lastError(const std::filesystem::path& log);

}  // namespace chladni::runs
