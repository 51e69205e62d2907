// Raven's selection tables: columns between tabs with a heading, as many of one's own as one likes. Ours are Annotation,
// Track, Confidence, State, Author, Model, Weights, Threshold and Attributes; columns of others become attributes. The
// second view of a selection, which Raven lists once for the waveform and once for the spectrogram, is passed over.
#include <algorithm>
#include <set>

#include "core/annotation/attributes.h"
#include "core/annotation/codecs.h"
#include "core/annotation/label_states.h"
#include "core/annotation/set_builder.h"
#include "core/annotation/table.h"

namespace chladni::annotation {

namespace {

constexpr const char* kStart = "begin time (s)";
constexpr const char* kEnd = "end time (s)";
constexpr const char* kHeading =
    "Selection\tView\tChannel\tBegin Time (s)\tEnd Time (s)\tLow Freq (Hz)\tHigh Freq (Hz)\tBegin Path\tAnnotation\tTrack\t"
    "Confidence\tState\tAuthor\tModel\tWeights\tThreshold\tAttributes\n";
// Where other programs put the text of a label, the first that is there.
constexpr const char* kTextColumns[] = {"annotation", "species", "common name", "label", "class", "category", "tags"};
const std::set<std::string, std::less<>> kOwnColumns{
    "selection", "view", "channel", kStart, kEnd, "low freq (hz)", "high freq (hz)", "begin path", "track", "confidence",
    "state", "author", "model", "weights", "threshold", "attributes"};

class RavenReader {
 public:
  explicit RavenReader(const std::string& origin) : origin_(origin) {}

  Result<LabelSet> read(std::string_view text) {
    Lines lines(text);
    if (!lines.next()) return wrongAt(origin_, 1, 1, "the heading is missing");
    auto done = readHeading(lines.line());
    if (!done) return fail(done.error());
    while (lines.next()) {
      if (trimmed(lines.line()).empty()) continue;
      serial::CsvRow row = fieldsOf(lines);
      done = readRow({&row, &heading_, &origin_});
      if (!done) return fail(done.error());
    }
    builder_.set.media = media_.name();
    return builder_.finished();
  }

 private:
  static serial::CsvRow fieldsOf(const Lines& lines) {
    serial::CsvRow row;
    row.line = lines.number();
    for (const std::string_view field : split(lines.line(), '\t', kMaxColumns)) row.fields.emplace_back(field);
    return row;
  }

  Result<void> readHeading(std::string_view line) {
    for (const std::string_view name : split(line, '\t', kMaxColumns)) names_.emplace_back(name);
    heading_ = Heading(names_);
    for (const char* needed : {kStart, kEnd})
      if (!heading_.column(needed)) return wrongAt(origin_, 1, 1, std::string("the column ") + needed + " is missing");
    for (const char* name : kTextColumns)
      if (!text_) text_ = heading_.column(name);
    for (std::size_t i = 0; i < names_.size(); ++i)
      if (i != text_ && !kOwnColumns.contains(lowered(trimmed(names_[i])))) foreign_.push_back(i);
    return {};
  }

  Result<void> readRow(const Cells& cells) {
    const auto start = cells.time(kStart);
    if (!start) return fail(start.error());
    const auto end = cells.time(kEnd);
    if (!end) return fail(end.error());
    if (*end < *start) return cells.wrong(kEnd, "a selection ends before it begins");
    if (isSecondView(cells, {*start, *end})) return last_->band ? Result<void>() : readBand(cells, *last_);
    const std::string name(cells.text("track"));
    Label* label = builder_.addLabel(builder_.trackNamed(name.empty() ? std::string(kOnlyTrack) : name));
    if (!label) return cells.wrong(kStart, kTooManyLabels);
    last_ = label;
    label->span = {*start, *end};
    if (text_ && *text_ < cells.row->fields.size()) label->text = cells.row->fields[*text_];
    media_.see(cells.text("begin path"));
    auto done = readNumbers(cells, *label);
    if (!done) return done;
    return readProvenance(cells, *label);
  }

  // Raven writes the rows of both views one after the other, under one number.
  bool isSecondView(const Cells& cells, TimeRange span) {
    const std::string number(cells.text("selection"));
    const bool second = last_ && !number.empty() && number == lastNumber_ && span == lastSpan_ && cells.text("view") != lastView_;
    lastNumber_ = number;
    lastSpan_ = span;
    lastView_ = cells.text("view");
    return second;
  }

  static Result<void> readNumbers(const Cells& cells, Label& label) {
    const auto confidence = cells.number("confidence");
    const auto threshold = cells.number("threshold");
    for (const auto* number : {&confidence, &threshold})
      if (!*number) return fail(number->error());
    if (*confidence && isShare(**confidence)) label.confidence = *confidence;
    else if (*confidence) label.attributes.emplace_back("confidence", cells.text("confidence"));
    label.origin.threshold = *threshold;
    return readBand(cells, label);
  }

  static Result<void> readBand(const Cells& cells, Label& label) {
    const auto low = cells.number("low freq (hz)");
    const auto high = cells.number("high freq (hz)");
    if (!low || !high) return fail(low ? high.error() : low.error());
    if (*low && *high) label.band = FrequencyBand{std::min(**low, **high), std::max(**low, **high)};
    return {};
  }

  Result<void> readProvenance(const Cells& cells, Label& label) {
    label.author = cells.text("author");
    label.origin.model = cells.text("model");
    label.origin.weightsSha256 = cells.text("weights");
    label.attributes = attributesFrom(cells.text("attributes"));
    // Everything has a first channel.
    if (const auto channel = cells.text("channel"); !channel.empty() && channel != "1") label.attributes.emplace_back("channel", channel);
    for (const std::size_t column : foreign_)
      if (column < cells.row->fields.size() && !cells.row->fields[column].empty()) {
        label.attributes.emplace_back(names_[column], cells.row->fields[column]);
        if (!builder_.hold(names_[column].size())) return cells.wrong(kStart, kTooMuchText);
      }
    const auto state = cells.text("state").empty() ? LabelState::confirmed : stateNamed(cells.text("state"));
    if (!state) return cells.wrong("state", "confirmed, proposed or rejected is needed");
    label.state = *state;
    return {};
  }

  static constexpr std::size_t kMaxColumns = 200;
  const std::string& origin_;
  SetBuilder builder_;
  NamedRecording media_;
  std::vector<std::string> names_;
  Heading heading_;
  std::optional<std::size_t> text_;
  std::vector<std::size_t> foreign_;
  std::string lastNumber_;
  std::string lastView_;
  TimeRange lastSpan_;
  Label* last_ = nullptr;
};

Result<LabelSet> read(std::string_view text, const std::string& origin) {
  auto few = checkCells(text, '\t', origin);
  if (!few) return fail(few.error());
  return RavenReader(origin).read(text);
}

void keep(Keeper& keeper, const LabelWriteOptions&) {
  keeper.dropLength();
  keeper.dropExclusive();
  keeper.dropReference();
  keeper.dropEmptyTracks();
  if (keeper.set().tracks.empty()) keeper.dropMedia();
  keeper.obeyNames(TextRule::line, kOnlyTrack);
  keeper.obey(TextRule::line);
  keeper.within(MediaTime(), kLongestTime, "Raven counts from 0 to 100 days");
  keeper.dropEmptyTracks();
  keeper.change([](Label& label) {
    if (label.confidence && !isShare(*label.confidence)) label.confidence.reset();
  }, "confidence outside of 0 to 1 is not kept");
  keeper.change([](Label& label) {
    for (std::string* text : {&label.author, &label.origin.model, &label.origin.weightsSha256})
      *text = obeying(*text, TextRule::line);
    for (auto& [key, value] : label.attributes) key = obeying(key, TextRule::line), value = obeying(value, TextRule::line);
  }, "tabs and line ends in author, model and attributes become blanks");
  LabelSet& set = keeper.set();
  const std::string media = obeying(set.media, TextRule::line);
  if (media != set.media) keeper.lose(1, "recording", "tabs and line ends in its name become blanks");
  set.media = media;
  keeper.dropKinds();
  keeper.tidy();
}

Result<std::string> write(const LabelSet& set, const LabelWriteOptions&) {
  std::string text = kHeading;
  std::size_t number = 0;
  for (const LabelTrack& track : set.tracks)
    for (const Label& label : track.labels) {
      text += std::to_string(++number) + (label.band ? "\tSpectrogram 1\t1\t" : "\tWaveform 1\t1\t");
      text += secondsText(label.span.start, 6) + "\t" + secondsText(label.span.end, 6) + "\t";
      text += (label.band ? numberText(label.band->low) + "\t" + numberText(label.band->high) : std::string("\t")) + "\t";
      text += set.media + "\t" + label.text + "\t" + track.name + "\t" + orEmpty(label.confidence) + "\t" +
              std::string(nameOf(label.state)) + "\t" + label.author + "\t" + label.origin.model + "\t" +
              label.origin.weightsSha256 + "\t" + orEmpty(label.origin.threshold) + "\t" + attributesText(label.attributes) + "\n";
    }
  return text;
}

}  // namespace

const LabelCodec kRavenCodec{read, keep, write};

}  // namespace chladni::annotation
