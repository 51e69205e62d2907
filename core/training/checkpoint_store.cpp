#include "core/training/checkpoint_store.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>

#include "core/base/atomic_file.h"
#include "core/base/is_there.h"
#include "core/serial/safetensors.h"
#include "core/serial/sha256.h"

namespace chladni::training {
namespace {

using serial::JsonValue;

constexpr std::string_view kFormat = "chladni-checkpoint";
constexpr std::string_view kPart = ".part-";
constexpr std::string_view kPassedOver = "passed-over-";

std::string folderName(std::int64_t step, int repeat) {
  char name[64];
  std::snprintf(name, sizeof name, repeat == 0 ? "step-%012lld" : "step-%012lld.%d", static_cast<long long>(step), repeat);
  return name;
}

// A rename is only on disk when its folder is.
void flushFolder(const std::filesystem::path& folder) {
  const int file = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (file < 0) return;
  ::fsync(file);
  ::close(file);
}

JsonValue headOf(const Checkpoint& checkpoint, const std::string& sum) {
  JsonValue head = JsonValue::object();
  head.set("format", kFormat).set("version", kCheckpointVersion).set("step", checkpoint.mark.step).set("epoch", checkpoint.mark.epoch);
  head.set("ends_epoch", checkpoint.mark.endsEpoch).set("best", checkpoint.mark.best).set("tensors_sha256", sum);
  return head.set("state", checkpoint.state);
}

struct Head {
  CheckpointMark mark;
  std::string sum;
  JsonValue state;
};

Result<Head> readHead(const std::filesystem::path& folder) {
  auto json = serial::readJsonFile((folder / "state.json").string());
  if (!json) return fail(json.error());
  const serial::JsonField root(*json);
  auto format = root["format"].string();
  auto version = root["version"].whole(1);
  if (!format || *format != kFormat || !version)
    return fail(ErrorCode::corruptData, folder.string() + ": not a checkpoint");
  if (*version > kCheckpointVersion)
    return fail(ErrorCode::corruptData, folder.string() + ": written by a later program (version " + std::to_string(*version) + "); resume with that one");
  auto step = root["step"].whole(0);
  auto epoch = root["epoch"].whole(0);
  auto ends = root["ends_epoch"].boolean();
  auto best = root["best"].boolean();
  auto sum = root["tensors_sha256"].string();
  if (!step || !epoch || !ends || !best || !sum) return fail(ErrorCode::corruptData, folder.string() + ": state.json lacks fields");
  return Head{{*step, *epoch, *ends, *best}, *sum, root["state"].value() ? *root["state"].value() : JsonValue()};
}

Result<Checkpoint> readCheckpoint(const std::filesystem::path& folder) {
  auto head = readHead(folder);
  if (!head) return fail(head.error());
  const auto file = folder / "state.safetensors";
  auto sum = serial::sha256OfFile(file);
  if (!sum) return fail(sum.error());
  if (*sum != head->sum) return fail(ErrorCode::corruptData, file.string() + ": damaged, its checksum is another");
  auto tensors = serial::readSafetensors(file);
  if (!tensors) return fail(tensors.error());
  return Checkpoint{head->mark, std::move(head->state), std::move(tensors->tensors)};
}

std::string megabytes(std::uintmax_t bytes) { return std::to_string(bytes / 1'000'000) + " MB"; }

}  // namespace

std::uintmax_t bytesOf(const Checkpoint& checkpoint) {
  std::uintmax_t bytes = 1 << 20;  // headers, state.json
  for (const auto& tensor : checkpoint.tensors) bytes += tensor.bytes.size();
  return bytes;
}

CheckpointStore::CheckpointStore(std::filesystem::path folder, CheckpointPolicy policy, FreeBytes freeBytes)
    : folder_(std::move(folder)), policy_(policy), freeBytes_(std::move(freeBytes)) {
  if (!freeBytes_)
    freeBytes_ = [](const std::filesystem::path& where) {
      std::error_code problem;
      const auto space = std::filesystem::space(where, problem);
      return problem ? std::uintmax_t(-1) : space.available;
    };
  std::error_code ignored;
  std::filesystem::create_directories(folder_, ignored);
  std::vector<std::filesystem::path> leftOvers;
  for (const auto& entry : std::filesystem::directory_iterator(folder_, ignored))
    if (entry.path().filename().string().starts_with(kPart)) leftOvers.push_back(entry.path());
  for (const auto& path : leftOvers) std::filesystem::remove_all(path, ignored);
}

std::optional<std::string> CheckpointStore::lacksRoom(std::uintmax_t bytes) const {
  const auto available = freeBytes_(folder_);
  if (available >= bytes) return std::nullopt;
  return folder_.string() + ": the disk is full: " + megabytes(available) + " free, " + megabytes(bytes) +
         " needed for a checkpoint; free some room and the run goes on by itself";
}

std::vector<CheckpointStore::Entry> CheckpointStore::entries() const {
  std::vector<Entry> found;
  std::error_code ignored;
  for (const auto& entry : std::filesystem::directory_iterator(folder_, ignored)) {
    long long step = 0;
    int repeat = 0;
    if (std::sscanf(entry.path().filename().c_str(), "step-%lld.%d", &step, &repeat) < 1) continue;
    auto head = readHead(entry.path());
    found.push_back({entry.path(), head ? head->mark : CheckpointMark{step, 0, false, false}, repeat});
  }
  std::sort(found.begin(), found.end(), [](const Entry& a, const Entry& b) {
    return a.mark.step != b.mark.step ? a.mark.step < b.mark.step : a.repeat < b.repeat;
  });
  return found;
}

Result<std::filesystem::path> CheckpointStore::write(const Checkpoint& checkpoint) {
  const auto part = folder_ / (std::string(kPart) + std::to_string(::getpid()));
  std::error_code problem;
  std::filesystem::remove_all(part, problem);
  std::filesystem::create_directories(part, problem);
  if (problem) return fail(ErrorCode::io, part.string() + ": " + problem.message());
  const auto written = [&]() -> Result<void> {
    if (auto done = serial::writeSafetensors(part / "state.safetensors", {checkpoint.tensors, {}}); !done) return done;
    auto sum = serial::sha256OfFile(part / "state.safetensors");
    if (!sum) return fail(sum.error());
    return writeFileAtomically(part / "state.json", headOf(checkpoint, *sum).prettyText());
  }();
  if (!written) {
    std::filesystem::remove_all(part, problem);
    return fail(written.error());
  }
  flushFolder(part);
  int repeat = 0;
  while (isThere(folder_ / folderName(checkpoint.mark.step, repeat))) ++repeat;
  const auto destination = folder_ / folderName(checkpoint.mark.step, repeat);
  std::filesystem::rename(part, destination, problem);
  if (problem) return fail(ErrorCode::io, destination.string() + ": " + problem.message());
  flushFolder(folder_);
  setAsideAfter(checkpoint.mark.step);
  prune();
  return destination;
}

// A run that writes an earlier step than one that is here could not read that one, and would keep it as the newest for good.
void CheckpointStore::setAsideAfter(std::int64_t step) const {
  std::error_code ignored;
  for (const auto& entry : entries()) {
    if (entry.mark.step <= step) continue;
    const auto aside = folder_ / (std::string(kPassedOver) + entry.path.filename().string());
    std::filesystem::remove_all(aside, ignored);  // of an earlier time
    std::filesystem::rename(entry.path, aside, ignored);
  }
}

void CheckpointStore::prune() const {
  const auto all = entries();
  std::size_t best = all.size();
  for (std::size_t n = 0; n < all.size(); ++n)
    if (all[n].mark.best) best = n;
  std::error_code ignored;
  for (std::size_t n = 0; n < all.size(); ++n) {
    const bool young = n + static_cast<std::size_t>(policy_.keepLast) >= all.size();
    const bool landmark = policy_.keepEvery > 0 && all[n].mark.endsEpoch && all[n].mark.epoch % policy_.keepEvery == 0;
    if (young || landmark || n == best) continue;
    // Renamed first: half of a removed checkpoint must never look like one.
    const auto doomed = folder_ / (std::string(kPart) + all[n].path.filename().string());
    std::filesystem::rename(all[n].path, doomed, ignored);
    std::filesystem::remove_all(doomed, ignored);
  }
}

Result<std::optional<Checkpoint>> CheckpointStore::newestOf(std::vector<Entry> wanted, std::vector<std::string>& notes) const {
  std::optional<Error> last;
  for (auto entry = wanted.rbegin(); entry != wanted.rend(); ++entry) {
    auto read = readCheckpoint(entry->path);
    if (read) return std::optional<Checkpoint>(std::move(*read));
    notes.push_back(read.error().describe() + "; an earlier checkpoint is taken");
    last = read.error();
  }
  if (last) return fail(*last, "no checkpoint can be used");
  return std::optional<Checkpoint>();
}

Result<std::optional<Checkpoint>> CheckpointStore::newest(std::vector<std::string>& notes) const {
  return newestOf(entries(), notes);
}

Result<std::optional<Checkpoint>> CheckpointStore::best(std::vector<std::string>& notes) const {
  auto all = entries();
  std::erase_if(all, [](const Entry& entry) { return !entry.mark.best; });
  return newestOf(std::move(all), notes);
}

}  // namespace chladni::training
