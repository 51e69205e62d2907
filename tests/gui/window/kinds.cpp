// The kinds of spectrogram in the lane of a whole window: chosen from its menu, drawn from tiles made off the GUI thread, read
// under the pointer, remembered, exported; and the event loop while they are changed five hundred times.
#include <QMenu>
#include <QTest>

#include "tests/gui/window/bench.h"
#include "tests/gui/window/loop_watch.h"
#include "ui/workspace/lane_memory.h"
#include "ui/workspace/time_area.h"
#include "widgets/export/view_export.h"
#include "widgets/spectrogram/frequency_scale.h"
#include "widgets/spectrogram/spectrogram_lane.h"

using namespace chladni;
using test::Bench;
using widgets::FrequencyScale;
using widgets::SpectrogramView;

namespace {

int coloursIn(widgets::Lane& lane) {
  const QImage picture = lane.grab().toImage();
  const QRect area = lane.dataRect().adjusted(60, 2, -2, -2);
  QSet<QRgb> seen;
  for (int y = area.top(); y < area.bottom(); y += 2)
    for (int x = area.left(); x < area.right(); x += 2) seen.insert(picture.pixel(x, y));
  return static_cast<int>(seen.size());
}

// Through the menu, as a hand does it.
void choose(widgets::SpectrogramLane& lane, const char* id) {
  lane.openSettings();
  auto* menu = lane.findChild<QMenu*>("spectrogramMenu");
  REQUIRE(menu);
  auto* action = menu->findChild<QAction*>(QString("spectrogram.") + id);
  REQUIRE(action);
  CHECK_FALSE(action->toolTip().isEmpty());
  action->trigger();
  menu->close();
  delete menu;
}

}  // namespace

TEST_CASE("Every kind of spectrogram is drawn, explained and read under the pointer") {
  Bench bench;
  bench.window->openFile(bench.sound("tone.wav"));
  REQUIRE(bench.settle());
  widgets::SpectrogramLane& lane = bench.window->timeArea().spectrogram();
  const QPointF middle = lane.dataRect().center();
  const std::map<const char*, QString> expected = {{"log", "dB"}, {"stft", "dB"}, {"mel", "dB"}, {"constant-q", "dB"},
                                                   {"mfcc", "coefficient"}, {"chroma", "·"}, {"model", "band"}};
  for (const auto& [id, unit] : expected) {
    INFO(id);
    choose(lane, id);
    REQUIRE(bench.settle());
    CHECK(widgets::viewId(lane.choices().view) == id);
    CHECK(lane.message().isEmpty());
    CHECK(coloursIn(lane) > 4);
    CHECK(lane.valueAt(middle).contains(unit));
    test::keepPicture(*bench.window, QString("spectrogram-") + id);
  }
  auto* kept = lane.findChild<widgets::ViewExport*>();
  REQUIRE(kept);
  for (const char* name : {"lane.png", "lane.svg", "lane.pdf", "lane.csv"}) CHECK(kept->exportTo(ui::toQString(bench.scratch / name)).isEmpty());
  const QStringList rows = lane.table().split('\n', Qt::SkipEmptyParts);
  REQUIRE(rows.size() > 50);
  CHECK(rows[0].startsWith("time s,"));
  CHECK(rows[1].count(',') == rows[0].count(','));
}

TEST_CASE("A 440 Hz tone is an A in constant-Q and in chroma") {
  Bench bench;
  bench.window->openFile(bench.sound("tone.wav"));
  REQUIRE(bench.settle());
  widgets::SpectrogramLane& lane = bench.window->timeArea().spectrogram();
  // The middle of the rows of pixels where the picture is brightest, read as a value.
  const auto brightest = [&] {
    const QImage picture = lane.grab().toImage();
    const int x = lane.dataRect().center().x();
    const auto brightness = [&](int y) { return qGray(picture.pixel(x, y)); };
    int first = lane.dataRect().top();
    for (int y = first + 1; y < lane.dataRect().bottom(); ++y)
      if (brightness(y) > brightness(first)) first = y;
    int last = first;
    while (last + 1 < lane.dataRect().bottom() && brightness(last + 1) == brightness(first)) ++last;
    return lane.valueAt(QPointF(x, (first + last + 1) / 2.0));
  };
  choose(lane, "constant-q");
  CHECK(lane.choices().notes);
  REQUIRE(bench.settle());
  CHECK(brightest().contains("A4"));
  choose(lane, "chroma");
  REQUIRE(bench.settle());
  CHECK(brightest().startsWith("A ·"));
}

TEST_CASE("Without a model the lane says how to see its input, with one it shows its windows") {
  Bench bench({}, false);
  bench.window->openFile(bench.sound("tone.wav"));
  REQUIRE(bench.settle());
  CHECK(bench.window->showSpectrogram("model"));
  CHECK(bench.window->timeArea().spectrogram().message().contains("model"));
  CHECK_FALSE(bench.window->showSpectrogram("nonsense"));
  CHECK(bench.window->showSpectrogram("mel"));
  CHECK(bench.window->timeArea().spectrogram().message().isEmpty());
}

TEST_CASE("What the lanes were is remembered, and rubbish is nothing") {
  ui::LaneMemory memory;
  memory.splitter = "state";
  memory.spectrogram.view = SpectrogramView::chroma;
  memory.spectrogram.colours = Colormap::cividis;
  memory.spectrogram.rangeDb = 60.0;
  memory.spectrogram.binsPerOctave = 36;
  const QByteArray bytes = ui::packLanes(memory);
  CHECK(ui::unpackLanes(bytes).spectrogram == memory.spectrogram);
  CHECK(ui::unpackLanes(bytes).splitter == "state");
  for (qsizetype length = 0; length < bytes.size(); ++length) CHECK(ui::unpackLanes(bytes.left(length)).spectrogram == widgets::SpectrogramLane::Choices());
  CHECK(ui::unpackLanes("rubbish that is no state").splitter.isEmpty());
}

TEST_CASE("Bins stand where their scale says, and back") {
  std::vector<float> bins;
  for (int k = 0; k < 120; ++k) bins.push_back(40.0F * std::exp2(static_cast<float>(k) / 12.0F));
  for (const auto kind : {FrequencyScale::Kind::linear, FrequencyScale::Kind::logarithmic, FrequencyScale::Kind::rows}) {
    const FrequencyScale scale(kind, bins);
    for (int k = 1; k + 1 < 120; ++k) {
      const double share = scale.shareOf(static_cast<double>(bins[static_cast<std::size_t>(k)]));
      CHECK(scale.binAt(share) == k);
      CHECK(scale.valueAt(share) == Approx(bins[static_cast<std::size_t>(k)]));
    }
    const auto rows = scale.rows(700);
    REQUIRE(rows.size() == 700);
    CHECK(rows.front().last == 119);
    CHECK(rows.back().first == 0);
    for (std::size_t r = 1; r < rows.size(); ++r) CHECK(rows[r].first <= rows[r - 1].last);
  }
  CHECK(FrequencyScale().empty());
  CHECK(FrequencyScale(FrequencyScale::Kind::rows, {}).rows(10).empty());
}

TEST_CASE("Five hundred changes of kind while the file is read and classified leave the window alive") {
  Bench bench(std::chrono::milliseconds(3));
  bench.window->openFile(bench.sound("long.wav", 60.0));
  REQUIRE(test::waitFor([&] { return bench.window->currentFile()->recording && bench.window->analysis().modelsKnown(); }));
  widgets::SpectrogramLane& lane = bench.window->timeArea().spectrogram();
  test::LoopWatch watch;
  for (std::size_t i = 0; i < 500; ++i) {
    auto choices = lane.choices();
    choices.view = widgets::kSpectrogramViews[i % widgets::kSpectrogramViews.size()];
    choices.windowSamples = 1024 << (i % 3);
    lane.setChoices(choices);
    bench.window->timeArea().setVisible(static_cast<double>(i % 40), static_cast<double>(i % 40) + 10.0);
    QCoreApplication::processEvents();
    watch.turn();
  }
  WARN("longest gap of the event loop: " << watch.worstMs() << " ms, of which its own " << watch.worstOwnMs() << " ms");
  CHECK(watch.worstOwnMs() <= test::LoopWatch::kMostMs);
  REQUIRE(bench.settle());
  bench.window->showSpectrogram("constant-q");
  REQUIRE(bench.settle());
  CHECK(coloursIn(lane) > 8);
}
