// Project: files, tags, label tracks and classes in one .chladni file (SQLite), written as they are edited. Every edit is
// one named transaction that is on disk when the call returns, and can be undone without limit, also after a restart.
// Paths are kept relative to the folder of the project. Several windows and programs may be on one project: each edit
// checks that what it changes is still what its caller saw. In a read-only place the project opens for reading.
// A Project belongs to one thread; open a second one for another. Fails with io (disk full, busy, read-only),
// corruptData (no project, damaged), unsupported (made by a newer program), notFound and invalidArgument.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/data/label.h"
#include "core/data/label_edit.h"

namespace chladni::store {

class Database;
class Statement;

enum class FileId : std::int64_t {};
enum class TrackId : std::int64_t {};
enum class LabelId : std::int64_t {};

enum class FileStatus { untouched, begun, done, questionable };
const char* name(FileStatus status);
std::optional<FileStatus> fileStatus(std::string_view name);

struct ProjectFile {
  FileId id{};
  std::string name;            // as kept: from the folder of the project
  std::filesystem::path path;  // where that is now
  std::int64_t bytes = 0;
  std::string content;  // hash of parts of it
  FileStatus status = FileStatus::untouched;
  std::vector<std::string> tags;  // by name
  std::int64_t labels = 0;    // confirmed
  std::int64_t proposed = 0;  // that wait for an answer
  bool operator==(const ProjectFile&) const = default;
};

struct StoredTrack {
  TrackId id{};
  LabelTrack track;
  std::vector<LabelId> ids;  // one a label, in the same order
};

// What came of files that were to be added.
struct Added {
  std::vector<FileId> files;     // new ones
  std::int64_t known = 0;        // in the project already
  std::vector<Error> refused;    // one a file that cannot be read
};

struct Relocation {
  FileId file{};
  std::string from;
  std::string to;
};

struct Edit {
  std::string name;
  std::string madeAt;  // UTC, ISO 8601
  bool undone = false;
};

class Project {
 public:
  static constexpr const char* kExtension = ".chladni";
  static constexpr std::chrono::milliseconds kFirstPatience{10'000};

  // Refuses a file that is there.
  static Result<Project> create(const std::filesystem::path& path);
  // Brings an older file up to date first, with a copy of it beside.
  static Result<Project> open(const std::filesystem::path& path, std::chrono::milliseconds patience = kFirstPatience);
  Project(Project&&) noexcept;
  Project& operator=(Project&&) noexcept;
  ~Project();

  [[nodiscard]] const std::filesystem::path& path() const;
  [[nodiscard]] bool readOnly() const { return readOnly_; }
  // How long a call waits for another program that holds the file.
  void setPatience(std::chrono::milliseconds patience);
  // Whether a call has failed since this was last asked because its patience ran out: the same call may succeed later.
  bool ranOutOfPatience();

  // --- Files
  Result<std::vector<ProjectFile>> files();
  Result<ProjectFile> file(FileId id);
  // The project's entry for a file on disk, if it has one.
  Result<std::optional<FileId>> idOf(const std::filesystem::path& path);
  // Every word must be in the name, a tag, the status or the text of a label; upper and lower case of ASCII are one.
  Result<std::vector<ProjectFile>> find(const std::string& words);
  Result<Added> addFiles(const std::vector<std::filesystem::path>& paths, std::stop_token stop = {},
                         const ProgressSink& progress = {});
  // With their tags and labels.
  Result<void> removeFiles(const std::vector<FileId>& files);
  Result<void> setStatus(const std::vector<FileId>& files, FileStatus status);
  Result<void> addTag(const std::vector<FileId>& files, const std::string& tag);
  Result<void> removeTag(const std::vector<FileId>& files, const std::string& tag);
  // Looks below `folders` for the files that are no longer where the project has them, by size and content.
  Result<std::vector<Relocation>> relocate(const std::vector<std::filesystem::path>& folders, std::stop_token stop = {});

  // --- Tracks and labels
  Result<std::vector<StoredTrack>> tracks(FileId file);
  Result<StoredTrack> track(TrackId id);
  Result<StoredTrack> addTrack(FileId file, const LabelTrack& track);
  Result<void> removeTrack(TrackId id);
  Result<void> renameTrack(TrackId id, const std::string& name);
  // `edit` was made from `before`. Refused when another window has changed one of the labels that it touches,
  // and on a reference track, unless the edit ends its being one.
  Result<StoredTrack> apply(const std::string& name, const StoredTrack& before, const TrackEdit& edit);

  // Several edits as one step of the history: all or nothing, named `name`. What `steps` reads is what it has written;
  // it must leave at its first failure. Steps within steps belong to the outermost.
  Result<void> together(const std::string& name, const std::function<Result<void>()>& steps);

  // --- Classes, in the order in which they are offered
  Result<std::vector<LabelClass>> classes();
  Result<void> setClasses(const std::vector<LabelClass>& classes);

  // --- What the window remembers with the project; not part of the history
  Result<std::string> setting(const std::string& name);  // empty: none
  Result<void> setSetting(const std::string& name, const std::string& value);

  // --- History
  Result<std::string> undo();  // the name of what was undone; empty: there was nothing
  Result<std::string> redo();
  Result<std::string> undoName();
  Result<std::string> redoName();
  Result<std::vector<Edit>> history(std::int64_t most);

  // True once after another window or program has changed the project.
  Result<bool> changedElsewhere();
  // What is wrong with the file, one line each; empty when it is sound.
  Result<std::vector<std::string>> check();

 private:
  Project(std::unique_ptr<Database> database, bool readOnly);
  template <class Change>
  Result<bool> edit(const std::string& name, Change&& change);
  Result<std::vector<ProjectFile>> filesWhere(const std::string& condition, const std::vector<std::string>& arguments);
  Result<StoredTrack> labelsOf(StoredTrack track);
  Result<void> checkNameIsFree(FileId file, const std::string& name);
  Result<void> checkUnchanged(LabelId id, const Label& seen);
  Result<void> checkNoOverlap(TrackId track, LabelId id, const Label& label);
  Result<LabelId> insertLabel(Statement& insert, TrackId track, const Label& label);
  [[nodiscard]] std::string nameFor(const std::filesystem::path& path) const;

  std::unique_ptr<Database> database_;
  std::filesystem::path folder_;  // canonical
  bool readOnly_ = false;
  bool together_ = false;  // an edit is a part of a step that has begun
  std::int64_t seenVersion_ = 0;
};

}  // namespace chladni::store
