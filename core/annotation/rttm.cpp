// RTTM: ten fields between blanks, "SPEAKER file channel onset duration <NA> <NA> name confidence <NA>". Nine are read
// too, other kinds of lines when they have times, and ";;" begins a remark. A file may hold several recordings: each then
// becomes a track.
#include <array>

#include "core/annotation/codecs.h"
#include "core/annotation/recordings.h"
#include "core/annotation/set_builder.h"

namespace chladni::annotation {

namespace {

constexpr std::string_view kNothing = "<NA>";

std::string valueOf(std::string_view field) { return field == kNothing ? std::string() : std::string(field); }

Result<void> readLine(const Lines& lines, const std::string& origin, SetBuilder& builder) {
  const auto fields = words(lines.line(), 11);
  const auto wrong = [&](std::size_t field, const std::string& why) {
    return wrongAt(origin, lines.number(), lines.column(fields[std::min(field, fields.size() - 1)]), why);
  };
  if (fields.size() < 9 || fields.size() > 10)
    return wrong(fields.size() - 1, "nine or ten fields are needed, separated by blanks");
  if (fields[3] == kNothing && fields[4] == kNothing) return {};
  const auto start = secondsOf(fields[3]);
  if (!start) return wrong(3, "the onset must be a number of seconds");
  const auto length = fields[4] == kNothing ? MediaTime() : secondsOf(fields[4]);
  if (!length || *length < MediaTime()) return wrong(4, "the duration must be a number of seconds, not below 0");
  if (!isLabelTime(*start + *length)) return wrong(4, "it ends more than 126 years from the start");
  Label* label = builder.addLabel(builder.trackNamed(std::string(fields[1])));
  if (!label) return wrong(0, kTooManyLabels);
  label->span = {*start, *start + *length};
  // Words and the like say who in the eighth field, too, but what they are is in the sixth.
  label->text = fields[0] == "SPEAKER" || fields[5] == kNothing ? valueOf(fields[7]) : valueOf(fields[5]);
  if (fields[8] == kNothing) return {};
  const auto confidence = numberOf(fields[8]);
  if (!confidence) return wrong(8, "the confidence must be a number or <NA>");
  if (isShare(*confidence)) label->confidence = *confidence;
  else label->attributes.emplace_back("confidence", fields[8]);
  return {};
}

Result<LabelSet> read(std::string_view text, const std::string& origin) {
  SetBuilder builder;
  Lines lines(text);
  while (lines.next()) {
    if (trimmed(lines.line()).empty() || lines.line().starts_with(";;")) continue;
    auto done = readLine(lines, origin, builder);
    if (!done) return fail(done.error());
  }
  LabelSet set = builder.finished();
  recordingsFromTracks(set);
  if (set.media == kNothing) set.media.clear();
  return set;
}

void keep(Keeper& keeper, const LabelWriteOptions&) {
  keeper.dropLength();
  keeper.dropExclusive();
  keeper.dropReference();
  keeper.dropBands();
  keeper.dropProvenance();
  keeper.within(MediaTime(), kLongestTime, "RTTM counts from 0 to 100 days");
  keeper.obey(TextRule::token);
  keeper.change([](Label& label) {
    if (label.text == kNothing) label.text.clear();
  }, "the text <NA> means none");
  keeper.change([](Label& label) {
    if (label.confidence && !isShare(*label.confidence)) label.confidence.reset();
  }, "confidence outside of 0 to 1 is not kept");
  keepRecordings(keeper, TextRule::token);
  keeper.dropKinds();
  keeper.tidy();
}

Result<std::string> write(const LabelSet& set, const LabelWriteOptions&) {
  std::string text;
  for (const LabelTrack& track : set.tracks)
    for (const Label& label : track.labels)
      text += "SPEAKER " + recordingOf(set, track) + " 1 " + secondsText(label.span.start, 3) + " " +
              secondsText(label.span.length(), 3) + " <NA> <NA> " +
              (label.text.empty() ? std::string(kNothing) : label.text) + " " +
              (label.confidence ? numberText(*label.confidence) : std::string(kNothing)) + " <NA>\n";
  return text;
}

}  // namespace

const LabelCodec kRttmCodec{read, keep, write};

}  // namespace chladni::annotation
