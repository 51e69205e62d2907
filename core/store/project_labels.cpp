// The part of Project about tracks and labels.
#include <algorithm>
#include <set>

#include "core/serial/json_value.h"
#include "core/serial/utf8.h"
#include "core/store/label_rows.h"
#include "core/store/project_edit.h"

namespace chladni::store {

namespace {

const std::string kInsertLabel = std::string("INSERT INTO label(track,") + kLabelColumns +
                                 ") VALUES(?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13)";
const std::string kUpdateLabel = std::string("UPDATE label SET (") + kLabelColumns +
                                 ")=(?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13) WHERE id=?1";

Unexpected changedMeanwhile(const std::string& project) {
  return fail(ErrorCode::invalidArgument,
              project + ": another window or program has changed this label; look at it again and repeat the edit");
}

Result<void> checkTrackName(const std::string& name) {
  if (!name.empty() && serial::isUtf8(name)) return {};
  return fail(ErrorCode::invalidArgument, "a track needs a name, in UTF-8");
}

// A reference changes by becoming none, and not before.
Result<void> checkNoReference(const LabelTrack& before, const TrackEdit& change) {
  if (!before.reference || !change.track.reference || change.track == before) return {};
  return fail(ErrorCode::invalidArgument,
              "track \"" + serial::printable(before.name) + "\" is a reference, which is not edited; make it an ordinary track first, or choose another one");
}

StoredTrack trackFrom(const Statement& row) {
  StoredTrack track;
  track.id = TrackId{row.whole(0)};
  track.track.name = row.text(1);
  track.track.kind = row.whole(2) == 0 ? TrackKind::intervals : TrackKind::points;
  track.track.exclusive = row.whole(3) != 0;
  track.track.reference = row.whole(4) != 0;
  return track;
}

}  // namespace

Result<std::vector<StoredTrack>> Project::tracks(FileId fileId) {
  auto statement = database_->prepare("SELECT id, name, kind, exclusive, reference FROM track WHERE file=?1 ORDER BY id");
  if (!statement) return fail(statement.error());
  statement->bind(1, raw(fileId));
  std::vector<StoredTrack> tracks;
  for (;;) {
    auto row = statement->step();
    if (!row) return fail(row.error());
    if (!*row) return tracks;
    auto whole = labelsOf(trackFrom(*statement));
    if (!whole) return fail(whole.error());
    tracks.push_back(std::move(*whole));
  }
}

Result<StoredTrack> Project::track(TrackId id) {
  auto statement = database_->prepare("SELECT id, name, kind, exclusive, reference FROM track WHERE id=?1");
  if (!statement) return fail(statement.error());
  statement->bind(1, raw(id));
  auto row = statement->step();
  if (!row) return fail(row.error());
  if (!*row) return fail(ErrorCode::notFound, path().string() + ": the track is no longer in the project; undo may bring it back");
  return labelsOf(trackFrom(*statement));
}

Result<StoredTrack> Project::labelsOf(StoredTrack track) {
  auto statement = database_->prepare(std::string("SELECT id,") + kLabelColumns + " FROM label WHERE track=?1 ORDER BY start_ns, end_ns, id");
  if (!statement) return fail(statement.error());
  statement->bind(1, raw(track.id));
  for (;;) {
    auto row = statement->step();
    if (!row) return fail(row.error());
    if (!*row) return track;
    auto label = readLabel(*statement, 1);
    if (!label) return fail(label.error(), path().string());
    track.ids.push_back(LabelId{statement->whole(0)});
    track.track.labels.push_back(std::move(*label));
  }
}

Result<LabelId> Project::insertLabel(Statement& insert, TrackId trackId, const Label& label) {
  insert.bind(1, raw(trackId));
  if (auto ok = bindLabel(insert, 2, label); !ok) return fail(ok.error());
  if (auto ok = insert.run(); !ok) return fail(ok.error());
  return LabelId{database_->lastRowId()};
}

Result<void> Project::checkNameIsFree(FileId fileId, const std::string& name) {
  auto same = database_->prepare("SELECT count(*) FROM track WHERE file=?1 AND name=?2");
  if (!same) return fail(same.error());
  auto row = same->bind(1, raw(fileId)).bind(2, std::string_view(name)).step();
  if (!row) return fail(row.error());
  if (same->whole(0) > 0) return fail(ErrorCode::invalidArgument, "there is a track \"" + name + "\" already; choose another name");
  return {};
}

Result<StoredTrack> Project::addTrack(FileId fileId, const LabelTrack& track) {
  if (auto ok = checkTrackName(track.name); !ok) return fail(ok.error());
  StoredTrack stored;
  stored.track = track;
  std::stable_sort(stored.track.labels.begin(), stored.track.labels.end(), [](const Label& a, const Label& b) {
    return a.span.start != b.span.start ? a.span.start < b.span.start : a.span.end < b.span.end;
  });
  if (track.exclusive && firstOverlap(stored.track.labels))
    return fail(ErrorCode::invalidArgument, "track \"" + track.name + "\" is exclusive, but some of its labels overlap");
  auto done = edit("add track \"" + track.name + "\"", [&]() -> Result<void> {
    if (auto ok = checkNameIsFree(fileId, track.name); !ok) return ok;
    auto put = database_->prepare("INSERT INTO track(file,name,kind,exclusive,reference) VALUES(?1,?2,?3,?4,?5)");
    if (!put) return fail(put.error());
    put->bind(1, raw(fileId)).bind(2, std::string_view(track.name)).bind(3, std::int64_t{track.kind == TrackKind::points});
    put->bind(4, std::int64_t{track.exclusive}).bind(5, std::int64_t{track.reference});
    if (auto ok = put->run(); !ok) return ok;
    stored.id = TrackId{database_->lastRowId()};
    auto insert = database_->prepare(kInsertLabel);
    if (!insert) return fail(insert.error());
    for (const Label& label : stored.track.labels) {
      auto id = insertLabel(*insert, stored.id, label);
      if (!id) return fail(id.error());
      stored.ids.push_back(*id);
    }
    return {};
  });
  if (!done) return fail(done.error());
  return stored;
}

Result<void> Project::removeTrack(TrackId id) {
  auto known = track(id);
  if (!known) return fail(known.error());
  auto done = edit("remove track \"" + known->track.name + "\"", [&]() -> Result<void> {
    for (const char* sql : {"DELETE FROM label WHERE track=?1", "DELETE FROM track WHERE id=?1"}) {
      auto statement = database_->prepare(sql);
      if (!statement) return fail(statement.error());
      if (auto ok = statement->bind(1, raw(id)).run(); !ok) return ok;
    }
    return {};
  });
  if (!done) return fail(done.error());
  return {};
}

Result<void> Project::renameTrack(TrackId id, const std::string& trackName) {
  if (auto ok = checkTrackName(trackName); !ok) return ok;
  auto done = edit("rename a track to \"" + trackName + "\"", [&]() -> Result<void> {
    auto owner = database_->prepare("SELECT file FROM track WHERE id=?1 AND name<>?2");
    if (!owner) return fail(owner.error());
    auto row = owner->bind(1, raw(id)).bind(2, std::string_view(trackName)).step();
    if (!row) return fail(row.error());
    if (!*row) return {};
    if (auto ok = checkNameIsFree(FileId{owner->whole(0)}, trackName); !ok) return ok;
    owner->reset();
    auto statement = database_->prepare("UPDATE track SET name=?2 WHERE id=?1");
    if (!statement) return fail(statement.error());
    return statement->bind(1, raw(id)).bind(2, std::string_view(trackName)).run();
  });
  if (!done) return fail(done.error());
  return {};
}

Result<void> Project::checkUnchanged(LabelId id, const Label& seen) {
  auto statement = database_->prepare(std::string("SELECT ") + kLabelColumns + " FROM label WHERE id=?1");
  if (!statement) return fail(statement.error());
  auto row = statement->bind(1, raw(id)).step();
  if (!row) return fail(row.error());
  if (!*row) return changedMeanwhile(path().string());
  auto label = readLabel(*statement, 0);
  if (!label) return fail(label.error(), path().string());
  if (!(*label == seen)) return changedMeanwhile(path().string());
  return {};
}

// The caller has looked already, but at what it knew: another window may have put a label there since.
Result<void> Project::checkNoOverlap(TrackId trackId, LabelId id, const Label& label) {
  auto statement = database_->prepare(
      "SELECT count(*) FROM label WHERE track=?1 AND id<>?2 AND ((start_ns<?4 AND end_ns>?3) OR (start_ns=?3 AND end_ns=?4))");
  if (!statement) return fail(statement.error());
  statement->bind(1, raw(trackId)).bind(2, raw(id)).bind(3, label.span.start.nanoseconds()).bind(4, label.span.end.nanoseconds());
  auto row = statement->step();
  if (!row) return fail(row.error());
  if (statement->whole(0) > 0)
    return fail(ErrorCode::invalidArgument, "\"" + serial::printable(label.text) + "\" overlaps another label of an exclusive track; shorten one of them");
  return {};
}

Result<StoredTrack> Project::apply(const std::string& editName, const StoredTrack& before, const TrackEdit& change) {
  if (before.ids.size() != before.track.labels.size() || change.from.size() != change.track.labels.size())
    return fail(ErrorCode::invalidArgument, "an edit that does not belong to this track");
  if (auto ok = checkNoReference(before.track, change); !ok) return fail(ok.error());
  StoredTrack after{before.id, change.track, std::vector<LabelId>(change.from.size())};
  auto done = edit(editName, [&]() -> Result<void> {
    auto properties = database_->prepare("UPDATE track SET kind=?2, exclusive=?3, reference=?4 WHERE id=?1 RETURNING name");
    auto insert = database_->prepare(kInsertLabel);
    auto update = database_->prepare(kUpdateLabel);
    auto remove = database_->prepare("DELETE FROM label WHERE id=?1");
    for (const auto* statement : {&properties, &insert, &update, &remove})
      if (!*statement) return fail(statement->error());
    properties->bind(1, raw(before.id)).bind(2, std::int64_t{change.track.kind == TrackKind::points});
    auto there = properties->bind(3, std::int64_t{change.track.exclusive}).bind(4, std::int64_t{change.track.reference}).step();
    if (!there) return fail(there.error());
    if (!*there) return changedMeanwhile(path().string());
    after.track.name = properties->text(0);
    properties->reset();

    std::vector<bool> kept(before.ids.size(), false);
    for (const std::int64_t from : change.from)
      if (from != kNewLabel) kept.at(static_cast<std::size_t>(from)) = true;
    for (std::size_t i = 0; i < kept.size(); ++i) {
      if (kept[i]) continue;
      if (auto ok = checkUnchanged(before.ids[i], before.track.labels[i]); !ok) return ok;
      if (auto ok = remove->bind(1, raw(before.ids[i])).run(); !ok) return ok;
    }
    std::vector<std::size_t> touched;
    for (std::size_t i = 0; i < change.from.size(); ++i) {
      const Label& label = change.track.labels[i];
      if (change.from[i] == kNewLabel) {
        auto id = insertLabel(*insert, before.id, label);
        if (!id) return fail(id.error());
        after.ids[i] = *id;
        touched.push_back(i);
        continue;
      }
      const auto from = static_cast<std::size_t>(change.from[i]);
      after.ids[i] = before.ids[from];
      if (label == before.track.labels[from]) continue;
      if (auto ok = checkUnchanged(after.ids[i], before.track.labels[from]); !ok) return ok;
      update->bind(1, raw(after.ids[i]));
      if (auto ok = bindLabel(*update, 2, label); !ok) return ok;
      if (auto ok = update->run(); !ok) return ok;
      touched.push_back(i);
    }
    if (change.track.exclusive)
      for (const std::size_t i : touched)
        if (auto ok = checkNoOverlap(before.id, after.ids[i], change.track.labels[i]); !ok) return ok;
    return {};
  });
  if (!done) return fail(done.error());
  return after;
}

}  // namespace chladni::store
