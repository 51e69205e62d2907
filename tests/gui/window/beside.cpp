// Two models side by side over the open file.
#include "ui/analysis/beside_choice.h"

#include <QAction>
#include <QComboBox>
#include <QTest>

#include "tests/gui/window/bench.h"
#include "ui/docks/prediction_dock.h"
#include "ui/workspace/dock_set.h"
#include "ui/workspace/time_area.h"
#include "widgets/prediction/class_lane.h"

using namespace chladni;
using test::Bench;

namespace {

// The model of every bench, and one with other classes.
struct TwoModels {
  explicit TwoModels(std::chrono::milliseconds delay = std::chrono::milliseconds(0)) : bench(delay) {
    inference::ModelSpec spec = test::fakeSpec(4);
    spec.title = "Four classes";
    spec.classes = {"playing class 0", "Class 1", "drum", "bell"};
    test::writeFakePackage(bench.scratch / "models" / "four", spec);
    bench.model = "fake-one";
    bench.makeWindow();
    REQUIRE(bench.settle());
  }
  void open(const char* name) {
    bench.window->openFile(bench.sound(name, 3.0));
    REQUIRE(bench.settle());
  }
  // As a person does.
  void choose(const std::string& model) {
    auto* box = bench.part<QComboBox>("besideModel");
    const int row = box->findData(QString::fromStdString(model));
    REQUIRE(row >= 0);
    box->setCurrentIndex(row);
    Q_EMIT box->activated(row);
  }
  widgets::PredictionPanel& panel() { return bench.part<ui::PredictionDock>("predictions")->panel(); }
  Bench bench;
};

}  // namespace

TEST_CASE("Pairs of scores: the strongest of either, classes joined by their short names") {
  const std::vector<std::string> one{"playing cello", "drum", "flute"}, other{"Cello", "bell"};
  const std::vector<float> mine{0.2F, 0.9F, 0.1F}, theirs{0.7F, 0.8F};
  const auto pairs = widgets::scorePairs({one, mine}, {other, theirs}, 3);
  REQUIRE(pairs.size() == 3);
  CHECK(pairs[0].name == "drum");
  CHECK_FALSE(pairs[0].other);
  CHECK(pairs[1].name == "bell");
  CHECK_FALSE(pairs[1].one);
  CHECK(pairs[2].name == "cello");
  CHECK(pairs[2].one == 0.2F);
  CHECK(pairs[2].other == 0.7F);
  const auto silent = widgets::scorePairs({one, mine}, {other, {}}, 10);
  CHECK(silent.size() == 4);
  CHECK_FALSE(silent.back().other);
}

TEST_CASE("Another model's predictions stand beside, are kept, and follow files and a restart") {
  TwoModels two;
  two.open("a.wav");
  CHECK_FALSE(two.panel().beside());
  two.choose("four");
  REQUIRE(two.bench.settle());
  REQUIRE(two.panel().beside());
  REQUIRE(two.panel().beside()->prediction);
  CHECK(two.panel().beside()->title == "Four classes");
  CHECK(two.panel().beside()->prediction->classes.size() == 4);
  CHECK(two.bench.window->timeArea().classes().prediction()->classes.size() == 20);
  CHECK(two.panel().disagreement().isEmpty());  // both hear class 0
  test::keepPicture(*two.bench.window, "beside");
  const auto first = two.panel().beside()->prediction;
  two.open("b.wav");
  REQUIRE(two.panel().beside()->prediction);
  CHECK(two.panel().beside()->prediction != first);
  // Back to the first: nothing is computed again.
  two.bench.window->openFile(two.bench.scratch / "a.wav");
  CHECK(two.panel().beside()->prediction == first);
  CHECK_FALSE(two.bench.window->analysis().comparing());
  // The other becomes the chosen one: its answer is there at once, and nothing stands beside itself.
  two.bench.window->analysis().chooseModel("four");
  CHECK(two.bench.window->timeArea().classes().prediction() == first);
  CHECK_FALSE(two.panel().beside());
  CHECK_FALSE(two.bench.window->analysis().classifying());
  two.bench.window->analysis().chooseModel("fake-one");
  CHECK(two.panel().beside()->prediction == first);
  two.bench.makeWindow();
  two.open("a.wav");
  REQUIRE(two.panel().beside());
  CHECK(two.panel().beside()->prediction);
  two.choose("");
  CHECK_FALSE(two.panel().beside());
  two.bench.makeWindow();
  two.open("a.wav");
  CHECK_FALSE(two.panel().beside());
}

TEST_CASE("Where files are not analysed by themselves, the other model waits to be asked, too") {
  TwoModels two;
  two.choose("four");
  two.bench.part<QAction>("autoAnalyse")->setChecked(false);
  two.open("a.wav");
  REQUIRE(two.panel().beside());
  CHECK_FALSE(two.panel().beside()->prediction);
  CHECK(two.panel().beside()->message == "not analysed yet");
  two.bench.part<QAction>("analyse")->trigger();
  REQUIRE(two.bench.settle());
  CHECK(two.panel().beside()->prediction);
}

TEST_CASE("Esc stops the other model, which says so, and closing the file leaves nothing behind") {
  TwoModels two(std::chrono::milliseconds(150));
  two.open("a.wav");
  two.choose("four");
  REQUIRE(test::waitFor([&] { return two.bench.window->analysis().comparing(); }));
  CHECK(two.panel().beside()->message.contains("Analysing"));
  two.bench.part<QAction>("cancel")->trigger();
  CHECK_FALSE(two.bench.window->analysis().comparing());
  CHECK(two.panel().beside()->message == "stopped");
  REQUIRE(two.bench.settle());
  CHECK_FALSE(two.panel().beside()->prediction);
  two.choose("four");
  REQUIRE(test::waitFor([&] { return two.bench.window->analysis().comparing(); }));
  two.bench.window->closeFile(two.bench.window->currentFile()->id);
  CHECK_FALSE(two.panel().beside());
  REQUIRE(two.bench.settle());
}

TEST_CASE("A model that can do nothing with the file says it beside, and the chosen one goes on") {
  TwoModels two;
  inference::ModelSpec blind = test::fakeSpec(3);
  blind.frontend.sound = false;
  blind.frontend.picture = PictureSpec{.size = 32};
  test::writeFakePackage(two.bench.scratch / "models" / "seer", blind);
  two.bench.window->analysis().listAgain();
  REQUIRE(test::waitFor([&] { return two.bench.part<QComboBox>("besideModel")->findData("seer") >= 0; }));
  two.open("a.wav");
  two.choose("seer");
  REQUIRE(two.bench.settle());
  CHECK(two.panel().beside()->message.contains("nothing"));
  CHECK(two.bench.window->timeArea().classes().prediction());
}
