// WebVTT and SubRip (SRT): cues of one or more lines, in milliseconds, ended by an empty line. A cue of WebVTT that begins
// with a voice, <v Anna>, lies on the track Anna, one with several is cut into what each says; other markup of WebVTT is taken away, SubRip's stays as it is written.
// The times decide: numbers, names and settings of cues, remarks and styles are passed over.
#include <algorithm>

#include "core/annotation/codecs.h"
#include "core/annotation/html_entities.h"
#include "core/annotation/set_builder.h"

namespace chladni::annotation {

namespace {

constexpr std::string_view kArrow = "-->";
constexpr MediaTime kMillisecond = MediaTime::fromNanoseconds(1'000'000);

std::string withoutTags(std::string_view text) {
  std::string plain;
  while (!text.empty()) {
    const std::size_t open = std::min(text.find('<'), text.size());
    plain += text.substr(0, open);
    const std::size_t close = text.find('>', open);
    if (close == std::string_view::npos) {
      plain += text.substr(open);
      break;
    }
    text.remove_prefix(close + 1);
  }
  return plain;
}

bool isVoice(std::string_view text) { return text.starts_with("<v ") || text.starts_with("<v.") || text.starts_with("<v\t"); }

// Where the next voice begins, from `from` on; npos when there is none. Looks no further than that.
std::size_t nextVoice(std::string_view text, std::size_t from) {
  std::size_t at = text.find("<v", from);
  while (at != std::string_view::npos && !isVoice(text.substr(at, 3))) at = text.find("<v", at + 1);
  return at;
}

// Takes "<v.loud Anna>" from the start of a cue.
std::string takeVoice(std::string_view& text) {
  if (!isVoice(text)) return {};
  const std::size_t close = text.find_first_of("<>", 1);
  if (close == std::string_view::npos || text[close] != '>') return {};
  const std::size_t name = text.substr(0, close).find_first_of(" \t");
  if (name == std::string_view::npos) return {};
  const std::string voice = withoutEntities(trimmed(text.substr(name, close - name)));
  text.remove_prefix(close + 1);
  return voice;
}

class CueReader {
 public:
  CueReader(std::string_view text, const std::string& origin, bool webVtt)
      : lines_(text), origin_(origin), webVtt_(webVtt) {}

  Result<LabelSet> read() {
    if (webVtt_) {
      if (!lines_.next() || !(lines_.line() == "WEBVTT" || lines_.line().starts_with("WEBVTT ") ||
                              lines_.line().starts_with("WEBVTT\t")))
        return wrongAt(origin_, 1, 1, "the first line must be WEBVTT");
      while (lines_.next() && !lines_.line().empty() && lines_.line().find(kArrow) == std::string_view::npos) {
      }
      if (lines_.line().find(kArrow) != std::string_view::npos) {
        auto done = readCue();
        if (!done) return fail(done.error());
      }
    }
    while (lines_.next()) {
      auto done = readBlock();
      if (!done) return fail(done.error());
    }
    return builder_.finished();
  }

 private:
  Unexpected wrong(std::string_view piece, const std::string& why) const {
    return wrongAt(origin_, lines_.number(), lines_.column(piece), why);
  }

  // "NOTE", alone or before a blank; "NOTE1" is the name of a cue.
  static bool isRemark(std::string_view line) {
    for (const std::string_view word : {"NOTE", "STYLE", "REGION"})
      if (line.starts_with(word) && (line.size() == word.size() || line[word.size()] == ' ' || line[word.size()] == '\t')) return true;
    return false;
  }

  // From its first line: blank, a remark, a name or number of a cue, or its times.
  Result<void> readBlock() {
    const std::string_view line = lines_.line();
    if (trimmed(line).empty()) return {};
    if (line.find(kArrow) != std::string_view::npos) return readCue();
    if (webVtt_ && isRemark(line)) {
      while (lines_.next() && !lines_.line().empty()) {
      }
      return {};
    }
    const std::int64_t at = lines_.number();
    if (!lines_.next() || lines_.line().find(kArrow) == std::string_view::npos)
      return wrongAt(origin_, at + 1, 1, "the times of a cue are missing: start --> end");
    return readCue();
  }

  Result<void> readCue() {
    const std::string_view line = lines_.line();
    const std::size_t arrow = line.find(kArrow);
    const auto start = timecodeOf(line.substr(0, arrow));
    if (!start) return wrong(line, "the start must be a time such as 00:01:02.500");
    const std::string_view rest = line.substr(arrow + kArrow.size());
    const auto after = words(rest, 1);
    const auto end = after.empty() ? std::nullopt : timecodeOf(after.front());
    if (!end) return wrong(rest, "the end must be a time such as 00:01:02.500");
    if (*end < *start) return wrong(rest, "the end of a cue lies before its start");
    std::string text;
    for (bool first = true; lines_.next() && !lines_.line().empty(); first = false)
      text.append(first ? "" : "\n").append(lines_.line());
    return add({*start, *end}, text);
  }

  // Each voice says its own part of the cue.
  Result<void> add(TimeRange span, std::string_view text) {
    if (!webVtt_) return add(span, {}, std::string(text));
    do {
      const std::size_t before = text.size();
      const std::string voice = takeVoice(text);
      // One that is no voice, because it has no end or no name, is text; the cue goes on behind it.
      const std::size_t end = std::min(nextVoice(text, text.size() == before ? 1 : 0), text.size());
      const std::string said = withoutEntities(withoutTags(text.substr(0, end)));
      text.remove_prefix(end);
      // Blanks between voices are nobody's.
      if (voice.empty() && trimmed(said).empty() && !text.empty()) continue;
      auto done = add(span, voice, text.empty() ? said : std::string(trimmed(said)));
      if (!done) return done;
    } while (!text.empty());
    return {};
  }

  Result<void> add(TimeRange span, const std::string& voice, std::string said) {
    Label* label = builder_.addLabel(builder_.trackNamed(voice.empty() ? std::string(kOnlyTrack) : voice));
    if (!label) return wrong(lines_.line(), kTooManyLabels);
    label->span = span;
    label->text = std::move(said);
    return {};
  }

  Lines lines_;
  const std::string& origin_;
  bool webVtt_;
  SetBuilder builder_;
};

Result<LabelSet> readVtt(std::string_view text, const std::string& origin) { return CueReader(text, origin, true).read(); }
Result<LabelSet> readSrt(std::string_view text, const std::string& origin) { return CueReader(text, origin, false).read(); }

void keepCues(Keeper& keeper) {
  keeper.dropLength();
  keeper.dropMedia();
  keeper.dropExclusive();
  keeper.dropReference();
  keeper.dropBands();
  keeper.dropConfidence();
  keeper.dropProvenance();
  keeper.within(MediaTime(), kLongestTime, "subtitles count from 0 to 100 days");
  keeper.dropEmptyTracks();
  keeper.snapTo(kMillisecond, "times are rounded to milliseconds");
  keeper.atLeastLong(kMillisecond, "points and shorter ones become one millisecond long");
  keeper.obey(TextRule::cue);
  keeper.dropKinds();
  keeper.tidy();
}

void keepVtt(Keeper& keeper, const LabelWriteOptions&) {
  keeper.dropEmptyTracks();
  keeper.obeyNames(TextRule::trimmed, kOnlyTrack);
  keepCues(keeper);
  // Cues are in the order of time, and the first of a track brings it in.
  auto& tracks = keeper.set().tracks;
  const auto first = [](const LabelTrack& track) { return track.labels.empty() ? kLongestTime : track.labels.front().span.start; };
  std::stable_sort(tracks.begin(), tracks.end(), [&](const LabelTrack& a, const LabelTrack& b) { return first(a) < first(b); });
}

void keepSrt(Keeper& keeper, const LabelWriteOptions&) {
  keeper.mergeTracks(false);
  keepCues(keeper);
}

Result<std::string> writeVtt(const LabelSet& set, const LabelWriteOptions&) {
  struct Cue {
    const LabelTrack* track;
    const Label* label;
  };
  std::vector<Cue> cues;
  for (const LabelTrack& track : set.tracks)
    for (const Label& label : track.labels) cues.push_back({&track, &label});
  std::stable_sort(cues.begin(), cues.end(), [](const Cue& a, const Cue& b) { return a.label->span.start < b.label->span.start; });
  std::string text = "WEBVTT\n";
  for (const Cue& cue : cues) {
    text += "\n" + timecodeText(cue.label->span.start, '.') + " --> " + timecodeText(cue.label->span.end, '.') + "\n";
    if (cue.track->name != kOnlyTrack) text += "<v " + withEntities(cue.track->name) + ">";
    text += withEntities(cue.label->text) + "\n";
  }
  return text;
}

Result<std::string> writeSrt(const LabelSet& set, const LabelWriteOptions&) {
  std::string text;
  std::int64_t number = 0;
  for (const LabelTrack& track : set.tracks)
    for (const Label& label : track.labels)
      text += std::to_string(++number) + "\n" + timecodeText(label.span.start, ',') + " --> " +
              timecodeText(label.span.end, ',') + "\n" + label.text + (label.text.empty() ? "\n" : "\n\n");
  return text;
}

}  // namespace

const LabelCodec kWebVttCodec{readVtt, keepVtt, writeVtt};
const LabelCodec kSubRipCodec{readSrt, keepSrt, writeSrt};

}  // namespace chladni::annotation
