#include <QFile>
#include <QSignalSpy>
#include <QTest>
#include <QWheelEvent>
#include <cmath>
#include <limits>

#include "tests/gui/widgets/quiet.h"
#include "tests/support/scratch.h"
#include "widgets/plots/course_plot.h"
#include "widgets/plots/spectrum_plot.h"
#include "widgets/time_axis/clock_text.h"
#include "widgets/time_axis/pitch_text.h"

namespace chladni::widgets {
namespace {

constexpr QColor kBlue(0x00, 0x72, 0xB2);
constexpr QColor kRed(0xB3, 0x26, 0x1E);

Curve ramp(const QString& name, int count, double slope) {
  Curve curve{name, kBlue, {}, {}, false, false};
  for (int i = 0; i < count; ++i) {
    curve.x.push_back(i);
    curve.y.push_back(slope * i);
  }
  return curve;
}

void show(QWidget& widget) {
  widget.resize(500, 300);
  widget.show();
  QTest::qWait(30);
}

QWidget* canvas(CurvePlot& plot) { return plot.findChild<QWidget*>(QString(), Qt::FindDirectChildrenOnly); }

// The pixel of the plot's data area nearest to x, found by what the plot says about it.
void drag(QWidget* on, QPoint from, QPoint to) {
  QTest::mousePress(on, Qt::LeftButton, {}, from);
  for (int step = 1; step <= 4; ++step) QTest::mouseMove(on, from + (to - from) * step / 4);
  QTest::mouseRelease(on, Qt::LeftButton, {}, to);
  QTest::qWait(20);
}

std::shared_ptr<Prediction> prediction(int windows) {
  auto made = std::make_shared<Prediction>();
  made->classes = {"cello", "violin", "drum", "flute"};
  made->scores = Matrix(windows, 4);
  for (int w = 0; w < windows; ++w) {
    made->windows.push_back({MediaTime::fromSeconds(w), MediaTime::fromSeconds(w + 2.0)});
    made->scores.row(w)[0] = 0.1F;
    made->scores.row(w)[1] = w == 2 ? 0.9F : 0.2F;
    made->scores.row(w)[2] = 0.5F;
    made->scores.row(w)[3] = 0.05F;
  }
  return made;
}

}  // namespace

TEST_CASE("a plot draws its curves, its marker and its threshold") {
  test::Quiet quiet;
  CurvePlot plot;
  show(plot);
  plot.setCurves({ramp("loss", 100, 1.0)});
  QTest::qWait(30);
  const QImage without = plot.grab().toImage();
  CHECK(test::pixelsNear(without, kBlue) > 200);
  CHECK(test::pixelsNear(without, kRed) == 0);
  plot.setMarker(50.0, kRed);
  QTest::qWait(30);
  CHECK(test::pixelsNear(plot.grab().toImage(), kRed) > 100);
  plot.setMarker({}, kRed);
  QTest::qWait(30);
  CHECK(test::pixelsNear(plot.grab().toImage(), kRed) == 0);
  plot.setThreshold(50.0);
  QTest::qWait(30);
  CHECK(plot.grab().toImage() != without);
}

TEST_CASE("dragging zooms into a stretch, double click shows everything again, a click changes nothing") {
  test::Quiet quiet;
  CurvePlot plot;
  show(plot);
  plot.setCurves({ramp("loss", 101, 1.0)});
  QTest::qWait(30);
  REQUIRE(plot.xRange() == std::pair(0.0, 100.0));
  QWidget* on = canvas(plot);
  REQUIRE(on != nullptr);
  QTest::mouseClick(on, Qt::LeftButton, {}, QPoint(250, 120));
  CHECK(plot.xRange() == std::pair(0.0, 100.0));
  drag(on, QPoint(200, 60), QPoint(300, 200));
  const auto [from, to] = plot.xRange();
  CHECK(from > 15.0);
  CHECK(to < 75.0);
  CHECK(to > from + 5.0);
  SECTION("growing curves keep the zoom") {
    plot.setCurves({ramp("loss", 201, 1.0)});
    CHECK(plot.xRange() == std::pair(from, to));
  }
  SECTION("double click") {
    QTest::mouseDClick(on, Qt::LeftButton, {}, QPoint(250, 120));
    CHECK(plot.xRange() == std::pair(0.0, 100.0));
  }
}

TEST_CASE("a plot that shows everything keeps doing so while curves grow") {
  test::Quiet quiet;
  CurvePlot plot;
  show(plot);
  plot.setCurves({ramp("loss", 11, 1.0)});
  plot.setCurves({ramp("loss", 21, 1.0)});
  CHECK(plot.xRange() == std::pair(0.0, 20.0));
}

TEST_CASE("the pointer reads the nearest point of every curve") {
  test::Quiet quiet;
  CurvePlot plot;
  plot.setAxes("epoch", "loss");
  show(plot);
  plot.setCurves({ramp("train", 3, 10.0), ramp("validation", 3, 20.0)});
  QTest::qWait(30);
  QSignalSpy spy(&plot, &CurvePlot::valueUnderCursor);
  QTest::mouseMove(canvas(plot), QPoint(plot.width() - 30, 120));
  QTest::qWait(20);
  REQUIRE_FALSE(spy.empty());
  CHECK(spy.last().front().toString() == "epoch 2 · train 20 · validation 40");
  CHECK(plot.valueAt(QPointF(2, 2)).isEmpty());
}

TEST_CASE("gaps, empty curves and curves of unequal length do no harm") {
  test::Quiet quiet;
  const double nan = std::numeric_limits<double>::quiet_NaN();
  CurvePlot plot;
  show(plot);
  plot.setCurves({{"a", kBlue, {0, 1, 2}, {1, nan, 3}, true, true}, {"b", kRed, {}, {}}, {"c", kRed, {0, 1}, {nan, nan}}, {"d", kRed, {5}, {}}});
  QTest::qWait(30);
  CHECK(plot.xRange() == std::pair(0.0, 2.0));
  CHECK_FALSE(plot.grab().toImage().isNull());
  plot.setCurves({});
  QTest::qWait(30);
  CHECK(plot.valueAt(QPointF(250, 120)).isEmpty());
}

TEST_CASE("a message stands in place of curves, in the colours of the palette") {
  test::Quiet quiet;
  CurvePlot plot;
  QPalette dark;
  dark.setColor(QPalette::Base, QColor(0x1F, 0x21, 0x24));
  dark.setColor(QPalette::PlaceholderText, QColor(0xA5, 0xA4, 0x9E));
  plot.setPalette(dark);
  show(plot);
  plot.setMessage("Training has not begun.");
  QTest::qWait(30);
  const QImage picture = plot.grab().toImage();
  CHECK(picture.pixelColor(490, 290) == QColor(0x1F, 0x21, 0x24));
  CHECK(test::colours(picture) > 4);
  CHECK(plot.accessibleDescription() == "Training has not begun.");
}

TEST_CASE("curves leave as PNG, SVG, PDF and CSV, and say why when they cannot") {
  test::Quiet quiet;
  test::Scratch scratch;
  CurvePlot plot;
  plot.setAxes("epoch", "loss");
  show(plot);
  plot.setCurves({ramp("train \"a\"", 3, 0.5)});
  const auto path = [&](const char* name) { return QString::fromStdString((scratch / name).string()); };
  for (const char* name : {"x.png", "x.svg", "x.pdf", "x.csv"}) {
    INFO(name);
    CHECK(plot.exportTo(path(name)).toStdString() == "");
    CHECK(QFile(path(name)).size() > 40);
  }
  QFile table(path("x.csv"));
  REQUIRE(table.open(QIODevice::ReadOnly));
  CHECK(table.readAll() == "\"curve\",\"epoch\",\"loss\"\n\"train \"\"a\"\"\",0,0\n\"train \"\"a\"\"\",1,0.5\n\"train \"\"a\"\"\",2,1\n");
  const QImage png(path("x.png"));
  CHECK(png.size() == QSize(1920, 1080));
  CHECK(png.pixelColor(2, 2) == QColor(Qt::white));
  CHECK_FALSE(plot.exportTo(path("x.bmp")).isEmpty());
  CHECK_FALSE(plot.exportTo(path("no/such/folder/x.csv")).isEmpty());
  CHECK_FALSE(plot.exportTo(path("no/such/folder/x.png")).isEmpty());
}

TEST_CASE("the strongest classes run over time, best first, in the colours they have elsewhere") {
  test::Quiet quiet;
  QStringList asked;
  CoursePlot plot([&](const QString& name) {
    asked << name;
    return kBlue;
  }, [](const std::string& name) { return QString::fromStdString(name); });
  show(plot);
  CHECK_FALSE(plot.accessibleDescription().isEmpty());
  plot.setPrediction(prediction(5), 2);
  QTest::qWait(30);
  CHECK(asked == QStringList{"violin", "drum"});
  CHECK(plot.accessibleDescription().isEmpty());
  CHECK(plot.xRange() == std::pair(1.0, 5.0));
  CHECK(test::pixelsNear(plot.grab().toImage(), kBlue) > 200);
  CHECK(plot.valueAt(QPointF(plot.width() - 25, 100)) == "0:05.0 · violin 0.20 · drum 0.50");
  SECTION("partial results may have more windows than rows") {
    auto partial = prediction(5);
    partial->scores.rows = 3;
    plot.setPrediction(partial, 9);
    CHECK(plot.xRange() == std::pair(1.0, 3.0));
  }
  SECTION("nothing to show") {
    plot.setPrediction(std::make_shared<Prediction>());
    CHECK_FALSE(plot.accessibleDescription().isEmpty());
    CHECK(plot.valueAt(QPointF(250, 100)).isEmpty());
  }
}

TEST_CASE("a spectrum names frequency, note and level under the pointer") {
  test::Quiet quiet;
  SpectrumPlot plot;
  show(plot);
  const std::vector<float> hertz = {0.0F, 110.0F, 220.0F, 440.0F, 880.0F};
  const std::vector<float> levels = {-5.0F, -40.0F, -std::numeric_limits<float>::infinity(), -9.06F, -60.0F};
  plot.setSpectrum(hertz, levels, "0:05.0");
  QTest::qWait(30);
  CHECK(plot.xRange() == std::pair(110.0, 880.0));
  CHECK(plot.valueAt(QPointF(plot.width() - 25, 100)).toStdString() == "880 Hz · A5 +0 ct · −60.0 dB");
  QStringList seen;
  for (int x = 60; x < plot.width() - 20; ++x) {
    const QString text = plot.valueAt(QPointF(x, 100));
    if (!text.isEmpty() && !seen.contains(text)) seen << text;
  }
  // Evenly spaced on a logarithmic axis; silence has no level.
  CHECK(seen.join(" | ").toStdString() == "110 Hz · A2 +0 ct · −40.0 dB | 220 Hz · A3 +0 ct | 440 Hz · A4 +0 ct · −9.1 dB | 880 Hz · A5 +0 ct · −60.0 dB");
  plot.setSpectrum({}, {}, {});
  CHECK_FALSE(plot.accessibleDescription().isEmpty());
}

TEST_CASE("pitches and frequencies are written as people read them") {
  CHECK(pitchText(440.0) == "A4 +0 ct");
  CHECK(pitchText(261.6256) == "C4 +0 ct");
  CHECK(pitchText(445.0).toStdString() == "A4 +20 ct");
  CHECK(pitchText(435.0).toStdString() == "A4 −20 ct");
  CHECK(pitchText(0.0).isEmpty());
  CHECK(pitchText(std::numeric_limits<double>::quiet_NaN()).isEmpty());
  CHECK(frequencyText(440.2) == "440 Hz");
  CHECK(frequencyText(1250.0) == "1.25 kHz");
}

TEST_CASE("Clocks round as a whole: there is no sixtieth second") {
  CHECK(clockText(13.2, 0) == "0:13");
  CHECK(clockText(59.96, 1) == "1:00.0");
  CHECK(clockText(3599.999, 2) == "1:00:00.00");
  CHECK(clockText(3765.0, 0) == "1:02:45");
  CHECK(clockText(-1.0, 1) == "0:00.0");
  CHECK(clockText(std::nan(""), 0) == "0:00");
}

}  // namespace chladni::widgets
