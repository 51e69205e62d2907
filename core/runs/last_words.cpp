#include "core/runs/last_words.h"

#include <algorithm>
#include <fstream>
#include <string_view>

namespace chladni::runs {
namespace {

using serial::JsonValue;

constexpr std::int64_t kTail = std::int64_t{1} << 17;
constexpr std::int64_t kLogTail = 4096;

// Of a longer file the first line of the tail, which is cut, is left out.
std::string tailOf(const std::filesystem::path& path, std::int64_t most) {
  std::ifstream file(path, std::ios::binary);
  if (!file.seekg(0, std::ios::end)) return {};
  const auto size = static_cast<std::int64_t>(file.tellg());
  const auto from = std::max<std::int64_t>(0, size - most);
  std::string text(static_cast<std::size_t>(std::max<std::int64_t>(0, size - from)), '\0');
  file.seekg(from);
  file.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(std::max<std::streamsize>(0, file.gcount())));
  if (from > 0) text.erase(0, std::min(text.size(), text.find('\n') == std::string::npos ? text.size() : text.find('\n') + 1));
  return text;
}

// Takes the last line off `text`; empty when that line is not ended yet.
std::string_view takeLastLine(std::string_view& text) {
  const auto begin = text.substr(0, text.size() - (text.back() == '\n' ? 1 : 0)).rfind('\n');
  const auto line = begin == std::string_view::npos ? text : text.substr(begin + 1);
  text = begin == std::string_view::npos ? std::string_view{} : text.substr(0, begin + 1);
  return line.back() == '\n' ? line : std::string_view{};
}

// The kind of an event without reading all of the line; empty when it is written in another way than ours.
std::string_view kindOf(std::string_view line) {
  constexpr std::string_view kKey = "\"event\":\"";
  const auto place = line.find(kKey);
  if (place == std::string_view::npos) return {};
  const auto rest = line.substr(place + kKey.size());
  return rest.substr(0, rest.find('"'));
}

std::optional<JsonValue> eventIn(std::string_view line) {
  auto json = serial::parseJson(line, "event", kRunLimits);
  if (!json || !json->members()) return std::nullopt;
  return std::move(*json);
}

void keepFirst(std::optional<JsonValue>& place, std::string_view line) {
  if (!place) place = eventIn(line);
}

}  // namespace

std::optional<double> eventNumber(const JsonValue& object, std::string_view name) {
  const auto* value = object.find(name);
  return value ? value->number() : std::nullopt;
}

void eventCount(const JsonValue& object, std::string_view name, std::int64_t& count) {
  const auto* value = object.find(name);
  if (value && value->integer() && *value->integer() >= 0) count = *value->integer();
}

LastWords lastWords(const std::filesystem::path& events) {
  const std::string tail = tailOf(events, kTail);
  std::string_view text = tail;
  LastWords words;
  bool stepsAfterPause = false;
  while (!text.empty() && !(words.step && words.epoch)) {
    const auto line = takeLastLine(text);
    if (line.empty()) continue;
    words.began = true;
    const auto kind = kindOf(line);
    if (kind == "step") {
      if (!words.pause) stepsAfterPause = true;
      keepFirst(words.step, line);
    } else if (kind == "epoch") {
      keepFirst(words.epoch, line);
    } else if (kind == "paused" || kind == "resumed") {
      if (!stepsAfterPause) keepFirst(words.pause, line);
    } else if (kind == "done" || kind == "error" || kind == "study") {
      if (!words.step && !words.epoch) keepFirst(words.ending, line);
    } else if (kind == "start") {
      stepsAfterPause = true;  // an earlier pause is over
    }
  }
  return words;
}

StudyWords lastStudyWords(const std::filesystem::path& events) {
  const std::string tail = tailOf(events, kTail);
  std::string_view text = tail;
  StudyWords words;
  while (!text.empty() && words.run.empty()) {
    const auto line = takeLastLine(text);
    const auto kind = kindOf(line);
    if (kind != "run" && kind != "study") continue;
    const auto event = eventIn(line);
    if (!event) continue;
    words.time = std::max(words.time, eventNumber(*event, "time").value_or(0.0));
    if (kind == "study") {
      const auto* how = event->find("stopped");
      if (!words.stopped) words.stopped = how && how->boolean() && *how->boolean();
      continue;
    }
    words.run = serial::printableIn(*event, "name", kMostRunText);
    eventCount(*event, "number", words.number);
    eventCount(*event, "count", words.count);
  }
  return words;
}

std::string lastError(const std::filesystem::path& log) {
  const std::string text = tailOf(log, kLogTail);
  const auto place = text.rfind("error: ");
  if (place == std::string::npos) return {};
  const auto from = place + std::string_view("error: ").size();
  return serial::printable(std::string_view(text).substr(from, text.find('\n', from) - from), kMostRunText);
}

}  // namespace chladni::runs
