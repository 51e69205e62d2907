// The page of models: cards, first choices, removing with a way back, what the command line says about them.
#include <QClipboard>
#include <QGuiApplication>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QTest>
#include <QTextBrowser>
#include <QToolButton>

#include "tests/gui/training/learning_bench.h"
#include "core/inference/published_checkpoints.h"
#include "ui/models/checkpoint_import.h"
#include "ui/models/models_dock.h"
#include "ui/models/published_dialog.h"
#include "ui/training/new_run_dialog.h"
#include "ui/training/recipe_form.h"

using namespace chladni;
using test::LearningBench;

namespace {

// Answers `models verify` and `models import` as chladni-cli does; a checkpoint called broken is refused.
constexpr const char* kModelsStandIn = R"(#!/bin/sh
case "$*" in
  *broken*) echo "error: broken.pth: not imported, 2 tensors do not fit ast" >&2; exit 3;;
  *verify*) echo '{"name":"fake-one","verified":true,"parameters":1250000}';;
  *import*) echo '{"name":"x","report":["blocks.0.extra: not used, not in the network"]}';;
esac
)";

}  // namespace

TEST_CASE("Packages show their card and facts, can be verified, be first choice, go away and come back") {
  LearningBench bench;
  std::ofstream(bench.scratch / "trainer") << kModelsStandIn;
  std::ofstream(bench.scratch / "models" / "fake-one" / "CARD.md") << "# What it is\n\nA *small* model for tests. <script>no</script>\n";
  std::filesystem::copy(bench.scratch / "models" / "fake-one", bench.scratch / "models" / "other", std::filesystem::copy_options::recursive);
  REQUIRE(bench.window->showDock("models"));
  REQUIRE(bench.settle());
  bench.window->analysis().listAgain();
  auto& dock = bench.desk().models();
  auto* list = dock.findChild<QListWidget*>("modelsList");
  REQUIRE(test::waitFor([&] { return list->count() == 2; }));
  dock.select(ui::toQString(bench.scratch / "models" / "fake-one"));
  const auto* text = dock.findChild<QTextBrowser*>();
  REQUIRE(test::waitFor([&] { return text->toPlainText().contains("A small model for tests"); }));
  CHECK(text->toPlainText().contains("20 classes"));
  CHECK_FALSE(text->toHtml().contains("<script"));
  REQUIRE(bench.settle());
  test::keepPicture(*bench.window, "models");

  QTest::mouseClick(dock.findChild<QToolButton*>("modelsVerify"), Qt::LeftButton);
  REQUIRE(test::waitFor([&] { return dock.message().contains("1.25 million"); }));
  QTest::mouseClick(dock.findChild<QToolButton*>("modelsDefault"), Qt::LeftButton);
  CHECK(text->toPlainText().contains("Default for"));

  // The one in use stays; another one goes and comes back.
  CHECK_FALSE(dock.findChild<QToolButton*>("modelsRemove")->isEnabled());
  dock.select(ui::toQString(bench.scratch / "models" / "other"));
  QTest::mouseClick(dock.findChild<QToolButton*>("modelsRemove"), Qt::LeftButton);
  REQUIRE(test::waitFor([&] { return list->count() == 1; }));
  CHECK_FALSE(std::filesystem::exists(bench.scratch / "models" / "other"));
  QTest::mouseClick(dock.findChild<QPushButton*>("modelsUndo"), Qt::LeftButton);
  REQUIRE(test::waitFor([&] { return list->count() == 2; }));

  qputenv("XDG_DATA_HOME", QByteArray::fromStdString((bench.scratch / "home").string()));
  dock.checkpoints().start("published.pth", "ast", "my ast", "Mine");
  REQUIRE(test::waitFor([&] { return dock.message().contains("blocks.0.extra"); }));
  dock.checkpoints().start("broken.pth", "ast", "b", "");
  REQUIRE(test::waitFor([&] { return dock.message().contains("2 tensors do not fit"); }));
}

TEST_CASE("Without a model for genres the window says why and how to train one") {
  LearningBench bench;
  REQUIRE(bench.window->showDock("models"));
  REQUIRE(bench.settle());
  auto& dock = bench.desk().models();
  auto* train = dock.findChild<QPushButton*>("modelsTrainGenres");
  REQUIRE(test::waitForRoom(*train));
  QTest::mouseClick(train, Qt::LeftButton);
  auto* dialog = bench.window->findChild<ui::NewRunDialog*>();
  REQUIRE(dialog != nullptr);
  REQUIRE(dialog->form().recipe());
  CHECK(dialog->form().recipe()->family == "lyrics-classify");
  dialog->reject();

  auto models = bench.window->analysis().models();
  REQUIRE_FALSE(models.empty());
  models.front().tasks = {"music-genres"};
  dock.setModels(models, {});
  CHECK_FALSE(train->isVisible());
}

TEST_CASE("What others have published is told with address and licence, and a file that is there comes in") {
  LearningBench bench;
  std::ofstream(bench.scratch / "trainer") << "#!/bin/sh\nprintf '%s\\n' \"$@\" > " << (bench.scratch / "asked").string() << "\necho '{\"name\":\"x\",\"report\":[]}'\n";
  qputenv("XDG_DATA_HOME", QByteArray::fromStdString((bench.scratch / "home").string()));
  REQUIRE(bench.window->showDock("models"));
  REQUIRE(bench.settle());
  auto& dock = bench.desk().models();
  QTest::mouseClick(dock.findChild<QPushButton*>("modelsPublished"), Qt::LeftButton);
  auto* dialog = dock.findChild<ui::PublishedDialog*>();
  REQUIRE(dialog != nullptr);
  CHECK(dialog->findChild<QListWidget*>("publishedList")->count() == static_cast<int>(inference::publishedCheckpoints().size()));
  const QString said = dialog->findChild<QLabel*>("publishedText")->text();
  CHECK(said.contains("https://"));
  CHECK(said.contains("BSD 3-Clause"));
  test::keepDialog(*dialog, "published");
  QTest::mouseClick(dialog->findChild<QPushButton*>("publishedCopy"), Qt::LeftButton);
  CHECK(QGuiApplication::clipboard()->text() == "https://www.dropbox.com/s/ca0b1v2nlxzyeb4/audioset_10_10_0.4593.pth?dl=1");
  dialog->open("/downloads/audioset_10_10_0.4593.pth");
  REQUIRE(test::waitFor([&] { return dock.message().contains("imported"); }));
  std::ifstream asked(bench.scratch / "asked");
  const std::string words{std::istreambuf_iterator<char>(asked), {}};
  CHECK(words.find("models\nimport\n/downloads/audioset_10_10_0.4593.pth\n--family\nast\n") == 0);
  const auto at = words.find("--classes\n");
  REQUIRE(at != std::string::npos);
  std::ifstream names(words.substr(at + 10, words.find('\n', at + 10) - at - 10));
  std::string first;
  std::getline(names, first);
  CHECK(first == "Speech");
  // What no family here reads is only told.
  QTest::mouseClick(dock.findChild<QPushButton*>("modelsPublished"), Qt::LeftButton);
  dialog = dock.findChildren<ui::PublishedDialog*>().back();
  dialog->select(static_cast<int>(inference::publishedCheckpoints().size()) - 1);
  CHECK_FALSE(dialog->findChild<QPushButton*>("publishedHave")->isEnabled());
}
