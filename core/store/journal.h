// Journal: every edit of a project as one transaction with a name, kept in the project itself, so that undo and redo have
// no limit and survive restarts. An edit is recorded as an SQLite changeset; undo applies its inverse. A new edit drops
// what was undone. All connections on a file share the one line of history. Private to core/store.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "core/store/database.h"

namespace chladni::store {

struct JournalEntry {
  std::int64_t id = 0;
  std::string name;
  std::string madeAt;  // UTC, ISO 8601
  bool undone = false;
};

class Journal {
 public:
  explicit Journal(Database& database) : database_(&database) {}

  // Runs `change` and records what it did, all or nothing. Without any effect nothing is recorded: false.
  Result<bool> edit(const std::string& name, const std::function<Result<void>()>& change);
  // Takes the last edit back, or an undone one forth again; its name, empty when there is none.
  Result<std::string> undo();
  Result<std::string> redo();
  // Oldest first, the last `most` of them.
  Result<std::vector<JournalEntry>> entries(std::int64_t most);
  // Names of what undo and redo would do; empty: nothing.
  Result<std::string> undoName();
  Result<std::string> redoName();
  // Every changeset can be read; otherwise what is wrong.
  Result<std::vector<std::string>> check();

 private:
  Result<std::string> apply(const char* next, bool inverse);
  Database* database_;
};

}  // namespace chladni::store
