#include "core/runs/run_desk.h"

#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <cstring>

#include "core/base/atomic_file.h"
#include "core/base/is_there.h"
#include "core/runs/package_folders.h"
#include "core/serial/json_value.h"

namespace chladni::runs {
namespace {

constexpr std::size_t kLongestName = 80;  // bytes
constexpr int kMostAlike = 10'000;
constexpr const char* kBin = ".deleted";

Result<void> moved(const std::filesystem::path& from, const std::filesystem::path& to) {
  std::error_code problem;
  std::filesystem::rename(from, to, problem);
  if (problem) return fail(ErrorCode::io, from.string() + ": cannot be moved to " + to.string() + " (" + problem.message() + ")");
  return {};
}

Result<void> signalled(const RunSummary& run, int number) {
  if (!run.alive()) return fail(ErrorCode::invalidArgument, run.name + ": has ended already");
  if (::kill(static_cast<pid_t>(run.pid), number) != 0)
    return fail(ErrorCode::io, run.name + ": its process cannot be reached (" + std::strerror(errno) + ")");
  return {};
}

double now() {
  return std::chrono::duration<double>(std::chrono::system_clock::now().time_since_epoch()).count();
}

}  // namespace

std::string folderName(const std::string& name) {
  std::string made;
  for (const char c : name) {
    const auto byte = static_cast<unsigned char>(c);
    const bool fit = byte >= 0x80 || std::isalnum(byte) != 0 || c == '-' || c == '_' || c == '.';
    if (fit) {
      made += c;
    } else if (!made.empty() && made.back() != '-') {
      made += '-';
    }
  }
  while (!made.empty() && (made.front() == '.' || made.front() == '-')) made.erase(0, 1);
  if (made.size() > kLongestName) {
    made.resize(kLongestName);
    while (!made.empty() && (static_cast<unsigned char>(made.back()) & 0xC0U) == 0x80U) made.pop_back();  // not within a letter
    if (!made.empty() && static_cast<unsigned char>(made.back()) >= 0xC0U) made.pop_back();
  }
  while (!made.empty() && (made.back() == '-' || made.back() == '.')) made.pop_back();
  return made.empty() ? "run" : made;
}

std::filesystem::path usualRunFolder() {
  if (const char* data = std::getenv("XDG_DATA_HOME"); data && *data == '/') return std::filesystem::path(data) / "chladni" / "runs";
  const char* home = std::getenv("HOME");
  return std::filesystem::path(home && *home ? home : ".") / ".local" / "share" / "chladni" / "runs";
}

RunDesk::RunDesk(std::filesystem::path folder, std::filesystem::path program)
    : folder_(std::move(folder)), program_(std::move(program)) {}

std::vector<RunSummary> RunDesk::list() const {
  auto runs = listRuns(folder_);
  for (const auto& run : runs) {
    std::error_code ignored;
    if (run.phase == RunPhase::finished || run.phase == RunPhase::stopped) std::filesystem::remove(run.folder / "control", ignored);
  }
  return runs;
}

std::string RunDesk::nameLike(const std::string& name) const {
  const std::string first = folderName(name);
  // A link whose run is gone takes its name as well.
  const auto taken = [&](const std::string& one) {
    std::error_code ignored;
    return std::filesystem::symlink_status(folder_ / one, ignored).type() != std::filesystem::file_type::not_found;
  };
  if (!taken(first)) return first;
  // "fine-2" after "fine", "fine-3" after "fine-2".
  std::string stem = first;
  const auto dash = stem.rfind('-');
  if (dash != std::string::npos && dash + 1 < stem.size() && std::all_of(stem.begin() + static_cast<std::ptrdiff_t>(dash) + 1, stem.end(), [](unsigned char c) { return std::isdigit(c) != 0; }))
    stem.resize(dash);
  for (int number = 2; number < kMostAlike; ++number) {
    std::string next = stem + "-" + std::to_string(number);
    if (!taken(next)) return next;
  }
  return stem + "-" + std::to_string(static_cast<std::int64_t>(now()));
}

Result<std::filesystem::path> RunDesk::create(const std::string& name, const training::Recipe& recipe, const std::vector<training::SweepAxis>& sweep) const {
  if (auto fits = training::check(recipe); !fits) return fail(fits.error());
  std::optional<training::Study> study;
  if (!sweep.empty() || (recipe.folds > 0 && recipe.fold == 0)) {
    auto made = training::Study::create(recipe, sweep);
    if (!made) return fail(made.error());
    study = std::move(*made);
  }
  std::error_code problem;
  std::filesystem::create_directories(folder_, problem);
  const auto run = folder_ / nameLike(name);
  if (!problem) std::filesystem::create_directory(run, problem);
  if (problem) return fail(ErrorCode::io, run.string() + ": " + problem.message() + "; choose another folder for runs");
  auto written = study ? study->write(run) : writeFileAtomically(run / "recipe.json", training::recipeJson(recipe).prettyText());
  if (!written) return fail(written.error());
  return run;
}

Result<std::filesystem::path> RunDesk::addExisting(const std::filesystem::path& run) const {
  std::error_code problem;
  const auto place = std::filesystem::canonical(run, problem);
  if (problem || !isRun(place))
    return fail(ErrorCode::notFound, run.string() + ": holds no run; choose the folder that was named as --out");
  for (const auto& listed : listRuns(folder_)) {
    std::error_code ignored;
    if (std::filesystem::canonical(listed.folder, ignored) == place) return listed.folder;
  }
  std::filesystem::create_directories(folder_, problem);
  const auto link = folder_ / nameLike(place.filename().string());
  if (!problem) std::filesystem::create_directory_symlink(place, link, problem);
  if (problem) return fail(ErrorCode::io, link.string() + ": " + problem.message() + "; choose another folder for runs");
  return link;
}

Result<void> RunDesk::launch(const std::filesystem::path& run, std::vector<std::string> arguments) const {
  if (const auto mark = livingProcess(run))
    return fail(ErrorCode::invalidArgument, run.string() + ": is learning already, as process " + std::to_string(mark->pid));
  auto mark = startDetached({program_, std::move(arguments), run / "control", run / "log.txt"});
  if (!mark) return fail(mark.error());
  auto json = serial::JsonValue::object();
  json.set("pid", mark->pid).set("start_ticks", static_cast<std::int64_t>(mark->startTicks)).set("boot", mark->boot);
  json.set("started", now()).set("program", program_.string());
  return writeFileAtomically(run / "process.json", json.prettyText());
}

Result<void> RunDesk::start(const std::filesystem::path& run) const {
  std::error_code ignored;
  std::filesystem::remove(run / "queued", ignored);
  if (training::Study::isIn(run)) return launch(run, {"train", "--resume", run.string()});
  return launch(run, {"train", "--recipe", (run / "recipe.json").string(), "--out", run.string()});
}

Result<void> RunDesk::enqueue(const std::filesystem::path& run) const {
  return writeFileAtomically(run / "queued", std::to_string(now()) + "\n");
}

Result<std::optional<std::filesystem::path>> RunDesk::startNext(const std::vector<RunSummary>& runs) const {
  const RunSummary* next = nullptr;
  for (const auto& run : runs) {
    if (run.alive()) return std::optional<std::filesystem::path>();
    if (run.phase == RunPhase::queued && (!next || run.created <= next->created)) next = &run;
  }
  // Of several windows the one that takes the mark away starts it.
  std::error_code problem;
  if (!next || !std::filesystem::remove(next->folder / "queued", problem)) return std::optional<std::filesystem::path>();
  const bool begun = std::filesystem::exists(next->folder / "config.json", problem);
  auto started = begun ? launch(next->folder, {"train", "--resume", next->folder.string()}) : start(next->folder);
  if (!started) return fail(started.error());
  return std::optional(next->folder);
}

Result<void> RunDesk::pause(const RunSummary& run) const { return sayTo(run.folder / "control", "pause"); }

Result<void> RunDesk::resume(const RunSummary& run, const std::vector<std::string>& assignments) const {
  if (run.alive()) return sayTo(run.folder / "control", "resume");
  if (run.isStudy() || !isThere(run.folder / "config.json")) return start(run.folder);
  std::vector<std::string> arguments{"train", "--resume", run.folder.string()};
  for (const auto& assignment : assignments) {
    arguments.emplace_back("--set");
    arguments.push_back(assignment);
  }
  return launch(run.folder, std::move(arguments));
}

Result<void> RunDesk::stop(const RunSummary& run) const {
  if (run.phase == RunPhase::queued) {
    std::error_code problem;
    std::filesystem::remove(run.folder / "queued", problem);
    return {};
  }
  if (!run.alive()) return fail(ErrorCode::invalidArgument, run.name + ": has ended already");
  // While the data are looked through nobody reads the words yet.
  if (run.phase != RunPhase::starting && sayTo(run.folder / "control", "stop")) return {};
  return signalled(run, SIGTERM);
}

Result<void> RunDesk::kill(const RunSummary& run) const { return signalled(run, SIGKILL); }

std::vector<training::SweepAxis> RunDesk::sweepOf(const std::filesystem::path& run) const {
  if (!training::Study::isIn(run)) return {};
  auto study = training::Study::open(run);
  return study ? study->axes() : std::vector<training::SweepAxis>{};
}

Result<training::Recipe> RunDesk::recipeOf(const std::filesystem::path& run) const {
  if (training::Study::isIn(run)) {
    auto study = training::Study::open(run);
    if (!study) return fail(study.error());
    return study->recipe();
  }
  const auto path = isThere(run / "config.json") ? run / "config.json" : run / "recipe.json";
  auto json = serial::readJsonFile(path.string());
  if (!json) return fail(json.error());
  auto recipe = training::recipeFromJson(*json);
  if (!recipe) return fail(recipe.error(), path.string());
  return recipe;
}

Result<void> RunDesk::rename(const RunSummary& run, const std::string& name) const {
  if (run.alive()) return fail(ErrorCode::invalidArgument, run.name + ": is learning; rename it when it has ended");
  return moved(run.folder, folder_ / nameLike(name));
}

Result<Deleted> RunDesk::remove(const RunSummary& run) const {
  if (run.alive()) return fail(ErrorCode::invalidArgument, run.name + ": is learning; stop it first");
  const auto bin = folder_ / kBin;
  std::error_code problem;
  std::filesystem::create_directories(bin, problem);
  auto place = bin / run.folder.filename();
  for (int number = 2; std::filesystem::exists(place, problem) && number < kMostAlike; ++number)
    place = bin / (run.folder.filename().string() + "~" + std::to_string(number));
  if (auto done = moved(run.folder, place); !done) return fail(done.error());
  return Deleted{run.folder, place};
}

Result<void> RunDesk::restore(const Deleted& deleted) const {
  auto place = deleted.was;
  std::error_code ignored;
  if (std::filesystem::exists(place, ignored)) place = folder_ / nameLike(deleted.was.filename().string());
  return moved(deleted.lies, place);
}

std::uintmax_t RunDesk::binBytes() const { return bytesBelow(folder_ / kBin); }

Result<void> RunDesk::emptyBin() const {
  std::error_code problem;
  std::filesystem::remove_all(folder_ / kBin, problem);
  if (problem) return fail(ErrorCode::io, (folder_ / kBin).string() + ": " + problem.message());
  return {};
}

}  // namespace chladni::runs
