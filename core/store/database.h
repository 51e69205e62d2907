// Database: one connection to an SQLite file, Statement: one prepared statement. The wall to sqlite3: its codes become
// Errors here (a full disk, a read-only place, a busy file and a broken one each say what to do) and nowhere else.
// A connection belongs to one thread; several connections, also of several processes, may be on one file. Private to
// core/store.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/result.h"

struct sqlite3;
struct sqlite3_stmt;

namespace chladni::store {

class Database;

class Statement {
 public:
  // Positions count from 1 when binding, from 0 when reading, as in SQLite.
  Statement& bind(int position, std::int64_t value);
  Statement& bind(int position, double value);
  Statement& bind(int position, std::string_view text);
  Statement& bind(int position, const std::optional<double>& value);
  Statement& bindBlob(int position, std::string_view bytes);
  // True while there is a row.
  Result<bool> step();
  // For statements without rows; ready to be bound again.
  Result<void> run();
  void reset();

  [[nodiscard]] std::int64_t whole(int column) const;
  [[nodiscard]] double number(int column) const;
  [[nodiscard]] std::optional<double> optionalNumber(int column) const;
  [[nodiscard]] std::string text(int column) const;  // also blobs

 private:
  friend class Database;
  struct Finalise {
    void operator()(sqlite3_stmt* statement) const;
  };
  explicit Statement(sqlite3_stmt* statement) : statement_(statement) {}
  std::unique_ptr<sqlite3_stmt, Finalise> statement_;
};

enum class OpenMode { create, readWrite, readOnly };

class Database {
 public:
  static constexpr std::chrono::milliseconds kFirstPatience{10'000};
  // Calls wait for other connections as long as `patience`; foreign keys are on; commits are on disk when they return.
  static Result<Database> open(const std::filesystem::path& path, OpenMode mode, std::chrono::milliseconds patience = kFirstPatience);
  Database(Database&&) noexcept;
  Database& operator=(Database&&) noexcept;
  ~Database();

  void setPatience(std::chrono::milliseconds patience);
  // Whether a call has failed for want of patience since this was last asked.
  bool ranOutOfPatience();

  Result<void> execute(const char* sql);
  Result<Statement> prepare(std::string_view sql);
  // The first column of the first row.
  Result<std::int64_t> whole(std::string_view sql);
  [[nodiscard]] std::int64_t lastRowId() const;
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }
  [[nodiscard]] sqlite3* handle() const { return connection_.get(); }
  // What the last call on this connection failed with.
  [[nodiscard]] Unexpected failure() const;
  [[nodiscard]] Unexpected failure(int code) const;

 private:
  struct Close {
    void operator()(sqlite3* connection) const;
  };
  Database();
  struct Patience;  // its place is known to SQLite
  static int waitForOthers(void* patience, int tries);

  std::filesystem::path path_;
  std::unique_ptr<Patience> patience_;
  std::unique_ptr<sqlite3, Close> connection_;
};

// BEGIN IMMEDIATE ... COMMIT; rolls back unless committed.
class Transaction {
 public:
  static Result<Transaction> begin(Database& database);
  Transaction(Transaction&& other) noexcept : database_(other.database_) { other.database_ = nullptr; }
  Transaction& operator=(Transaction&&) = delete;
  ~Transaction();
  Result<void> commit();

 private:
  explicit Transaction(Database& database) : database_(&database) {}
  Database* database_;
};

}  // namespace chladni::store
