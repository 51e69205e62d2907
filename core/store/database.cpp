#include "core/store/database.h"

#include <sqlite3.h>

#include <algorithm>
#include <system_error>
#include <thread>
#include <utility>

#include "core/serial/json_value.h"

namespace chladni::store {

namespace {

using Clock = std::chrono::steady_clock;
constexpr std::chrono::milliseconds kBetweenTries{5};

std::string reason(sqlite3* connection, int code) {
  const char* text = connection && sqlite3_errcode(connection) == (code & 0xff) ? sqlite3_errmsg(connection) : sqlite3_errstr(code);
  return text ? serial::printable(text, 300) : "unknown reason";  // a damaged schema is quoted with its line breaks
}

Error errorOf(const std::filesystem::path& path, sqlite3* connection, int code) {
  const std::string name = path.string() + ": ";
  switch (code & 0xff) {
    case SQLITE_FULL:
      return {ErrorCode::io, name + "the disk is full; free some space and repeat the last edit, all before it is kept", {}};
    case SQLITE_IOERR:
      return {ErrorCode::io,
              name + "cannot be written or read (" + reason(connection, code) +
                  "); look at the disk and repeat the last edit, all before it is kept",
              {}};
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_AUTH:
      return {ErrorCode::io, name + "the project cannot be written here; copy it to a folder of your own to edit it", {}};
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return {ErrorCode::io, name + "another program holds the project; close it there or try again", {}};
    case SQLITE_NOTADB:
    case SQLITE_CORRUPT:
      return {ErrorCode::corruptData,
              name + "not a project, or a damaged one (" + reason(connection, code) + "); take the last good copy", {}};
    case SQLITE_CANTOPEN:
      return {ErrorCode::io, name + "cannot be opened; look whether the folder exists and may be written", {}};
    case SQLITE_NOMEM: return {ErrorCode::outOfMemory, name + "out of memory; close other programs", {}};
    case SQLITE_CONSTRAINT:
      return {ErrorCode::invalidArgument, name + "the edit contradicts the project (" + reason(connection, code) + ")", {}};
    default: return {ErrorCode::internal, name + reason(connection, code), {}};
  }
}

std::string uriOf(const std::filesystem::path& path, bool immutable) {
  std::string uri = "file:";
  std::string place = path.string();
  place.erase(0, place.find_first_not_of('/') == 0 ? 0 : std::min(place.find_first_not_of('/'), place.size()) - 1);  // "//host" is an authority
  for (const char c : place) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '/' || c == '.' || c == '_' || c == '-';
    static constexpr char kDigits[] = "0123456789ABCDEF";
    if (plain) {
      uri += c;
      continue;
    }
    uri += '%';
    uri += kDigits[(static_cast<unsigned char>(c) >> 4)];
    uri += kDigits[static_cast<unsigned char>(c) & 15];
  }
  return uri + (immutable ? "?immutable=1" : "");
}

}  // namespace

struct Database::Patience {
  std::chrono::milliseconds most = kFirstPatience;
  Clock::time_point since;
  bool ranOut = false;
};

Database::Database() : patience_(std::make_unique<Patience>()) {}
Database::Database(Database&&) noexcept = default;
Database& Database::operator=(Database&&) noexcept = default;
Database::~Database() = default;

int Database::waitForOthers(void* context, int tries) {
  auto& patience = *static_cast<Patience*>(context);
  if (tries == 0) patience.since = Clock::now();
  if (Clock::now() - patience.since >= patience.most) {
    patience.ranOut = true;
    return 0;
  }
  std::this_thread::sleep_for(std::min(kBetweenTries, patience.most));
  return 1;
}

void Database::setPatience(std::chrono::milliseconds patience) { patience_->most = patience; }
bool Database::ranOutOfPatience() { return std::exchange(patience_->ranOut, false); }

void Statement::Finalise::operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
void Database::Close::operator()(sqlite3* connection) const { sqlite3_close_v2(connection); }

Statement& Statement::bind(int position, std::int64_t value) {
  sqlite3_bind_int64(statement_.get(), position, value);
  return *this;
}

Statement& Statement::bind(int position, double value) {
  sqlite3_bind_double(statement_.get(), position, value);
  return *this;
}

Statement& Statement::bind(int position, std::string_view text) {
  sqlite3_bind_text64(statement_.get(), position, text.data() ? text.data() : "", text.size(), SQLITE_TRANSIENT, SQLITE_UTF8);
  return *this;
}

Statement& Statement::bind(int position, const std::optional<double>& value) {
  if (value) return bind(position, *value);
  sqlite3_bind_null(statement_.get(), position);
  return *this;
}

Statement& Statement::bindBlob(int position, std::string_view bytes) {
  sqlite3_bind_blob64(statement_.get(), position, bytes.data() ? bytes.data() : "", bytes.size(), SQLITE_TRANSIENT);
  return *this;
}

Result<bool> Statement::step() {
  const int code = sqlite3_step(statement_.get());
  if (code == SQLITE_ROW) return true;
  if (code == SQLITE_DONE) return false;
  sqlite3* connection = sqlite3_db_handle(statement_.get());
  const char* file = sqlite3_db_filename(connection, "main");
  Error error = errorOf(file ? file : "", connection, sqlite3_extended_errcode(connection));
  reset();
  return fail(std::move(error));
}

Result<void> Statement::run() {
  auto row = step();
  reset();
  if (!row) return fail(row.error());
  return {};
}

void Statement::reset() {
  sqlite3_reset(statement_.get());
  sqlite3_clear_bindings(statement_.get());
}

std::int64_t Statement::whole(int column) const { return sqlite3_column_int64(statement_.get(), column); }
double Statement::number(int column) const { return sqlite3_column_double(statement_.get(), column); }

std::optional<double> Statement::optionalNumber(int column) const {
  if (sqlite3_column_type(statement_.get(), column) == SQLITE_NULL) return std::nullopt;
  return number(column);
}

std::string Statement::text(int column) const {
  const auto* bytes = static_cast<const char*>(sqlite3_column_blob(statement_.get(), column));
  const int size = sqlite3_column_bytes(statement_.get(), column);
  return bytes ? std::string(bytes, static_cast<std::size_t>(size)) : std::string();
}

Result<Database> Database::open(const std::filesystem::path& path, OpenMode mode, std::chrono::milliseconds patience) {
  std::error_code ignored;
  Database database;
  database.setPatience(patience);
  database.path_ = path;
  const bool readOnly = mode == OpenMode::readOnly;
  const auto connect = [&](bool immutable) {
    sqlite3* connection = nullptr;
    int flags = SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
    flags |= readOnly ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE;
    if (mode == OpenMode::create) flags |= SQLITE_OPEN_CREATE;
    const int code = sqlite3_open_v2(uriOf(path, immutable).c_str(), &connection, flags, nullptr);
    database.connection_.reset(connection);
    sqlite3_busy_handler(connection, &Database::waitForOthers, database.patience_.get());
    return code;
  };
  if (int code = connect(false); code != SQLITE_OK) return database.failure(code);
  if (!readOnly) {
    if (auto ok = database.execute("PRAGMA foreign_keys=ON; PRAGMA synchronous=FULL"); !ok) return fail(ok.error());
    return database;
  }
  auto readable = database.whole("SELECT count(*) FROM sqlite_schema");
  // A file in write-ahead mode needs companions beside it, which a read-only place cannot have; without pending pages
  // it can be read as it stands.
  const auto pending = std::filesystem::file_size(path.string() + "-wal", ignored);
  if (!readable && (ignored || pending == 0)) {
    if (int code = connect(true); code != SQLITE_OK) return database.failure(code);
    readable = database.whole("SELECT count(*) FROM sqlite_schema");
  }
  if (!readable) return fail(readable.error());
  return database;
}

Result<void> Database::execute(const char* sql) {
  if (sqlite3_exec(handle(), sql, nullptr, nullptr, nullptr) != SQLITE_OK) return failure();
  return {};
}

Result<Statement> Database::prepare(std::string_view sql) {
  sqlite3_stmt* statement = nullptr;
  if (sqlite3_prepare_v2(handle(), sql.data(), static_cast<int>(sql.size()), &statement, nullptr) != SQLITE_OK) return failure();
  return Statement(statement);
}

Result<std::int64_t> Database::whole(std::string_view sql) {
  auto statement = prepare(sql);
  if (!statement) return fail(statement.error());
  auto row = statement->step();
  if (!row) return fail(row.error());
  return *row ? statement->whole(0) : 0;
}

std::int64_t Database::lastRowId() const { return sqlite3_last_insert_rowid(handle()); }
Unexpected Database::failure() const { return failure(sqlite3_extended_errcode(handle())); }
Unexpected Database::failure(int code) const { return fail(errorOf(path_, handle(), code)); }

Result<Transaction> Transaction::begin(Database& database) {
  if (auto ok = database.execute("BEGIN IMMEDIATE"); !ok) return fail(ok.error());
  return Transaction(database);
}

Transaction::~Transaction() {
  // After some failures SQLite has rolled back already; a second time is refused without harm.
  if (database_) (void)database_->execute("ROLLBACK");
}

Result<void> Transaction::commit() {
  if (auto ok = database_->execute("COMMIT"); !ok) return ok;
  database_ = nullptr;
  return {};
}

}  // namespace chladni::store
