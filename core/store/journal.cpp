// The session functions of SQLite are declared on request only; the library of Debian carries them.
#define SQLITE_ENABLE_SESSION 1
#define SQLITE_ENABLE_PREUPDATE_HOOK 1
#include "core/store/journal.h"

#include <sqlite3.h>

#include <memory>

namespace chladni::store {

namespace {

constexpr const char* kTables[] = {"file", "tag", "track", "label", "class"};
constexpr const char* kLastDone = "SELECT id, name, changes FROM edit WHERE undone=0 ORDER BY id DESC LIMIT 1";
constexpr const char* kFirstUndone = "SELECT id, name, changes FROM edit WHERE undone=1 ORDER BY id LIMIT 1";

struct DeleteSession {
  void operator()(sqlite3_session* session) const { sqlite3session_delete(session); }
};

// Bytes that SQLite allocated.
struct Changes {
  int size = 0;
  void* bytes = nullptr;
  Changes() = default;
  Changes(const Changes&) = delete;
  Changes& operator=(const Changes&) = delete;
  ~Changes() { sqlite3_free(bytes); }
};

int refuseConflict(void* conflict, int kind, sqlite3_changeset_iter*) {
  *static_cast<int*>(conflict) = kind;
  return SQLITE_CHANGESET_ABORT;
}

}  // namespace

Result<bool> Journal::edit(const std::string& name, const std::function<Result<void>()>& change) {
  auto transaction = Transaction::begin(*database_);
  if (!transaction) return fail(transaction.error());
  sqlite3_session* raw = nullptr;
  if (const int code = sqlite3session_create(database_->handle(), "main", &raw); code != SQLITE_OK) return database_->failure(code);
  std::unique_ptr<sqlite3_session, DeleteSession> session(raw);
  for (const char* table : kTables)
    if (const int code = sqlite3session_attach(raw, table); code != SQLITE_OK) return database_->failure(code);
  if (auto ok = change(); !ok) return fail(ok.error());
  Changes changes;
  if (const int code = sqlite3session_changeset(raw, &changes.size, &changes.bytes); code != SQLITE_OK) return database_->failure(code);
  session.reset();
  if (changes.size == 0) return false;
  if (auto ok = database_->execute("DELETE FROM edit WHERE undone=1"); !ok) return fail(ok.error());
  auto insert = database_->prepare("INSERT INTO edit(name, made_at, changes) VALUES(?1, strftime('%Y-%m-%dT%H:%M:%fZ','now'), ?2)");
  if (!insert) return fail(insert.error());
  insert->bind(1, std::string_view(name));
  insert->bindBlob(2, {static_cast<const char*>(changes.bytes), static_cast<std::size_t>(changes.size)});
  if (auto ok = insert->run(); !ok) return fail(ok.error());
  if (auto ok = transaction->commit(); !ok) return fail(ok.error());
  return true;
}

Result<std::string> Journal::apply(const char* next, bool inverse) {
  auto transaction = Transaction::begin(*database_);
  if (!transaction) return fail(transaction.error());
  std::int64_t id = 0;
  std::string name;
  std::string changes;
  {
    auto statement = database_->prepare(next);
    if (!statement) return fail(statement.error());
    auto row = statement->step();
    if (!row) return fail(row.error());
    if (!*row) return std::string();
    id = statement->whole(0);
    name = statement->text(1);
    changes = statement->text(2);
  }
  Changes inverted;
  void* bytes = changes.data();
  int size = static_cast<int>(changes.size());
  if (inverse) {
    if (const int code = sqlite3changeset_invert(size, bytes, &inverted.size, &inverted.bytes); code != SQLITE_OK)
      return database_->failure(code);
    bytes = inverted.bytes;
    size = inverted.size;
  }
  int conflict = 0;
  const int code = sqlite3changeset_apply(database_->handle(), size, bytes, nullptr, refuseConflict, &conflict);
  if (code == SQLITE_ABORT)
    return fail(ErrorCode::corruptData, database_->path().string() + ": \"" + name + "\" no longer fits the project (conflict " +
                                            std::to_string(conflict) + "); was it edited by another tool? chladni-cli project check tells more");
  if (code != SQLITE_OK) return database_->failure(code);
  auto mark = database_->prepare("UPDATE edit SET undone=?1 WHERE id=?2");
  if (!mark) return fail(mark.error());
  if (auto ok = mark->bind(1, std::int64_t{inverse ? 1 : 0}).bind(2, id).run(); !ok) return fail(ok.error());
  if (auto ok = transaction->commit(); !ok) return fail(ok.error());
  return name;
}

Result<std::string> Journal::undo() { return apply(kLastDone, true); }
Result<std::string> Journal::redo() { return apply(kFirstUndone, false); }

Result<std::vector<JournalEntry>> Journal::entries(std::int64_t most) {
  auto statement = database_->prepare("SELECT * FROM (SELECT id, name, made_at, undone FROM edit ORDER BY id DESC LIMIT ?1) ORDER BY id");
  if (!statement) return fail(statement.error());
  statement->bind(1, most);
  std::vector<JournalEntry> entries;
  for (;;) {
    auto row = statement->step();
    if (!row) return fail(row.error());
    if (!*row) return entries;
    entries.push_back({statement->whole(0), statement->text(1), statement->text(2), statement->whole(3) != 0});
  }
}

namespace {

Result<std::string> nameIn(Database& database, const char* query) {
  auto statement = database.prepare(query);
  if (!statement) return fail(statement.error());
  auto row = statement->step();
  if (!row) return fail(row.error());
  return *row ? statement->text(1) : std::string();
}

}  // namespace

Result<std::string> Journal::undoName() { return nameIn(*database_, kLastDone); }
Result<std::string> Journal::redoName() { return nameIn(*database_, kFirstUndone); }

Result<std::vector<std::string>> Journal::check() {
  std::vector<std::string> problems;
  auto statement = database_->prepare("SELECT id, name, changes FROM edit ORDER BY id");
  if (!statement) return fail(statement.error());
  for (;;) {
    auto row = statement->step();
    if (!row) return fail(row.error());
    if (!*row) return problems;
    std::string changes = statement->text(2);
    Changes inverted;
    if (sqlite3changeset_invert(static_cast<int>(changes.size()), changes.data(), &inverted.size, &inverted.bytes) != SQLITE_OK)
      problems.push_back("edit " + std::to_string(statement->whole(0)) + " \"" + statement->text(1) + "\" cannot be taken back: its record is damaged");
  }
}

}  // namespace chladni::store
