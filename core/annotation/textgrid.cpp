// Praat's TextGrid, long and short. As in Praat only the tokens count: free-standing numbers, quoted texts and <flags>;
// words before "=", indices in brackets and remarks after "!" are decoration, so one reader serves both. Intervals without
// text are gaps. Tiers with gaps, overlaps or of another length are read, as Praat does; what is written tiles its tier.
#include <algorithm>

#include "core/annotation/codecs.h"
#include "core/annotation/set_builder.h"

namespace chladni::annotation {

namespace {

class Tokens {
 public:
  Tokens(std::string_view text, const std::string& origin) : text_(text), origin_(origin) {}

  [[nodiscard]] Unexpected wrong(const std::string& why) const { return wrongAtOffset(origin_, text_, start_, why); }

  Result<std::string_view> number(const std::string& what) {
    auto token = next(what);
    if (token && (token->front() == '"' || token->front() == '<')) return wrong(what + ": a number is needed");
    return token;
  }
  Result<MediaTime> time(const std::string& what) {
    const auto token = number(what);
    if (!token) return fail(token.error());
    const auto value = secondsOf(*token);
    if (!value) return wrong(what + " must be a number of seconds");
    return *value;
  }
  Result<std::int64_t> count(const std::string& what) {
    const auto token = number(what);
    if (!token) return fail(token.error());
    const auto value = wholeOf(*token);
    if (!value || *value < 0) return wrong(what + " must be a whole number, not below 0");
    return *value;
  }
  Result<std::string> text(const std::string& what) {
    const auto token = next(what);
    if (!token) return fail(token.error());
    if (token->front() != '"') return wrong(what + ": a text in quotes is needed");
    std::string plain;
    for (std::size_t i = 1; i + 1 < token->size(); ++i) {
      plain += (*token)[i];
      if ((*token)[i] == '"') ++i;  // doubled
    }
    return plain;
  }
  Result<bool> exists() {
    const auto token = next("whether there are tiers");
    if (!token) return fail(token.error());
    if (*token != "<exists>" && *token != "<absent>") return wrong("<exists> or <absent> is needed here");
    return *token == "<exists>";
  }

 private:
  static bool isBlank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

  Result<std::string_view> next(const std::string& what) {
    while (at_ < text_.size()) {
      start_ = at_;
      const char c = text_[at_];
      if (isBlank(c)) {
        ++at_;
      } else if (c == '!') {
        at_ = std::min(text_.find_first_of("\r\n", at_), text_.size());
      } else if (c == '"') {
        return quoted();
      } else {
        const std::string_view word = freeStanding();
        const char first = word.front();
        if (first == '<' || first == '-' || first == '+' || (first >= '0' && first <= '9')) return word;
      }
    }
    start_ = text_.size();
    return wrong("the file ends where " + what + " is needed");
  }

  std::string_view freeStanding() {
    const char close = text_[at_] == '[' ? ']' : '\0';
    while (at_ < text_.size() && !isBlank(text_[at_]) && text_[at_] != '"')
      if (text_[at_++] == close) break;
    return text_.substr(start_, at_ - start_);
  }

  Result<std::string_view> quoted() {
    for (at_ = start_ + 1; at_ < text_.size(); at_ += 2) {
      at_ = std::min(text_.find('"', at_), text_.size());
      if (at_ < text_.size() && !text_.substr(at_ + 1).starts_with('"')) return text_.substr(start_, ++at_ - start_);
    }
    return wrong("a quote that is never closed");
  }

  std::string_view text_;
  const std::string& origin_;
  std::size_t at_ = 0;
  std::size_t start_ = 0;
};

class TextGridReader {
 public:
  TextGridReader(std::string_view text, const std::string& origin) : tokens_(text, origin) {}

  Result<LabelSet> read() {
    auto done = readHead();
    if (!done) return fail(done.error());
    const auto exists = tokens_.exists();
    if (!exists) return fail(exists.error());
    if (!*exists) return builder_.finished(false);
    const auto tiers = tokens_.count("the number of tiers");
    if (!tiers) return fail(tiers.error());
    for (std::int64_t i = 0; i < *tiers; ++i) {
      done = readTier();
      if (!done) return fail(done.error());
    }
    LabelSet set = builder_.finished(false);
    for (LabelTrack& track : set.tracks) track.exclusive = !overlaps(track);
    return set;
  }

 private:
  Result<void> readHead() {
    auto type = tokens_.text("the kind of file");
    if (type && *type != "ooTextFile") return tokens_.wrong("this is no text file of Praat (\"ooTextFile\")");
    if (type) type = tokens_.text("the kind of object");
    if (!type) return fail(type.error());
    if (*type != "TextGrid") return tokens_.wrong("this file of Praat holds no TextGrid");
    const auto start = tokens_.time("xmin");
    if (!start) return fail(start.error());
    const auto end = tokens_.time("xmax");
    if (!end) return fail(end.error());
    if (*end > MediaTime()) builder_.set.length = *end;
    return {};
  }

  Result<void> readTier() {
    const auto kind = tokens_.text("the class of a tier");
    if (!kind) return fail(kind.error());
    if (*kind != "IntervalTier" && *kind != "TextTier") return tokens_.wrong("a tier is an IntervalTier or a TextTier");
    auto name = tokens_.text("the name of a tier");
    if (!name) return fail(name.error());
    for (const char* what : {"xmin of a tier", "xmax of a tier"}) {
      const auto time = tokens_.time(what);
      if (!time) return fail(time.error());
    }
    const auto count = tokens_.count("the number of labels");
    if (!count) return fail(count.error());
    LabelTrack* track = builder_.addTrack(*std::move(name));
    if (!track) return tokens_.wrong(kTooManyLabels);
    track->kind = *kind == "TextTier" ? TrackKind::points : TrackKind::intervals;
    for (std::int64_t i = 0; i < *count; ++i) {
      auto done = readLabel(*track);
      if (!done) return done;
    }
    return {};
  }

  Result<void> readLabel(LabelTrack& track) {
    const bool point = track.kind == TrackKind::points;
    const auto start = tokens_.time(point ? "the time of a point" : "xmin of an interval");
    if (!start) return fail(start.error());
    const auto end = point ? start : tokens_.time("xmax of an interval");
    if (!end) return fail(end.error());
    if (*end < *start) return tokens_.wrong("an interval ends before it starts");
    auto text = tokens_.text(point ? "the mark of a point" : "the text of an interval");
    if (!text) return fail(text.error());
    if (!point && text->empty()) return {};
    Label* label = builder_.addLabel(&track);
    if (!label) return tokens_.wrong(kTooManyLabels);
    label->span = {*start, *end};
    label->text = *std::move(text);
    return {};
  }

  Tokens tokens_;
  SetBuilder builder_;
};

Result<LabelSet> read(std::string_view text, const std::string& origin) { return TextGridReader(text, origin).read(); }

bool collides(const Label& last, const Label& label, TrackKind kind) {
  return kind == TrackKind::points ? label.span.start <= last.span.start : label.span.start < last.span.end;
}

// What overlaps goes to further tiers, each label to the first where it fits, so that nothing is lost but its place.
std::vector<LabelTrack> layered(const LabelTrack& track, TrackKind kind, std::size_t& moved) {
  constexpr std::size_t kMaxLayers = 1000;
  std::vector<LabelTrack> layers;
  for (const Label& label : track.labels) {
    if (label.isPoint() != (kind == TrackKind::points)) continue;
    std::size_t at = 0;
    while (at < layers.size() && collides(layers[at].labels.back(), label, kind)) ++at;
    if (at >= kMaxLayers) continue;
    if (at == layers.size()) {
      layers.emplace_back().name = track.name;
      layers.back().kind = kind;
      layers.back().exclusive = track.exclusive;
    }
    moved += at == 0 ? 0 : 1;
    layers[at].labels.push_back(label);
  }
  return layers;
}

void separate(Keeper& keeper) {
  std::vector<LabelTrack> tiers;
  std::size_t overlapping = 0;
  std::size_t points = 0;
  std::size_t before = 0;
  for (const LabelTrack& track : keeper.set().tracks) {
    before += track.labels.size();
    if (track.labels.empty()) {
      tiers.push_back(track);
      continue;
    }
    auto intervals = layered(track, TrackKind::intervals, overlapping);
    auto marks = layered(track, TrackKind::points, overlapping);
    for (const LabelTrack& tier : intervals.empty() && track.kind == TrackKind::points ? intervals : marks)
      points += tier.labels.size();
    for (auto* group : {&intervals, &marks})
      std::move(group->begin(), group->end(), std::back_inserter(tiers));
  }
  keeper.lose(points, "label", "points among intervals go to a tier of points");
  keeper.lose(overlapping, "label", "labels that overlap go to further tiers");
  keeper.set().tracks = std::move(tiers);
  for (const LabelTrack& track : keeper.set().tracks) before -= track.labels.size();
  keeper.lose(before, "label", "left out: more than 1000 labels at one instant");
}

void keep(Keeper& keeper, const LabelWriteOptions&) {
  keeper.dropMedia();
  keeper.dropBands();
  keeper.dropConfidence();
  keeper.dropProvenance();
  keeper.within(-kLongestTime, kLongestTime, "times beyond 100 days");
  keeper.obey(TextRule::noNul);
  keeper.dropReference();
  std::size_t gaps = 0;
  for (LabelTrack& track : keeper.set().tracks)
    gaps += std::erase_if(track.labels, [](const Label& label) { return label.text.empty() && !label.isPoint(); });
  keeper.lose(gaps, "label", "left out: intervals without text mean gaps");
  keeper.obeyNames(TextRule::noNul, kOnlyTrack);
  separate(keeper);
  makeNamesUnique(keeper.set(), kOnlyTrack);
  std::size_t exclusive = 0;
  MediaTime last;
  for (LabelTrack& track : keeper.set().tracks) {
    exclusive += std::exchange(track.exclusive, true) ? 0 : 1;
    for (const Label& label : track.labels) last = std::max(last, label.span.end);
  }
  keeper.lose(exclusive, "track", "labels of a tier may not overlap");
  auto& length = keeper.set().length;
  if (length && *length >= last && *length > MediaTime() && *length <= kLongestTime) return;
  length = last > MediaTime() ? last : MediaTime::fromNanoseconds(1'000'000'000);
  keeper.lose(1, "recording", "the recording is taken to end at " + secondsText(*length, 0) + " s");
}

class TextGridWriter {
 public:
  explicit TextGridWriter(bool isLong) : long_(isLong) {}

  std::string write(const LabelSet& set) {
    MediaTime start;
    for (const LabelTrack& track : set.tracks)
      for (const Label& label : track.labels) start = std::min(start, label.span.start);
    const MediaTime end = set.length.value_or(MediaTime());
    text_ = "File type = \"ooTextFile\"\nObject class = \"TextGrid\"\n\n";
    line(0, "xmin", secondsText(start, 0));
    line(0, "xmax", secondsText(end, 0));
    text_ += long_ ? "tiers? <exists>\n" : "<exists>\n";
    line(0, "size", std::to_string(set.tracks.size()));
    if (long_) text_ += "item []:\n";
    std::size_t number = 0;
    for (const LabelTrack& track : set.tracks) tier(track, ++number, start, end);
    return std::move(text_);
  }

 private:
  void line(int depth, const char* name, const std::string& value) {
    text_ += long_ ? std::string(static_cast<std::size_t>(depth) * 4, ' ') + name + " = " + value + "\n" : value + "\n";
  }
  void index(int depth, const char* name, std::size_t number) {
    if (long_) text_ += std::string(static_cast<std::size_t>(depth) * 4, ' ') + name + " [" + std::to_string(number) + "]:\n";
  }
  static std::string quoted(std::string_view text) {
    std::string all = "\"";
    for (const char c : text) all.append(c == '"' ? 2 : 1, c);
    return all + "\"";
  }

  void tier(const LabelTrack& track, std::size_t number, MediaTime start, MediaTime end) {
    const bool points = track.kind == TrackKind::points;
    index(1, "item", number);
    line(2, "class", points ? "\"TextTier\"" : "\"IntervalTier\"");
    line(2, "name", quoted(track.name));
    line(2, "xmin", secondsText(start, 0));
    line(2, "xmax", secondsText(end, 0));
    std::vector<Label> all = points ? track.labels : tiled(track, start, end);
    line(2, points ? "points: size" : "intervals: size", std::to_string(all.size()));
    std::size_t at = 0;
    for (const Label& label : all) {
      index(2, points ? "points" : "intervals", ++at);
      line(3, points ? "number" : "xmin", secondsText(label.span.start, 0));
      if (!points) line(3, "xmax", secondsText(label.span.end, 0));
      line(3, points ? "mark" : "text", quoted(label.text));
    }
  }

  // The labels and the gaps between them.
  static std::vector<Label> tiled(const LabelTrack& track, MediaTime start, MediaTime end) {
    std::vector<Label> all;
    const auto gapTo = [&](MediaTime next) {
      if (start < next) all.emplace_back().span = {start, next};
    };
    for (const Label& label : track.labels) {
      gapTo(label.span.start);
      all.push_back(label);
      start = label.span.end;
    }
    gapTo(end);
    return all;
  }

  bool long_;
  std::string text_;
};

Result<std::string> writeLong(const LabelSet& set, const LabelWriteOptions&) { return TextGridWriter(true).write(set); }
Result<std::string> writeShort(const LabelSet& set, const LabelWriteOptions&) { return TextGridWriter(false).write(set); }

}  // namespace

const LabelCodec kTextGridCodec{read, keep, writeLong};
const LabelCodec kTextGridShortCodec{read, keep, writeShort};

}  // namespace chladni::annotation
