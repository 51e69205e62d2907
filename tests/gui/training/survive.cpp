// A training started from the window outlives the window's kill -9 and is found by the next one. With torch it is a real
// training, whose model the next window then uses; without, a script stands in.
#include <QLineEdit>
#include <QListWidget>
#include <QProcess>
#include <QPushButton>
#include <QTest>
#include <csignal>

#include "core/inference/model_package.h"
#include "tests/gui/training/learning_bench.h"
#include "ui/training/data_page.h"
#include "ui/training/new_run_dialog.h"

using namespace chladni;
using runs::RunPhase;
using test::LearningBench;

namespace {

constexpr const char* kFolder = "CHLADNI_TEST_RUN_FOLDER";
constexpr const char* kData = "CHLADNI_TEST_DATA";
constexpr const char* kProgram = "CHLADNI_TEST_PROGRAM";

}  // namespace

// Not run by itself: the window that will be killed.
TEST_CASE("The window that is killed", "[.killed]") {
  test::application();
  ui::WindowSetup setup;
  setup.makeRegistry = [] { return std::make_shared<inference::ModelRegistry>(); };
  setup.settings = ui::WorkspaceSettings::inMemory();
  setup.silent = true;
  setup.commandLine = qEnvironmentVariable(kProgram).toStdString();
  setup.runFolder = qEnvironmentVariable(kFolder).toStdString();
  ui::MainWindow window(std::move(setup));
  window.show();
  auto* dialog = window.learning().training().newRun();
  dialog->choosePreset("tiny-ast");
  dialog->data().setPath(qEnvironmentVariable(kData));
  dialog->showPage(3);
  dialog->findChild<QLineEdit*>("field.batch")->setText("4");
  dialog->findChild<QLineEdit*>("field.epochs")->setText("2000");
  dialog->findChild<QLineEdit*>("field.threads")->setText("1");
  dialog->findChild<QLineEdit*>("field.report_every")->setText("1");
  REQUIRE(test::waitFor([&] { return !dialog->data().looking(); }));
  dialog->showPage(4);
  QTest::mouseClick(dialog->findChild<QPushButton*>("newRunStart"), Qt::LeftButton);
  test::waitFor([] { return false; }, 600'000);
}

TEST_CASE("A training outlives a window killed with kill -9 and is found by the next") {
  LearningBench bench;
  const auto data = bench.data(10, 10);
  std::filesystem::path program = bench.scratch / "trainer";
#ifdef CHLADNI_CLI
  program = CHLADNI_CLI;
#endif
  const auto folder = bench.scratch / "killed";
  qputenv(kFolder, QByteArray::fromStdString(folder.string()));
  qputenv(kData, QByteArray::fromStdString(data.string()));
  qputenv(kProgram, QByteArray::fromStdString(program.string()));
  qputenv("OMP_NUM_THREADS", "1");
  QProcess window;
  window.start("/proc/self/exe", {"[.killed]"});
  REQUIRE(window.waitForStarted());
  const auto learning = [&] {
    const auto runs = runs::listRuns(folder);
    return runs.size() == 1 && runs[0].phase == RunPhase::running && runs[0].step > 0;
  };
  const bool began = test::waitFor(learning, 400'000);
  for (const auto& run : runs::listRuns(folder)) UNSCOPED_INFO(runs::name(run.phase) << ": " << run.message);
  REQUIRE(began);
  ::kill(static_cast<pid_t>(window.processId()), SIGKILL);
  REQUIRE(window.waitForFinished());
  CHECK(window.exitStatus() == QProcess::CrashExit);

  ui::RunsController next(runs::RunDesk(folder, program));
  REQUIRE(test::waitFor([&] { return next.known() && next.runs().size() == 1; }));
  const auto found = next.runs()[0];
  CHECK(found.alive());
  next.watch({found.folder});
  REQUIRE(test::waitFor([&] { return next.history(found.folder) && next.history(found.folder)->steps.size() > 0; }));
#ifdef CHLADNI_CLI
  const auto before = next.history(found.folder)->steps.size();
  CHECK(test::waitFor([&] { return next.history(found.folder)->steps.size() > before; }));  // it goes on learning
#endif
  next.stop(found.folder);
  REQUIRE(test::waitFor([&] { return !next.runs()[0].alive(); }, 180'000));
  CHECK(next.runs()[0].phase == RunPhase::stopped);
#ifdef CHLADNI_CLI
  CHECK(before > 0);
  const auto package = inference::readModelPackage(found.folder);
  REQUIRE(package);
  CHECK(package->classes == std::vector<std::string>{"high", "low"});
  CHECK(inference::verifyModelPackage(*package));
#endif
}
