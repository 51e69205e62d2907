// The settings of SpectrogramLane, opened below its header.
#include <QMenu>
#include <array>

#include "widgets/spectrogram/spectrogram_lane.h"
#include "widgets/theme/number_text.h"

namespace chladni::widgets {
namespace {

constexpr std::array kWindows = {256, 512, 1024, 2048, 4096, 8192};
constexpr std::array kRanges = {40, 50, 60, 70, 80, 90, 100, 120};
constexpr std::array kGains = {0, 10, 20, 30, 40};

}  // namespace

void SpectrogramLane::fillMenu(QMenu& menu) {
  const auto choose = [this](QMenu& where, const QString& text, auto change) {
    Choices next = choices_;
    change(next);
    QAction* action = where.addAction(text, this, [this, next] { setChoices(next); });
    action->setCheckable(true);
    action->setChecked(next == choices_);
  };
  menu.addSection(tr("Frequency axis"));
  choose(menu, tr("Linear"), [](Choices& c) { c.scale = FrequencyScale::linear; });
  choose(menu, tr("Logarithmic"), [](Choices& c) { c.scale = FrequencyScale::logarithmic; });
  choose(menu, tr("Mel"), [](Choices& c) { c.scale = FrequencyScale::mel; });
  menu.addSection(tr("Analysis"));
  choose(menu, tr("All frequencies (STFT)"), [](Choices& c) { c.melBands = false; });
  choose(menu, tr("Mel bands"), [](Choices& c) { c.melBands = true; });
  QMenu& windows = *menu.addMenu(tr("Window, samples"));
  for (const int window : kWindows) choose(windows, QString::number(window), [&](Choices& c) { c.windowSamples = window; });
  menu.addSection(tr("Picture"));
  QMenu& ranges = *menu.addMenu(tr("Range"));
  for (const int range : kRanges) choose(ranges, decibels(range, 0), [&](Choices& c) { c.rangeDb = range; });
  QMenu& gains = *menu.addMenu(tr("Gain"));
  for (const int gain : kGains) choose(gains, QStringLiteral("+") + decibels(gain, 0), [&](Choices& c) { c.gainDb = gain; });
  QMenu& maps = *menu.addMenu(tr("Colours"));
  for (const Colormap map : kColormaps) {
    const std::string_view called = name(map);
    choose(maps, QString::fromUtf8(called.data(), static_cast<qsizetype>(called.size())), [&](Choices& c) { c.colours = map; });
  }
}

void SpectrogramLane::openHeaderSettings() {
  auto* menu = new QMenu(this);
  menu->setAttribute(Qt::WA_DeleteOnClose);
  fillMenu(*menu);
  menu->popup(mapToGlobal(QPoint(12, 40)));
}

}  // namespace chladni::widgets
