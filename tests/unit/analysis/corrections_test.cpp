// Corrections as labels of a project, as a file, and as lines that a model learns from.
#include "core/analysis/corrections.h"

#include <fstream>

#include "core/analysis/feature_memory.h"
#include "tests/support/catch.h"
#include "tests/support/scratch.h"

using namespace chladni;
using namespace chladni::analysis;

namespace {

TimeRange span(double from, double to) { return {MediaTime::fromSeconds(from), MediaTime::fromSeconds(to)}; }

std::filesystem::path file(const test::Scratch& scratch, const std::string& name) {
  std::ofstream(scratch / name) << "content of " << name;
  return scratch / name;
}

Label label(const std::string& text, const TimeRange& where, LabelState state, const std::string& model) {
  Label made;
  made.text = text;
  made.span = where;
  made.state = state;
  made.origin.model = model;
  return made;
}

inference::ModelSpec spec(bool multiLabel) {
  inference::ModelSpec made;
  made.name = "m";
  made.multiLabel = multiLabel;
  made.classes = {"a", "b", "c"};
  return made;
}

std::string textOf(const std::filesystem::path& path) {
  std::ifstream in(path);
  return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace

TEST_CASE("A project's corrections are labels of its own track and proposals that a person decided on") {
  test::Scratch scratch;
  auto project = *store::Project::create(scratch / "p.chladni");
  const auto sound = file(scratch, "a.wav");
  REQUIRE(keepCorrection(project, {sound, span(0.1, 1.1), "a", "b", "m", true}, "ann"));
  REQUIRE(keepCorrection(project, {sound, span(0.1, 1.1), "c", "b", "m", true}, "ann"));  // a change of mind
  REQUIRE(keepCorrection(project, {sound, span(2.0, 3.0), "a", "", "m", true}, "ann"));
  const auto id = **project.idOf(sound);
  LabelTrack own{"labels", TrackKind::intervals, false, {label("a", span(5, 6), LabelState::confirmed, "")}};
  LabelTrack proposals{"proposals by m", TrackKind::intervals, false,
                       {label("a", span(7, 8), LabelState::confirmed, "m"), label("b", span(8, 9), LabelState::proposed, "m"), label("c", span(9, 10), LabelState::rejected, "m")}};
  REQUIRE(project.addTrack(id, own));
  REQUIRE(project.addTrack(id, proposals));
  const auto list = correctionsOf(project);
  REQUIRE(list);
  REQUIRE(list->size() == 3);
  CHECK((*list)[0] == Correction{std::filesystem::canonical(sound), span(0.1, 1.1), "c", "b", "m", true});
  CHECK((*list)[1].heard.empty());
  CHECK((*list)[2] == Correction{std::filesystem::canonical(sound), span(7, 8), "a", "", "m", false});

  REQUIRE(dropCorrection(project, (*list)[0]));
  REQUIRE(dropCorrection(project, (*list)[2]));  // the proposal's label stays
  CHECK(correctionsOf(project)->size() == 2);
  CHECK(*project.undo() == "forget a correction");
  CHECK(correctionsOf(project)->size() == 3);
  CHECK(correctionsOf(project)->front().label == "c");
}

TEST_CASE("Corrections without a project are a file that reads back as it was") {
  test::Scratch scratch;
  CHECK(readCorrections(scratch / "none.csv")->empty());
  std::vector<Correction> list;
  list = withCorrection(list, {"/sounds/b, \"quoted\".wav", {MediaTime::fromNanoseconds(1), MediaTime::fromNanoseconds(1'000'000'001)}, "a", "b", "m", true});
  list = withCorrection(list, {"/sounds/a.wav", span(4, 5), "a", "", "m", true});
  list = withCorrection(list, {"/sounds/a.wav", span(4, 5), "c", "", "m", true});
  REQUIRE(list.size() == 2);
  CHECK(list.front().label == "c");
  REQUIRE(writeCorrections(scratch / "deep" / "c.csv", list));
  CHECK(*readCorrections(scratch / "deep" / "c.csv") == list);
  REQUIRE(writeCorrections(scratch / "c.csv", {}));
  CHECK(readCorrections(scratch / "c.csv")->empty());
  CHECK_FALSE(writeCorrections(scratch / "c.csv", {{"/a", span(0, 1), "x;y", "", "", true}}));
  std::ofstream(scratch / "bad.csv") << "path,start,end,labels\n/a.wav,,,a\n";
  const auto bad = readCorrections(scratch / "bad.csv");
  REQUIRE_FALSE(bad);
  CHECK(bad.error().message.find("/a.wav") != std::string::npos);
  std::ofstream(scratch / "open.csv") << "path,start,end,labels\n/a.wav,1,,a\n";
  CHECK_FALSE(readCorrections(scratch / "open.csv"));
}

TEST_CASE("For a model of one class each correction is a line; what it does not know is named") {
  test::Scratch scratch;
  const std::vector<Correction> list{{"/a.wav", span(0, 1), "a", "b", "m", true}, {"/a.wav", span(0.5, 1.5), "b", "", "m", true}, {"/b.wav", span(0, 1), "unheard of", "", "m", true}};
  const auto written = writeManifestFor(spec(false), list, scratch / "m.csv");
  REQUIRE(written);
  CHECK(written->lines == 2);
  REQUIRE(written->leftOut.size() == 1);
  CHECK(written->leftOut.front().reason.find("unheard of") != std::string::npos);
  const auto examples = readManifestExamples(scratch / "m.csv");
  REQUIRE(examples);
  REQUIRE(examples->size() == 2);
  CHECK(examples->front().media == "/a.wav");
  CHECK(*(*examples)[1].range == span(0.5, 1.5));
  CHECK(writeManifestFor(spec(false), {list[2]}, scratch / "n.csv").error().code == ErrorCode::notFound);
  CHECK(writeManifestFor(spec(false), {}, scratch / "n.csv").error().code == ErrorCode::notFound);
}

TEST_CASE("For a model of many labels overlapping corrections are cut, so that none denies the other") {
  test::Scratch scratch;
  const std::vector<Correction> list{{"/a.wav", span(0, 2), "a", "", "m", true}, {"/a.wav", span(1, 3), "b", "", "m", true}, {"/a.wav", span(5, 6), "c", "", "m", true}};
  REQUIRE(writeManifestFor(spec(true), list, scratch / "m.csv")->lines == 4);
  const std::string text = textOf(scratch / "m.csv");
  CHECK(text.find("/a.wav,0,1,a,") != std::string::npos);
  CHECK(text.find("/a.wav,1,2,a;b,") != std::string::npos);
  CHECK(text.find("/a.wav,2,3,b,") != std::string::npos);
  CHECK(text.find("/a.wav,5,6,c,") != std::string::npos);
}

TEST_CASE("What was heard is remembered until others need the room") {
  FeatureMemory memory(1000);
  const HeardStretch heard{Matrix(1, 100, 1.0F), {1.0}};  // 408 bytes
  memory.keep("a", heard);
  memory.keep("b", heard);
  REQUIRE(memory.find("a") != nullptr);  // now the newest
  memory.keep("c", heard);
  CHECK(memory.size() == 2);
  CHECK(memory.find("b") == nullptr);
  CHECK(memory.find("a") != nullptr);
  CHECK(memory.find("c")->features.values.size() == 100);
}
