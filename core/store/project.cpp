#include "core/store/project.h"

#include <fcntl.h>
#include <unistd.h>

#include <system_error>
#include <utility>

#include "core/store/project_edit.h"
#include "core/store/schema.h"

namespace chladni::store {

namespace {

bool writable(const std::filesystem::path& path) { return ::faccessat(AT_FDCWD, path.c_str(), W_OK, AT_EACCESS) == 0; }

std::filesystem::path folderOf(const std::filesystem::path& path) {
  std::error_code ignored;
  const std::filesystem::path full = std::filesystem::weakly_canonical(std::filesystem::absolute(path, ignored), ignored);
  return full.parent_path();
}

}  // namespace

Project::Project(std::unique_ptr<Database> database, bool readOnly)
    : database_(std::move(database)), folder_(folderOf(database_->path())), readOnly_(readOnly) {
  seenVersion_ = database_->whole("PRAGMA data_version").value_or(0);
}

Project::Project(Project&&) noexcept = default;
Project& Project::operator=(Project&&) noexcept = default;
Project::~Project() = default;

const std::filesystem::path& Project::path() const { return database_->path(); }
void Project::setPatience(std::chrono::milliseconds patience) { database_->setPatience(patience); }
bool Project::ranOutOfPatience() { return database_->ranOutOfPatience(); }

Result<Project> Project::create(const std::filesystem::path& path) {
  std::error_code ignored;
  if (std::filesystem::exists(path, ignored))
    return fail(ErrorCode::invalidArgument, path.string() + ": there is a file already; choose a new name, or open it");
  auto database = Database::open(path, OpenMode::create);
  if (!database) return fail(database.error());
  if (auto ok = createSchema(*database); !ok) {
    { const Database closing = std::move(*database); }
    for (const char* companion : {"", "-wal", "-shm", "-journal"}) std::filesystem::remove(path.string() + companion, ignored);
    return fail(ok.error());
  }
  return Project(std::make_unique<Database>(std::move(*database)), false);
}

Result<Project> Project::open(const std::filesystem::path& path, std::chrono::milliseconds patience) {
  std::error_code ignored;
  if (!std::filesystem::is_regular_file(path, ignored))
    return fail(ErrorCode::notFound, path.string() + ": there is no such project; look at the name, or create it first");
  const std::filesystem::path folder = path.has_parent_path() ? path.parent_path() : ".";
  const bool readOnly = !writable(path) || !writable(folder);
  auto database = Database::open(path, readOnly ? OpenMode::readOnly : OpenMode::readWrite, patience);
  if (!database) return fail(database.error());
  if (auto ok = bringUpToDate(*database, readOnly); !ok) return fail(ok.error());
  return Project(std::make_unique<Database>(std::move(*database)), readOnly);
}

Result<void> Project::together(const std::string& stepName, const std::function<Result<void>()>& steps) {
  auto done = edit(stepName, [&]() -> Result<void> {
    const bool outermost = !std::exchange(together_, true);
    auto ok = steps();
    if (outermost) together_ = false;
    return ok;
  });
  if (!done) return fail(done.error());
  return {};
}

Result<std::vector<LabelClass>> Project::classes() {
  auto statement = database_->prepare("SELECT name, colour, key FROM class ORDER BY place, id");
  if (!statement) return fail(statement.error());
  std::vector<LabelClass> classes;
  for (;;) {
    auto row = statement->step();
    if (!row) return fail(row.error());
    if (!*row) return classes;
    classes.push_back({statement->text(0), static_cast<std::uint32_t>(statement->whole(1)), statement->text(2)});
  }
}

Result<void> Project::setClasses(const std::vector<LabelClass>& classes) {
  auto done = edit("change classes", [&]() -> Result<void> {
    // A class that stays keeps its row, so that the journal holds the difference alone.
    auto drop = database_->prepare("UPDATE class SET place=-1");
    auto put = database_->prepare(
        "INSERT INTO class(place,name,colour,key) VALUES(?1,?2,?3,?4) "
        "ON CONFLICT(name) DO UPDATE SET place=?1, colour=?3, key=?4");
    if (!drop) return fail(drop.error());
    if (!put) return fail(put.error());
    if (auto ok = drop->run(); !ok) return ok;
    std::int64_t place = 0;
    for (const LabelClass& one : classes) {
      put->bind(1, place++).bind(2, std::string_view(one.name)).bind(3, static_cast<std::int64_t>(one.colour));
      if (auto ok = put->bind(4, std::string_view(one.key)).run(); !ok) return ok;
    }
    return database_->execute("DELETE FROM class WHERE place=-1");
  });
  if (!done) return fail(done.error());
  return {};
}

Result<std::string> Project::setting(const std::string& settingName) {
  auto statement = database_->prepare("SELECT value FROM setting WHERE name=?1");
  if (!statement) return fail(statement.error());
  statement->bind(1, std::string_view(settingName));
  auto row = statement->step();
  if (!row) return fail(row.error());
  return *row ? statement->text(0) : std::string();
}

Result<void> Project::setSetting(const std::string& settingName, const std::string& value) {
  auto statement = database_->prepare("INSERT INTO setting(name,value) VALUES(?1,?2) ON CONFLICT(name) DO UPDATE SET value=?2");
  if (!statement) return fail(statement.error());
  return statement->bind(1, std::string_view(settingName)).bind(2, std::string_view(value)).run();
}

Result<std::string> Project::undo() {
  if (readOnly_) return fail(ErrorCode::io, path().string() + ": the project is in a read-only place; nothing can be undone");
  return Journal(*database_).undo();
}

Result<std::string> Project::redo() {
  if (readOnly_) return fail(ErrorCode::io, path().string() + ": the project is in a read-only place; nothing can be redone");
  return Journal(*database_).redo();
}

Result<std::string> Project::undoName() { return Journal(*database_).undoName(); }
Result<std::string> Project::redoName() { return Journal(*database_).redoName(); }

Result<std::vector<Edit>> Project::history(std::int64_t most) {
  auto entries = Journal(*database_).entries(most);
  if (!entries) return fail(entries.error());
  std::vector<Edit> edits;
  for (JournalEntry& entry : *entries) edits.push_back({std::move(entry.name), std::move(entry.madeAt), entry.undone});
  return edits;
}

Result<bool> Project::changedElsewhere() {
  auto version = database_->whole("PRAGMA data_version");
  if (!version) return fail(version.error());
  return std::exchange(seenVersion_, *version) != *version;
}

}  // namespace chladni::store
