#include "core/training/run_folder.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <chrono>
#include <cerrno>
#include <cstdint>
#include <cstring>

#include "core/base/atomic_file.h"
#include "core/base/is_there.h"
#include "core/training/append_file.h"

namespace chladni::training {
namespace {

constexpr std::uintmax_t kMostEventBytes = std::uintmax_t{4} << 30;

Result<int> lockFolder(const std::filesystem::path& folder) {
  const auto path = folder / ".lock";
  const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
  if (file < 0) return fail(ErrorCode::io, path.string() + ": cannot be written (" + std::strerror(errno) + "); choose another folder");
  if (::flock(file, LOCK_EX | LOCK_NB) == 0) return file;
  ::close(file);
  return fail(ErrorCode::invalidArgument, folder.string() + ": another process is training here; stop it first");
}

bool changesLearning(std::string_view assignment) {
  const auto name = assignment.substr(0, assignment.find('='));
  const auto* field = findRecipeField(name);
  if (name == "seed") return true;  // the order of the data
  return field && field->group != "length" && field->group != "machine" && field->group != "keep";
}

// Whether a line was said at or before `step`; lines without a step are kept.
bool saidBy(std::string_view line, std::int64_t step) {
  auto json = serial::parseJson(line, "events.jsonl");
  if (!json) return false;  // a line that the end of the process cut off
  const auto* at = json->find("step");
  const auto* name = json->find("event");
  if (name && name->string() && (*name->string() == "done" || *name->string() == "error")) return false;
  return !at || !at->integer() || *at->integer() <= step;
}

}  // namespace

Result<void> tellAnew(Recipe& recipe, const std::vector<std::string>& assignments) {
  for (const auto& assignment : assignments) {
    if (changesLearning(assignment))
      return fail(ErrorCode::invalidArgument, "--set " + assignment + ": a resumed run goes on as it began; only its length, the machine and what is kept may change");
    if (auto set = setField(recipe, assignment); !set) return fail(set.error());
  }
  return assignments.empty() ? Result<void>() : check(recipe);
}

serial::JsonValue makeEvent(std::string_view name) {
  const double now = std::chrono::duration<double>(std::chrono::system_clock::now().time_since_epoch()).count();
  auto event = serial::JsonValue::object();
  event.set("event", name).set("time", now);
  return event;
}

RunFolder::RunFolder(std::filesystem::path path, Recipe recipe, int lock)
    : path_(std::move(path)), recipe_(std::move(recipe)), lock_(lock), scalars_(path_) {}

RunFolder::~RunFolder() {
  if (lock_ >= 0) ::close(lock_);
}

Result<void> RunFolder::writeConfig() const {
  return writeFileAtomically(path_ / "config.json", recipeJson(recipe_).prettyText());
}

Result<std::unique_ptr<RunFolder>> RunFolder::create(const std::filesystem::path& folder, const Recipe& recipe) {
  std::error_code problem;
  std::filesystem::create_directories(folder, problem);
  if (problem) return fail(ErrorCode::io, folder.string() + ": " + problem.message() + "; choose another folder");
  for (const auto* name : {"config.json", "model.json"})
    if (isThere(folder / name))
      return fail(ErrorCode::invalidArgument, folder.string() + ": holds a run or a model already; add --resume to go on, or choose another folder");
  auto lock = lockFolder(folder);
  if (!lock) return fail(lock.error());
  std::unique_ptr<RunFolder> run(new RunFolder(folder, recipe, *lock));
  std::filesystem::create_directories(run->checkpoints(), problem);
  if (problem) return fail(ErrorCode::io, run->checkpoints().string() + ": " + problem.message());
  if (auto written = run->writeConfig(); !written) return fail(written.error());
  return run;
}

Result<void> RunFolder::readConfig(const std::vector<std::string>& assignments) {
  auto json = serial::readJsonFile((path_ / "config.json").string());
  if (!json) return fail(json.error());
  auto recipe = recipeFromJson(*json);
  if (!recipe) return fail(recipe.error(), (path_ / "config.json").string());
  recipe_ = *recipe;
  return tellAnew(recipe_, assignments);
}

std::unique_ptr<RunFolder> RunFolder::follow(const std::filesystem::path& folder, const Recipe& recipe) {
  return std::unique_ptr<RunFolder>(new RunFolder(folder, recipe, -1));
}

Result<std::unique_ptr<RunFolder>> RunFolder::followAgain(const std::filesystem::path& folder, const std::vector<std::string>& assignments) {
  auto run = follow(folder, {});
  if (auto read = run->readConfig(assignments); !read) return fail(read.error());
  return run;
}

Result<std::unique_ptr<RunFolder>> RunFolder::reopen(const std::filesystem::path& folder,
                                                     const std::vector<std::string>& assignments) {
  if (!isThere(folder / "config.json"))
    return fail(ErrorCode::notFound, folder.string() + ": no run to resume here; leave --resume out to start one");
  auto lock = lockFolder(folder);
  if (!lock) return fail(lock.error());
  std::unique_ptr<RunFolder> run(new RunFolder(folder, {}, *lock));
  if (auto read = run->readConfig(assignments); !read) return fail(read.error());
  return run;
}

void RunFolder::append(const serial::JsonValue& event) {
  if (lock_ < 0) return;
  const std::scoped_lock lock(mutex_);
  waiting_ += event.text() + "\n";
  appendWhole(path_ / "events.jsonl", waiting_);
  if (recipe_.tensorboard) scalars_.add(event);
}

void RunFolder::abandon() {
  if (lock_ < 0) return;
  std::error_code ignored;
  for (const auto* name : {"config.json", "data_report.json", "events.jsonl", ".lock"}) std::filesystem::remove(path_ / name, ignored);
  if (!scalars_.path().empty()) std::filesystem::remove(scalars_.path(), ignored);
  std::filesystem::remove(checkpoints(), ignored);
  std::filesystem::remove(path_, ignored);  // only when nothing else is in it
}

Result<void> RunFolder::goOnFrom(std::int64_t step) {
  if (auto written = writeConfig(); !written) return written;
  return rewindEvents(step);
}

Result<void> RunFolder::rewindEvents(std::int64_t step) {
  const auto path = path_ / "events.jsonl";
  if (!isThere(path)) return {};
  auto text = readFile(path, kMostEventBytes);
  if (!text) return fail(text.error());
  std::string kept;
  for (std::size_t start = 0; start < text->size();) {
    const auto end = std::min(text->find('\n', start), text->size());
    const std::string_view line(text->data() + start, end - start);
    if (saidBy(line, step)) kept += std::string(line) + "\n";
    start = end + 1;
  }
  return writeFileAtomically(path, kept);
}

}  // namespace chladni::training
