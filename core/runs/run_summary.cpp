#include "core/runs/run_summary.h"

#include <sys/stat.h>

#include <algorithm>
#include <chrono>

#include "core/base/atomic_file.h"
#include "core/base/is_there.h"
#include "core/runs/last_words.h"
#include "core/serial/json_value.h"

namespace chladni::runs {
namespace {

using serial::JsonValue;

constexpr std::uintmax_t kMostConfig = std::uintmax_t{1} << 20;

std::optional<JsonValue> objectIn(const std::filesystem::path& path) {
  auto text = readFile(path, kMostConfig);
  if (!text) return std::nullopt;
  auto json = serial::parseJson(*text, path.filename().string(), kRunLimits);
  if (!json || !json->members()) return std::nullopt;
  return std::move(*json);
}

double secondsOf(std::filesystem::file_time_type time) {
  return std::chrono::duration<double>(std::chrono::file_clock::to_sys(time).time_since_epoch()).count();
}

std::optional<ProcessMark> markIn(const std::filesystem::path& folder) {
  const auto json = objectIn(folder / "process.json");
  if (!json) return std::nullopt;
  ProcessMark mark;
  mark.boot = serial::printableIn(*json, "boot", kMostRunText);
  std::int64_t ticks = 0;
  eventCount(*json, "pid", mark.pid);
  eventCount(*json, "start_ticks", ticks);
  mark.startTicks = static_cast<std::uint64_t>(ticks);
  return mark;
}

std::int64_t livingPid(const std::filesystem::path& folder, const LivingRuns& living) {
  if (const auto mark = livingProcess(folder)) return mark->pid;
  struct stat about {};
  if (living.lockHolders.empty() || ::stat((folder / ".lock").c_str(), &about) != 0) return 0;
  const auto holder = living.lockHolders.find(about.st_ino);
  // Files of other file systems may have the same number.
  return holder != living.lockHolders.end() && isLocked(folder / ".lock") ? holder->second : 0;
}

void tellWords(RunSummary& run, const LastWords& words) {
  if (words.step) {
    eventCount(*words.step, "step", run.step);
    eventCount(*words.step, "steps", run.steps);
    eventCount(*words.step, "epoch", run.epoch);
    run.loss = eventNumber(*words.step, "loss_smoothed");
    run.etaSeconds = eventNumber(*words.step, "eta_s");
    run.samplesPerSecond = eventNumber(*words.step, "samples_per_s");
  }
  if (words.epoch) {
    eventCount(*words.epoch, "epoch", run.epoch);
    run.metric = serial::printableIn(*words.epoch, "metric", kMostRunText);
    run.value = eventNumber(*words.epoch, "value");
    run.best = eventNumber(*words.epoch, "best");
  }
  for (const auto* said : {&words.step, &words.epoch, &words.ending, &words.pause})
    if (*said) run.lastSaid = std::max(run.lastSaid, eventNumber(**said, "time").value_or(0.0));
}

RunPhase phaseOf(const std::filesystem::path& folder, const LastWords& words, RunSummary& run) {
  if (run.alive()) {
    if (words.pause && serial::printableIn(*words.pause, "event", kMostRunText) == "paused") return RunPhase::paused;
    return words.step || words.epoch ? RunPhase::running : RunPhase::starting;
  }
  run.etaSeconds.reset();
  if (isThere(folder / "queued")) return RunPhase::queued;
  if (words.ending && serial::printableIn(*words.ending, "event", kMostRunText) == "error") {
    run.message = serial::printableIn(*words.ending, "message", kMostRunText);
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

std::int64_t runsIn(const JsonValue& study, const JsonValue& recipe) {
  std::int64_t folds = 0, fold = 0, count = 1;
  eventCount(recipe, "folds", folds);
  eventCount(recipe, "fold", fold);
  if (folds > 0 && fold == 0) count = folds;
  if (const auto* sweep = study.find("sweep"); sweep && sweep->items())
    for (const auto& axis : *sweep->items())
      if (const auto* values = axis.find("values"); values && values->items()) count *= std::max<std::int64_t>(1, static_cast<std::int64_t>(values->items()->size()));
  return count;
}

void tellRecipe(RunSummary& run, const JsonValue& recipe) {
  run.family = serial::printableIn(recipe, "family", kMostRunText);
  run.task = serial::printableIn(recipe, "task", kMostRunText);
  run.preset = serial::printableIn(recipe, "preset", kMostRunText);
  run.title = serial::printableIn(recipe, "title", kMostRunText);
  run.start = serial::printableIn(recipe, "start", kMostRunText);
  run.data = serial::printableIn(recipe, "data", kMostRunText);
  eventCount(recipe, "epochs", run.epochs);
  eventCount(recipe, "steps", run.steps);
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
  const auto words = lastStudyWords(run.folder / "events.jsonl");
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
  run.name = serial::printable(folder.filename().string(), kMostRunText);
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
  const auto words = lastWords(folder / "events.jsonl");
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
