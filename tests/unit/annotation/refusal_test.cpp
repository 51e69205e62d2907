// What is no file of a format is refused in one line that names file, line and column, and hostile sizes cost nothing.
#include <chrono>

#include "core/annotation/label_file.h"
#include "tests/support/catch.h"

using namespace chladni;
using namespace chladni::annotation;

namespace {

void refused(std::string_view text, LabelFormat format, const std::string& place) {
  const auto set = readLabels(text, format, "dir/file");
  INFO(infoOf(format).name << ": " << place);
  REQUIRE_FALSE(set);
  INFO(set.error().describe());
  CHECK(set.error().code == ErrorCode::corruptData);
  CHECK(set.error().message.starts_with("dir/file: " + place));
  CHECK(set.error().message.find('\n') == std::string::npos);
}

}  // namespace

TEST_CASE("errors name file, line and column") {
  refused("0\t1\tx\nStart\tEnd\tText\n", LabelFormat::audacity, "line 2 column 1: ");
  refused("0\t1\tx\n\\\tlow\thigh\n", LabelFormat::audacity, "line 2 column 1: ");
  refused("0\t1\ta\n0\t2\t\xFF\n", LabelFormat::audacity, "line 2 column 5: ");
  refused("\"ooTextFile\"\n\"TextGrid\"\n0\n1\n<exists>\n1\n\"IntervalTier\"\n\"t\"\n0 1\n1\n0 \"x\"", LabelFormat::textGrid, "line 11 column 3: ");
  refused("\"ooTextFile\"\n\"TextGrid\"\n0\n1\n<exists>\n1\n", LabelFormat::textGrid, "line 7 column 1: ");
  refused("\"ooTextFile\"\n\"Sound\"\n", LabelFormat::textGrid, "line 2 column 1: ");
  refused("<ANNOTATION_DOCUMENT>\n<TIER", LabelFormat::elan, "line 2 column ");
  refused("<ANNOTATION_DOCUMENT>\n <TIER TIER_ID=\"t\"><ANNOTATION><ALIGNABLE_ANNOTATION ANNOTATION_ID=\"a\" TIME_SLOT_REF1=\"x\"/></ANNOTATION></TIER></ANNOTATION_DOCUMENT>",
          LabelFormat::elan, "line 2 column 33: ");
  refused("<ANNOTATION_DOCUMENT><TIER TIER_ID=\"t\"><ANNOTATION><REF_ANNOTATION ANNOTATION_ID=\"a\" ANNOTATION_REF=\"b\"/></ANNOTATION>"
          "<ANNOTATION><REF_ANNOTATION ANNOTATION_ID=\"b\" ANNOTATION_REF=\"a\"/></ANNOTATION></TIER></ANNOTATION_DOCUMENT>", LabelFormat::elan, "line 1 column ");
  refused("<html/>", LabelFormat::sonicLayer, "line 1 column 2: ");
  refused("{\"annotations\":[\n{\"namespace\":\"beat\",\n\"data\":[{\"time\":\"x\"}]}]}", LabelFormat::jams, "line 3 column 17: ");
  refused("{\n\"format\":\"chladni-labels\",\"version\":1,\"tracks\":[\n{\"name\":\"a\",\"kind\":\"odd\",\"labels\":[]}]}", LabelFormat::chladniJson, "line 3 column 20: ");
  refused("Selection\tBegin Time (s)\tEnd Time (s)\n1\t0\tx\n", LabelFormat::raven, "line 2 column 5: ");
  refused("SPEAKER a 1 0.5 -1 <NA> <NA> x <NA> <NA>", LabelFormat::rttm, "line 1 column 17: ");
  refused("SPEAKER a 1", LabelFormat::rttm, "line 1 column 11: ");
  refused("TIME,LABEL\n1,a\nx,b\n", LabelFormat::sonicCsv, "line 3 column 1: ");
  refused("FRAME,LABEL\n44100,a\n", LabelFormat::sonicCsv, "line 1 column 1: ");
  refused("WEBVTT\n\n00:01 --> x\n", LabelFormat::webVtt, "line 3 column 10: ");
  refused("1\n00:00:02,000 --> 00:00:01,000\n", LabelFormat::subRip, "line 2 column ");
  refused("start,end,label\n1,0,x\n", LabelFormat::chladniCsv, "line 2 column 3: ");
  refused("start,end,label\n,0,x\n", LabelFormat::chladniCsv, "line 2 column 1: ");
  refused("start,end\n1,2\n", LabelFormat::chladniCsv, "line 1 column 1: ");
  refused("start,label,track_kind\n1,x,odd\n", LabelFormat::chladniCsv, "line 2 column 5: ");
  refused("a&b&good&x\n", LabelFormat::ave, "line 1 column 1: ");
}

TEST_CASE("times that could not be added or subtracted are refused") {
  refused("SPEAKER a 1 3500000000 3500000000 <NA> <NA> x <NA> <NA>", LabelFormat::rttm, "line 1 column 24: ");
  refused("SPEAKER a 1 4500000000 1 <NA> <NA> x <NA> <NA>", LabelFormat::rttm, "line 1 column 13: ");
  refused("TIME,VALUE,DURATION,LABEL\n3500000000,0,3500000000,x\n", LabelFormat::sonicCsv, "line 2 column 1: ");
  refused("1\n1999999:00:00,000 --> 1999999:00:01,000\n", LabelFormat::subRip, "line 2 column ");
  refused("-4500000000\t1\tx\n", LabelFormat::audacity, "line 1 column 1: ");
  refused(R"({"format": "chladni-labels", "version": 1, "tracks": [{"name": "a", "kind": "intervals", "labels":
          [{"start_ns": -9000000000000000000, "end_ns": 9000000000000000000, "text": "x"}]}]})", LabelFormat::chladniJson, "");
}

TEST_CASE("subtitles of which nothing can be kept leave no track behind") {
  const auto set = readLabels("1\n9000:00:00,000 --> 9000:00:01,000\nx\n", LabelFormat::subRip, "f");
  REQUIRE(set);
  REQUIRE(set->tracks.size() == 1);
  CHECK(keptOf(*set, LabelFormat::subRip).tracks.empty());
  CHECK(keptOf(*set, LabelFormat::webVtt).tracks.empty());
}

TEST_CASE("numbers that promise too much and circles of memory are refused at once") {
  const auto begin = std::chrono::steady_clock::now();
  refused("\"ooTextFile\"\n\"TextGrid\"\n0\n1\n<exists>\n9000000000000000000\n", LabelFormat::textGrid, "line 7 column 1: ");
  std::string many;
  for (int i = 0; i < 300'000; ++i) many += "0\n";
  refused(many, LabelFormat::audacity, "line 200001 column 1: ");
  refused(std::string(2'000'000, ','), LabelFormat::sonicCsv, "line 1 column 1: ");
  std::string nodes = "<sv>";
  for (int i = 0; i < 3'000'000; ++i) nodes += "<a/>";
  refused(nodes, LabelFormat::sonicLayer, "line 1 column 1: ");
  CHECK_FALSE(readLabels(std::string(kMaxLabelBytes + 1, ' '), LabelFormat::audacity, "f"));
  CHECK_FALSE(readLabels(std::string(100'000, '['), LabelFormat::jams, "f"));
  CHECK(std::chrono::steady_clock::now() - begin < std::chrono::seconds(30));
}

TEST_CASE("one long name that all labels carry is refused before it fills the memory") {
  const std::string name(8 << 20, 'a');
  std::string elan = "<ANNOTATION_DOCUMENT><TIME_ORDER><TIME_SLOT TIME_SLOT_ID=\"x\" TIME_VALUE=\"0\"/></TIME_ORDER>\n<TIER TIER_ID=\"t\" ANNOTATOR=\"" + name + "\">";
  std::string raven = "Selection\tBegin Time (s)\tEnd Time (s)\t" + name + "\n";
  for (int n = 0; n < 100; ++n) {
    elan += "<ANNOTATION><ALIGNABLE_ANNOTATION ANNOTATION_ID=\"a" + std::to_string(n) + "\" TIME_SLOT_REF1=\"x\" TIME_SLOT_REF2=\"x\"/></ANNOTATION>";
    raven += "1\t0\t1\tx\n";
  }
  refused(elan + "</TIER></ANNOTATION_DOCUMENT>", LabelFormat::elan, "line 2 column 2: repeats more than 256 MiB");
  refused(raven, LabelFormat::raven, "line 34 column 3: begin time (s): repeats more than 256 MiB");
}
