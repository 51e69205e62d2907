// Annotations of Sonic Visualiser as CSV. Written as it exports regions, TIME,VALUE,DURATION,LABEL with a heading, or
// TIME,LABEL when all are points. Read as it imports: separators of several kinds, remarks after "#", headings in any case,
// and without a heading the first growing column of numbers is the start, a second one the end, a column of text the label.
#include <algorithm>

#include "core/annotation/class_numbers.h"
#include "core/annotation/codecs.h"
#include "core/annotation/set_builder.h"
#include "core/annotation/table.h"

namespace chladni::annotation {

namespace {

struct Columns {
  std::optional<std::size_t> start;
  std::optional<std::size_t> end;
  std::optional<std::size_t> duration;
  std::optional<std::size_t> text;
  std::optional<std::size_t> value;
};

using Rows = std::vector<serial::CsvRow>;

bool isRemark(const serial::CsvRow& row) { return row.fields.front().starts_with('#'); }

bool isHeading(const serial::CsvRow& row) {
  return std::none_of(row.fields.begin(), row.fields.end(), [](const std::string& cell) { return numberOf(cell).has_value(); });
}

// The separator that parts the first line which is no remark.
char separatorOf(std::string_view text) {
  Lines lines(text);
  while (lines.next()) {
    const std::string_view line = lines.line();
    if (line.empty() || line.front() == '#') continue;
    for (const char separator : {',', '\t', '|', '/', ':', ' '})
      if (line.find(separator) != std::string_view::npos) return separator;
    break;
  }
  return ',';
}

// By the first words of the heading.
Result<Columns> namedColumns(const serial::CsvRow& row, const std::string& origin) {
  Columns columns;
  for (std::size_t i = 0; i < row.fields.size(); ++i) {
    const auto first = words(row.fields[i], 1);
    const std::string name = first.empty() ? std::string() : lowered(first.front());
    if (name == "frame") return wrongAt(origin, row.line, 1, "times in frames; export with times in seconds, or as a layer (.svl)");
    if (name == "time" || name == "start") columns.start = i;
    else if (name == "endtime" || name == "end") columns.end = i;
    else if (name == "duration") columns.duration = i;
    else if (name == "label") columns.text = i;
    else if (name == "value" || name == "height") columns.value = i;
  }
  if (!columns.start) return wrongAt(origin, row.line, 1, "no column is called TIME");
  return columns;
}

constexpr double kDay = 86'400.0;

// What a column without a heading holds.
struct ColumnLook {
  bool numbers = true;
  bool growing = true;
};

ColumnLook lookOf(const Rows& rows, std::size_t column) {
  ColumnLook look;
  std::optional<double> last;
  for (const serial::CsvRow& row : rows) {
    if (column >= row.fields.size()) continue;
    const auto value = numberOf(row.fields[column]);
    if (!value) return {false, false};
    if (last && *value < *last) look.growing = false;
    last = value;
  }
  return look;
}

// A column that is never before the start.
bool endsAfter(const Rows& rows, std::size_t start, std::size_t column) {
  return std::all_of(rows.begin(), rows.end(), [&](const serial::CsvRow& row) {
    return column >= row.fields.size() || *numberOf(row.fields[column]) >= *numberOf(row.fields[start]);
  });
}

bool allWhole(const Rows& rows, std::size_t column) {
  return std::all_of(rows.begin(), rows.end(), [&](const serial::CsvRow& row) {
    return column >= row.fields.size() || wholeOf(row.fields[column]).has_value();
  });
}

double largest(const Rows& rows, std::size_t column) {
  double most = 0.0;
  for (const serial::CsvRow& row : rows)
    if (column < row.fields.size()) most = std::max(most, *numberOf(row.fields[column]));
  return most;
}

Result<Columns> guessedColumns(const Rows& rows, const std::string& origin) {
  Columns columns;
  std::vector<std::size_t> left;
  for (std::size_t i = 0; i < std::min<std::size_t>(rows.front().fields.size(), 64); ++i) {
    const ColumnLook look = lookOf(rows, i);
    if (!look.numbers) {
      if (!columns.text) columns.text = i;
    } else if (look.growing && !columns.start) {
      columns.start = i;
    } else if (look.growing && !columns.end && columns.start && endsAfter(rows, *columns.start, i)) {
      columns.end = i;
    } else {
      left.push_back(i);
    }
  }
  if (!columns.start) return wrongAt(origin, rows.front().line, 1, "no column of growing times");
  if (allWhole(rows, *columns.start) && largest(rows, *columns.start) > kDay)
    return wrongAt(origin, rows.front().line, 1, "whole times beyond a day are frames of audio; export with times in seconds, or as a layer (.svl)");
  // One whole and one fractional column: that which looks like the times is the duration.
  if (!columns.end && left.size() == 2 && allWhole(rows, left[0]) != allWhole(rows, left[1])) {
    const bool first = allWhole(rows, left[0]) == allWhole(rows, *columns.start);
    columns.duration = left[first ? 0 : 1];
    columns.value = left[first ? 1 : 0];
  } else if (!left.empty()) {
    columns.value = left.front();
  }
  return columns;
}

class SonicCsvReader {
 public:
  explicit SonicCsvReader(const std::string& origin) : origin_(origin) {}

  Result<LabelSet> read(Rows rows) {
    std::erase_if(rows, isRemark);
    if (rows.empty()) return LabelSet();
    const bool heading = isHeading(rows.front());
    auto columns = heading ? namedColumns(rows.front(), origin_) : guessedColumns(rows, origin_);
    if (!columns) return fail(columns.error());
    columns_ = *columns;
    for (std::size_t i = heading ? 1 : 0; i < rows.size(); ++i) {
      auto done = readRow(rows[i]);
      if (!done) return fail(done.error());
    }
    for (LabelTrack& track : builder_.set.tracks) dropClassNumbers(track);
    return builder_.finished();
  }

 private:
  static std::string_view cell(const serial::CsvRow& row, const std::optional<std::size_t>& column) {
    return column && *column < row.fields.size() ? std::string_view(row.fields[*column]) : std::string_view();
  }
  Result<MediaTime> time(const serial::CsvRow& row, const std::optional<std::size_t>& column) const {
    const auto value = secondsOf(cell(row, column));
    if (value) return *value;
    std::int64_t bytes = 1;
    for (std::size_t i = 0; i < std::min(*column, row.fields.size()); ++i)
      bytes += static_cast<std::int64_t>(row.fields[i].size()) + 1;
    return wrongAt(origin_, row.line, bytes, "a number of seconds is needed");
  }

  Result<void> readRow(const serial::CsvRow& row) {
    const auto start = time(row, columns_.start);
    if (!start) return fail(start.error());
    auto end = columns_.end ? time(row, columns_.end) : columns_.duration ? time(row, columns_.duration) : MediaTime();
    if (!end) return fail(end.error());
    if (!columns_.end) *end = *start + *end;
    if (!isLabelTime(*end)) return wrongAt(origin_, row.line, 1, "a label ends more than 126 years from the start");
    if (*end < *start) return wrongAt(origin_, row.line, 1, "a label ends before it starts");
    Label* label = builder_.addLabel(builder_.trackNamed(std::string(kOnlyTrack)));
    if (!label) return wrongAt(origin_, row.line, 1, kTooManyLabels);
    label->span = {*start, *end};
    label->text = cell(row, columns_.text);
    if (columns_.value && !cell(row, columns_.value).empty()) label->attributes.emplace_back("value", cell(row, columns_.value));
    return {};
  }

  const std::string& origin_;
  Columns columns_;
  SetBuilder builder_;
};

Result<LabelSet> read(std::string_view text, const std::string& origin) {
  auto table = parseLabelCsv(text, origin, separatorOf(text));
  if (!table) return fail(table.error());
  return SonicCsvReader(origin).read(std::move(table->rows));
}

void keep(Keeper& keeper, const LabelWriteOptions&) {
  keeper.mergeTracks(false);
  keeper.dropLength();
  keeper.dropMedia();
  keeper.dropExclusive();
  keeper.dropReference();
  keeper.dropKinds();
  keeper.dropBands();
  keeper.dropConfidence();
  keeper.dropProvenance();
  keeper.within(-kLongestTime, kLongestTime, "times beyond 100 days");
  keeper.dropEmptyTracks();
  keeper.dropKinds();
  keeper.obey(TextRule::csvLine);
  keeper.tidy();
}

Result<std::string> write(const LabelSet& set, const LabelWriteOptions&) {
  std::vector<std::vector<std::string>> rows;
  for (const LabelTrack& track : set.tracks) {
    const bool points = track.kind == TrackKind::points;
    rows.push_back(points ? std::vector<std::string>{"TIME", "LABEL"}
                          : std::vector<std::string>{"TIME", "VALUE", "DURATION", "LABEL"});
    const auto numbers = classNumbers(track);
    for (const Label& label : track.labels) {
      auto& row = rows.emplace_back();
      row.push_back(secondsText(label.span.start, 9));
      if (!points) row.push_back(std::to_string(numbers.at(label.text)));
      if (!points) row.push_back(secondsText(label.span.length(), 9));
      row.push_back(label.text);
    }
  }
  return serial::csvText(rows);
}

}  // namespace

const LabelCodec kSonicCsvCodec{read, keep, write};

}  // namespace chladni::annotation
