#include "core/runs/run_summary.h"

#include <sys/stat.h>

#include <algorithm>
#include <chrono>
#include <fstream>

#include "core/base/atomic_file.h"
#include "core/serial/json_value.h"

namespace chladni::runs {
namespace {

using serial::JsonValue;

constexpr std::uintmax_t kMostConfig = std::uintmax_t{1} << 20;
constexpr std::int64_t kTail = std::int64_t{1} << 17;
constexpr std::int64_t kLogTail = 4096;
constexpr std::size_t kMostText = 300;
constexpr serial::JsonLimits kLimits{std::size_t{1} << 20, 32, 100'000};

std::optional<JsonValue> objectIn(const std::filesystem::path& path) {
  auto text = readFile(path, kMostConfig);
  if (!text) return std::nullopt;
  auto json = serial::parseJson(*text, path.filename().string(), kLimits);
  if (!json || !json->members()) return std::nullopt;
  return std::move(*json);
}

std::optional<double> numberIn(const JsonValue& object, std::string_view name) {
  const auto* value = object.find(name);
  return value ? value->number() : std::nullopt;
}

void countIn(const JsonValue& object, std::string_view name, std::int64_t& count) {
  const auto* value = object.find(name);
  if (value && value->integer() && *value->integer() >= 0) count = *value->integer();
}

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

double secondsOf(std::filesystem::file_time_type time) {
  return std::chrono::duration<double>(std::chrono::file_clock::to_sys(time).time_since_epoch()).count();
}

// The kind of an event without reading all of the line; empty when it is written in another way than ours.
std::string_view kindOf(std::string_view line) {
  constexpr std::string_view kKey = "\"event\":\"";
  const auto place = line.find(kKey);
  if (place == std::string_view::npos) return {};
  const auto rest = line.substr(place + kKey.size());
  return rest.substr(0, rest.find('"'));
}

// The last lines of each kind that a list needs, from the end of the file backwards; each is parsed once.
struct LastWords {
  std::optional<JsonValue> step, epoch, ending, pause;
  bool began = false;  // the process said anything at all

  explicit LastWords(std::string_view text) {
    bool stepsAfterPause = false;
    while (!text.empty() && !(step && epoch)) {
      const auto begin = text.substr(0, text.size() - (text.back() == '\n' ? 1 : 0)).rfind('\n');
      const auto line = begin == std::string_view::npos ? text : text.substr(begin + 1);
      text = begin == std::string_view::npos ? std::string_view{} : text.substr(0, begin + 1);
      if (line.back() != '\n') continue;  // not ended yet
      began = true;
      const auto kind = kindOf(line);
      if (kind == "step") {
        if (!pause) stepsAfterPause = true;
        keep(step, line);
      } else if (kind == "epoch") {
        keep(epoch, line);
      } else if (kind == "paused" || kind == "resumed") {
        if (!stepsAfterPause) keep(pause, line);
      } else if (kind == "done" || kind == "error" || kind == "study") {
        if (!step && !epoch) keep(ending, line);
      } else if (kind == "start") {
        stepsAfterPause = true;  // an earlier pause is over
      }
    }
  }

 private:
  static void keep(std::optional<JsonValue>& place, std::string_view line) {
    if (place) return;
    auto json = serial::parseJson(line, "event", kLimits);
    if (json && json->members()) place = std::move(*json);
  }
};

// The last line that says what went wrong, of the log of a process that never began to learn.
std::string lastError(const std::filesystem::path& log) {
  const std::string text = tailOf(log, kLogTail);
  const auto place = text.rfind("error: ");
  if (place == std::string::npos) return {};
  const auto from = place + std::string_view("error: ").size();
  return serial::printable(std::string_view(text).substr(from, text.find('\n', from) - from), kMostText);
}

std::optional<ProcessMark> markIn(const std::filesystem::path& folder) {
  const auto json = objectIn(folder / "process.json");
  if (!json) return std::nullopt;
  ProcessMark mark;
  mark.boot = serial::printableIn(*json, "boot", kMostText);
  std::int64_t ticks = 0;
  countIn(*json, "pid", mark.pid);
  countIn(*json, "start_ticks", ticks);
  mark.startTicks = static_cast<std::uint64_t>(ticks);
  return mark;
}

std::int64_t livingPid(const std::filesystem::path& folder, const LivingRuns& living) {
  if (const auto mark = livingProcess(folder)) return mark->pid;
  struct stat about {};
  if (living.lockHolders.empty() || ::stat((folder / ".lock").c_str(), &about) != 0) return 0;
  const auto holder = living.lockHolders.find(about.st_ino);
  return holder == living.lockHolders.end() ? 0 : holder->second;
}

void tellWords(RunSummary& run, const LastWords& words) {
  if (words.step) {
    countIn(*words.step, "step", run.step);
    countIn(*words.step, "steps", run.steps);
    countIn(*words.step, "epoch", run.epoch);
    run.loss = numberIn(*words.step, "loss_smoothed");
    run.etaSeconds = numberIn(*words.step, "eta_s");
    run.samplesPerSecond = numberIn(*words.step, "samples_per_s");
  }
  if (words.epoch) {
    countIn(*words.epoch, "epoch", run.epoch);
    run.metric = serial::printableIn(*words.epoch, "metric", kMostText);
    run.value = numberIn(*words.epoch, "value");
    run.best = numberIn(*words.epoch, "best");
  }
  for (const auto* said : {&words.step, &words.epoch, &words.ending, &words.pause})
    if (*said) run.lastSaid = std::max(run.lastSaid, numberIn(**said, "time").value_or(0.0));
}

RunPhase phaseOf(const std::filesystem::path& folder, const LastWords& words, RunSummary& run) {
  if (run.alive()) {
    if (words.pause && serial::printableIn(*words.pause, "event", kMostText) == "paused") return RunPhase::paused;
    return words.step || words.epoch ? RunPhase::running : RunPhase::starting;
  }
  run.etaSeconds.reset();
  if (std::filesystem::exists(folder / "queued")) return RunPhase::queued;
  if (words.ending && serial::printableIn(*words.ending, "event", kMostText) == "error") {
    run.message = serial::printableIn(*words.ending, "message", kMostText);
    return RunPhase::failed;
  }
  if (words.ending) {
    const auto* stopped = words.ending->find("stopped");
    return stopped && stopped->boolean() && *stopped->boolean() ? RunPhase::stopped : RunPhase::finished;
  }
  if (words.began || run.canResume) return RunPhase::interrupted;
  run.message = lastError(folder / "log.txt");
  return run.message.empty() ? RunPhase::interrupted : RunPhase::failed;
}

// What a study said last: the run that it began, or its end.
struct StudyWords {
  std::string run;
  std::int64_t number = 0, count = 0;
  std::optional<bool> stopped;
  double time = 0.0;

  explicit StudyWords(std::string_view text) {
    while (!text.empty() && run.empty()) {
      const auto begin = text.substr(0, text.size() - (text.back() == '\n' ? 1 : 0)).rfind('\n');
      const auto line = begin == std::string_view::npos ? text : text.substr(begin + 1);
      text = begin == std::string_view::npos ? std::string_view{} : text.substr(0, begin + 1);
      const auto kind = kindOf(line);
      if (line.back() != '\n' || (kind != "run" && kind != "study")) continue;
      const auto event = serial::parseJson(line, "event", kLimits);
      if (!event || !event->members()) continue;
      time = std::max(time, numberIn(*event, "time").value_or(0.0));
      if (kind == "study") {
        const auto* how = event->find("stopped");
        if (!stopped) stopped = how && how->boolean() && *how->boolean();
        continue;
      }
      run = serial::printableIn(*event, "name", kMostText);
      countIn(*event, "number", number);
      countIn(*event, "count", count);
    }
  }
};

std::int64_t runsIn(const JsonValue& study, const JsonValue& recipe) {
  std::int64_t folds = 0, fold = 0, count = 1;
  countIn(recipe, "folds", folds);
  countIn(recipe, "fold", fold);
  if (folds > 0 && fold == 0) count = folds;
  if (const auto* sweep = study.find("sweep"); sweep && sweep->items())
    for (const auto& axis : *sweep->items())
      if (const auto* values = axis.find("values"); values && values->items()) count *= std::max<std::int64_t>(1, static_cast<std::int64_t>(values->items()->size()));
  return count;
}

void tellRecipe(RunSummary& run, const JsonValue& recipe) {
  run.family = serial::printableIn(recipe, "family", kMostText);
  run.task = serial::printableIn(recipe, "task", kMostText);
  run.preset = serial::printableIn(recipe, "preset", kMostText);
  run.title = serial::printableIn(recipe, "title", kMostText);
  run.start = serial::printableIn(recipe, "start", kMostText);
  run.data = serial::printableIn(recipe, "data", kMostText);
  countIn(recipe, "epochs", run.epochs);
  countIn(recipe, "steps", run.steps);
  if (run.steps > 0) run.epochs = 0;
}

// Course and progress of the run that was begun last.
void tellRunNow(RunSummary& study, const RunSummary& now) {
  study.step = now.step;
  study.steps = now.steps;
  study.epoch = now.epoch;
  study.epochs = now.epochs;
  study.loss = now.loss;
  study.metric = now.metric;
  study.value = now.value;
  study.best = now.best;
  study.samplesPerSecond = now.samplesPerSecond;
  study.lastSaid = std::max(study.lastSaid, now.lastSaid);
}

RunSummary summariseStudy(RunSummary run, const LivingRuns& living) {
  std::error_code problem;
  const auto created = std::filesystem::last_write_time(run.folder / "study.json", problem);
  if (!problem) run.created = secondsOf(created);
  const auto json = objectIn(run.folder / "study.json");
  const auto* recipe = json ? json->find("recipe") : nullptr;
  if (!recipe || !recipe->members()) {
    run.message = "the study cannot be read";
    return run;
  }
  tellRecipe(run, *recipe);
  run.runs = runsIn(*json, *recipe);
  const StudyWords words(tailOf(run.folder / "events.jsonl", kTail));
  run.lastSaid = words.time;
  run.runNow = words.run;
  run.runsDone = std::clamp<std::int64_t>(words.number - 1, 0, run.runs);
  std::optional<RunSummary> now;
  // The name comes from a file: only a folder directly below counts.
  const bool plain = !words.run.empty() && std::filesystem::path(words.run).filename() == words.run && !words.run.starts_with(".");
  if (plain && !std::filesystem::exists(run.folder / words.run / "study.json", problem)) now = summarise(run.folder / words.run, living);
  if (now) tellRunNow(run, *now);
  if (now && now->phase == RunPhase::finished && !words.stopped.value_or(false)) ++run.runsDone;
  run.pid = livingPid(run.folder, living);
  if (run.pid == 0 && now) run.pid = now->pid;
  if (run.alive()) {
    run.phase = now && now->phase == RunPhase::paused ? RunPhase::paused : now && now->step > 0 ? RunPhase::running : RunPhase::starting;
    return run;
  }
  if (std::filesystem::exists(run.folder / "queued", problem)) {
    run.phase = RunPhase::queued;
    return run;
  }
  if (words.stopped) {
    run.phase = *words.stopped ? RunPhase::stopped : RunPhase::finished;
    if (!*words.stopped) run.runsDone = run.runs;
  } else {
    run.message = now && now->phase == RunPhase::failed ? now->message : lastError(run.folder / "log.txt");
    run.phase = run.message.empty() ? RunPhase::interrupted : RunPhase::failed;
  }
  run.canResume = run.phase != RunPhase::finished;
  return run;
}

}  // namespace

std::string_view name(RunPhase phase) {
  switch (phase) {
    case RunPhase::queued: return "queued";
    case RunPhase::starting: return "starting";
    case RunPhase::running: return "running";
    case RunPhase::paused: return "paused";
    case RunPhase::finished: return "finished";
    case RunPhase::stopped: return "stopped";
    case RunPhase::failed: return "failed";
    case RunPhase::interrupted: return "interrupted";
    case RunPhase::broken: break;
  }
  return "broken";
}

std::optional<ProcessMark> livingProcess(const std::filesystem::path& folder) {
  auto mark = markIn(folder);
  return mark && isAlive(*mark) ? mark : std::nullopt;
}

bool isRun(const std::filesystem::path& folder) {
  const auto has = [&](const char* file) {
    std::error_code ignored;
    return std::filesystem::exists(folder / file, ignored);
  };
  return has("config.json") || has("recipe.json") || has("study.json");
}

RunSummary summarise(const std::filesystem::path& folder, const LivingRuns& living) {
  RunSummary run;
  run.folder = folder;
  run.name = serial::printable(folder.filename().string(), kMostText);
  std::error_code problem;
  if (std::filesystem::exists(folder / "study.json", problem)) return summariseStudy(std::move(run), living);
  const bool began = std::filesystem::exists(folder / "config.json", problem);
  const auto recipe = objectIn(folder / (began ? "config.json" : "recipe.json"));
  const auto created = std::filesystem::last_write_time(folder / (std::filesystem::exists(folder / "recipe.json", problem) ? "recipe.json" : "config.json"), problem);
  if (!problem) run.created = secondsOf(created);
  if (!recipe) {
    run.message = "the recipe cannot be read";
    return run;
  }
  tellRecipe(run, *recipe);
  run.hasModel = std::filesystem::exists(folder / "model.json", problem);
  run.pid = livingPid(folder, living);
  const LastWords words(tailOf(folder / "events.jsonl", kTail));
  tellWords(run, words);
  run.canResume = began && !run.alive() && std::filesystem::is_directory(folder / "checkpoints", problem) &&
                  !std::filesystem::is_empty(folder / "checkpoints", problem);
  run.phase = phaseOf(folder, words, run);
  if (run.phase == RunPhase::finished) run.canResume = false;
  return run;
}

std::vector<RunSummary> listRuns(const std::filesystem::path& folder) {
  std::vector<RunSummary> runs;
  const LivingRuns living{lockHolders()};
  std::error_code problem;
  for (std::filesystem::directory_iterator entry(folder, problem), end; !problem && entry != end; entry.increment(problem)) {
    const auto& path = entry->path();
    std::error_code ignored;
    if (path.filename().string().starts_with(".") || !entry->is_directory(ignored)) continue;
    if (isRun(path)) runs.push_back(summarise(path, living));
  }
  std::sort(runs.begin(), runs.end(), [](const RunSummary& a, const RunSummary& b) {
    return a.created != b.created ? a.created > b.created : a.name < b.name;
  });
  return runs;
}

}  // namespace chladni::runs
