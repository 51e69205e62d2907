// The waveform zoomed in to single samples.
#include "widgets/waveform/waveform_lane.h"

#include <QRegularExpression>
#include <QTest>

#include "tests/gui/window/bench.h"
#include "ui/workspace/time_area.h"
#include "widgets/theme/theme.h"

using namespace chladni;
using test::Bench;

namespace {

// The tone is the second channel: middle of the lower half, in the lane's coordinates; gain as the lane draws it.
double expectedY(const widgets::WaveformLane& lane, double seconds) {
  const QRect area = lane.dataRect();
  const double half = area.height() / 4.0;
  const double value = 0.5 * std::sin(2.0 * std::numbers::pi * 440.0 * seconds);
  return area.top() + 3.0 * half - value * (half - 2.0);
}

// Rows of one column of the lower half that are neither ground nor line: highest and lowest.
std::optional<std::pair<int, int>> inked(const QImage& picture, const widgets::WaveformLane& lane, int x) {
  const QRect area = lane.dataRect();
  std::optional<std::pair<int, int>> found;
  for (int y = area.top() + area.height() / 2 + 2; y < area.bottom(); ++y) {
    const QColor colour = picture.pixelColor(x, y);
    if (colour.hsvSaturation() < 60 || colour == widgets::theme().playhead) continue;
    found = std::pair(found ? found->first : y, y);
  }
  return found;
}

// The number of the first channel in the text under the pointer.
double firstValue(const widgets::WaveformLane& lane, double seconds) {
  const QStringList words = lane.valueAt({lane.xAt(seconds), 10.0}).split(QRegularExpression("[ ,]+"));
  return words.size() > 1 ? words[1].toDouble() : -1.0;
}

}  // namespace

TEST_CASE("Zoomed in far the waveform is the samples themselves") {
  Bench bench;
  bench.window->openFile(bench.sound("tone.wav", 30.0));
  REQUIRE(bench.settle());
  auto& area = bench.window->timeArea();
  widgets::WaveformLane& lane = area.waveform();
  CHECK_FALSE(lane.showsSamples());
  for (const double span : {0.004, 0.02, 0.3}) {
    INFO(span);
    area.setVisible(1.0, 1.0 + span);
    REQUIRE(bench.settle());
    REQUIRE(lane.showsSamples());
    const QImage picture = lane.grab().toImage().scaled(lane.size());
    int looked = 0;
    for (int x = lane.dataRect().left() + 5; x < lane.dataRect().right() - 5; x += 13) {
      const auto rows = inked(picture, lane, x);
      REQUIRE(rows);
      // Within the column and its neighbours the tone runs from one of these to the other.
      double low = 1e9, high = -1e9;
      for (int step = -12; step <= 12; ++step) {
        const double y = expectedY(lane, lane.timeAt(x + step / 8.0));
        low = std::min(low, y);
        high = std::max(high, y);
      }
      CHECK(rows->first >= low - 4.0);
      CHECK(rows->second <= high + 4.0);
      ++looked;
    }
    CHECK(looked > 20);
  }
  area.setVisible(1.0, 1.004);
  REQUIRE(bench.settle());
  test::keepPicture(*bench.window, "waveform-samples");
  // The ramp of the first channel names its own place.
  CHECK(firstValue(lane, 1.002) == Approx(1.002 / 30.0).margin(2e-4));
}

TEST_CASE("At the end of a file, and after another was opened, the samples are those of what is in view") {
  Bench bench;
  bench.window->openFile(bench.sound("tone.wav", 1.0));
  REQUIRE(bench.settle());
  auto& area = bench.window->timeArea();
  area.setVisible(0.995, 1.0);
  REQUIRE(bench.settle());
  CHECK(area.waveform().showsSamples());
  bench.window->openFile(bench.sound("longer.wav", 2.0));
  REQUIRE(bench.settle());
  area.setVisible(0.995, 1.0);
  REQUIRE(bench.settle());
  CHECK(area.waveform().showsSamples());
  CHECK(firstValue(area.waveform(), 0.998) == Approx(0.998 / 2.0).margin(2e-4));
}
