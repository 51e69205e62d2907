#include "core/store/schema.h"

#include <array>
#include <system_error>

namespace chladni::store {

namespace {

// Deletes are never left to foreign-key actions: the journal must see every row that goes. The keys are deferred so that
// a journal entry may be applied in any order of its rows.
constexpr const char* kVersion1 = R"sql(
CREATE TABLE file(
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  path TEXT NOT NULL UNIQUE,            -- from the folder of the project, '/' between its parts
  bytes INTEGER NOT NULL,
  content TEXT NOT NULL,                -- hash of parts of it, to find it again after it moved
  status INTEGER NOT NULL DEFAULT 0);
CREATE TABLE tag(
  file INTEGER NOT NULL REFERENCES file(id) DEFERRABLE INITIALLY DEFERRED,
  name TEXT NOT NULL,
  PRIMARY KEY(file, name)) WITHOUT ROWID;
CREATE TABLE track(
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  file INTEGER NOT NULL REFERENCES file(id) DEFERRABLE INITIALLY DEFERRED,
  name TEXT NOT NULL,
  kind INTEGER NOT NULL DEFAULT 0,
  exclusive INTEGER NOT NULL DEFAULT 0,
  UNIQUE(file, name));
CREATE TABLE label(
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  track INTEGER NOT NULL REFERENCES track(id) DEFERRABLE INITIALLY DEFERRED,
  start_ns INTEGER NOT NULL,
  end_ns INTEGER NOT NULL,
  text TEXT NOT NULL,
  low_hz REAL,
  high_hz REAL,
  confidence REAL,
  state INTEGER NOT NULL DEFAULT 0,     -- 0 confirmed, 1 proposed, 2 rejected
  author TEXT NOT NULL DEFAULT '',
  model TEXT NOT NULL DEFAULT '',
  weights_sha256 TEXT NOT NULL DEFAULT '',
  threshold REAL,
  attributes TEXT NOT NULL DEFAULT ''); -- JSON: [[key,value],...], empty for none
CREATE INDEX label_in_time ON label(track, start_ns, end_ns, id);
CREATE TABLE class(
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  place INTEGER NOT NULL,
  name TEXT NOT NULL UNIQUE,
  colour INTEGER NOT NULL,
  key TEXT NOT NULL DEFAULT '');
CREATE TABLE setting(name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE edit(
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL,
  made_at TEXT NOT NULL,                -- UTC
  undone INTEGER NOT NULL DEFAULT 0,
  changes BLOB NOT NULL);               -- an SQLite changeset
CREATE INDEX edit_undone ON edit(id) WHERE undone=1;
)sql";

// A column at the end: steps of the history that were recorded without it can still be undone. The rows are written anew
// because the journal of SQLite 3.40 takes what a row was written without for NULL.
constexpr const char* kVersion2 = "ALTER TABLE track ADD COLUMN reference INTEGER NOT NULL DEFAULT 0; UPDATE track SET reference=0";

// Element n leads from version n to n + 1. Never change one that was released: add another.
constexpr std::array<const char*, 2> kSteps = {kVersion1, kVersion2};

Result<void> migrate(Database& database, std::int64_t from) {
  auto transaction = Transaction::begin(database);
  if (!transaction) return fail(transaction.error());
  for (std::size_t step = static_cast<std::size_t>(from); step < kSteps.size(); ++step)
    if (auto ok = database.execute(kSteps[step]); !ok) return ok;
  const std::string version = "PRAGMA user_version=" + std::to_string(newestVersion());
  if (auto ok = database.execute(version.c_str()); !ok) return ok;
  return transaction->commit();
}

Result<void> keepCopy(Database& database, std::int64_t version) {
  auto copy = database.prepare("VACUUM INTO ?1");
  if (!copy) return fail(copy.error());
  const std::string target = database.path().string() + ".v" + std::to_string(version);
  std::error_code ignored;
  if (std::filesystem::exists(target, ignored)) return {};
  return copy->bind(1, std::string_view(target)).run();
}

}  // namespace

std::int64_t newestVersion() { return static_cast<std::int64_t>(kSteps.size()); }

Result<void> createSchema(Database& database) {
  auto tables = database.whole("SELECT count(*) FROM sqlite_schema");
  if (!tables) return fail(tables.error());
  if (*tables != 0) return fail(ErrorCode::invalidArgument, database.path().string() + ": there is something already; choose a new name");
  // Not every file system carries write-ahead mode; the mode that it stays in is as safe, if slower.
  if (auto ok = database.execute("PRAGMA journal_mode=WAL"); !ok) return ok;
  const std::string id = "PRAGMA application_id=" + std::to_string(kApplicationId);
  if (auto ok = database.execute(id.c_str()); !ok) return ok;
  return migrate(database, 0);
}

Result<void> bringUpToDate(Database& database, bool readOnly) {
  const std::string name = database.path().string();
  const auto id = database.whole("PRAGMA application_id");
  if (!id) return fail(id.error());
  const auto version = database.whole("PRAGMA user_version");
  if (!version) return fail(version.error());
  if (*id != kApplicationId || *version < 1)
    return fail(ErrorCode::corruptData, name + ": a database, but not a Chladni project; choose a .chladni file");
  if (*version > newestVersion())
    return fail(ErrorCode::unsupported, name + ": made by a newer Chladni (version " + std::to_string(*version) +
                                            ", this one knows " + std::to_string(newestVersion()) + "); update the program");
  if (*version == newestVersion()) return {};
  if (readOnly)
    return fail(ErrorCode::unsupported, name + ": an older project that cannot be brought up to date in a read-only place; "
                                               "copy it to a folder of your own");
  if (auto ok = keepCopy(database, *version); !ok) return ok;
  auto done = migrate(database, *version);
  // Every step fits what the version before it wrote: what does not is no such file.
  if (!done && done.error().code == ErrorCode::internal)
    return fail(ErrorCode::corruptData, name + ": says that it is of version " + std::to_string(*version) + " but does not look like it (" +
                                            done.error().message + "); go back to a copy of it");
  return done;
}

}  // namespace chladni::store
