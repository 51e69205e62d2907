// Our own labels as CSV, one row a label, for spreadsheets and scripts; loses nothing but NUL characters. The column "row"
// says what a row is: recording (text: its name, end: its length), track (its name, kind and rule), or label. Only start
// and text are needed: a table without the other columns holds labels of one track.
#include "core/annotation/codecs.h"
#include "core/annotation/label_states.h"
#include "core/annotation/set_builder.h"
#include "core/annotation/table.h"

namespace chladni::annotation {

namespace {

const std::vector<std::string> kColumns{"row",        "track",     "start", "end",    "text",  "low_hz",         "high_hz",
                                        "confidence", "state",     "author", "model", "weights_sha256", "threshold", "attributes"};

class OwnCsvReader {
 public:
  explicit OwnCsvReader(const std::string& origin) : origin_(origin) {}

  Result<LabelSet> read(const serial::CsvTable& table) {
    if (table.rows.empty()) return wrongAt(origin_, 1, 1, "the heading is missing");
    heading_ = Heading(table.rows.front().fields);
    for (const char* needed : {"start", "text"})
      if (!heading_.column(needed)) return wrongAt(origin_, 1, 1, std::string("the column ") + needed + " is missing");
    for (std::size_t i = 1; i < table.rows.size(); ++i) {
      auto done = readRow({&table.rows[i], &heading_, &origin_});
      if (!done) return fail(done.error());
    }
    for (LabelTrack& track : builder_.set.tracks) {
      sortLabels(track);
      if (!declared_) track.kind = kindByLabels(track);
    }
    return std::move(builder_.set);
  }

 private:
  Result<void> readRow(const Cells& cells) {
    const std::string_view kind = cells.text("row");
    if (kind == "recording") return readRecording(cells);
    if (kind == "track") return readTrack(cells);
    if (kind != "label" && !kind.empty()) return cells.wrong("row", "recording, track or label is needed");
    const bool unnamed = !heading_.column("track");
    LabelTrack* track = builder_.trackNamed(unnamed ? std::string(kOnlyTrack) : std::string(cells.text("track")));
    Label* label = builder_.addLabel(track);
    if (!label) return cells.wrong("row", kTooManyLabels);
    return readLabel(cells, *label);
  }

  Result<void> readRecording(const Cells& cells) {
    builder_.set.media = cells.text("text");
    if (cells.text("end").empty()) return {};
    const auto length = cells.time("end");
    if (!length) return fail(length.error());
    builder_.set.length = *length;
    return {};
  }

  Result<void> readTrack(const Cells& cells) {
    declared_ = true;
    LabelTrack* track = builder_.trackNamed(std::string(cells.text("track")));
    if (!track) return cells.wrong("row", kTooManyLabels);
    const std::string_view kind = cells.text("text");
    if (kind != "intervals" && kind != "points" && kind != "exclusive intervals" && kind != "exclusive points")
      return cells.wrong("text", "intervals or points, maybe after exclusive, is needed");
    track->kind = kind.ends_with("points") ? TrackKind::points : TrackKind::intervals;
    track->exclusive = kind.starts_with("exclusive");
    return {};
  }

  static Result<void> readLabel(const Cells& cells, Label& label) {
    const auto start = cells.time("start");
    if (!start) return fail(start.error());
    const auto end = cells.text("end").empty() ? start : cells.time("end");
    if (!end) return fail(end.error());
    if (*end < *start) return cells.wrong("end", "a label ends before it starts");
    label.span = {*start, *end};
    label.text = cells.text("text");
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
    label.origin = {std::string(cells.text("model")), std::string(cells.text("weights_sha256")), *threshold};
    label.author = cells.text("author");
    readAttributes(cells.text("attributes"), label);
    const auto state = cells.text("state").empty() ? LabelState::confirmed : stateNamed(cells.text("state"));
    if (!state) return cells.wrong("state", "confirmed, proposed or rejected is needed");
    label.state = *state;
    return {};
  }

  const std::string& origin_;
  Heading heading_;
  SetBuilder builder_;
  bool declared_ = false;
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

std::string orEmpty(const std::optional<double>& value) { return value ? numberText(*value) : std::string(); }

std::vector<std::string> rowOf(const LabelTrack& track, const Label& label) {
  return {"label", track.name, secondsText(label.span.start, 3), secondsText(label.span.end, 3), label.text,
          label.band ? numberText(label.band->low) : std::string(), label.band ? numberText(label.band->high) : std::string(),
          orEmpty(label.confidence), std::string(nameOf(label.state)), label.author, label.origin.model,
          label.origin.weightsSha256, orEmpty(label.origin.threshold), attributesText(label)};
}

Result<std::string> write(const LabelSet& set, const LabelWriteOptions&) {
  std::vector<std::vector<std::string>> rows{kColumns};
  const std::size_t columns = kColumns.size();
  if (set.length || !set.media.empty()) {
    auto& row = rows.emplace_back(columns);
    row[0] = "recording";
    row[4] = set.media;
    if (set.length) row[3] = secondsText(*set.length, 3);
  }
  for (const LabelTrack& track : set.tracks) {
    auto& row = rows.emplace_back(columns);
    row[0] = "track";
    row[1] = track.name;
    row[4] = std::string(track.exclusive ? "exclusive " : "") + (track.kind == TrackKind::points ? "points" : "intervals");
  }
  for (const LabelTrack& track : set.tracks)
    for (const Label& label : track.labels) rows.push_back(rowOf(track, label));
  return serial::csvText(rows);
}

}  // namespace

const LabelCodec kChladniCsvCodec{read, keep, write};

}  // namespace chladni::annotation
