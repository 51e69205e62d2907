#include "widgets/spectrogram/spectrogram_menu.h"

#include <QActionGroup>
#include <QMenu>
#include <array>


namespace chladni::widgets {
namespace {

constexpr std::array kWindows = {512, 1024, 2048, 4096, 8192};
constexpr std::array kOverlaps = {2, 4, 8, 16};
constexpr std::array kOversampling = {1, 2, 4};
constexpr std::array kBinsPerOctave = {12, 24, 36, 48};
constexpr std::array kMelBins = {40, 64, 128, 256};
constexpr std::array kGains = {0, 10, 20, 30, 40};
constexpr std::array kRanges = {50, 60, 70, 80, 90, 100, 120};

using Choices = SpectrogramLane::Choices;

// One section or submenu: exclusive choices, the present one marked.
class Section {
 public:
  Section(SpectrogramLane& lane, QMenu* menu) : lane_(lane), menu_(menu), group_(new QActionGroup(menu)) {}
  QAction* add(const QString& text, const Choices& choices) {
    SpectrogramLane& lane = lane_;
    QAction* action = menu_->addAction(text, &lane, [&lane, choices] { lane.setChoices(choices); });
    action->setCheckable(true);
    action->setChecked(choices == lane.choices());
    group_->addAction(action);
    return action;
  }
  // `change` writes one value into a copy of the choices.
  template <class Values, class Text, class Change>
  void addAll(const Values& values, Text text, Change change) {
    for (const auto value : values) {
      Choices next = lane_.choices();
      change(next, value);
      add(text(value), next);
    }
  }

 private:
  SpectrogramLane& lane_;
  QMenu* menu_;
  QActionGroup* group_;
};

}  // namespace

void openSpectrogramMenu(SpectrogramLane& lane, SpectrogramScale scale) {
  const Choices& now = lane.choices();
  auto* menu = new QMenu(&lane);
  menu->setObjectName("spectrogramMenu");
  menu->setAttribute(Qt::WA_DeleteOnClose);
  menu->setToolTipsVisible(true);
  const auto number = [](int value) { return QString::number(value); };
  Section kinds(lane, menu);
  for (const SpectrogramView view : kSpectrogramViews) {
    Choices next = now;
    next.view = view;
    // Tuned bins are read as notes, until somebody wants hertz; other kinds begin with hertz.
    if ((view == SpectrogramView::constantQ) != (now.view == SpectrogramView::constantQ)) next.notes = view == SpectrogramView::constantQ;
    QAction* action = kinds.add(viewName(view), next);
    action->setObjectName("spectrogram." + viewId(view));
    action->setToolTip(viewExplanation(view));
  }
  menu->addSeparator();
  const auto part = [&](const QString& title) { return Section(lane, menu->addMenu(title)); };
  if (hasWindow(now.view)) {
    part(SpectrogramLane::tr("Window, samples")).addAll(kWindows, number, [](Choices& c, int value) { c.windowSamples = value; });
    part(SpectrogramLane::tr("Hop")).addAll(kOverlaps, [](int value) { return SpectrogramLane::tr("1/%1 of the window").arg(value); },
                           [](Choices& c, int value) { c.overlap = value; });
    part(SpectrogramLane::tr("Frequency sampling")).addAll(kOversampling, [](int value) { return value == 1 ? SpectrogramLane::tr("As the window has it") : SpectrogramLane::tr("%1 times as fine").arg(value); },
                                          [](Choices& c, int value) { c.oversampling = value; });
  }
  if (now.view == SpectrogramView::constantQ)
    part(SpectrogramLane::tr("Bins per octave")).addAll(kBinsPerOctave, number, [](Choices& c, int value) { c.binsPerOctave = value; });
  if (now.view == SpectrogramView::mel)
    part(SpectrogramLane::tr("Mel bands")).addAll(kMelBins, number, [](Choices& c, int value) { c.melBins = value; });
  if (hasFrequencies(now.view)) {
    part(SpectrogramLane::tr("Axis")).addAll(std::array{false, true}, [](bool notes) { return notes ? SpectrogramLane::tr("Notes and piano keys") : SpectrogramLane::tr("Hertz"); },
                            [](Choices& c, bool notes) { c.notes = notes; });
  }
  const bool decibels = scale == SpectrogramScale::decibel;
  if (decibels || scale == SpectrogramScale::coefficient) {
    part(SpectrogramLane::tr("Gain")).addAll(kGains, [](int gain) { return gain == 0 ? SpectrogramLane::tr("As it is") : SpectrogramLane::tr("+%1 dB").arg(gain); },
                            [](Choices& c, int gain) { c.gainDb = gain; });
  }
  if (decibels) {
    part(SpectrogramLane::tr("Range")).addAll(kRanges, [](int range) { return SpectrogramLane::tr("%1 dB").arg(range); }, [](Choices& c, int range) { c.rangeDb = range; });
    QAction* even = menu->addAction(SpectrogramLane::tr("Each moment by itself"), &lane, [&lane] {
      Choices next = lane.choices();
      next.evenColumns = !next.evenColumns;
      lane.setChoices(next);
    });
    even->setCheckable(true);
    even->setChecked(now.evenColumns);
    even->setToolTip(SpectrogramLane::tr("Every moment relative to its own loudest frequency: soft passages are as bright as loud ones"));
  }
  if (scale != SpectrogramScale::coefficient) {
    part(SpectrogramLane::tr("Colours")).addAll(kColormaps, [](Colormap map) {
      const std::string_view called = name(map);
      return QString::fromUtf8(called.data(), static_cast<qsizetype>(called.size()));
    }, [](Choices& c, Colormap map) { c.colours = map; });
  }
  menu->popup(lane.mapToGlobal(QPoint(12, 40)));
}

}  // namespace chladni::widgets
