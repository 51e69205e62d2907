// Which model a window begins with: the one that is named, the default, the last; and that it is this one that works.
#include <QToolButton>

#include "tests/gui/window/bench.h"
#include "ui/docks/reconstruction_dock.h"
#include "ui/models/models_dock.h"
#include "ui/training/learning_desk.h"
#include "ui/workspace/model_memory.h"
#include "ui/workspace/paths.h"

using namespace chladni;

namespace {

struct Shelf : test::Bench {
  Shelf() {
    package("models", "other");
    package("elsewhere", "fake-one");
    package("elsewhere", "far");
  }
  void package(const char* folder, const char* name) {
    auto spec = test::fakeSpec(3);
    spec.name = name;
    spec.tasks = {"instruments", "reconstruction"};
    test::writeFakePackage(scratch / folder / name, spec);
  }
  // As on the next day.
  void restart(const QString& named = {}) {
    model = named;
    window.reset();
    makeWindow();
    REQUIRE(settle());
    REQUIRE(window->analysis().model());
  }
  [[nodiscard]] std::filesystem::path used() const { return window->analysis().package(); }
  void use(const std::filesystem::path& folder) {
    Q_EMIT window->learning().modelWanted(ui::toQString(folder));
    REQUIRE(test::waitFor([&] { return used() == folder; }));
    REQUIRE(settle());
  }
};

}  // namespace

TEST_CASE("A package named by its folder is the one that is used, though another of its name is installed") {
  Shelf shelf;
  const auto folder = shelf.scratch / "elsewhere" / "fake-one";
  shelf.restart(ui::toQString(folder));
  CHECK(shelf.used() == folder);
  shelf.window->openFile(shelf.sound("tone.wav"));
  REQUIRE(shelf.settle());
  REQUIRE(shelf.window->currentFile()->prediction);
  CHECK(shelf.window->currentFile()->prediction->classes.size() == 3);  // the installed one has 20
  // Listing again keeps it; asking for the installed one analyses again.
  shelf.window->analysis().listAgain();
  test::runFor(100);
  CHECK(shelf.used() == folder);
  shelf.use(shelf.scratch / "models" / "fake-one");
  REQUIRE(test::waitFor([&] { return shelf.window->currentFile()->prediction && shelf.window->currentFile()->prediction->classes.size() == 20; }));
}

TEST_CASE("The next window begins with the model used last, wherever it lies, unless there is a default") {
  Shelf shelf;
  REQUIRE(shelf.settle());
  const auto far = shelf.scratch / "elsewhere" / "far";
  shelf.use(far);
  shelf.restart();
  CHECK(shelf.used() == far);

  auto& dock = shelf.window->learning().models();
  REQUIRE(shelf.window->showDock("models"));
  dock.select(ui::toQString(shelf.scratch / "models" / "other"));
  auto* button = dock.findChild<QToolButton*>("modelsDefault");
  const QString offer = button->text();
  button->click();
  CHECK(button->text() != offer);
  shelf.restart();
  CHECK(shelf.used() == shelf.scratch / "models" / "other");
  CHECK(shelf.part<ui::ReconstructionDock>("reconstruction")->model()->name == "other");

  shelf.window->learning().models().select(ui::toQString(shelf.scratch / "models" / "other"));
  shelf.window->learning().models().findChild<QToolButton*>("modelsDefault")->click();
  shelf.restart();
  CHECK(shelf.used() == far);
  // One that has gone is no obstacle: by its name, else any.
  std::filesystem::remove_all(far);
  shelf.restart();
  CHECK(shelf.used().parent_path() == shelf.scratch / "models");
}

TEST_CASE("A model on the command line is for that window only") {
  Shelf shelf;
  REQUIRE(shelf.settle());
  shelf.restart("other");
  CHECK(shelf.window->analysis().model()->name == "other");
  shelf.restart();
  CHECK(shelf.window->analysis().model()->name == "fake-one");
}

TEST_CASE("A model on the command line that is not there is a failure, also after another has analysed") {
  Shelf shelf;
  shelf.restart("nowhere");
  shelf.window->openFile(shelf.sound("tone.wav"));
  REQUIRE(shelf.settle());
  CHECK(shelf.window->currentFile()->predictionComplete);
  REQUIRE(shelf.window->firstFailure());
  CHECK(shelf.window->firstFailure()->message.find("nowhere") != std::string::npos);
}
