// The part of Project about files, their status and tags.
#include <algorithm>
#include <map>
#include <set>
#include <sstream>
#include <system_error>

#include "core/serial/content_hash.h"
#include "core/serial/utf8.h"
#include "core/store/project_edit.h"
#include "core/store/relocation.h"

namespace chladni::store {

namespace {

namespace fs = std::filesystem;

constexpr const char* kStatusNames[] = {"untouched", "begun", "done", "questionable"};

std::string plural(std::size_t count, const std::string& one) {
  return std::to_string(count) + " " + one + (count == 1 ? "" : "s");
}

// A word for LIKE ... ESCAPE '\'.
std::string likePattern(const std::string& word) {
  std::string pattern = "%";
  for (const char c : word) {
    if (c == '%' || c == '_' || c == '\\') pattern += '\\';
    pattern += c;
  }
  return pattern + "%";
}

fs::path resolved(const fs::path& path) {
  std::error_code ignored;
  return fs::weakly_canonical(fs::absolute(path, ignored), ignored);
}

struct NewFile {
  std::string name;
  std::int64_t bytes = 0;
  std::string content;
};

Result<NewFile> examine(const fs::path& path, std::string nameInProject) {
  std::error_code error;
  if (!fs::is_regular_file(path, error)) return fail(ErrorCode::notFound, path.string() + ": there is no such file");
  auto content = serial::contentHash(path);
  if (!content) return fail(content.error());
  return NewFile{std::move(nameInProject), static_cast<std::int64_t>(fs::file_size(path, error)), std::move(*content)};
}

}  // namespace

const char* name(FileStatus status) { return kStatusNames[static_cast<std::size_t>(status)]; }

std::optional<FileStatus> fileStatus(std::string_view text) {
  for (std::size_t i = 0; i < std::size(kStatusNames); ++i)
    if (text == kStatusNames[i]) return static_cast<FileStatus>(i);
  return std::nullopt;
}

std::string Project::nameFor(const fs::path& path) const {
  const fs::path full = resolved(path);
  const fs::path relative = full.lexically_relative(folder_);
  return (relative.empty() ? full : relative).generic_string();
}

Result<std::vector<ProjectFile>> Project::filesWhere(const std::string& condition, const std::vector<std::string>& arguments) {
  auto statement = database_->prepare(
      "SELECT id, path, bytes, content, status, "
      "(SELECT count(*) FROM label WHERE state=0 AND track IN (SELECT id FROM track WHERE file=file.id)), "
      "(SELECT count(*) FROM label WHERE state=1 AND track IN (SELECT id FROM track WHERE file=file.id)) FROM file" +
      condition + " ORDER BY path");
  if (!statement) return fail(statement.error());
  int position = 0;
  for (const std::string& argument : arguments) statement->bind(++position, std::string_view(argument));
  std::vector<ProjectFile> files;
  std::map<std::int64_t, std::size_t> places;
  for (;;) {
    auto row = statement->step();
    if (!row) return fail(row.error());
    if (!*row) break;
    ProjectFile file;
    file.id = FileId{statement->whole(0)};
    file.name = statement->text(1);
    file.path = (folder_ / file.name).lexically_normal();
    file.bytes = statement->whole(2);
    file.content = statement->text(3);
    const std::int64_t status = statement->whole(4);
    file.status = status >= 0 && status < static_cast<std::int64_t>(std::size(kStatusNames)) ? static_cast<FileStatus>(status)
                                                                                              : FileStatus::questionable;
    file.labels = statement->whole(5);
    file.proposed = statement->whole(6);
    places.emplace(statement->whole(0), files.size());
    files.push_back(std::move(file));
  }
  auto tags = database_->prepare("SELECT file, name FROM tag ORDER BY file, name");
  if (!tags) return fail(tags.error());
  for (;;) {
    auto row = tags->step();
    if (!row) return fail(row.error());
    if (!*row) return files;
    const auto place = places.find(tags->whole(0));
    if (place != places.end()) files[place->second].tags.push_back(tags->text(1));
  }
}

Result<std::vector<ProjectFile>> Project::files() { return filesWhere("", {}); }

Result<ProjectFile> Project::file(FileId id) {
  auto found = filesWhere(" WHERE id=CAST(?1 AS INTEGER)", {std::to_string(raw(id))});
  if (!found) return fail(found.error());
  if (found->empty()) return fail(ErrorCode::notFound, path().string() + ": the file is no longer in the project; undo may bring it back");
  return std::move(found->front());
}

Result<std::optional<FileId>> Project::idOf(const fs::path& path) {
  auto statement = database_->prepare("SELECT id FROM file WHERE path=?1");
  if (!statement) return fail(statement.error());
  const std::string nameInProject = nameFor(path);
  statement->bind(1, std::string_view(nameInProject));
  auto row = statement->step();
  if (!row) return fail(row.error());
  return *row ? std::optional(FileId{statement->whole(0)}) : std::nullopt;
}

Result<std::vector<ProjectFile>> Project::find(const std::string& words) {
  std::istringstream stream(words);
  std::string condition;
  std::vector<std::string> patterns;
  for (std::string word; stream >> word;) {
    patterns.push_back(likePattern(word));
    const std::string like = " LIKE ?" + std::to_string(patterns.size()) + " ESCAPE '\\'";
    std::string status = "CASE status";
    for (std::size_t i = 0; i < std::size(kStatusNames); ++i) status += " WHEN " + std::to_string(i) + " THEN '" + kStatusNames[i] + "'";
    condition += (condition.empty() ? " WHERE (path" : " AND (path") + like + " OR " + status + " END" + like +
                 " OR id IN (SELECT file FROM tag WHERE name" + like + ") OR id IN (SELECT track.file FROM label JOIN track ON "
                 "track.id=label.track WHERE label.text" + like + "))";
  }
  return filesWhere(condition, patterns);
}

Result<Added> Project::addFiles(const std::vector<fs::path>& paths, std::stop_token stop, const ProgressSink& progress) {
  // What is slow, reading the files, happens before the project is held.
  Added added;
  std::vector<NewFile> fresh;
  std::set<std::string> seen;
  for (std::size_t i = 0; i < paths.size(); ++i) {
    if (stop.stop_requested()) return fail(ErrorCode::cancelled, "adding files was cancelled");
    if (progress) progress({"adding files", static_cast<std::int64_t>(i), static_cast<std::int64_t>(paths.size())});
    std::string nameInProject = nameFor(paths[i]);
    if (!seen.insert(nameInProject).second) continue;
    auto there = idOf(paths[i]);
    if (!there) return fail(there.error());
    if (*there) {
      ++added.known;
      continue;
    }
    auto file = examine(paths[i], std::move(nameInProject));
    if (file) fresh.push_back(std::move(*file));
    else added.refused.push_back(file.error());
  }
  auto done = edit("add " + plural(fresh.size(), "file"), [&]() -> Result<void> {
    auto insert = database_->prepare("INSERT INTO file(path,bytes,content) VALUES(?1,?2,?3) ON CONFLICT(path) DO NOTHING RETURNING id");
    if (!insert) return fail(insert.error());
    for (const NewFile& file : fresh) {
      insert->bind(1, std::string_view(file.name)).bind(2, file.bytes).bind(3, std::string_view(file.content));
      auto row = insert->step();
      if (!row) return fail(row.error());
      if (*row) added.files.push_back(FileId{insert->whole(0)});
      else ++added.known;
      insert->reset();
    }
    return {};
  });
  if (!done) return fail(done.error());
  return added;
}

Result<void> Project::removeFiles(const std::vector<FileId>& files) {
  auto done = edit("remove " + plural(files.size(), "file"), [&]() -> Result<void> {
    for (const char* sql : {"DELETE FROM label WHERE track IN (SELECT id FROM track WHERE file=?1)", "DELETE FROM track WHERE file=?1",
                            "DELETE FROM tag WHERE file=?1", "DELETE FROM file WHERE id=?1"}) {
      auto statement = database_->prepare(sql);
      if (!statement) return fail(statement.error());
      for (const FileId id : files)
        if (auto ok = statement->bind(1, raw(id)).run(); !ok) return ok;
    }
    return {};
  });
  if (!done) return fail(done.error());
  return {};
}

Result<void> Project::setStatus(const std::vector<FileId>& files, FileStatus status) {
  auto done = edit("mark " + plural(files.size(), "file") + " as " + name(status), [&]() -> Result<void> {
    auto statement = database_->prepare("UPDATE file SET status=?2 WHERE id=?1 AND status<>?2");
    if (!statement) return fail(statement.error());
    for (const FileId id : files)
      if (auto ok = statement->bind(1, raw(id)).bind(2, static_cast<std::int64_t>(status)).run(); !ok) return ok;
    return {};
  });
  if (!done) return fail(done.error());
  return {};
}

Result<void> Project::addTag(const std::vector<FileId>& files, const std::string& tag) {
  if (tag.empty() || !serial::isUtf8(tag)) return fail(ErrorCode::invalidArgument, "a tag is a word or a few in UTF-8, not nothing");
  auto done = edit("tag " + plural(files.size(), "file") + " \"" + tag + "\"", [&]() -> Result<void> {
    auto statement = database_->prepare("INSERT OR IGNORE INTO tag(file,name) SELECT id, ?2 FROM file WHERE id=?1");
    if (!statement) return fail(statement.error());
    for (const FileId id : files)
      if (auto ok = statement->bind(1, raw(id)).bind(2, std::string_view(tag)).run(); !ok) return ok;
    return {};
  });
  if (!done) return fail(done.error());
  return {};
}

Result<void> Project::removeTag(const std::vector<FileId>& files, const std::string& tag) {
  auto done = edit("take tag \"" + tag + "\" off " + plural(files.size(), "file"), [&]() -> Result<void> {
    auto statement = database_->prepare("DELETE FROM tag WHERE file=?1 AND name=?2");
    if (!statement) return fail(statement.error());
    for (const FileId id : files)
      if (auto ok = statement->bind(1, raw(id)).bind(2, std::string_view(tag)).run(); !ok) return ok;
    return {};
  });
  if (!done) return fail(done.error());
  return {};
}

Result<std::vector<Relocation>> Project::relocate(const std::vector<fs::path>& folders, std::stop_token stop) {
  auto all = files();
  if (!all) return fail(all.error());
  auto found = findMoved(*all, folders, stop);
  if (!found) return fail(found.error());
  std::vector<Relocation> moves;
  for (const Moved& moved : *found) moves.push_back({moved.file->id, moved.file->name, nameFor(moved.to)});
  if (moves.empty()) return moves;
  auto done = edit("find " + plural(moves.size(), "moved file"), [&]() -> Result<void> {
    auto statement = database_->prepare("UPDATE file SET path=?2 WHERE id=?1");
    if (!statement) return fail(statement.error());
    for (const Relocation& move : moves)
      if (auto ok = statement->bind(1, raw(move.file)).bind(2, std::string_view(move.to)).run(); !ok) return ok;
    return {};
  });
  if (!done) return fail(done.error());
  return moves;
}

}  // namespace chladni::store
