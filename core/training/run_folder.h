// RunFolder: one training run on disk: config.json (the recipe with every field), events.jsonl (everything the run
// says), the same numbers for TensorBoard, checkpoints/, data_report.json, and in the end a model package in the folder itself. One process at a time has
// it open (a lock that ends with the process). Events are appended whole lines; when the disk cannot take them they wait
// in memory. One thread, except append(), which any may call.
// Of several processes that train together only the first owns the folder; the others follow: they know its recipe and
// path and write nothing.
// Fails with io, invalidArgument (a run is already there, or in use), notFound (nothing to resume), corruptData.
#pragma once

#include <filesystem>
#include <memory>
#include <mutex>
#include <string>

#include "core/base/result.h"
#include "core/serial/json_value.h"
#include "core/training/recipe.h"
#include "core/training/scalar_log.h"

namespace chladni::training {

class RunFolder {
 public:
  // A new run. The folder may exist, but not with a run in it.
  static Result<std::unique_ptr<RunFolder>> create(const std::filesystem::path& folder, const Recipe& recipe);
  // An earlier run. `assignments` may change how long it goes on, what it keeps and the machine; they are written down when it does go on.
  static Result<std::unique_ptr<RunFolder>> reopen(const std::filesystem::path& folder,
                                                   const std::vector<std::string>& assignments);
  // The same two for a process that follows.
  static std::unique_ptr<RunFolder> follow(const std::filesystem::path& folder, const Recipe& recipe);
  static Result<std::unique_ptr<RunFolder>> followAgain(const std::filesystem::path& folder,
                                                        const std::vector<std::string>& assignments);
  ~RunFolder();
  RunFolder(const RunFolder&) = delete;
  RunFolder& operator=(const RunFolder&) = delete;

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }
  [[nodiscard]] std::filesystem::path checkpoints() const { return path_ / "checkpoints"; }
  [[nodiscard]] const Recipe& recipe() const { return recipe_; }
  void append(const serial::JsonValue& event);
  // A run that came to nothing before its first checkpoint gives its folder free again.
  void abandon();
  // Once nothing stands against a run that was taken up: writes its recipe down as it now is, and forgets what was said after
  // `step`, since it goes on from a checkpoint and its curve is told once.
  Result<void> goOnFrom(std::int64_t step);

 private:
  RunFolder(std::filesystem::path path, Recipe recipe, int lock);
  Result<void> readConfig(const std::vector<std::string>& assignments);
  Result<void> writeConfig() const;
  Result<void> rewindEvents(std::int64_t step);
  std::filesystem::path path_;
  Recipe recipe_;
  int lock_;  // -1 of a process that follows
  std::mutex mutex_;
  // Guarded by mutex_.
  std::string waiting_;  // lines that the disk has not taken yet
  ScalarLog scalars_;
};

// {"event": name, "time": seconds since 1970}
serial::JsonValue makeEvent(std::string_view name);
// What a run that goes on is told anew; fails with invalidArgument for what would change how it learns.
Result<void> tellAnew(Recipe& recipe, const std::vector<std::string>& assignments);

}  // namespace chladni::training
