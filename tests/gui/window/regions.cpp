// A model of audio-visual events over the open video: its classes second by second, and where it looked over the picture.
#include <QAction>
#include <QToolButton>
#include <QTest>

#include "tests/gui/window/bench.h"
#include "tests/support/localiser_family.h"
#include "ui/docks/video_dock.h"
#include "ui/main_window.h"
#include "widgets/prediction/class_lane.h"
#include "widgets/video/video_view.h"
#include "ui/workspace/time_area.h"

using namespace chladni;
using test::Bench;

namespace {

std::shared_ptr<const VideoFrame> blueFrame(double seconds) {
  auto frame = std::make_shared<VideoFrame>();
  frame->width = frame->height = 64;
  frame->time = MediaTime::fromSeconds(seconds);
  frame->rgb.resize(64 * 64 * 3);
  for (std::size_t i = 2; i < frame->rgb.size(); i += 3) frame->rgb[i] = 200;
  return frame;
}

std::shared_ptr<const RegionAttention> wandering(int seconds) {
  auto made = std::make_shared<RegionAttention>();
  made->model = "test";
  made->gridRows = made->gridColumns = 2;
  made->weights = Matrix(seconds, 4);
  for (int second = 0; second < seconds; ++second) {
    made->segments.push_back({MediaTime::fromSeconds(second), MediaTime::fromSeconds(second + 1)});
    made->weights.row(second)[static_cast<std::size_t>(second % 4)] = 1.0F;
  }
  return made;
}

// How orange a pixel is: red far above blue.
int hue(const QImage& image, QPoint at) {
  const QColor colour = image.pixelColor(at);
  return colour.red() - colour.blue();
}

}  // namespace

TEST_CASE("Attention lies over the picture of its own second, with a legend, and can be switched off") {
  test::application();
  widgets::VideoView view;
  view.resize(200, 220);
  view.setFrame(blueFrame(0.5));
  CHECK_FALSE(view.attends());
  CHECK(view.valueAt({60, 60}).isEmpty());
  view.setRegions(wandering(4));
  REQUIRE(view.attends());
  auto picture = view.grab().toImage();
  const qreal scale = picture.devicePixelRatio();
  const auto at = [&](int x, int y) { return (QPointF(x, y) * scale).toPoint(); };
  CHECK(hue(picture, at(20, 12)) > 60);    // top left in the first second
  CHECK(hue(picture, at(180, 12)) < 30);   // top right: grey
  CHECK(view.valueAt({20, 12}).contains("1.000"));
  CHECK(view.valueAt({180, 12}).contains("0.000"));
  CHECK(view.accessibleDescription().contains("test"));
  view.setFrame(blueFrame(1.5));
  picture = view.grab().toImage();
  CHECK(hue(picture, at(180, 12)) > 60);
  CHECK(hue(picture, at(20, 12)) < 30);
  view.setRegionsShown(false);
  CHECK_FALSE(view.attends());
  picture = view.grab().toImage();
  CHECK(picture.pixelColor(at(100, 60)).blue() > 150);  // as it is
  view.setRegionsShown(true);
  view.setFrame(blueFrame(9.0));  // after the last segment
  CHECK_FALSE(view.attends());
  auto broken = std::make_shared<RegionAttention>(*wandering(4));
  broken->gridRows = 3;
  view.setRegions(broken);
  view.setFrame(blueFrame(0.5));
  CHECK_FALSE(view.attends());
}

TEST_CASE("A localiser goes over the open film: classes by the second, attention follows the playhead") {
  const std::filesystem::path film = std::filesystem::path(CHLADNI_SOURCE_DIR) / "resources" / "demo" / "ode_to_joy.mp4";
  REQUIRE(std::filesystem::exists(film));
  Bench bench;
  test::writeLocaliserPackage(bench.scratch / "models" / "looks", 5);
  REQUIRE(bench.settle());
  bench.window->analysis().listAgain((bench.scratch / "models" / "looks").string());
  REQUIRE(test::waitFor([&] { return bench.window->analysis().model() != nullptr && bench.window->analysis().model()->name == "looks"; }));
  bench.window->openFile(film);
  REQUIRE(bench.settle());
  auto* dock = bench.part<ui::VideoDock>("video");
  auto* area = bench.part<ui::TimeArea>();
  REQUIRE(test::waitFor([&] { return area->classes().prediction() != nullptr; }));
  CHECK(area->classes().prediction()->windows.size() >= 37);
  CHECK(area->classes().prediction()->scores.at(7, 2) == Approx(1.0F));
  auto* button = dock->findChild<QToolButton*>("videoAttention");
  REQUIRE(test::waitFor([&] { return button->isVisible() && dock->view().attends(); }));
  test::keepPicture(*bench.window, "video-attention");
  auto* action = bench.window->actions().find("videoAttention");
  CHECK(action->isChecked());
  QTest::mouseClick(button, Qt::LeftButton);
  CHECK_FALSE(dock->view().attends());
  CHECK_FALSE(action->isChecked());
  action->trigger();
  CHECK(dock->view().attends());
  // A classifier has looked nowhere.
  bench.window->analysis().listAgain((bench.scratch / "models" / "fake-one").string());
  REQUIRE(test::waitFor([&] { return bench.window->analysis().model()->name == "fake-one"; }));
  REQUIRE(bench.settle());
  REQUIRE(test::waitFor([&] { return !dock->view().attends(); }));
  CHECK_FALSE(button->isVisible());
}
