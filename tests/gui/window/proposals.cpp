// Proposals in the window: previewed while the threshold moves, kept as one step, decided on by keys.
#include <QDoubleSpinBox>
#include <QLineEdit>
#include <QTest>
#include <QToolBar>

#include "tests/gui/window/bench.h"
#include "ui/project/label_controller.h"
#include "ui/project/project_desk.h"
#include "ui/project/proposal_controller.h"
#include "ui/project/snap_controller.h"
#include "ui/workspace/time_area.h"
#include "widgets/labels/label_lane.h"
#include "widgets/prediction/class_lane.h"

using namespace chladni;

namespace {

// A tone of six seconds, its classes by the fake model, and a project.
struct ProposalBench : test::Bench {
  ProposalBench() {
    window->openFile(sound("tone.wav", 6.0));
    REQUIRE(settle());
    REQUIRE(lane().prediction());
    labels().createProject(scratch / "p.chladni");
  }
  widgets::ClassLane& lane() { return window->timeArea().classes(); }
  ui::LabelController& labels() { return window->desk().labels(); }
  ui::ProposalController& proposals() { return window->desk().proposals(); }
  void key(int code, Qt::KeyboardModifiers modifiers = {}) { QTest::keyClick(&window->timeArea(), Qt::Key(code), modifiers); }
  std::size_t inState(LabelState state) {
    const auto* track = labels().activeTrack();
    return track == nullptr ? 0 : static_cast<std::size_t>(std::count_if(track->track.labels.begin(), track->track.labels.end(),
                                                                         [&](const Label& label) { return label.state == state; }));
  }
};

}  // namespace

TEST_CASE("The threshold is dragged in the class lane and the proposals follow") {
  ProposalBench bench;
  CHECK_FALSE(bench.part<QToolBar>("proposalBar")->isVisible());
  bench.key(Qt::Key_P);
  CHECK(bench.part<QToolBar>("proposalBar")->isVisible());
  analysis::ProposalOptions options;
  options.threshold = 0.0;
  bench.proposals().setOptions(options);
  const std::size_t most = bench.proposals().proposals().size();
  CHECK(most >= 20);  // every class, all the time
  const int x = static_cast<int>(bench.lane().xAt(1.0));
  const auto at = [&](double threshold) {
    const double row = bench.lane().thresholdY(0) - bench.lane().thresholdY(1);
    return QPoint(x, static_cast<int>(bench.lane().thresholdY(0) + (threshold - bench.proposals().options().threshold) * row));
  };
  const QPoint from = at(0.0);
  const QPoint to = at(0.8);
  QTest::mousePress(&bench.lane(), Qt::LeftButton, {}, from);
  QTest::mouseMove(&bench.lane(), to);
  QTest::mouseRelease(&bench.lane(), Qt::LeftButton, {}, to);
  CHECK(bench.proposals().options().threshold == Approx(0.8).margin(0.08));
  CHECK(bench.proposals().proposals().size() < most);
  CHECK(bench.part<QDoubleSpinBox>("proposalThreshold")->value() == Approx(bench.proposals().options().threshold));
  CHECK_FALSE(bench.window->timeArea().selection());  // the drag was the line's
  bench.key(Qt::Key_Down, Qt::ShiftModifier);
  CHECK(bench.proposals().options().threshold == Approx(0.79).margin(0.08));
  test::keepPicture(*bench.window, "proposals");
  bench.key(Qt::Key_P);
  CHECK_FALSE(bench.part<QToolBar>("proposalBar")->isVisible());
  CHECK(bench.proposals().proposals().empty());
}

TEST_CASE("Proposals become labels in one step and are decided on by keys") {
  ProposalBench bench;
  bench.key(Qt::Key_P);
  analysis::ProposalOptions options{0.0, 0.0, 0.0, 0.0};
  bench.proposals().setOptions(options);
  const std::size_t proposed = bench.proposals().proposals().size();
  bench.key(Qt::Key_Return, Qt::ControlModifier);
  REQUIRE(bench.labels().activeTrack() != nullptr);
  CHECK(bench.labels().activeTrack()->track.name == "proposals by fake-one");
  CHECK(bench.inState(LabelState::proposed) == proposed);
  CHECK(bench.labels().project()->history(10)->size() == 1);

  bench.key(Qt::Key_Tab);
  CHECK(bench.labels().selected() == LabelIndices{0});
  bench.key(Qt::Key_Return);
  bench.key(Qt::Key_Tab);
  bench.key(Qt::Key_Backspace);
  CHECK(bench.inState(LabelState::confirmed) == 1);
  CHECK(bench.inState(LabelState::rejected) == 1);

  // Proposed again, what was decided stays decided.
  bench.key(Qt::Key_Return, Qt::ControlModifier);
  CHECK(bench.inState(LabelState::confirmed) == 1);
  CHECK(bench.inState(LabelState::rejected) == 1);
  CHECK(bench.inState(LabelState::proposed) == proposed - 2);

  // All that are at least as sure as the selected one.
  const auto& all = bench.labels().activeTrack()->track.labels;
  std::size_t surest = 0;
  for (std::size_t i = 0; i < all.size(); ++i)
    if (all[i].state == LabelState::proposed && (all[surest].state != LabelState::proposed || *all[i].confidence > *all[surest].confidence)) surest = i;
  const double bound = *all[surest].confidence;
  const auto asSure = static_cast<std::size_t>(std::count_if(all.begin(), all.end(), [&](const Label& label) {
    return label.state == LabelState::proposed && *label.confidence >= bound;
  }));
  bench.labels().select(bench.labels().active(), surest, false);
  bench.key(Qt::Key_Return, Qt::ShiftModifier);
  CHECK(bench.inState(LabelState::confirmed) == 1 + asSure);
  // And with none selected, all above the threshold: everything.
  bench.labels().selectNone();
  bench.key(Qt::Key_Return, Qt::ShiftModifier);
  CHECK(bench.inState(LabelState::proposed) == 0);
  test::keepPicture(*bench.window, "proposals-decided");
  bench.key(Qt::Key_Z, Qt::ControlModifier);
  CHECK(bench.inState(LabelState::proposed) == proposed - 2 - asSure);
}

TEST_CASE("Settings of proposing and snapping are there again: a project's own, and a person's") {
  analysis::ProposalOptions options{0.35, 0.2, 0.4, 0.6};
  ProposalBench bench;
  bench.proposals().setOptions(options);
  bench.window->desk().snapping().setOn(true);
  test::runFor(600);
  const auto kept = bench.labels().project()->setting("proposals");
  REQUIRE(kept);
  CHECK(kept->find("0.35") != std::string::npos);
  // Another project begins with them; coming back finds the first one's.
  bench.labels().createProject(bench.scratch / "q.chladni");
  CHECK(bench.proposals().options() == options);
  bench.proposals().setOptions({0.8, 0.0, 0.0, 0.0});
  test::runFor(600);
  bench.labels().openProject(bench.scratch / "p.chladni");
  CHECK(bench.proposals().options() == options);
  bench.labels().openProject(bench.scratch / "q.chladni");
  CHECK(bench.proposals().options().threshold == Approx(0.8));
  // A second window of the same person.
  const auto person = ui::WorkspaceSettings::inFile(ui::toQString(bench.scratch / "settings.ini"));
  CHECK(person->value("desk/snap").toBool());
  CHECK(person->value("desk/proposals").toString().contains("0.8"));
}

TEST_CASE("Return ends a name that is typed while proposals wait, and accepts none of them") {
  ProposalBench bench;
  bench.key(Qt::Key_P);
  bench.proposals().setOptions({0.0, 0.0, 0.0, 0.0});
  bench.key(Qt::Key_Return, Qt::ControlModifier);
  bench.key(Qt::Key_Tab);
  bench.window->activateWindow();
  REQUIRE(test::waitFor([&] { return bench.window->isActiveWindow(); }));
  bench.key(Qt::Key_F2);
  auto* line = bench.window->timeArea().labels().findChild<QLineEdit*>();
  REQUIRE(line != nullptr);
  REQUIRE(test::waitFor([&] { return line->hasFocus(); }));
  QTest::keyClicks(line, "owl");
  QTest::keyClick(line, Qt::Key_Return);
  CHECK(bench.labels().activeTrack()->track.labels[bench.labels().selected().front()].text == "owl");
}
