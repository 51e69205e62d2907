// CheckpointStore: the checkpoints of a run, each a folder of its own, step-<n>, with state.safetensors and state.json
// (format, version, checksum, and whatever the run wants to know again). A checkpoint appears whole or not at all: it is
// written beside, flushed to disk and renamed. Older ones are removed by the policy, never the newest or the best.
// One thread. Fails with io (also a full disk), notFound, corruptData (a version from later, broken beyond use).
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/data/tensor_blob.h"
#include "core/serial/json_value.h"

namespace chladni::training {

inline constexpr int kCheckpointVersion = 1;

struct CheckpointPolicy {
  std::int64_t keepLast = 2;   // 1 or more
  std::int64_t keepEvery = 0;  // epochs; 0: none beside
};

struct CheckpointMark {
  std::int64_t step = 0;
  std::int64_t epoch = 0;  // whole epochs done
  bool endsEpoch = false;
  bool best = false;
};

struct Checkpoint {
  CheckpointMark mark;
  serial::JsonValue state;
  std::vector<TensorBlob> tensors;
};

class CheckpointStore {
 public:
  using FreeBytes = std::function<std::uintmax_t(const std::filesystem::path&)>;
  // Removes what an interrupted write left behind. `freeBytes` is for tests; the file system's own otherwise.
  CheckpointStore(std::filesystem::path folder, CheckpointPolicy policy, FreeBytes freeBytes = {});

  // Returns the new checkpoint's folder.
  Result<std::filesystem::path> write(const Checkpoint& checkpoint);
  // What is wrong when the disk has no room for so many bytes: "... is full: 3 MB free, 340 MB needed; ...".
  [[nodiscard]] std::optional<std::string> lacksRoom(std::uintmax_t bytes) const;
  // The newest that is whole; passes over broken ones and says so in `notes`. Nothing when there is none.
  Result<std::optional<Checkpoint>> newest(std::vector<std::string>& notes) const;
  // The newest one marked best, likewise.
  Result<std::optional<Checkpoint>> best(std::vector<std::string>& notes) const;

 private:
  struct Entry {
    std::filesystem::path path;
    CheckpointMark mark;
    int repeat = 0;
  };
  [[nodiscard]] std::vector<Entry> entries() const;  // oldest first
  Result<std::optional<Checkpoint>> newestOf(std::vector<Entry> wanted, std::vector<std::string>& notes) const;
  void setAsideAfter(std::int64_t step) const;
  void prune() const;
  std::filesystem::path folder_;
  CheckpointPolicy policy_;
  FreeBytes freeBytes_;
};

std::uintmax_t bytesOf(const Checkpoint& checkpoint);

}  // namespace chladni::training
