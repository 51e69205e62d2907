// Files as other programs write them, and what they tolerate.
#include "core/annotation/label_file.h"
#include "core/base/atomic_file.h"
#include "tests/support/catch.h"
#include "tests/support/scratch.h"

using namespace chladni;
using namespace chladni::annotation;

namespace {

LabelSet read(std::string_view text, LabelFormat format) {
  auto set = readLabels(text, format, "file");
  INFO((set ? std::string() : set.error().describe()));
  REQUIRE(set);
  return *std::move(set);
}

std::string utf16(std::string_view ascii, bool big) {
  std::string bytes = big ? "\xFE\xFF" : "\xFF\xFE";
  for (const char c : ascii) bytes += big ? std::string{'\0', c} : std::string{c, '\0'};
  return bytes;
}

TimeRange seconds(double start, double end) { return {MediaTime::fromSeconds(start), MediaTime::fromSeconds(end)}; }

}  // namespace

TEST_CASE("Audacity's liberties are taken over") {
  const auto set = read("\xEF\xBB\xBF" "3,5\t2.5\tswapped\r\n1.0\tpoint\r\n2\r\n\\\t100\t-1\r\n\\\t1\t2\r\n4\t5\tx\tdropped\r\n\\\t200\t300", LabelFormat::audacity);
  const auto& labels = set.tracks.at(0).labels;
  REQUIRE(labels.size() == 4);
  CHECK(labels[0].text == "point");
  CHECK(labels[0].isPoint());
  CHECK(labels[1].attributes == std::vector<std::pair<std::string, std::string>>{{"low_hz", "100"}});
  CHECK(labels[2].span == seconds(2.5, 3.5));
  CHECK(labels[3].text == "x");
  CHECK((labels[3].band == FrequencyBand{200, 300}));
}

TEST_CASE("only the tokens of a TextGrid count") {
  const std::string text =
      "File type = \"ooTextFile\"\nObject class = \"TextGrid\"\n\nxmin = 0 ! a remark\nxmax = 2.5\ntiers? <exists>\nsize = 2\n"
      "item []:\n item [1]:\n class = \"IntervalTier\"\n name = \"say \"\"so\"\"\"\n xmin = 0\n xmax = 2.5\n intervals: size = 2\n"
      " intervals [1]:\n xmin = 0\n xmax = 1\n text = \"\"\n intervals [2]:\n xmin = 1\n xmax = 2.5\n text = \"a\"\n"
      " item [2]:\n class = \"TextTier\"\n name = \"p\"\n xmin = 0\n xmax = 2.5\n points: size = 1\n points [1]:\n time = 1.25\n mark = \"\"\n";
  for (const std::string& bytes : {text, utf16(text, true), utf16(text, false), "\xEF\xBB\xBF" + text}) {
    CHECK(detectLabelFormat(bytes, "") == LabelFormat::textGrid);
    const auto set = read(bytes, LabelFormat::textGrid);
    REQUIRE(set.tracks.size() == 2);
    CHECK(set.tracks[0].name == "say \"so\"");
    REQUIRE(set.tracks[0].labels.size() == 1);
    CHECK(set.tracks[0].labels[0].span == seconds(1, 2.5));
    CHECK((set.tracks[1].kind == TrackKind::points));
    CHECK(set.tracks[1].labels.at(0).span == seconds(1.25, 1.25));
    CHECK(set.length == MediaTime::fromSeconds(2.5));
  }
  const auto brief = read("\"ooTextFile\"\n\"TextGrid\"\n0\n1\n<exists>\n1\n\"IntervalTier\"\n\"t\"\n0\n1\n1\n0\n1\n\"x\"\n", LabelFormat::textGrid);
  CHECK(brief.tracks.at(0).labels.at(0).text == "x");
}

TEST_CASE("overlaps spill into further tiers of a TextGrid") {
  LabelSet set;
  set.tracks.resize(1);
  set.tracks[0].name = "t";
  for (int i = 0; i < 3; ++i) {
    set.tracks[0].labels.emplace_back().span = seconds(i, i + 2);
    set.tracks[0].labels.back().text = std::to_string(i);
  }
  const auto kept = keptOf(set, LabelFormat::textGrid);
  REQUIRE(kept.tracks.size() == 2);
  CHECK(kept.tracks[1].name == "t-2");
  CHECK(kept.tracks[1].labels.size() == 1);
  CHECK(lossesOf(set, LabelFormat::textGrid).size() == 3);
}

TEST_CASE("ELAN's slots without a value and references are resolved") {
  const auto set = read(R"(<?xml version="1.0"?><ANNOTATION_DOCUMENT><HEADER><MEDIA_DESCRIPTOR MEDIA_URL="file:///home/a/clip.mp4"
 RELATIVE_MEDIA_URL="./clip.mp4"/></HEADER><TIME_ORDER><TIME_SLOT TIME_SLOT_ID="t1" TIME_VALUE="1000"/><TIME_SLOT TIME_SLOT_ID="t2"/>
<TIME_SLOT TIME_SLOT_ID="t3"/><TIME_SLOT TIME_SLOT_ID="t4" TIME_VALUE="4000"/></TIME_ORDER>
<TIER TIER_ID="words" ANNOTATOR="Anna"><ANNOTATION><ALIGNABLE_ANNOTATION ANNOTATION_ID="a1" TIME_SLOT_REF1="t1" TIME_SLOT_REF2="t2"><ANNOTATION_VALUE>one</ANNOTATION_VALUE></ALIGNABLE_ANNOTATION></ANNOTATION>
<ANNOTATION><ALIGNABLE_ANNOTATION ANNOTATION_ID="a2" TIME_SLOT_REF1="t3" TIME_SLOT_REF2="t4"><ANNOTATION_VALUE/></ALIGNABLE_ANNOTATION></ANNOTATION></TIER>
<TIER TIER_ID="gloss"><ANNOTATION><REF_ANNOTATION ANNOTATION_ID="a3" ANNOTATION_REF="a4"><ANNOTATION_VALUE>eins</ANNOTATION_VALUE></REF_ANNOTATION></ANNOTATION>
<ANNOTATION><REF_ANNOTATION ANNOTATION_ID="a4" ANNOTATION_REF="a1"><ANNOTATION_VALUE> </ANNOTATION_VALUE></REF_ANNOTATION></ANNOTATION></TIER></ANNOTATION_DOCUMENT>)",
                        LabelFormat::elan);
  CHECK(set.media == "clip.mp4");
  REQUIRE(set.tracks.size() == 2);
  CHECK(set.tracks[0].labels.at(0).span == seconds(1, 2));
  CHECK(set.tracks[0].labels.at(0).author == "Anna");
  CHECK(set.tracks[0].labels.at(1).span == seconds(3, 4));
  CHECK(set.tracks[1].labels.at(0).span == seconds(1, 2));
  CHECK(set.tracks[1].labels.at(0).text == "eins");
  CHECK(set.tracks[1].labels.at(1).text == " ");
}

TEST_CASE("JAMS of other namespaces and dense data are read") {
  const auto set = read(R"({"annotations":[{"namespace":"multi_segment","data":[{"time":1,"duration":2,"value":{"label":"A","level":0},"confidence":null}]},
 {"namespace":"beat","data":{"time":[0.5],"duration":[0],"value":[1],"confidence":[7]}}],"file_metadata":{"duration":9.5}})", LabelFormat::jams);
  REQUIRE(set.tracks.size() == 2);
  CHECK(set.tracks[0].name == "multi_segment");
  CHECK(set.tracks[0].labels.at(0).text == "A");
  CHECK((set.tracks[1].kind == TrackKind::points));
  CHECK(set.tracks[1].labels.at(0).text == "1");
  CHECK(set.tracks[1].labels.at(0).attributes.at(0).second == "7");
  CHECK(set.length == MediaTime::fromSeconds(9.5));
}

TEST_CASE("Raven's two views of a selection are one label, foreign columns become attributes") {
  const auto set = read("Selection\tView\tChannel\tBegin Time (s)\tEnd Time (s)\tLow Freq (Hz)\tHigh Freq (Hz)\tSpecies\tSex\n"
                        "1\tWaveform 1\t1\t0.5\t1\t\t\tRobin\tf\n1\tSpectrogram 1\t1\t0.5\t1\t100\t900\tRobin\tf\n", LabelFormat::raven);
  REQUIRE(set.tracks.at(0).labels.size() == 1);
  CHECK((set.tracks[0].labels[0].band == FrequencyBand{100, 900}));
  CHECK(set.tracks[0].labels[0].text == "Robin");
  CHECK(set.tracks[0].labels[0].attributes == std::vector<std::pair<std::string, std::string>>{{"Sex", "f"}});
}

TEST_CASE("RTTM with nine fields and several recordings is read") {
  const auto set = read(";; remark\nSPKR-INFO a 1 <NA> <NA> <NA> unknown anna <NA> <NA>\nSPEAKER a 1 0.5 1.5 <NA> <NA> anna 0.75\nSPEAKER b 1 2 1 <NA> <NA> ben <NA> <NA>\n", LabelFormat::rttm);
  REQUIRE(set.tracks.size() == 2);
  CHECK(set.tracks[0].name == "a");
  CHECK(set.tracks[0].labels.at(0).confidence == 0.75);
  CHECK(set.tracks[1].labels.at(0).span == seconds(2, 3));
}

TEST_CASE("layers of Sonic Visualiser are read by their kind") {
  const auto set = read(R"(<sv><data><model id="1" name="v" sampleRate="8000" type="sparse" dimensions="2" dataset="7"/>
<dataset id="7" dimensions="2"><point frame="4000" value="0.25" label="x &amp; y"/></dataset>
<model id="2" name="b" sampleRate="8000" type="sparse" dimensions="2" subtype="box" dataset="8"/>
<dataset id="8" dimensions="2"><point frame="-8000" value="100" duration="16000" extent="50" label=""/></dataset></data></sv>)", LabelFormat::sonicLayer);
  REQUIRE(set.tracks.size() == 2);
  CHECK(set.tracks[0].labels.at(0).span == seconds(0.5, 0.5));
  CHECK(set.tracks[0].labels.at(0).text == "x & y");
  CHECK(set.tracks[0].labels.at(0).attributes.at(0).second == "0.25");
  CHECK((set.tracks[1].labels.at(0).band == FrequencyBand{100, 150}));
  CHECK(set.tracks[1].labels.at(0).span == seconds(-1, 1));
}

TEST_CASE("a Sonic Visualiser table without a heading is guessed") {
  const auto set = read("# made by hand\n0.5\t1.5\tBark\n2.5\t4\tCat\n", LabelFormat::sonicCsv);
  CHECK(set.tracks.at(0).labels.at(1).span == seconds(2.5, 4));
  CHECK(set.tracks.at(0).labels.at(1).text == "Cat");
  const auto named = read("Time,Duration,Label\n1,0.5,\"a, b\"\n", LabelFormat::sonicCsv);
  CHECK(named.tracks.at(0).labels.at(0).span == seconds(1, 1.5));
  CHECK(named.tracks.at(0).labels.at(0).text == "a, b");
}

TEST_CASE("subtitles lose their markup, not their words") {
  const auto set = read("WEBVTT - title\nKind: captions\n\nNOTE\nskipped\n\nname\n01:02.500 --> 01:03.000 align:left\n<v.loud Anna>a <b>bold</b> &lt;x&gt;\nsecond\n\n00:00:01.000 --> 00:00:02.000\nplain\n", LabelFormat::webVtt);
  REQUIRE(set.tracks.size() == 2);
  CHECK(set.tracks[0].name == "Anna");
  CHECK(set.tracks[0].labels.at(0).text == "a bold <x>\nsecond");
  CHECK(set.tracks[0].labels.at(0).span == seconds(62.5, 63));
  CHECK(set.tracks[1].labels.at(0).text == "plain");
  const auto srt = read("1\r\n00:00:01,000 --> 00:00:02,5\r\n<i>x</i>\r\n\r\n\r\n2\r\n00:00:03.000 --> 00:00:04,000\r\ny", LabelFormat::subRip);
  CHECK(srt.tracks.at(0).labels.at(0).text == "<i>x</i>");
  CHECK(srt.tracks.at(0).labels.at(0).span == seconds(1, 2.5));
  CHECK(srt.tracks.at(0).labels.size() == 2);
}

TEST_CASE("a cue of WebVTT may have a name that begins like a remark") {
  const auto set = read("WEBVTT\n\nNOTE1\n00:01.000 --> 00:02.000\nfirst\n\nREGION-a\n00:03.000 --> 00:04.000\nsecond\n\nNOTE 00:05\npassed over\n\nSTYLE\n::cue {}\n", LabelFormat::webVtt);
  REQUIRE(set.tracks.size() == 1);
  REQUIRE(set.tracks[0].labels.size() == 2);
  CHECK(set.tracks[0].labels[0].text == "first");
  CHECK(set.tracks[0].labels[1].text == "second");
}

TEST_CASE("AVE annotations of one and of several videos") {
  const auto one = read("Category&VideoID&Quality&StartTime&EndTime\nViolin, fiddle&abc&good&2&7\nBark&abc&poor&8&9\n", LabelFormat::ave);
  CHECK(one.media == "abc");
  CHECK(one.tracks.at(0).labels.at(0).span == seconds(2, 7));
  CHECK(one.tracks.at(0).labels.at(1).attributes.at(0).second == "poor");
  const auto two = read("Bark&a&good&0&1\nCat&b&good&0&2\n", LabelFormat::ave);
  CHECK(two.tracks.size() == 2);
  CHECK(two.media.empty());
}

TEST_CASE("What a text says does not tell the format") {
  CHECK((detectLabelFormat("0.5\t1.0\ta,start,b,label,c\n", "x.txt") == LabelFormat::audacity));
  CHECK((detectLabelFormat("0.5\t1.0\ta --> b\n", "x.txt") == LabelFormat::audacity));
  CHECK((detectLabelFormat("0.5\t1.0\ta&b&c&d&e\n", "x.txt") == LabelFormat::audacity));
  CHECK((detectLabelFormat("0.5\t1.0\tBegin Time (s)\n", "x.txt") == LabelFormat::audacity));
  CHECK((detectLabelFormat("SPEAKER f 1 0.5 1 <NA> <NA> a-->b <NA> <NA>\n", "x.txt") == LabelFormat::rttm));
  CHECK((detectLabelFormat("1\n00:00:01,000 --> 00:00:02,000\nx\n", "x.txt") == LabelFormat::subRip));
  CHECK((detectLabelFormat("Church bell&RUhOCu3LNXM&good&0&10\n", "x.txt") == LabelFormat::ave));
  CHECK((detectLabelFormat("Category&VideoID&Quality&StartTime&EndTime\n", "x.txt") == LabelFormat::ave));
  CHECK((labelFormatOfName("bird_annotations.txt") == LabelFormat::audacity));
  CHECK((labelFormatOfName("Annotations.txt") == LabelFormat::ave));
}

TEST_CASE("Words of RTTM are words, and who says them is not") {
  const auto set = read("LEXEME f 1 1.0 0.2 hello lex A 0.9 <NA>\nSPEAKER f 1 0 2 <NA> <NA> A <NA> <NA>\n", LabelFormat::rttm);
  REQUIRE(set.tracks.at(0).labels.size() == 2);
  CHECK(set.tracks[0].labels[0].text == "A");
  CHECK(set.tracks[0].labels[1].text == "hello");
}

TEST_CASE("A row of our table with an end or a text needs a start") {
  CHECK_FALSE(readLabels("start,end,label,track\n,2,cat,T\n", LabelFormat::chladniCsv, "f"));
  CHECK_FALSE(readLabels("start,end,label,track\n,,cat,T\n", LabelFormat::chladniCsv, "f"));
}

TEST_CASE("Labels do not replace a file that is no text") {
  const test::Scratch scratch;
  const auto wav = scratch / "a.wav";
  const std::string sound("RIFF\x24\0\0\0WAVE", 12);
  REQUIRE(writeFileAtomically(wav, sound));
  const auto set = read("0\t1\tx\n", LabelFormat::audacity);
  const auto refused = writeLabelFile(wav, set, LabelFormat::subRip);
  REQUIRE_FALSE(refused);
  CHECK(refused.error().message.find("a.wav") != std::string::npos);
  CHECK(*readFile(wav, 100) == sound);
  const auto text = scratch / "a.txt";
  REQUIRE(writeFileAtomically(text, utf16("0\t1\told\n", false)));
  CHECK(writeLabelFile(text, set, LabelFormat::audacity));
}

TEST_CASE("As many labels as are written are read again") {
  LabelSet set;
  set.tracks.resize(1);
  set.tracks[0].name = "labels";
  for (int i = 0; i < 150'000; ++i) {
    Label& label = set.tracks[0].labels.emplace_back();
    label.span = seconds(i, i + 0.5);
    label.text = "a";
  }
  for (const LabelFormat format : {LabelFormat::elan, LabelFormat::raven, LabelFormat::chladniCsv}) {
    const auto text = writeLabels(set, format);
    if (!text) continue;  // refused where 32 MiB do not hold them
    const auto back = readLabels(*text, format, "file");
    INFO(infoOf(format).id << (back ? "" : ": " + back.error().message));
    CHECK(back);
  }
}

TEST_CASE("A table of several recordings is said to be of none") {
  const char* raven = "Selection\tBegin Time (s)\tEnd Time (s)\tBegin Path\tSpecies\n1\t1\t2\ta.wav\tWren\n2\t61\t62\t%\tRobin\n";
  for (const std::string other : {"a.wav", "b.wav"}) {
    const std::string text = std::string(raven).replace(std::string(raven).find('%'), 1, other);
    CHECK(read(text, LabelFormat::raven).media == (other == "a.wav" ? "a.wav" : ""));
  }
  CHECK(read("start,end,label,media\n0,1,a,a.wav\n0,1,b,b.wav\n", LabelFormat::chladniCsv).media.empty());
}

TEST_CASE("Cues are written in the order of time, whoever speaks") {
  const auto set = read("WEBVTT\n\n00:05.000 --> 00:06.000\n<v Anna>late\n\n00:01.000 --> 00:02.000\n<v Ben>early\n", LabelFormat::webVtt);
  REQUIRE(set.tracks.size() == 2);
  const auto text = writeLabels(set, LabelFormat::webVtt);
  REQUIRE(text);
  CHECK(text->find("early") < text->find("late"));
  CHECK(*readLabels(*text, LabelFormat::webVtt, "f") == keptOf(set, LabelFormat::webVtt));
}

TEST_CASE("Frames of audio are not taken for seconds") {
  CHECK_FALSE(readLabels("44100,a\n88200,b\n", LabelFormat::sonicCsv, "f"));
  CHECK(read("441,a\n882,b\n", LabelFormat::sonicCsv).tracks.at(0).labels.size() == 2);
  CHECK(read("44100.5,a\n88200,b\n", LabelFormat::sonicCsv).tracks.at(0).labels.size() == 2);
}

TEST_CASE("WebVTT: every voice of a cue says its own part, and references of HTML are characters") {
  const auto set = read("WEBVTT\n\n00:01.000 --> 00:02.000\n<v Anna>Guten Tag</v> <v Ben>Na &laquo;gut&raquo;</v>\n\n"
                        "00:03.000 --> 00:04.000\nhm <v Anna>caf&eacute; &#8217;&#x266A; &unknown; a&b &#xD800;\n",
                        LabelFormat::webVtt);
  REQUIRE(set.tracks.size() == 3);
  REQUIRE(set.tracks[0].name == "Anna");
  REQUIRE(set.tracks[0].labels.size() == 2);
  CHECK(set.tracks[0].labels[0].text == "Guten Tag");
  CHECK(set.tracks[0].labels[1].text == "caf\xC3\xA9 \xE2\x80\x99\xE2\x99\xAA &unknown; a&b &#xD800;");
  CHECK(set.tracks[1].name == "Ben");
  CHECK(set.tracks[1].labels.front().text == "Na \xC2\xABgut\xC2\xBB");
  CHECK(set.tracks[1].labels.front().span == set.tracks[0].labels[0].span);
  CHECK(set.tracks[2].labels.front().text == "hm");
  // No voices: without an end, without a name.
  const auto none = read("WEBVTT\n\n00:01.000 --> 00:02.000\n<v Anna\n\n00:02.000 --> 00:03.000\na <v.loud>b</v> <v c\n", LabelFormat::webVtt);
  REQUIRE(none.tracks.size() == 1);
  REQUIRE(none.tracks[0].labels.size() >= 2);
  CHECK(none.tracks[0].labels[0].text == "<v Anna");
  // Many voices take time in proportion to their number.
  std::string many = "WEBVTT\n\n00:01.000 --> 00:02.000\n";
  for (int i = 0; i < 150'000; ++i) many += "<v A>b";
  CHECK(read(many, LabelFormat::webVtt).tracks[0].labels.size() == 150'000);
}

TEST_CASE("What others add to labels is kept as attributes") {
  using Pairs = std::vector<std::pair<std::string, std::string>>;
  const auto csv = read("start,end,label,Temperature,author\n1,2,owl,12.5,Kim\n3,4,dog,,\n", LabelFormat::chladniCsv);
  CHECK(csv.tracks[0].labels[0].attributes == Pairs{{"Temperature", "12.5"}});
  CHECK(csv.tracks[0].labels[0].author == "Kim");
  CHECK(csv.tracks[0].labels[1].attributes.empty());
  const auto text = read("start,text,label\n1,more,owl\n", LabelFormat::chladniCsv);
  CHECK(text.tracks[0].labels[0].text == "owl");
  CHECK(text.tracks[0].labels[0].attributes == Pairs{{"text", "more"}});
  const auto raven = read("Selection\tView\tChannel\tBegin Time (s)\tEnd Time (s)\n1\tWaveform 1\t2\t0\t1\n2\tWaveform 1\t1\t2\t3\n", LabelFormat::raven);
  CHECK(raven.tracks[0].labels[0].attributes == Pairs{{"channel", "2"}});
  CHECK(raven.tracks[0].labels[1].attributes.empty());
}
