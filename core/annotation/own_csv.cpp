// Our own labels as CSV, one row a label, for spreadsheets and scripts; loses nothing but NUL characters. Only start and
// label are needed; end may be empty for a point. The other columns are there when something is in them: track, low_hz,
// high_hz, confidence, author, source (the model), weights_sha256, threshold, state, attributes, track_kind (what the track
// is for, where its labels do not tell), media and media_end (the recording and its length); columns of others become
// attributes. A row without start holds no label: it names a track without labels, or only the recording.
#include <algorithm>
#include <set>

#include "core/annotation/attributes.h"
#include "core/annotation/codecs.h"
#include "core/annotation/label_states.h"
#include "core/annotation/set_builder.h"
#include "core/annotation/table.h"

namespace chladni::annotation {

namespace {

constexpr std::size_t kNeeded = 3;  // columns that are always written
const std::vector<std::string> kColumns{"start",     "end",    "label",  "track",          "low_hz",    "high_hz", "confidence",
                                        "author",    "source", "state",  "weights_sha256", "threshold", "attributes",
                                        "track_kind", "media", "media_end"};

bool takeWord(std::string_view& text, std::string_view word) {
  if (!text.starts_with(word)) return false;
  text.remove_prefix(word.size());
  return true;
}

class OwnCsvReader {
 public:
  explicit OwnCsvReader(const std::string& origin) : origin_(origin) {}

  Result<LabelSet> read(const serial::CsvTable& table) {
    if (table.rows.empty()) return wrongAt(origin_, 1, 1, "the heading is missing");
    heading_ = Heading(table.rows.front().fields);
    if (!heading_.column("start")) return wrongAt(origin_, 1, 1, "the column start is missing");
    if (!heading_.column("label") && !heading_.column("text")) return wrongAt(origin_, 1, 1, "the column label is missing");
    name_ = heading_.column("label") ? "label" : "text";
    findForeign(table.rows.front().fields);
    for (std::size_t i = 1; i < table.rows.size(); ++i) {
      auto done = readRow({&table.rows[i], &heading_, &origin_});
      if (!done) return fail(done.error());
    }
    for (std::size_t i = 0; i < builder_.set.tracks.size(); ++i) {
      LabelTrack& track = builder_.set.tracks[i];
      sortLabels(track);
      if (!declared_.contains(i)) track.kind = kindByLabels(track);
    }
    builder_.set.media = media_.name();
    return std::move(builder_.set);
  }

 private:
  // Columns of others are attributes, as in Raven's tables; of two of one name the first is ours.
  void findForeign(const std::vector<std::string>& names) {
    for (std::size_t i = 0; i < names.size(); ++i) {
      const std::string name = lowered(trimmed(names[i]));
      const bool ours = name == name_ || (std::find(kColumns.begin(), kColumns.end(), name) != kColumns.end() && name != "label");
      if (!name.empty() && !ours) foreign_.emplace_back(i, std::string(trimmed(names[i])));
    }
  }

  Result<void> readRow(const Cells& cells) {
    auto recording = readRecording(cells);
    if (!recording) return recording;
    const bool labelled = !cells.text("start").empty();
    if (!labelled && (!cells.text("end").empty() || !cells.text(name_).empty())) return cells.wrong("start", "a label needs a start");
    const bool unnamed = !heading_.column("track");
    const bool recordingOnly = !labelled && cells.text("track").empty() && cells.text("track_kind").empty();
    if (recordingOnly) return {};
    LabelTrack* track = builder_.trackNamed(unnamed ? std::string(kOnlyTrack) : std::string(cells.text("track")));
    if (!track) return cells.wrong("track", kTooManyLabels);
    auto kind = readKind(cells, *track);
    if (!kind || !labelled) return kind;
    Label* label = builder_.addLabel(track);
    if (!label) return cells.wrong("start", kTooManyLabels);
    return readLabel(cells, *label);
  }

  Result<void> readRecording(const Cells& cells) {
    media_.see(cells.text("media"));
    if (cells.text("media_end").empty()) return {};
    const auto length = cells.time("media_end");
    if (!length) return fail(length.error());
    builder_.set.length = *length;
    return {};
  }

  Result<void> readKind(const Cells& cells, LabelTrack& track) {
    std::string_view kind = cells.text("track_kind");
    if (kind.empty()) return {};
    const bool reference = takeWord(kind, "reference ");
    const bool exclusive = takeWord(kind, "exclusive ");
    if (kind != "intervals" && kind != "points")
      return cells.wrong("track_kind", "intervals or points, maybe after reference or exclusive, is needed");
    declared_.insert(static_cast<std::size_t>(&track - builder_.set.tracks.data()));
    track.kind = kind == "points" ? TrackKind::points : TrackKind::intervals;
    track.exclusive = exclusive;
    track.reference = reference;
    return {};
  }

  Result<void> readLabel(const Cells& cells, Label& label) {
    const auto start = cells.time("start");
    if (!start) return fail(start.error());
    const auto end = cells.text("end").empty() ? start : cells.time("end");
    if (!end) return fail(end.error());
    if (*end < *start) return cells.wrong("end", "a label ends before it starts");
    label.span = {*start, *end};
    label.text = cells.text(name_);
    const auto low = cells.number("low_hz");
    const auto high = cells.number("high_hz");
    const auto confidence = cells.number("confidence");
    const auto threshold = cells.number("threshold");
    for (const auto* number : {&low, &high, &confidence, &threshold})
      if (!*number) return fail(number->error());
    if (low->has_value() != high->has_value() || (*low && **low > **high))
      return cells.wrong("low_hz", "both frequencies are needed, the lower first");
    if (*low) label.band = FrequencyBand{**low, **high};
    label.confidence = *confidence;
    label.origin = {std::string(cells.text("source")), std::string(cells.text("weights_sha256")), *threshold};
    label.author = cells.text("author");
    label.attributes = attributesFrom(cells.text("attributes"));
    for (const auto& [column, name] : foreign_) {
      if (column >= cells.row->fields.size() || cells.row->fields[column].empty()) continue;
      label.attributes.emplace_back(name, cells.row->fields[column]);
      if (!builder_.hold(name.size())) return cells.wrong("start", kTooMuchText);
    }
    const auto state = cells.text("state").empty() ? LabelState::confirmed : stateNamed(cells.text("state"));
    if (!state) return cells.wrong("state", "confirmed, proposed or rejected is needed");
    label.state = *state;
    return {};
  }

  const std::string& origin_;
  Heading heading_;
  std::string_view name_ = "label";  // the column that holds it
  SetBuilder builder_;
  std::vector<std::pair<std::size_t, std::string>> foreign_;  // column, name
  NamedRecording media_;
  std::set<std::size_t> declared_;  // tracks whose kind the file says
};

Result<LabelSet> read(std::string_view text, const std::string& origin) {
  const auto table = parseLabelCsv(text, origin, ',');
  if (!table) return fail(table.error());
  return OwnCsvReader(origin).read(*table);
}

void keep(Keeper& keeper, const LabelWriteOptions&) {
  keeper.obeyNames(TextRule::noNul, kOnlyTrack);
  keeper.obey(TextRule::noNul);
  keeper.change([](Label& label) {
    for (std::string* text : {&label.author, &label.origin.model, &label.origin.weightsSha256})
      *text = obeying(*text, TextRule::noNul);
    for (auto& [key, value] : label.attributes) key = obeying(key, TextRule::noNul), value = obeying(value, TextRule::noNul);
  }, "NUL characters are replaced");
  LabelSet& set = keeper.set();
  const std::string media = obeying(set.media, TextRule::noNul);
  if (media != set.media) keeper.lose(1, "recording", "NUL characters are replaced in its name");
  set.media = media;
}

std::size_t columnOf(std::string_view name) {
  return static_cast<std::size_t>(std::find(kColumns.begin(), kColumns.end(), name) - kColumns.begin());
}

std::string kindOf(const LabelTrack& track) {
  if (!track.exclusive && !track.reference && track.kind == kindByLabels(track) && !track.labels.empty()) return {};
  return std::string(track.reference ? "reference " : "") + (track.exclusive ? "exclusive " : "") +
         (track.kind == TrackKind::points ? "points" : "intervals");
}

std::vector<std::string> rowOf(const LabelTrack& track, const std::string& kind, const Label& label) {
  return {secondsText(label.span.start, 3), secondsText(label.span.end, 3), label.text, track.name,
          label.band ? numberText(label.band->low) : std::string(), label.band ? numberText(label.band->high) : std::string(),
          orEmpty(label.confidence), label.author, label.origin.model,
          label.state == LabelState::confirmed ? std::string() : std::string(nameOf(label.state)), label.origin.weightsSha256,
          orEmpty(label.origin.threshold), attributesText(label.attributes), kind, {}, {}};
}

std::vector<std::string> rowOf(const LabelTrack& track, const std::string& kind) {
  std::vector<std::string> row(kColumns.size());
  row[columnOf("track")] = track.name;
  row[columnOf("track_kind")] = kind;
  return row;
}

// In the first row, which may be one of its own.
void addRecording(const LabelSet& set, std::vector<std::vector<std::string>>& rows) {
  if (!set.length && set.media.empty()) return;
  if (rows.size() == 1) rows.emplace_back(kColumns.size());
  rows[1][columnOf("media")] = set.media;
  if (set.length) rows[1][columnOf("media_end")] = secondsText(*set.length, 3);
}

// Columns that nothing is in; the one of tracks may go when all is in the track that a table without it has.
void dropEmptyColumns(const LabelSet& set, std::vector<std::vector<std::string>>& rows) {
  const bool onlyTrack = set.tracks.size() == 1 && set.tracks[0].name == kOnlyTrack;
  std::vector<std::size_t> kept;
  for (std::size_t column = 0; column < kColumns.size(); ++column) {
    const bool used = column == columnOf("track")
                          ? !set.tracks.empty() && !onlyTrack
                          : std::any_of(rows.begin() + 1, rows.end(), [&](const auto& row) { return !row[column].empty(); });
    if (column < kNeeded || used) kept.push_back(column);
  }
  for (auto& row : rows) {
    std::vector<std::string> cells;
    for (const std::size_t column : kept) cells.push_back(std::move(row[column]));
    row = std::move(cells);
  }
}

Result<std::string> write(const LabelSet& set, const LabelWriteOptions&) {
  std::vector<std::vector<std::string>> rows{kColumns};
  for (const LabelTrack& track : set.tracks) {
    const std::string kind = kindOf(track);
    if (track.labels.empty()) rows.push_back(rowOf(track, kind));
    for (const Label& label : track.labels) rows.push_back(rowOf(track, kind, label));
  }
  addRecording(set, rows);
  dropEmptyColumns(set, rows);
  return serial::csvText(rows);
}

}  // namespace

const LabelCodec kChladniCsvCodec{read, keep, write};

}  // namespace chladni::annotation
