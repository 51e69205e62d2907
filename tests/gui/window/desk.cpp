// The rest of the desk: labels in and out, vocabularies, editing in the table, boxes, agreement, and a model over a project.
#include <QComboBox>
#include <QLabel>
#include <QListWidget>
#include <QTableView>
#include <QSignalSpy>
#include <QTest>
#include <fstream>

#include "core/annotation/label_file.h"
#include "core/datasets/manifest.h"
#include "tests/gui/window/bench.h"
#include "ui/project/agreement_dock.h"
#include "ui/project/attribute_text.h"
#include "ui/project/exchange_controller.h"
#include "ui/project/label_controller.h"
#include "ui/project/project_desk.h"
#include "ui/project/proposal_controller.h"
#include "ui/workspace/banner.h"
#include "ui/workspace/time_area.h"
#include "widgets/labels/label_lane.h"
#include "widgets/spectrogram/spectrogram_lane.h"

using namespace chladni;

namespace {

struct DeskBench : test::Bench {
  explicit DeskBench(bool withModel = false) : test::Bench(std::chrono::milliseconds(0), withModel) {
    window->openFile(sound("tone.wav", 6.0));
    REQUIRE(settle());
    labels().createProject(scratch / "p.chladni");
  }
  ui::ProjectDesk& desk() { return window->desk(); }
  ui::LabelController& labels() { return desk().labels(); }
  ui::ExchangeController& exchange() { return desk().exchange(); }
  const std::vector<Label>& all() { return labels().activeTrack()->track.labels; }
  void add(double start, double end, const std::string& text) {
    labels().addOver({MediaTime::fromSeconds(start), MediaTime::fromSeconds(end)});
    labels().setText(QString::fromStdString(text));
  }
  bool idle() {
    return test::waitFor([&] { return !desk().busy(); });
  }
  std::size_t steps() { return labels().project()->history(1000)->size(); }
};

}  // namespace

TEST_CASE("Labels leave for other programs and come back; losses are asked about first") {
  DeskBench bench;
  bench.add(1, 2, "dog");
  bench.add(3, 4, "owl");
  bench.labels().changeSelected("sure", [](Label& label) { label.confidence = 0.5; });
  QStringList asked;
  bool agree = false;
  bench.exchange().setConfirm([&](const QStringList& losses) {
    asked = losses;
    return agree;
  });
  const auto path = bench.scratch / "tone.txt";
  bench.exchange().exportFile(path, annotation::LabelFormat::audacity);
  REQUIRE(bench.idle());
  CHECK_FALSE(asked.isEmpty());
  CHECK_FALSE(std::filesystem::exists(path));  // refused, so nothing was written
  agree = true;
  bench.exchange().exportFile(path, annotation::LabelFormat::audacity);
  REQUIRE(test::waitFor([&] { return std::filesystem::exists(path) && !bench.desk().busy(); }));
  bench.exchange().exportAll(bench.scratch / "all", annotation::LabelFormat::chladniJson);
  REQUIRE(test::waitFor([&] { return std::filesystem::exists(bench.scratch / "all" / "tone.labels.json") && !bench.desk().busy(); }));

  const std::size_t before = bench.steps();
  bench.exchange().importFiles({path});
  REQUIRE(bench.idle());
  REQUIRE(test::waitFor([&] { return bench.labels().tracks().size() == 2; }));
  CHECK(bench.steps() == before + 1);
  CHECK(bench.labels().tracks()[1].track.labels.size() == 2);
  // One that names no recording goes to the file on show.
  std::filesystem::copy(path, bench.scratch / "elsewhere.txt");
  bench.exchange().importFiles({bench.scratch / "elsewhere.txt"});
  REQUIRE(test::waitFor([&] { return bench.labels().tracks().size() == 3; }));
  bench.exchange().importFiles({bench.scratch / "missing.txt"});
  REQUIRE(bench.idle());
  CHECK(bench.window->findChild<ui::Banner*>()->message().contains("missing.txt"));

  bench.exchange().exportDataSet(bench.scratch / "manifest.csv", ui::DataSetForm::manifest);
  REQUIRE(test::waitFor([&] { return std::filesystem::exists(bench.scratch / "manifest.csv") && !bench.desk().busy(); }));
  CHECK(datasets::readManifest(bench.scratch / "manifest.csv")->items.size() == 2);
  bench.exchange().exportDataSet(bench.scratch / "ave", ui::DataSetForm::ave);
  REQUIRE(test::waitFor([&] { return std::filesystem::exists(bench.scratch / "ave" / "clips.csv") && !bench.desk().busy(); }));
}

TEST_CASE("A vocabulary brings classes with colours and keys, in one step") {
  DeskBench bench;
  bench.window->actions().find("classes.ave")->trigger();
  REQUIRE(bench.labels().classes().size() == 28);
  CHECK(bench.labels().classes()[0].key == "1");
  CHECK(bench.steps() == 1);
  bench.labels().undo();
  CHECK(bench.labels().classes().empty());
  std::ofstream(bench.scratch / "mine.txt") << "blackbird\nwren\n";
  bench.exchange().importVocabulary(QString::fromStdString((bench.scratch / "mine.txt").string()));
  CHECK(bench.labels().classes().size() == 2);
}

TEST_CASE("Everything of a label is edited in the table, each cell one step") {
  DeskBench bench;
  bench.add(1, 2, "dog");
  bench.add(3, 4, "owl");
  auto* table = bench.part<QTableView>("labelTable");
  bench.window->showDock("labels");
  const auto set = [&](int column, const char* text) { return table->model()->setData(table->model()->index(0, column), QString(text), Qt::EditRole); };
  const std::size_t before = bench.steps();
  CHECK(set(3, "0,75"));
  CHECK(set(5, "ann"));
  CHECK(set(6, "4000 - 1000 Hz"));
  CHECK(set(7, "call=alarm; sex=f; seen"));
  CHECK(set(2, "wolf"));
  CHECK(set(1, "2.5"));
  CHECK(bench.steps() == before + 6);
  const Label& label = bench.all()[0];
  CHECK(*label.confidence == Approx(0.75));
  CHECK(label.author != "owl");
  CHECK(label.band == FrequencyBand{1000.0, 4000.0});
  CHECK(label.attributes == annotation::Attributes{{"call", "alarm"}, {"sex", "f"}, {"seen", ""}});
  CHECK(label.text == "wolf");
  CHECK(label.span.end.seconds() == Approx(2.5));
  // What makes no sense changes nothing.
  CHECK_FALSE(set(3, "much"));
  set(3, "7");
  CHECK(*bench.all()[0].confidence == Approx(0.75));
  CHECK_FALSE(set(6, "high"));
  CHECK_FALSE(set(0, "soon"));
  CHECK(set(3, ""));
  CHECK_FALSE(bench.all()[0].confidence.has_value());
  test::keepPicture(*bench.window, "table");
  bench.labels().undo();
  CHECK(*bench.all()[0].confidence == Approx(0.75));
}

TEST_CASE("Attributes as text come back as they were") {
  const annotation::Attributes hard{{"a=b", "c;d"}, {"back\\slash", "x=y"}, {"empty", ""}};
  CHECK(ui::attributesFrom(ui::attributeText(hard)) == hard);
  CHECK(ui::attributesFrom(" ; one ; two = 2 ;") == annotation::Attributes{{"one", ""}, {"two", "2"}});
  CHECK(ui::attributesFrom("").empty());
}

TEST_CASE("A box drawn in the spectrogram becomes a label with frequencies") {
  DeskBench bench;
  auto& spectrogram = bench.window->timeArea().spectrogram();
  REQUIRE(test::waitFor([&] { return bench.window->pending().isEmpty(); }));
  const QRect area = spectrogram.dataRect();
  const QPoint from(area.left() + area.width() / 4, area.top() + area.height() / 4);
  const QPoint to(area.left() + area.width() / 2, area.top() + area.height() / 2);
  QTest::keyClick(&bench.window->timeArea(), Qt::Key_B, Qt::ControlModifier | Qt::ShiftModifier);
  CHECK(bench.labels().tracks().empty());  // nothing is boxed yet
  QTest::mousePress(&spectrogram, Qt::LeftButton, Qt::ControlModifier, from);
  QTest::mouseMove(&spectrogram, to);
  QTest::mouseRelease(&spectrogram, Qt::LeftButton, Qt::ControlModifier, to);
  REQUIRE(bench.window->timeArea().boxedBand());
  QTest::keyClick(&bench.window->timeArea(), Qt::Key_B, Qt::ControlModifier | Qt::ShiftModifier);
  REQUIRE(bench.labels().activeTrack() != nullptr);
  REQUIRE(bench.all().size() == 1);
  REQUIRE(bench.all()[0].band.has_value());
  CHECK(bench.all()[0].band->low < bench.all()[0].band->high);
  CHECK(bench.all()[0].span.start.seconds() == Approx(1.5).margin(0.1));
  CHECK(bench.all()[0].span.end.seconds() == Approx(3.0).margin(0.1));
  bench.labels().setText("whistle");
  test::keepPicture(*bench.window, "box");
}

TEST_CASE("Two tracks are compared, and every disagreement is walked to by key") {
  DeskBench bench;
  bench.add(0.5, 1.5, "dog");
  bench.add(2.0, 3.0, "owl");
  bench.add(4.0, 5.0, "cat");
  bench.labels().addTrack(false);
  bench.add(0.5, 1.5, "dog");
  bench.add(2.0, 3.0, "bell");
  bench.window->showDock("agreement");
  bench.desk().agreement().choose("labels", "labels 2");
  REQUIRE(bench.desk().agreement().agreement());
  const auto& agreement = *bench.desk().agreement().agreement();
  CHECK(agreement.first == 3);
  CHECK(agreement.disagreements.size() >= 2);
  CHECK(bench.part<QLabel>("agreementSummary")->text().contains("kappa"));
  auto* list = bench.part<QListWidget>("disagreements");
  CHECK(list->count() == static_cast<int>(agreement.disagreements.size()));
  QTest::keyClick(&bench.window->timeArea(), Qt::Key_F8);
  CHECK(bench.window->playback().position() == Approx(agreement.disagreements[0].span.start.seconds()).margin(1e-3));
  QTest::keyClick(&bench.window->timeArea(), Qt::Key_F8);
  CHECK(bench.window->playback().position() == Approx(agreement.disagreements[1].span.start.seconds()).margin(1e-3));
  CHECK(bench.window->timeArea().selection()->start == agreement.disagreements[1].span.start);
  QTest::keyClick(&bench.window->timeArea(), Qt::Key_F8, Qt::ShiftModifier);
  CHECK(list->currentRow() == 0);
  test::keepPicture(*bench.window, "agreement");
  // What is corrected leaves the list by itself.
  const int before = list->count();
  bench.labels().select(1, 1, false);
  bench.labels().setText("owl");
  CHECK(test::waitFor([&] { return list->count() < before; }));
}

TEST_CASE("A model goes over all files of the project; a second run finds them done") {
  DeskBench bench(true);
  for (const char* name : {"a.wav", "b.wav"}) bench.sound(name, 2.0);
  REQUIRE(bench.labels().project()->addFiles({bench.scratch / "tone.wav", bench.scratch / "a.wav", bench.scratch / "b.wav"}));
  bench.labels().takeOver();
  analysis::ProposalOptions options;
  options.threshold = 0.3;
  bench.desk().proposals().setOptions(options);
  QSignalSpy noticed(&bench.desk(), &ui::ProjectDesk::noticed);
  bench.window->actions().find("proposeAll")->trigger();
  CHECK(bench.desk().busy());
  REQUIRE(bench.idle());
  test::runFor(1500);  // longer than it takes to look for changes of others
  REQUIRE(noticed.count() == 1);
  CHECK(noticed.front().front().toString().startsWith("3 files done"));
  const auto files = bench.labels().project()->files();
  REQUIRE(files->size() == 3);
  for (const auto& file : *files) CHECK(file.proposed > 0);
  CHECK(test::waitFor([&] { return bench.labels().hasProposals(); }));
  const std::size_t before = bench.steps();
  bench.window->actions().find("proposeAll")->trigger();
  REQUIRE(bench.idle());
  CHECK(bench.steps() == before);
}

TEST_CASE("A clip of ten seconds with two events takes six keys and no mouse") {
  test::Bench bench;
  bench.window->openFile(bench.sound("clip.wav", 10.0));
  REQUIRE(bench.settle());
  bench.window->desk().labels().createProject(bench.scratch / "p.chladni");
  bench.window->desk().labels().addClasses({"dog", "bell"});
  int keys = 0;
  const auto down = [&](Qt::Key key) {
    ++keys;
    QTest::keyPress(&bench.window->timeArea(), key);
  };
  const auto reaches = [&](double seconds) { return test::waitFor([&] { return bench.window->playback().position() >= seconds; }); };
  bench.window->playback().setSpeed(2.0);
  // Play; each class key is held while its event sounds.
  down(Qt::Key_Space);
  QTest::keyRelease(&bench.window->timeArea(), Qt::Key_Space);
  for (const auto& [key, from, to] : {std::tuple{Qt::Key_1, 1.0, 3.0}, {Qt::Key_2, 5.0, 8.0}}) {
    REQUIRE(reaches(from));
    down(key);
    REQUIRE(reaches(to));
    QTest::keyRelease(&bench.window->timeArea(), key);
  }
  down(Qt::Key_Space);
  CHECK(keys <= 6);
  const auto* track = bench.window->desk().labels().activeTrack();
  REQUIRE(track != nullptr);
  REQUIRE(track->track.labels.size() == 2);
  CHECK(track->track.labels[0].text == "dog");
  CHECK(track->track.labels[1].text == "bell");
  CHECK(track->track.labels[1].span.start.seconds() >= 5.0);
}
