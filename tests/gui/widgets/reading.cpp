// What widgets work out without drawing: the extent of curves, the point near the pointer, labels in rows, their colours.
#include <limits>

#include "tests/support/catch.h"
#include "widgets/labels/label_colours.h"
#include "widgets/labels/label_rows.h"
#include "widgets/plots/curve_reading.h"
#include "widgets/theme/class_colours.h"

using namespace chladni;
using namespace chladni::widgets;

namespace {

constexpr double kGap = std::numeric_limits<double>::quiet_NaN();

Curve curve(std::vector<double> x, std::vector<double> y) {
  Curve made;
  made.x = std::move(x);
  made.y = std::move(y);
  return made;
}

Label label(double start, double end) {
  Label made;
  made.span = {MediaTime::fromSeconds(start), MediaTime::fromSeconds(end)};
  return made;
}

}  // namespace

TEST_CASE("the extent of curves passes over gaps, holds the bands, and below zero on a logarithmic axis nothing") {
  auto banded = curve({1, 2, 3}, {5, kGap, 7});
  banded.spread = {1, 1, 2};
  const auto all = extentOf({banded, curve({-4, 9}, {kGap, -2})}, false);
  CHECK(all.left == 1);
  CHECK(all.right == 9);
  CHECK(all.low == -2);
  CHECK(all.high == 9);
  CHECK(extentOf({curve({0, 1, 2}, {-1, 0, 4})}, true).left == 2);
  CHECK(extentOf({}, false).right == 1);
  CHECK(extentOf({curve({1}, {kGap})}, true).low == 0.1);
}

TEST_CASE("the point near a place is the same whether its curve is searched or walked through") {
  std::vector<double> x, y;
  for (int n = 0; n < 1000; ++n) {
    x.push_back(0.5 * n);
    y.push_back(n % 3 == 0 ? kGap : n);
  }
  const auto long1 = curve(x, y);
  for (const double at : {-5.0, 0.0, 0.7, 123.4, 499.4, 600.0}) {
    INFO(at);
    REQUIRE(pointNear(long1, at, true).has_value());
    CHECK(pointNear(long1, at, true) == pointNear(long1, at, false));
    CHECK(*pointNear(long1, at, true) % 3 != 0);
  }
  CHECK_FALSE(pointNear(curve({1, 2}, {kGap, kGap}), 1.0, true).has_value());
  CHECK_FALSE(pointNear(curve({}, {}), 1.0, true).has_value());
}

TEST_CASE("what all curves say at a place is one line that begins with the nearest point") {
  auto loss = curve({0, 10}, {2.5, -1.25});
  loss.name = "loss";
  loss.spread = {0.5, 0.25};
  auto rate = curve({0, 4, 12}, {1, kGap, 3});
  rate.name = "rate";
  const auto nameless = curve({9}, {99});
  const std::vector<bool> ascending{true, true, true};
  CHECK(curveLine({loss, rate, nameless}, ascending, 9.0, {"step", {}, {}}) == QString::fromUtf8("step 10 · loss −1.25 ± 0.25 · rate 3"));
  CHECK(curveLine({rate}, {true}, 0.2, {"", {}, {"first"}}) == QString::fromUtf8("first · rate 1"));
  CHECK(curveLine({nameless}, {true}, 9.0, {"step", {}, {}}).isEmpty());
}

TEST_CASE("labels that overlap stand in rows of their own, up to six; one that begins where another ends may share its row") {
  const auto rows = stacked({label(0, 4), label(1, 2), label(2, 3), label(3.5, 5), label(4, 6)});
  CHECK(rows.row == std::vector<int>{0, 1, 1, 1, 0});
  CHECK(rows.rows == 2);
  CHECK(rows.longest == MediaTime::fromSeconds(4));
  CHECK(stacked(std::vector<Label>(9, label(0, 1))).rows == 6);
  CHECK(stacked(std::vector<Label>(9, label(0, 1))).row.back() == 5);
  CHECK(stacked({}).rows == 1);
}

TEST_CASE("a class has the colour that the project chose, whatever a model calls it, and its own again without") {
  const QColor own = classColour("playing flute");
  setChosenColours({{"flute", 0x234567, {}}});
  CHECK(classColour("playing flute") == QColor(0x23, 0x45, 0x67));
  CHECK(classColour("Flute") == QColor(0x23, 0x45, 0x67));
  setChosenColours({});
  CHECK(classColour("playing flute") == own);
}

TEST_CASE("a label takes the colour of its class, without one always the same of its text") {
  const std::vector<LabelClass> classes{{"flute", 0x123456, {}}};
  CHECK(labelColour("flute", classes) == QColor(0x12, 0x34, 0x56));
  CHECK(labelColour("oboe", classes) == classColour("playing oboe"));
  CHECK(labelColour("", classes) != labelColour("oboe", classes));
}
