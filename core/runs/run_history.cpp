#include "core/runs/run_history.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "core/runs/last_words.h"

namespace chladni::runs {
namespace {

using serial::JsonField;
using serial::JsonValue;

constexpr double kNothing = std::numeric_limits<double>::quiet_NaN();
constexpr std::size_t kMostNames = 24;
constexpr std::size_t kMostLog = 5000;
constexpr std::size_t kLogSlack = 500;  // dropped at once, so that dropping is rare
constexpr std::size_t kMostText = 600;
constexpr std::size_t kMostName = 60;
constexpr double kLargestCount = 9e15;

double numberIn(const JsonValue& event, std::string_view name) {
  const auto number = eventNumber(event, name);
  return number && std::isfinite(*number) ? *number : kNothing;
}

std::optional<double> maybeIn(const JsonValue& event, std::string_view name) {
  const double number = numberIn(event, name);
  return std::isnan(number) ? std::nullopt : std::optional(number);
}

void countIn(const JsonValue& event, std::string_view name, std::int64_t& count) {
  const double number = numberIn(event, name);
  if (number >= 0.0 && number <= kLargestCount) count = static_cast<std::int64_t>(number);
}

std::string short4(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.4g", value);
  return text;
}

// Of a count; a question mark where there is none.
std::string whole(double value) {
  return std::abs(value) <= kLargestCount ? std::to_string(static_cast<std::int64_t>(value)) : "?";
}

// Adds a row to the columns: values of known names, NaN for the others; new names get a column with NaN so far.
void addRow(std::vector<NamedColumn>& columns, std::size_t rowsBefore, const JsonValue* object) {
  if (object && object->members()) {
    for (const auto& [name, value] : *object->members()) {
      const auto number = value.number();
      if (!number && !value.isNull()) continue;
      auto place = std::find_if(columns.begin(), columns.end(), [&wanted = name](const NamedColumn& column) { return column.name == wanted; });
      if (place == columns.end()) {
        if (columns.size() >= kMostNames || name.size() > kMostName || !number) continue;
        columns.push_back({name, std::vector<double>(rowsBefore, kNothing)});
        place = columns.end() - 1;
      }
      if (place->values.size() == rowsBefore) place->values.push_back(number && std::isfinite(*number) ? *number : kNothing);
    }
  }
  for (auto& column : columns) column.values.resize(rowsBefore + 1, kNothing);
}

class Taker {
 public:
  Taker(RunHistory& history, const JsonValue& event) : h_(history), event_(event) {
    time_ = maybeIn(event, "time");
    if (time_ && !h_.firstTime) h_.firstTime = time_;
    if (time_) h_.lastTime = time_;
  }

  void take(const std::string& kind) {
    if (kind == "step") return step();
    if (kind == "epoch") return epoch();
    if (kind == "start") return start();
    if (kind == "data") return data();
    if (kind == "note") return say(LogKind::note, serial::printableIn(event_, "message", kMostText));
    if (kind == "warning") return say(LogKind::warning, serial::printableIn(event_, "message", kMostText));
    if (kind == "checkpoint") return say(LogKind::note, "checkpoint at step " + whole(numberIn(event_, "step")));
    if (kind == "paused") return pause();
    if (kind == "resumed") return resume();
    if (kind == "done") return done();
    if (kind == "error") return error();
    // Of a folder of runs, train --folds and --sweep.
    if (kind == "run") return say(LogKind::milestone, "run " + whole(numberIn(event_, "number")) + " of " + whole(numberIn(event_, "count")) + ": " + serial::printableIn(event_, "name", kMostText));
    if (kind == "study") return study();
  }

 private:
  [[nodiscard]] double seconds() const { return time_ && h_.firstTime ? *time_ - *h_.firstTime : kNothing; }

  void say(LogKind kind, std::string text) {
    if (text.empty()) return;
    h_.log.push_back({time_.value_or(0.0), kind, std::move(text)});
    if (h_.log.size() > kMostLog + kLogSlack) h_.log.erase(h_.log.begin(), h_.log.begin() + kLogSlack);
  }

  void step() {
    const double at = numberIn(event_, "step");
    if (std::isnan(at)) return;
    auto& s = h_.steps;
    addRow(s.parts, s.size(), event_.find("losses"));
    s.step.push_back(at);
    s.seconds.push_back(seconds());
    s.loss.push_back(numberIn(event_, "loss"));
    s.smoothed.push_back(numberIn(event_, "loss_smoothed"));
    s.rate.push_back(numberIn(event_, "lr"));
    s.gradient.push_back(numberIn(event_, "grad_norm"));
    s.samplesPerSecond.push_back(numberIn(event_, "samples_per_s"));
    s.memoryMegabytes.push_back(numberIn(event_, "memory_mb"));
    s.inputWait.push_back(numberIn(event_, "input_wait"));
    countIn(event_, "steps", h_.stepsInAll);
    countIn(event_, "epoch", h_.epochNow);
    h_.etaSeconds = maybeIn(event_, "eta_s");
    h_.paused = false;
  }

  void epoch() {
    const double at = numberIn(event_, "step");
    if (std::isnan(at)) return;
    auto& e = h_.epochs;
    addRow(e.figures, e.size(), event_.find("validation"));
    e.epoch.push_back(numberIn(event_, "epoch"));
    e.step.push_back(at);
    e.seconds.push_back(seconds());
    const auto* train = event_.find("train");
    e.trainLoss.push_back(train ? numberIn(*train, "loss") : kNothing);
    countIn(event_, "epoch", h_.epochNow);
    const auto value = maybeIn(event_, "value");
    std::string text = "epoch " + whole(numberIn(event_, "epoch"));
    if (!std::isnan(e.trainLoss.back())) text += " · loss " + short4(e.trainLoss.back());
    if (value) {
      h_.metric = serial::printableIn(event_, "metric", kMostName);
      h_.value = value;
      h_.best = maybeIn(event_, "best");
      countIn(event_, "best_step", h_.bestStep);
      text += " · held-out " + h_.metric + " " + short4(*value);
    }
    say(LogKind::milestone, text);
  }

  void start() {
    for (auto [name, count] : {std::pair{"steps", &h_.stepsInAll}, {"steps_per_epoch", &h_.stepsPerEpoch}, {"samples", &h_.samples},
                               {"held_out", &h_.heldOut}, {"classes", &h_.classes}, {"parameters", &h_.parameters}})
      countIn(event_, name, *count);
    h_.device = serial::printableIn(event_, "device", kMostName);
    h_.precision = serial::printableIn(event_, "precision", kMostName);
    h_.ending = Ending::none;
    h_.failure.clear();
    h_.paused = false;
    const double from = numberIn(event_, "from_step");
    say(LogKind::milestone, from > 0.0 ? "goes on from step " + whole(from) : "learning begins");
  }

  void data() {
    if (const auto* report = event_.find("report")) h_.report = *report;
    say(LogKind::note, "the data were looked through");
  }

  void pause() {
    h_.paused = true;
    const auto message = serial::printableIn(event_, "message", kMostText);
    say(message.empty() ? LogKind::milestone : LogKind::warning, message.empty() ? "paused" : "paused: " + message);
  }

  void resume() {
    h_.paused = false;
    say(LogKind::milestone, "goes on");
  }

  void study() {
    const auto* stopped = event_.find("stopped");
    h_.ending = stopped && stopped->boolean() && *stopped->boolean() ? Ending::stopped : Ending::finished;
  }

  void done() {
    const auto* stopped = event_.find("stopped");
    h_.ending = stopped && stopped->boolean() && *stopped->boolean() ? Ending::stopped : Ending::finished;
    if (const auto best = maybeIn(event_, "best")) h_.best = best;
    h_.etaSeconds.reset();
    h_.paused = false;
    say(LogKind::milestone, h_.ending == Ending::stopped ? "stopped; the model so far was written" : "finished; the model was written");
  }

  void error() {
    h_.ending = Ending::failed;
    h_.failure = serial::printableIn(event_, "message", kMostText);
    h_.paused = false;
    h_.etaSeconds.reset();
    say(LogKind::error, h_.failure.empty() ? "failed" : h_.failure);
  }

  RunHistory& h_;
  const JsonValue& event_;
  std::optional<double> time_;
};

constexpr std::size_t kOverfittingEpochs = 3;
constexpr double kOverfittingRise = 1.05;  // of the held-out loss over its best

std::optional<Finding> notANumber(const RunHistory& history) {
  const auto& loss = history.steps.loss;
  if (loss.empty() || !std::isnan(loss.back())) return std::nullopt;
  std::size_t first = loss.size() - 1;
  while (first > 0 && std::isnan(loss[first - 1])) --first;
  return Finding{LogKind::error, "The loss is not a number since step " + whole(history.steps.step[first]) +
                                     ": the weights are lost. Stop, and clone the run with a lower rate or with clip_norm."};
}

std::optional<Finding> overfitting(const RunHistory& history) {
  const auto* held = history.figure("loss");
  const auto& train = history.epochs.trainLoss;
  if (!held || held->values.size() < kOverfittingEpochs + 1) return std::nullopt;
  std::size_t best = held->values.size();
  for (std::size_t i = 0; i < held->values.size(); ++i)
    if (!std::isnan(held->values[i]) && (best == held->values.size() || held->values[i] < held->values[best])) best = i;
  if (best == held->values.size() || best + kOverfittingEpochs >= held->values.size()) return std::nullopt;
  const double last = held->values.back();
  if (std::isnan(last) || last < kOverfittingRise * held->values[best] || !(train.back() < train[best])) return std::nullopt;
  return Finding{LogKind::warning, "Overfitting: since epoch " + whole(history.epochs.epoch[best]) + " the held-out loss rose from " +
                                       short4(held->values[best]) + " to " + short4(last) + " while the training loss fell. More data, mixup or early_stop help."};
}

}  // namespace

void RunHistory::take(const JsonValue& event) {
  const auto* kind = event.find("event");
  if (!kind || !kind->string()) {
    ++unreadable;
    return;
  }
  Taker(*this, event).take(*kind->string());
}

const NamedColumn* RunHistory::figure(std::string_view name) const {
  const auto place = std::find_if(epochs.figures.begin(), epochs.figures.end(), [&](const NamedColumn& column) { return column.name == name; });
  return place == epochs.figures.end() ? nullptr : &*place;
}

std::vector<Finding> findingsOf(const RunHistory& history) {
  std::vector<Finding> findings;
  if (history.ending == Ending::failed && !history.failure.empty()) findings.push_back({LogKind::error, history.failure});
  if (auto finding = notANumber(history)) findings.push_back(std::move(*finding));
  if (auto finding = overfitting(history)) findings.push_back(std::move(*finding));
  return findings;
}

}  // namespace chladni::runs
