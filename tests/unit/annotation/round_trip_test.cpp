// A thousand random labels through every format: what comes back is what keptOf() promised, and what lossesOf() says
// nothing about comes back as it was.
#include <random>

#include "core/annotation/label_file.h"
#include "tests/support/catch.h"
#include "tests/support/scratch.h"

using namespace chladni;
using namespace chladni::annotation;

namespace {

constexpr const char* kTexts[] = {"Bark", "Violin, fiddle", "a \"quoted\" word", "", " blanks ", "naïve café", "日本語", "🎻 𝄞",
                                  "tab\there", "two\nlines", "x & y <b>", "<v Anna>no", "-->", "# hash", "\\ back", "<NA>",
                                  "1.5", "a=b;c", "\r\n", "!praat", "\xEF\xBB\xBFmark", "NOTE", "WEBVTT", "بحر"};

struct Dice {
  std::mt19937_64 engine;
  std::int64_t upTo(std::int64_t n) { return static_cast<std::int64_t>(engine() % static_cast<std::uint64_t>(n + 1)); }
  bool oneIn(std::int64_t n) { return upTo(n - 1) == 0; }
  std::string text() { return kTexts[upTo(std::size(kTexts) - 1)]; }
  double real() { return static_cast<double>(engine() >> 11) * 0x1p-53; }
};

Label randomLabel(Dice& dice, bool below) {
  Label label;
  const std::int64_t start = dice.upTo(3'600'000'000'000) - (below && dice.oneIn(20) ? 3'600'000'000'000 : 0);
  const std::int64_t length = dice.oneIn(5) ? 0 : dice.oneIn(10) ? dice.upTo(3000) : dice.upTo(20'000'000'000);
  label.span = {MediaTime::fromNanoseconds(start), MediaTime::fromNanoseconds(start + length)};
  label.text = dice.text();
  if (dice.oneIn(3)) label.band = FrequencyBand{dice.real() * 1000, 1000 + dice.real() * 20000};
  if (dice.oneIn(2)) label.confidence = dice.real();
  label.state = static_cast<LabelState>(dice.upTo(2));
  if (dice.oneIn(3)) label.author = dice.text();
  if (dice.oneIn(4)) label.origin = {dice.text(), "ab12", dice.real()};
  for (auto n = dice.upTo(2); n > 0; --n) label.attributes.emplace_back(dice.text() + "k", dice.text());
  return label;
}

LabelSet randomSet(std::uint64_t seed, int labels) {
  Dice dice{std::mt19937_64(seed)};
  LabelSet set;
  for (const char* name : {"events", "points, 1", "ünïcode\ttab", "empty", "A & <B>"}) set.tracks.emplace_back().name = name;
  for (int i = 0; i < labels; ++i) {
    auto& track = set.tracks[std::array<std::size_t, 4>{0, 1, 2, 4}[static_cast<std::size_t>(dice.upTo(3))]];
    track.labels.push_back(randomLabel(dice, true));
    if (&track == &set.tracks[1]) track.labels.back().span.end = track.labels.back().span.start;
  }
  set.tracks[1].kind = TrackKind::points;
  set.tracks[3].exclusive = true;
  set.tracks[2].reference = true;
  set.length = MediaTime::fromSeconds(3700.25);
  set.media = "clip 1.mp4";
  for (LabelTrack& track : set.tracks)
    std::stable_sort(track.labels.begin(), track.labels.end(), [](const Label& a, const Label& b) {
      return a.span.start != b.span.start ? a.span.start < b.span.start : a.span.end < b.span.end;
    });
  return set;
}

// An hour to the ten seconds of clips of AVE, and a little more.
void shrink(LabelSet& set) {
  for (LabelTrack& track : set.tracks)
    for (Label& label : track.labels)
      for (MediaTime* time : {&label.span.start, &label.span.end})
        *time = MediaTime::fromNanoseconds(time->nanoseconds() / 300);
}

std::string joined(const std::vector<std::string>& lines) {
  std::string all;
  for (const auto& line : lines) all += line + "\n";
  return all;
}

std::string show(const Label& label) {
  std::string text = std::to_string(label.span.start.nanoseconds()) + ".." + std::to_string(label.span.end.nanoseconds()) +
                     " [" + label.text + "] by [" + label.author + "]";
  for (const auto& [key, value] : label.attributes) text += " {" + key + "=" + value + "}";
  return text;
}

// Says where two sets part.
void checkEqual(const LabelSet& a, const LabelSet& b) {
  CHECK(a.media == b.media);
  CHECK((a.length == b.length));
  REQUIRE(a.tracks.size() == b.tracks.size());
  for (std::size_t t = 0; t < a.tracks.size(); ++t) {
    CHECK(a.tracks[t].name == b.tracks[t].name);
    CHECK((a.tracks[t].kind == b.tracks[t].kind));
    CHECK(a.tracks[t].exclusive == b.tracks[t].exclusive);
    CHECK(a.tracks[t].reference == b.tracks[t].reference);
    REQUIRE(a.tracks[t].labels.size() == b.tracks[t].labels.size());
    for (std::size_t i = 0; i < a.tracks[t].labels.size(); ++i) {
      INFO(show(a.tracks[t].labels[i]) << " / " << show(b.tracks[t].labels[i]));
      REQUIRE((a.tracks[t].labels[i] == b.tracks[t].labels[i]));
    }
  }
  CHECK((a == b));
}

}  // namespace

TEST_CASE("a thousand labels come back from every format as it promised") {
  for (const LabelFormatInfo& info : labelFormats())
    for (std::uint64_t seed = 1; seed <= 5; ++seed) {
      INFO(info.name << ", seed " << seed);
      LabelSet set = randomSet(seed, 1000);
      if (info.format == LabelFormat::ave) shrink(set);
      const LabelSet kept = keptOf(set, info.format);
      const auto text = writeLabels(set, info.format);
      REQUIRE(text);
      const auto back = readLabels(*text, info.format, "file");
      INFO((back ? std::string() : back.error().describe()));
      REQUIRE(back);
      checkEqual(kept, *back);
      INFO(joined(lossesOf(kept, info.format)));
      CHECK(lossesOf(kept, info.format).empty());
      CHECK(writeLabels(kept, info.format).value() == *text);
      CHECK(lossesOf(set, info.format).empty() == (kept == set));
    }
}

TEST_CASE("our own formats lose nothing") {
  for (const LabelFormat format : {LabelFormat::chladniJson, LabelFormat::chladniCsv}) {
    const LabelSet set = randomSet(7, 1000);
    INFO(joined(lossesOf(set, format)));
    CHECK(lossesOf(set, format).empty());
    checkEqual(set, readLabels(writeLabels(set, format).value(), format, "file").value());
  }
}

TEST_CASE("our table of plain labels is the plain table") {
  LabelSet set;
  LabelTrack& track = set.tracks.emplace_back();
  track.name = "labels";
  Label& label = track.labels.emplace_back();
  label.span = {MediaTime::fromSeconds(0.5), MediaTime::fromSeconds(2)};
  label.text = "Bark, loud";
  CHECK(writeLabels(set, LabelFormat::chladniCsv).value() == "start,end,label\n0.500,2.000,\"Bark, loud\"\n");
  const auto point = readLabels("start,end,label\n1,1,x\n3,,y\n", LabelFormat::chladniCsv, "f");
  REQUIRE(point);
  CHECK(point->tracks[0].kind == TrackKind::points);
  CHECK(detectLabelFormat("start,end,label\n1,1,x\n", "a.csv") == LabelFormat::chladniCsv);
  CHECK_FALSE(detectLabelFormat("path,start,end,labels\na.wav,0,1,x\n", "a.bin"));
}

TEST_CASE("what a format can hold is not taken from it") {
  // One track of confirmed, plain labels at whole seconds, named as formats without names call it.
  LabelSet set;
  set.media = "clip.mp4";
  LabelTrack& track = set.tracks.emplace_back();
  track.name = "labels";
  for (int i = 0; i < 4; ++i) {
    Label& label = track.labels.emplace_back();
    label.span = {MediaTime::fromSeconds(2 * i), MediaTime::fromSeconds(2 * i + 1)};
    label.text = i % 2 ? "Bark" : "Flöte";
  }
  for (const LabelFormat format : {LabelFormat::elan, LabelFormat::jams, LabelFormat::raven, LabelFormat::rttm, LabelFormat::ave}) {
    INFO(infoOf(format).name << joined(lossesOf(set, format)));
    CHECK(lossesOf(set, format).empty());
  }
  set.media.clear();
  for (const LabelFormat format : {LabelFormat::audacity, LabelFormat::sonicLayer, LabelFormat::sonicCsv, LabelFormat::webVtt,
                                   LabelFormat::subRip}) {
    INFO(infoOf(format).name << joined(lossesOf(set, format)));
    CHECK(lossesOf(set, format).empty());
  }
  set.length = MediaTime::fromSeconds(10);
  set.tracks[0].exclusive = true;
  CHECK(lossesOf(set, LabelFormat::textGrid).empty());
  CHECK(lossesOf(set, LabelFormat::textGridShort).empty());
}

TEST_CASE("the format is told from what was written") {
  const LabelSet set = randomSet(3, 200);
  for (const LabelFormatInfo& info : labelFormats()) {
    INFO(info.name);
    const auto text = writeLabels(set, info.format);
    REQUIRE(text);
    const auto found = detectLabelFormat(*text, "");
    REQUIRE(found);
    CHECK(infoOf(*found).id == (info.format == LabelFormat::textGridShort ? "textgrid" : info.id));
    CHECK(labelFormatNamed(info.id) == info.format);
  }
  CHECK_FALSE(detectLabelFormat("nothing of the kind", "a.bin"));
}

TEST_CASE("files are written whole and read back") {
  const test::Scratch scratch;
  const LabelSet set = randomSet(9, 50);
  REQUIRE(writeLabelFile(scratch / "a.json", set, LabelFormat::chladniJson));
  const auto back = readLabelFile(scratch / "a.json");
  REQUIRE(back);
  CHECK((back->set == set));
  CHECK(writeLabelFile(scratch / "missing/a.json", set, LabelFormat::chladniJson).error().code == ErrorCode::io);
  CHECK(readLabelFile(scratch / "none.json").error().code == ErrorCode::notFound);
}

TEST_CASE("empty sets pass through every format") {
  for (const LabelFormatInfo& info : labelFormats()) {
    if (info.format == LabelFormat::ave) continue;  // AVE has no empty file
    INFO(info.name);
    const LabelSet kept = keptOf({}, info.format);
    const auto back = readLabels(writeLabels({}, info.format).value(), info.format, "file");
    REQUIRE(back);
    checkEqual(kept, *back);
  }
}
