// RunHistory: everything that a training said, as columns of numbers ready to draw, and a log in words. take() adds one
// event (docs/training.md lists them); what is missing or of the wrong kind is passed over, never fatal. What is not a
// number is kept as NaN, a gap in a curve. Times are seconds since the first event. Memory is bounded: the log keeps its
// newest lines, a run may name only so many figures. Plain values; one thread.
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "core/serial/json_value.h"

namespace chladni::runs {

struct NamedColumn {
  std::string name;
  std::vector<double> values;  // as many as steps or epochs; NaN where it was not told
};

struct StepColumns {
  std::vector<double> step, seconds, loss, smoothed, rate, gradient, samplesPerSecond, memoryMegabytes, inputWait;
  std::vector<NamedColumn> parts;  // of the loss
  [[nodiscard]] std::size_t size() const { return step.size(); }
};

struct EpochColumns {
  std::vector<double> epoch, step, seconds, trainLoss;
  std::vector<NamedColumn> figures;  // of the held-out part
  [[nodiscard]] std::size_t size() const { return step.size(); }
};

enum class LogKind { note, warning, error, milestone };

struct LogLine {
  double time = 0.0;  // seconds since 1970
  LogKind kind = LogKind::note;
  std::string text;
};

enum class Ending { none, finished, stopped, failed };

struct RunHistory {
  StepColumns steps;
  EpochColumns epochs;
  std::vector<LogLine> log;
  std::optional<double> firstTime, lastTime;  // seconds since 1970
  // As told last.
  std::int64_t stepsInAll = 0, epochNow = 0, stepsPerEpoch = 0, samples = 0, heldOut = 0, classes = 0, parameters = 0;
  std::string device, precision;
  std::string metric;  // what is called better or worse
  std::optional<double> value, best, etaSeconds;
  std::int64_t bestStep = 0;
  bool paused = false;
  Ending ending = Ending::none;
  std::string failure;
  std::optional<serial::JsonValue> report;  // of the data
  std::int64_t unreadable = 0;  // lines that are no event

  void take(const serial::JsonValue& event);
  [[nodiscard]] const NamedColumn* figure(std::string_view name) const;
};

// What a person should be told about the course so far, worst first; empty when all is well. "The loss is not a number
// since step 120." "Overfitting: the held-out loss has risen for 4 epochs, from 0.41 to 0.63, while ..."
struct Finding {
  LogKind kind = LogKind::warning;
  std::string text;
};
std::vector<Finding> findingsOf(const RunHistory& history);

}  // namespace chladni::runs
