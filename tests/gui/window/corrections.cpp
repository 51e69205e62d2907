// The loop from a wrong prediction to a better model, in the window: what is said below the predictions is kept, teaches,
// and the open file is analysed again.
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableWidget>
#include <QTest>

#include "core/inference/model_package.h"
#include "tests/gui/window/bench.h"
#include "ui/analysis/correction_desk.h"
#include "ui/analysis/improve_dialog.h"
#include "ui/project/label_controller.h"
#include "ui/project/project_desk.h"
#include "ui/training/learning_desk.h"
#include "ui/training/new_run_dialog.h"
#include "ui/workspace/time_area.h"
#include "widgets/prediction/class_lane.h"

using namespace chladni;

namespace {

// A model that takes low sines for high ones and the other way round.
struct LoopBench : test::Bench {
  explicit LoopBench(std::chrono::milliseconds delay = {}) : Bench(delay, false, {}, 98, [this] { return prepared(); }) { REQUIRE(settle()); }
  test::WindowParts prepared() {
    qputenv("XDG_DATA_HOME", QByteArray::fromStdString((scratch / "home").string()));
    test::writeLinearPackage(scratch / "models" / "ear", {{"low hum", 3000.0, 6000.0}, {"high ring", 100.0, 2000.0}, {"hiss", 6500.0, 8000.0}});
    return {{}, scratch / "home" / "chladni" / "runs"};
  }
  std::filesystem::path sine(const std::string& name, double hertz) {
    AudioBuffer sound;
    sound.rate = SampleRate(16000);
    sound.channels.assign(1, std::vector<float>(48000));
    for (std::size_t i = 0; i < 48000; ++i) sound.channels[0][i] = static_cast<float>(0.4 * std::sin(2.0 * std::numbers::pi * hertz * static_cast<double>(i) / 16000.0));
    REQUIRE(media::writeWav(scratch / name, sound));
    return scratch / name;
  }
  // Opened and analysed.
  void show(const std::filesystem::path& file) {
    window->openFile(file);
    REQUIRE(settle());
    REQUIRE(window->currentFile()->predictionComplete);
  }
  std::string heard() {
    const auto& prediction = *window->currentFile()->prediction;
    return prediction.classes[static_cast<std::size_t>(topScores(prediction.clip, 1).front().index)];
  }
  void correctFiles(int each) {
    for (int n = 0; n < each; ++n) {
      show(sine("low " + std::to_string(n) + ".wav", 400.0 + 40.0 * n));
      desk().correct("low hum", ui::CorrectedPart::file);
      show(sine("high " + std::to_string(n) + ".wav", 3800.0 + 60.0 * n));
      desk().correct("high ring", ui::CorrectedPart::file);
    }
  }
  ui::CorrectionDesk& desk() { return window->corrections(); }
  ui::LabelController& labels() { return window->desk().labels(); }
  std::filesystem::path made() { return scratch / "home" / "chladni" / "models" / "ear-mine"; }
};

}  // namespace

TEST_CASE("Corrections make a better model, which is used at once; the old one stays as it was") {
  LoopBench bench;
  bench.show(bench.sine("low a.wav", 500.0));
  CHECK(bench.heard() == "high ring");
  // By keys: C goes to the class, Enter says it.
  QTest::keyClick(&bench.window->timeArea(), Qt::Key_C);
  auto* classes = bench.part<QComboBox>("correctionClass");
  REQUIRE(classes->isVisible());
  auto* part = bench.part<QComboBox>("correctionPart");
  CHECK(part->currentIndex() == 0);  // the moment, as long as nobody chose
  part->setCurrentIndex(2);
  Q_EMIT part->activated(2);
  classes->lineEdit()->setText("hum");
  QTest::keyClick(classes->lineEdit(), Qt::Key_Return);
  REQUIRE(bench.desk().book().all().size() == 1);
  const auto first = bench.desk().book().all().front();
  CHECK(first.label == "low hum");
  CHECK(first.heard == "high ring");
  CHECK(first.model == "ear");
  CHECK(first.span.end.seconds() == Approx(3.0).margin(0.01));

  auto* dialog = bench.desk().openDialog();
  CHECK_FALSE(dialog->findChild<QPushButton*>("improveStart")->isEnabled());  // of one file: nothing to check with
  bench.correctFiles(6);
  REQUIRE(dialog->findChild<QTableWidget*>("improveTable")->rowCount() == 13);
  CHECK(bench.part<QLabel>("correctionCount")->text() == "13 corrections of 13 files");
  const auto before = inference::readModelPackage(bench.scratch / "models" / "ear");
  bench.show(bench.sine("new.wav", 450.0));
  CHECK(bench.heard() == "high ring");
  QTest::mouseClick(dialog->findChild<QPushButton*>("improveStart"), Qt::LeftButton);
  REQUIRE(test::waitFor([&] { return dialog->findChild<QLabel*>("improveAnswer")->text().contains("ear-mine"); }));
  CHECK(dialog->findChild<QLabel*>("improveAnswer")->text().contains("100.0 %"));
  REQUIRE(test::waitFor([&] { return bench.window->currentFile()->predictionPackage.ends_with("ear-mine") && bench.window->currentFile()->predictionComplete; }));
  CHECK(bench.heard() == "low hum");
  const auto made = inference::readModelPackage(bench.made());
  REQUIRE(made);
  CHECK(inference::readModelCard(*made).value_or("").find("Improved with corrections") != std::string::npos);
  CHECK(made->data.find("ear-mine.csv") != std::string::npos);
  CHECK(inference::readModelPackage(bench.scratch / "models" / "ear")->weights.sha256 == before->weights.sha256);
  CHECK(std::filesystem::exists(bench.scratch / "home" / "chladni" / "corrections" / "ear-mine.csv"));
  REQUIRE(bench.settle());
  test::keepPicture(*bench.window, "corrections");
  test::keepDialog(*dialog, "improve");

  QTest::mouseClick(dialog->findChild<QPushButton*>("improveBack"), Qt::LeftButton);
  REQUIRE(test::waitFor([&] { return bench.window->currentFile()->predictionPackage.ends_with("/ear") && bench.window->currentFile()->predictionComplete; }));
  // A second one goes beside the first.
  QTest::mouseClick(dialog->findChild<QPushButton*>("improveStart"), Qt::LeftButton);
  REQUIRE(test::waitFor([&] { return std::filesystem::exists(bench.scratch / "home" / "chladni" / "models" / "ear-mine-2" / "model.json"); }));
  REQUIRE(bench.settle());
}

TEST_CASE("What is not marked is not learned, what is forgotten is gone, and stopping leaves nothing") {
  LoopBench bench(std::chrono::milliseconds(15));
  bench.correctFiles(3);
  auto* dialog = bench.desk().openDialog();
  auto* table = dialog->findChild<QTableWidget*>("improveTable");
  REQUIRE(table->rowCount() == 6);
  table->item(0, 0)->setCheckState(Qt::Unchecked);
  CHECK(dialog->chosen().size() == 5);
  table->selectRow(1);
  QTest::mouseClick(dialog->findChild<QPushButton*>("improveForget"), Qt::LeftButton);
  REQUIRE(table->rowCount() == 5);
  CHECK(dialog->chosen().size() == 4);  // the mark that was taken away stays away
  CHECK(analysis::readCorrections(bench.scratch / "home" / "chladni" / "corrections.csv")->size() == 5);
  QTest::mouseClick(dialog->findChild<QPushButton*>("improveStart"), Qt::LeftButton);
  CHECK(bench.desk().improver().running());
  QTest::mouseClick(dialog->findChild<QPushButton*>("improveCancel"), Qt::LeftButton);
  CHECK_FALSE(bench.desk().improver().running());
  CHECK(dialog->findChild<QPushButton*>("improveStart")->isVisible());
  test::runFor(300);
  CHECK_FALSE(std::filesystem::exists(bench.made()));
  QSignalSpy opened(&bench.desk(), &ui::CorrectionDesk::openRequested);
  Q_EMIT table->cellDoubleClicked(0, 0);
  CHECK(opened.count() == 1);
  REQUIRE(bench.settle());
}

TEST_CASE("With a project corrections are labels of it, accepted proposals count, and undo takes them back") {
  LoopBench bench;
  bench.show(bench.sine("low.wav", 500.0));
  bench.labels().createProject(bench.scratch / "p.chladni");
  bench.window->playback().seek(1.5);
  bench.desk().correct("low hum", ui::CorrectedPart::window);
  REQUIRE(test::waitFor([&] { return bench.desk().book().all().size() == 1; }));
  REQUIRE(bench.labels().tracks().size() == 1);
  CHECK(bench.labels().tracks().front().track.name == "corrections");
  CHECK(bench.labels().undoName() == "correct to \"low hum\"");
  // Another word for the same window replaces the first.
  bench.desk().correct("hiss", ui::CorrectedPart::window);
  REQUIRE(test::waitFor([&] { return !bench.desk().book().busy() && bench.desk().book().all().front().label == "hiss"; }));
  CHECK(bench.desk().book().all().size() == 1);
  bench.labels().undo();
  REQUIRE(test::waitFor([&] { return !bench.desk().book().busy() && bench.desk().book().all().front().label == "low hum"; }));

  Label proposal;
  proposal.span = {MediaTime::fromSeconds(0.0), MediaTime::fromSeconds(1.0)};
  proposal.text = "high ring";
  proposal.state = LabelState::proposed;
  proposal.origin.model = "ear";
  bench.labels().takeProposals("ear", {proposal});
  REQUIRE(bench.settle());
  CHECK(bench.desk().book().all().size() == 1);  // nobody has said yes
  bench.labels().select(1, 0, false);
  bench.labels().accept();
  REQUIRE(test::waitFor([&] { return bench.desk().book().all().size() == 2; }));
  CHECK_FALSE(bench.desk().book().all().front().own);
  bench.labels().closeProject();
  REQUIRE(test::waitFor([&] { return bench.desk().book().all().empty(); }));
}

TEST_CASE("A name that the model does not have is not kept, and full finetuning is a filled-in form") {
  LoopBench bench;
  bench.show(bench.sine("low.wav", 500.0));
  QSignalSpy noticed(&bench.desk(), &ui::CorrectionDesk::noticed);
  bench.desk().correct("didgeridoo", ui::CorrectedPart::file);
  CHECK(bench.desk().book().all().empty());
  REQUIRE(noticed.count() == 1);
  CHECK(noticed.front().front().toString().contains("no class"));
  bench.desk().correct("HUM", ui::CorrectedPart::file);
  REQUIRE(bench.desk().book().all().size() == 1);
  auto* dialog = bench.desk().openDialog();
  QSignalSpy wanted(&bench.desk(), &ui::CorrectionDesk::fullFinetuningWanted);
  QTest::mouseClick(dialog->findChild<QPushButton*>("improveFull"), Qt::LeftButton);
  REQUIRE(wanted.count() == 1);
  const auto manifest = ui::toPath(wanted.front().front().toString());
  CHECK(std::filesystem::exists(manifest));
  auto model = *inference::readModelPackage(bench.scratch / "models" / "ear");
  model.family = "ast";
  bench.window->learning().finetune(ui::toQString(manifest), model);
  auto* form = bench.window->findChild<ui::NewRunDialog*>();
  REQUIRE(form != nullptr);
  const auto recipe = form->recipe();
  REQUIRE(recipe);
  CHECK(recipe->data == manifest.string());
  CHECK(recipe->layerDecay < 1.0);
  CHECK(std::filesystem::exists(recipe->classes));  // all classes of the model stay
  form->reject();
}

TEST_CASE("Corrections that cannot be read are not written over") {
  LoopBench bench;
  bench.correctFiles(1);
  const auto path = ui::toQString(bench.scratch / "home" / "chladni" / "corrections.csv");
  const auto contents = [&] {
    QFile file(path);
    REQUIRE(file.open(QIODevice::ReadOnly));
    return file.readAll();
  };
  const QByteArray good = contents();
  QFile broken(path);
  REQUIRE(broken.open(QIODevice::Append));
  broken.write("\"never closed");
  broken.close();
  const QByteArray before = contents();
  QSignalSpy failed(&bench.desk().book(), &ui::CorrectionBook::failed);
  bench.show(bench.sine("third.wav", 450.0));
  bench.desk().correct("low hum", ui::CorrectedPart::file);
  REQUIRE(failed.count() == 1);
  CHECK(failed.front().front().toString().contains("nothing is written"));
  CHECK(contents() == before);
  // Mended, all are there again.
  REQUIRE(QFile::resize(path, good.size()));
  bench.desk().correct("low hum", ui::CorrectedPart::file);
  CHECK(failed.count() == 1);
  CHECK(bench.desk().book().all().size() == 3);
}
