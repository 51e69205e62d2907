// Curves of runs: axes, smoothing, overlays, and long ones made short to draw.
#include <QElapsedTimer>
#include <algorithm>
#include <limits>

#include "tests/gui/window/gui_application.h"
#include "tests/support/catch.h"
#include "ui/training/run_curves.h"
#include "widgets/plots/thinning.h"
#include "widgets/theme/class_colours.h"

using namespace chladni;

namespace {

constexpr double kNothing = std::numeric_limits<double>::quiet_NaN();

std::shared_ptr<runs::RunHistory> history(int steps) {
  auto made = std::make_shared<runs::RunHistory>();
  for (int n = 1; n <= steps; ++n) {
    made->steps.step.push_back(n);
    made->steps.seconds.push_back(60.0 * n);
    made->steps.loss.push_back(1.0 / n);
    made->steps.rate.push_back(0.1);
    made->steps.samplesPerSecond.push_back(3.0);
  }
  made->stepsPerEpoch = 10;
  made->epochs.epoch = {1.0, 2.0};
  made->epochs.step = {10.0, 20.0};
  made->epochs.seconds = {600.0, 1200.0};
  made->epochs.figures = {{"accuracy", {0.5, 0.75}}, {"loss", {0.9, 0.8}}};
  made->metric = "accuracy";
  return made;
}

}  // namespace

TEST_CASE("A long curve keeps its spikes, ends and gaps when it is thinned") {
  std::vector<double> x(100'000);
  std::vector<double> y(100'000);
  for (std::size_t n = 0; n < x.size(); ++n) {
    x[n] = static_cast<double>(n);
    y[n] = 0.001 * static_cast<double>(n % 7);
  }
  y[54321] = 9.0;
  y[54322] = -9.0;
  for (std::size_t n = 70'000; n < 80'000; ++n) y[n] = kNothing;
  const auto thin = widgets::thinned(x, y, 0.0, 99'999.0, 400);
  CHECK(thin.x.size() <= 1700);
  CHECK(std::is_sorted(thin.x.begin(), thin.x.end()));
  CHECK(thin.x.front() == 0.0);
  CHECK(thin.x.back() == 99'999.0);
  CHECK(std::find(thin.y.begin(), thin.y.end(), 9.0) != thin.y.end());
  CHECK(std::find(thin.y.begin(), thin.y.end(), -9.0) != thin.y.end());
  CHECK(std::count_if(thin.y.begin(), thin.y.end(), [](double value) { return std::isnan(value); }) > 30);

  const auto part = widgets::thinned(x, y, 100.5, 120.5, 400);
  CHECK(part.x.front() == 100.0);  // one beyond on either side
  CHECK(part.x.back() == 121.0);
  CHECK(widgets::thinned({}, {}, 0.0, 1.0, 100).x.empty());
  CHECK(widgets::thinned({1.0}, {2.0}, 5.0, 6.0, 100).x.size() == 1);
}

TEST_CASE("Smoothing starts at the first value and leaves gaps") {
  const auto out = ui::smoothed({2.0, 2.0, kNothing, 2.0}, 0.9);
  CHECK(out[0] == Approx(2.0));
  CHECK(out[1] == Approx(2.0));
  CHECK(std::isnan(out[2]));
  CHECK(out[3] == Approx(2.0));
  CHECK(ui::smoothed({1.0, 3.0}, 0.0) == std::vector{1.0, 3.0});
  CHECK(ui::smoothed({1.0, 3.0}, 0.5)[1] < 3.0);
}

TEST_CASE("One run shows its parts, several are told apart by name") {
  test::application();
  const std::vector<ui::ShownRun> one{{"a", widgets::seriesColour(0), history(40)}};
  ui::CurveChoice choice;
  choice.smoothing = 0.0;
  auto loss = ui::lossCurves(one, choice);
  REQUIRE(loss.size() == 2);  // training and held out
  CHECK(loss[0].x.back() == 40.0);
  CHECK(loss[1].x == std::vector{10.0, 20.0});
  choice.axis = ui::RunAxis::epochs;
  loss = ui::lossCurves(one, choice);
  CHECK(loss[0].x.back() == Approx(4.0));
  CHECK(loss[1].x == std::vector{1.0, 2.0});
  choice.axis = ui::RunAxis::minutes;
  CHECK(ui::lossCurves(one, choice)[0].x.back() == Approx(40.0));
  CHECK(ui::figureCurves(one, choice).size() == 1);
  choice.smoothing = 0.5;
  CHECK(ui::lossCurves(one, choice).size() == 3);  // the values as they are, faint, too

  const std::vector<ui::ShownRun> two{{"a", widgets::seriesColour(0), history(40)}, {"b", widgets::seriesColour(1), history(20)}, {"c", widgets::seriesColour(2), nullptr}};
  const auto figures = ui::figureCurves(two, choice);
  REQUIRE(figures.size() == 2);
  CHECK(figures[0].name == "a");
  CHECK(figures[1].name == "b");
  CHECK(figures[0].colour != figures[1].colour);
  CHECK(ui::figuresOf(two) == QStringList{"accuracy"});
}
