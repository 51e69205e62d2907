// Annotations of the AVE data set: category&id&quality&start&end in whole seconds of clips of ten seconds.
#include <algorithm>

#include "core/annotation/codecs.h"
#include "core/annotation/recordings.h"
#include "core/annotation/set_builder.h"
#include "core/datasets/ave_annotations.h"

namespace chladni::annotation {

namespace {

constexpr std::string_view kGood = "good";
constexpr std::string_view kQuality = "quality";
constexpr std::int64_t kSecond = 1'000'000'000;

MediaTime wholeSeconds(int seconds) { return MediaTime::fromNanoseconds(seconds * kSecond); }

// The reader of data sets names lines, which here begin at a column as everywhere.
Error withColumn(Error error, const std::string& origin) {
  const std::string start = origin + ": line ";
  const std::size_t colon = error.message.find(':', start.size());
  if (error.message.starts_with(start) && colon != std::string::npos) error.message.insert(colon, " column 1");
  return error;
}

Result<LabelSet> read(std::string_view text, const std::string& origin) {
  if (static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n')) > kMaxLabels)
    return wrongAt(origin, static_cast<std::int64_t>(kMaxLabels) + 1, 1, kTooManyLabels);
  const auto annotations = datasets::parseAveAnnotations(text, origin);
  if (!annotations) return fail(withColumn(annotations.error(), origin));
  SetBuilder builder;
  for (const datasets::AveRow& row : annotations->rows) {
    Label* label = builder.addLabel(builder.trackNamed(row.id));
    if (!label) return fail(ErrorCode::corruptData, origin + ": " + kTooManyLabels);
    label->span = {wholeSeconds(row.start), wholeSeconds(row.end)};
    label->text = row.category;
    if (row.quality != kGood) label->attributes.emplace_back(kQuality, row.quality);
  }
  LabelSet set = builder.finished();
  recordingsFromTracks(set);
  return set;
}

// From the second it begins in to the end of the one it ends in, as the published annotations do.
void toWholeSeconds(Label& label) {
  const std::int64_t start = label.span.start.nanoseconds() / kSecond;
  const std::int64_t end = (label.span.end.nanoseconds() + kSecond - 1) / kSecond;
  label.span = {wholeSeconds(static_cast<int>(start)), wholeSeconds(static_cast<int>(end))};
}

// Only a quality that reads back.
void keepQuality(Label& label) {
  const auto found = std::find_if(label.attributes.begin(), label.attributes.end(),
                                  [](const auto& attribute) { return attribute.first == kQuality; });
  std::string quality = found == label.attributes.end() ? std::string(kGood) : obeying(without(found->second, '&'), TextRule::trimmed);
  label.attributes.clear();
  if (quality != kGood) label.attributes.emplace_back(kQuality, quality);
}

void keep(Keeper& keeper, const LabelWriteOptions&) {
  keeper.dropLength();
  keeper.dropExclusive();
  keeper.dropReference();
  keeper.dropBands();
  keeper.dropConfidence();
  keeper.dropState();
  keeper.dropAuthor();
  keeper.dropOrigin();
  keeper.change(keepQuality, "attributes other than one quality are not kept");
  keeper.within(MediaTime(), wholeSeconds(datasets::kAveSegments), "clips of AVE have ten seconds");
  keeper.change(toWholeSeconds, "times are widened to whole seconds");
  keeper.obey(TextRule::trimmed);
  keeper.dropEmptyTexts("labels without text are left out");
  keepRecordings(keeper, TextRule::trimmed, '&');
  keeper.dropKinds();
  keeper.tidy();
}

Result<std::string> write(const LabelSet& set, const LabelWriteOptions&) {
  std::vector<datasets::AveRow> rows;
  for (const LabelTrack& track : set.tracks)
    for (const Label& label : track.labels)
      rows.push_back({label.text, recordingOf(set, track),
                      label.attributes.empty() ? std::string(kGood) : label.attributes.front().second,
                      static_cast<int>(label.span.start.nanoseconds() / kSecond),
                      static_cast<int>(label.span.end.nanoseconds() / kSecond)});
  // A category at the very start must not be taken for a byte order mark.
  const bool marked = !rows.empty() && rows.front().category.starts_with("\xEF\xBB\xBF");
  return datasets::aveAnnotationsText(rows, marked);
}

}  // namespace

const LabelCodec kAveCodec{read, keep, write};

}  // namespace chladni::annotation
