// From a manifest to a report: what is read, what is left out, what the figures are, with a family that counts zero
// crossings, so that the class of a sine is known; and comparisons of reports that are written here.
#include <cmath>
#include <cstdlib>
#include <fstream>
#include <numbers>

#include "core/analysis/evaluation_report.h"
#include "core/analysis/example_scores.h"
#include "core/analysis/report_comparison.h"
#include "core/media/wav_writer.h"
#include "tests/support/catch.h"
#include "tests/support/fake_family.h"
#include "tests/support/scratch.h"

namespace {

using namespace chladni;
using namespace chladni::analysis;
using chladni::test::Scratch;

constexpr int kRate = 16000;
constexpr int kClasses = 8;

// The middle of the band of a class of the fake family.
double frequencyOf(int index) { return (index + 0.5) * kRate / 2.0 / kClasses; }

void write(const std::filesystem::path& path, const std::string& text) { std::ofstream(path, std::ios::binary) << text; }

// One second of a sine of each class.
void writeSines(const std::filesystem::path& path, const std::vector<int>& classes) {
  AudioBuffer sound;
  sound.rate = SampleRate(kRate);
  sound.channels.resize(1);
  for (const int index : classes)
    for (int n = 0; n < kRate; ++n)
      sound.channels[0].push_back(0.5F * static_cast<float>(std::sin(2.0 * std::numbers::pi * frequencyOf(index) * n / kRate)));
  REQUIRE(media::writeWav(path, sound, media::WavFormat::float32));
}

std::shared_ptr<const inference::LoadedModel> fakeModel(const Scratch& scratch, bool multiLabel = false) {
  auto spec = test::fakeSpec(kClasses);
  spec.multiLabel = multiLabel;
  auto model = test::FakeFamily().load(test::writeFakePackage(scratch / "fake", spec), {});
  REQUIRE(model);
  return *model;
}

std::vector<ManifestExample> examples(const Scratch& scratch, const std::string& rows) {
  ::setenv("XDG_CACHE_HOME", (scratch / "cache").c_str(), 1);
  write(scratch / "manifest.csv", rows);
  auto read = readManifestExamples(scratch / "manifest.csv");
  if (!read) FAIL(read.error().describe());
  return *read;
}

Error refused(const Scratch& scratch, const std::string& text) {
  write(scratch / "bad.csv", text);
  auto read = readManifestExamples(scratch / "bad.csv");
  REQUIRE_FALSE(read);
  return read.error();
}

ScoredItems threeClasses() {
  ScoredItems scored;
  scored.classes = {"a", "b", "c"};
  scored.items = {"1", "2", "3", "4"};
  scored.scores = metrics::ScoreTable(4, 3);
  scored.scores.values = {0.8, 0.1, 0.1, 0.2, 0.7, 0.1, 0.6, 0.3, 0.1, 0.1, 0.2, 0.7};
  scored.labels = metrics::oneHot(std::vector<std::int64_t>{0, 1, 1, 2}, 3);
  return scored;
}

std::filesystem::path writeReport(const Scratch& scratch, const std::string& name, const ScoredItems& scored) {
  auto evaluation = evaluationOf(scored);
  REQUIRE(evaluation);
  write(scratch / name, evaluationJson(*evaluation).text());
  return scratch / name;
}

ReportSummary readBack(const std::filesystem::path& path) {
  auto report = readReport(path);
  if (!report) FAIL(report.error().describe());
  return *report;
}

}  // namespace

TEST_CASE("a manifest gives stretches, labels and splits in any order of columns") {
  const Scratch scratch;
  const auto read = examples(scratch, "split,labels,path,end,start,note\r\ntest,\"a; b,c\",x/y.wav,2.5,1,hm\r\ntrain,a,z.wav,,,\r\n");
  REQUIRE(read.size() == 2);
  CHECK(read[0].media == scratch / "x/y.wav");
  CHECK(read[0].name == "x/y.wav#1-2.5");
  CHECK(read[0].labels == std::vector<std::string>{"a", "b,c"});
  CHECK(read[0].split == "test");
  CHECK(read[0].range->start == MediaTime::fromSeconds(1.0));
  CHECK(read[0].range->end == MediaTime::fromSeconds(2.5));
  CHECK(read[1].name == "z.wav");
  CHECK_FALSE(read[1].range);
}

TEST_CASE("a manifest that cannot be meant is refused by its line") {
  const Scratch scratch;
  CHECK(refused(scratch, "sound,labels\na,b\n").message.find("path") != std::string::npos);
  CHECK(refused(scratch, "path,start,end,labels\n").message.find("no media") != std::string::npos);
  for (const std::string times : {"2,1", "x,2", "-1,2", "0,inf", "nan,2"}) {
    INFO(times);
    CHECK(refused(scratch, "path,start,end,labels\nok.wav,0,1,a\na.wav," + times + ",a\n").message.find("line 3") != std::string::npos);
  }
  CHECK(refused(scratch, "path,labels\n,a\n").code == ErrorCode::corruptData);
  CHECK(readManifestExamples(scratch / "missing.csv").error().code == ErrorCode::notFound);
}

TEST_CASE("tables of others and folders of classes are examples too") {
  const Scratch scratch;
  const auto read = examples(scratch, "file;class;onset;subset\nx.wav;a;;val\ny.wav;b;3.5;\n");
  REQUIRE(read.size() == 2);
  CHECK(read[0].media == scratch / "x.wav");
  CHECK(read[0].labels == std::vector<std::string>{"a"});
  CHECK(read[0].split == "validation");
  CHECK_FALSE(read[0].range);
  REQUIRE(read[1].range);  // from there to the end, however far that is
  CHECK(read[1].range->start == MediaTime::fromSeconds(3.5));
  CHECK(read[1].range->end > MediaTime::fromSeconds(1e7));

  std::filesystem::create_directories(scratch / "birds" / "wren");
  writeSines(scratch / "birds" / "wren" / "1.wav", {1});
  const auto folder = readManifestExamples(scratch / "birds");
  if (!folder) FAIL(folder.error().describe());
  REQUIRE(folder->size() == 1);
  CHECK(folder->front().name == "wren/1.wav");
  CHECK(folder->front().labels == std::vector<std::string>{"wren"});
}

TEST_CASE("of one class an item the highest scores are judged, whatever the task") {
  auto scored = threeClasses();
  const auto single = evaluationOf(scored);
  REQUIRE(single);
  for (const auto task : {EvaluationTask::multiClass, EvaluationTask::multiLabel}) {
    scored.task = task;
    const auto evaluation = evaluationOf(scored);
    REQUIRE(evaluation);
    REQUIRE(evaluation->strongest);
    CHECK(evaluation->strongest->report.accuracy == Approx(0.75));
    CHECK(evaluation->strongest->report.confusion[1] == single->confusion[1]);
    CHECK(hasStrongestTable(*evaluation) == (task == EvaluationTask::multiLabel));
    if (hasStrongestTable(*evaluation)) {
      CHECK(strongestTable(*evaluation) == confusionTable(*single));
      CHECK(evaluationJson(*evaluation).find("top1_confusion"));
    }
    CHECK_FALSE(evaluation->strongest->topThree);  // of three classes the right one is always among three
    CHECK(evaluationJson(*evaluation).find("top1_accuracy"));
  }
  scored.labels.values[1] = 1;  // the first item has two classes
  const auto evaluation = evaluationOf(scored);
  REQUIRE(evaluation);
  CHECK_FALSE(evaluation->strongest);
}

TEST_CASE("examples are scored on their own stretch, and what cannot be is named") {
  const Scratch scratch;
  writeSines(scratch / "low.wav", {1});
  writeSines(scratch / "two.wav", {2, 5});
  const auto list = examples(scratch,
                             "path,start,end,labels\nlow.wav,,,class 1\ntwo.wav,0,1,class 2\ntwo.wav,1,2,class 5\n"
                             "two.wav,0,1,class 7\nlow.wav,,,class 1;class 2\nmissing.wav,,,class 1\nlow.wav,8,9,class 1\n");
  const auto model = fakeModel(scratch);
  auto scored = scoreExamples(list, *model, {}, {}, {});
  if (!scored) FAIL(scored.error().describe());
  CHECK(scored->items.items == std::vector<std::string>{"low.wav", "two.wav#0-1", "two.wav#1-2", "two.wav#0-1"});
  CHECK(metrics::largest(scored->items.scores) == std::vector<std::int64_t>{1, 2, 5, 2});
  REQUIRE(scored->leftOut.size() == 3);
  CHECK(scored->leftOut[0].reason.find("2 labels") != std::string::npos);
  CHECK(scored->leftOut[1].item == "missing.wav");
  CHECK(scored->leftOut[2].reason.find("from 8") != std::string::npos);
  CHECK(scored->secondsOfMedia == Approx(4.0).margin(0.01));
  const auto evaluation = evaluationOf(scored->items);
  REQUIRE(evaluation);
  CHECK(evaluation->accuracy == Approx(0.75));
  CHECK(evaluation->confusion[7][2] == 1);
}

TEST_CASE("labels that the model does not know stop an evaluation before it starts") {
  const Scratch scratch;
  const auto model = fakeModel(scratch);
  const auto unknown = scoreExamples(examples(scratch, "path,labels\nmissing.wav,class 1\nmissing.wav,kazoo\n"), *model, {}, {}, {});
  REQUIRE_FALSE(unknown);
  CHECK(unknown.error().message.find("missing.wav") != std::string::npos);
  CHECK(unknown.error().message.find("kazoo") != std::string::npos);
  const auto nothing = scoreExamples(examples(scratch, "path,labels\nmissing.wav,class 1\n"), *model, {}, {}, {});
  REQUIRE_FALSE(nothing);
  CHECK(nothing.error().code == ErrorCode::corruptData);
}

TEST_CASE("a stopped evaluation keeps what was finished") {
  const Scratch scratch;
  writeSines(scratch / "low.wav", {1});
  const auto model = fakeModel(scratch);
  const auto list = examples(scratch, "path,labels\nlow.wav,class 1\nlow.wav,class 1\nlow.wav,class 1\n");
  std::stop_source stop;
  const auto scored = scoreExamples(list, *model, {}, [&](const Progress& progress) {
    if (progress.done == 1) stop.request_stop();
  }, stop.get_token());
  REQUIRE(scored);
  CHECK(scored->stopped);
  CHECK(scored->items.items.size() == 1);
  CHECK(scoreExamples(list, *model, {}, {}, stop.get_token()).error().code == ErrorCode::cancelled);
}

TEST_CASE("many labels an item are called by the threshold") {
  const Scratch scratch;
  writeSines(scratch / "low.wav", {1});
  const auto model = fakeModel(scratch, true);
  const auto scored = scoreExamples(examples(scratch, "path,labels\nlow.wav,class 1;class 2\nlow.wav,\n"), *model, {}, {}, {});
  if (!scored) FAIL(scored.error().describe());
  CHECK(scored->items.task == EvaluationTask::multiLabel);
  auto items = scored->items;
  items.threshold = 0.0;
  const auto all = evaluationOf(items);
  REQUIRE(all);
  CHECK(all->itemwise->recall == Approx(0.5));
  CHECK(all->accuracy == Approx(0.125));
  CHECK(all->confusion[1] == std::vector<std::int64_t>{0, 1, 0, 1});
  CHECK(confusionTable(*all)[0].size() == 5);
}

TEST_CASE("a report holds what the command line promises") {
  const auto evaluation = evaluationOf(threeClasses());
  REQUIRE(evaluation);
  const auto json = evaluationJson(*evaluation);
  const serial::JsonField root(json);
  CHECK(root["task"].string().value() == "multi-class");
  CHECK(root["n"].whole().value() == 4);
  CHECK(root["accuracy"].number().value() == Approx(0.75));
  CHECK(root["macro"]["f1"].number().value() == Approx((2.0 / 3.0 + 2.0 / 3.0 + 1.0) / 3.0));
  CHECK(root["weighted"]["recall"].number().value() == Approx(0.75));
  CHECK(root["map"].number().value() == Approx(1.0));
  CHECK(root["per_class"][1]["class"].string().value() == "b");
  CHECK(root["per_class"][1]["ap"].number().value() == Approx(1.0));
  CHECK(root["per_class"][1]["support"].whole().value() == 2);
  CHECK(root["confusion"][1][0].whole().value() == 1);
  CHECK(root["calibration"]["ece"].number().value() == Approx(0.25 * (0.2 + 0.6) + 0.5 * 0.3));
  CHECK(root["calibration"]["bins"].size() == 15);
  CHECK_FALSE(root["modality_importance"].present());
  CHECK(evaluationText(*evaluation).find("weighted avg") != std::string::npos);
  CHECK(perClassTable(*evaluation)[2][0] == "b");
  CHECK(confusionTable(*evaluation)[2] == std::vector<std::string>{"b", "1", "1", "0"});
}

TEST_CASE("what has no value is null, and what was asked for is there") {
  auto scored = threeClasses();
  scored.task = EvaluationTask::segments;
  scored.segmentsPerRecording = 2;
  scored.background = 2;
  scored.labels = metrics::oneHot(std::vector<std::int64_t>{0, 1, 1, 1}, 3);
  auto evaluation = evaluationOf(scored);
  REQUIRE(evaluation);
  evaluation->modalityImportance = std::vector<metrics::Importance>{{0.5, 0.25}, {}, {}};
  const auto json = evaluationJson(*evaluation);
  const serial::JsonField root(json);
  CHECK_FALSE(root["per_class"][2]["ap"].present());
  CHECK(root["classes_without_examples"].whole().value() == 1);
  CHECK(root["segments"]["per_recording"].numbers().value() == std::vector<double>{1.0, 0.0});
  CHECK(root["segments"]["detection"].number().value() == Approx(0.75));
  CHECK(root["modality_importance"][0]["audio"].number().value() == 0.5);
  CHECK_FALSE(root["modality_importance"][1]["lyrics"].present());
}

TEST_CASE("tables that do not fit are refused") {
  auto unnamed = threeClasses();
  unnamed.items.pop_back();
  CHECK_FALSE(evaluationOf(unnamed));
  auto twice = threeClasses();
  twice.labels.values[1] = 1;
  const auto refusedTwice = evaluationOf(twice);
  REQUIRE_FALSE(refusedTwice);
  CHECK(refusedTwice.error().message.starts_with("1: "));
}

TEST_CASE("reports are read back and compared on what they share") {
  const Scratch scratch;
  auto better = threeClasses();
  auto worse = threeClasses();
  for (int copy = 0; copy < 40; ++copy)
    for (auto* scored : {&better, &worse}) {
      scored->items.push_back("more " + std::to_string(copy));
      const bool wrong = scored == &worse && copy % 2 == 0;
      const std::vector<double> row{wrong ? 0.6 : 0.1, wrong ? 0.1 : 0.6, 0.3};
      scored->scores.values.insert(scored->scores.values.end(), row.begin(), row.end());
      scored->labels.values.insert(scored->labels.values.end(), {0, 1, 0});
      scored->scores.items = ++scored->labels.items;
    }
  worse.items.back() = "another";
  const auto first = readBack(writeReport(scratch, "better.json", better));
  const auto second = readBack(writeReport(scratch, "worse.json", worse));
  CHECK(first.items == 44);
  CHECK(first.classes[1].ap.value() == Approx(1.0));
  const auto pair = comparePair(first, second, {500, 3, 0.95});
  if (!pair) FAIL(pair.error().describe());
  CHECK(pair->sharedItems == 43);
  CHECK(pair->accuracy.difference == Approx(20.0 / 43.0));
  CHECK(pair->accuracy.p < 0.01);
  CHECK(pair->macroF1->difference > 0.0);
  CHECK(pair->mcNemarP.value() == Approx(2.0 / (1 << 20)));
  const auto same = comparePair(first, first, {500, 3, 0.95});
  REQUIRE(same);
  CHECK(same->accuracy.p == 1.0);

  auto relabelled = better;
  relabelled.labels = metrics::oneHot(std::vector<std::int64_t>(44, 2), 3);
  const auto third = readBack(writeReport(scratch, "relabelled.json", relabelled));
  CHECK(comparePair(first, third, {}).error().message.find("disagree") != std::string::npos);
  auto strangers = better;
  for (auto& name : strangers.items) name += "?";
  const auto fourth = readBack(writeReport(scratch, "strangers.json", strangers));
  CHECK(comparePair(first, fourth, {}).error().message.find("share no item") != std::string::npos);

  const std::vector<ReportSummary> folds(5, first);
  const std::vector<ReportSummary> others(5, second);
  const auto compared = compareFolds(folds, others);
  REQUIRE(compared);
  REQUIRE(compared->size() == 3);
  CHECK((*compared)[0].test.p == 0.03125);
  CHECK((*compared)[0].firstDeviation == Approx(0.0).margin(1e-12));
  CHECK_FALSE(compareFolds(folds, std::vector<ReportSummary>{second}));
}

TEST_CASE("classes with few items do not draw the interval of macro F1 away from the difference") {
  const Scratch scratch;
  constexpr int kRare = 20;
  ScoredItems right;
  for (int k = 0; k < kRare; ++k) right.classes.push_back("class " + std::to_string(k));
  std::vector<std::int64_t> truth;
  for (int n = 0; n < kRare; ++n) {
    truth.push_back(n);
    right.items.push_back(std::to_string(n));
  }
  right.labels = metrics::oneHot(truth, kRare);
  right.scores = metrics::ScoreTable(kRare, kRare);
  right.scores.values.assign(right.labels.values.begin(), right.labels.values.end());
  auto half = right;
  for (int n = 2; n < kRare; n += 2)  // taken for the first class
    for (int k = 0; k < kRare; ++k) half.scores.values[static_cast<std::size_t>(n * kRare + k)] = k == 0 ? 1.0 : 0.0;
  const auto first = readBack(writeReport(scratch, "right.json", right));
  const auto second = readBack(writeReport(scratch, "half.json", half));
  const auto pair = comparePair(first, second, {1000, 3, 0.95});
  if (!pair) FAIL(pair.error().describe());
  const auto& macro = *pair->macroF1;
  CHECK(macro.first == Approx(first.macroF1));
  CHECK(macro.second == Approx(second.macroF1));
  CHECK(macro.low < macro.difference);
  CHECK(macro.difference < macro.high);
  CHECK(macro.high < 0.99);
}

TEST_CASE("files that are no reports are refused") {
  const Scratch scratch;
  write(scratch / "list.json", "[1,2]");
  write(scratch / "class.json", R"({"task":"multi-class","n":1,"accuracy":1,"macro":{"f1":1},"weighted":{"f1":1},
    "per_class":[{"class":"a","f1":1,"support":1}],"items":[{"item":"x","truth":[1],"predicted":[0],"score":1}]})");
  for (const std::string name : {"list.json", "class.json"}) {
    const auto report = readReport(scratch / name);
    REQUIRE_FALSE(report);
    CHECK(report.error().code == ErrorCode::corruptData);
    CHECK(report.error().message.find(name) != std::string::npos);
  }
  CHECK(readReport(scratch / "missing.json").error().code == ErrorCode::notFound);
}
