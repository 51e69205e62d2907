// The settings of the spectrogram lane, in place: a menu below its header with what makes sense for the kind on show.
#include <QActionGroup>
#include <QMenu>
#include <array>

#include "widgets/spectrogram/spectrogram_lane.h"

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

void SpectrogramLane::openSettings() {
  auto* menu = new QMenu(this);
  menu->setObjectName("spectrogramMenu");
  menu->setAttribute(Qt::WA_DeleteOnClose);
  menu->setToolTipsVisible(true);
  const auto number = [](int value) { return QString::number(value); };
  menu->addSection(tr("Show"));
  Section kinds(*this, menu);
  for (const SpectrogramView view : kSpectrogramViews) {
    Choices next = choices_;
    next.view = view;
    // Tuned bins are read as notes, until somebody wants hertz; other kinds begin with hertz.
    if ((view == SpectrogramView::constantQ) != (choices_.view == SpectrogramView::constantQ)) next.notes = view == SpectrogramView::constantQ;
    QAction* action = kinds.add(viewName(view), next);
    action->setObjectName("spectrogram." + viewId(view));
    action->setToolTip(viewExplanation(view));
  }
  menu->addSeparator();
  const auto part = [&](const QString& title) { return Section(*this, menu->addMenu(title)); };
  if (hasWindow(choices_.view)) {
    part(tr("Window, samples")).addAll(kWindows, number, [](Choices& c, int value) { c.windowSamples = value; });
    part(tr("Hop")).addAll(kOverlaps, [](int value) { return tr("1/%1 of the window").arg(value); },
                           [](Choices& c, int value) { c.overlap = value; });
    part(tr("Frequency sampling")).addAll(kOversampling, [](int value) { return value == 1 ? tr("As the window has it") : tr("%1 times as fine").arg(value); },
                                          [](Choices& c, int value) { c.oversampling = value; });
  }
  if (choices_.view == SpectrogramView::constantQ)
    part(tr("Bins per octave")).addAll(kBinsPerOctave, number, [](Choices& c, int value) { c.binsPerOctave = value; });
  if (choices_.view == SpectrogramView::mel)
    part(tr("Mel bands")).addAll(kMelBins, number, [](Choices& c, int value) { c.melBins = value; });
  if (hasFrequencies(choices_.view)) {
    part(tr("Axis")).addAll(std::array{false, true}, [](bool notes) { return notes ? tr("Notes and piano keys") : tr("Hertz"); },
                            [](Choices& c, bool notes) { c.notes = notes; });
  }
  const bool decibels = pictures_.values().scale() == SpectrogramScale::decibel;
  if (decibels || pictures_.values().scale() == SpectrogramScale::coefficient) {
    part(tr("Gain")).addAll(kGains, [](int gain) { return gain == 0 ? tr("As it is") : tr("+%1 dB").arg(gain); },
                            [](Choices& c, int gain) { c.gainDb = gain; });
  }
  if (decibels) {
    part(tr("Range")).addAll(kRanges, [](int range) { return tr("%1 dB").arg(range); }, [](Choices& c, int range) { c.rangeDb = range; });
    QAction* even = menu->addAction(tr("Each moment by itself"), this, [this] {
      Choices next = choices_;
      next.evenColumns = !next.evenColumns;
      setChoices(next);
    });
    even->setCheckable(true);
    even->setChecked(choices_.evenColumns);
    even->setToolTip(tr("Every moment relative to its own loudest frequency: soft passages are as bright as loud ones"));
  }
  if (pictures_.values().scale() != SpectrogramScale::coefficient) {
    part(tr("Colours")).addAll(kColormaps, [](Colormap map) {
      const std::string_view called = name(map);
      return QString::fromUtf8(called.data(), static_cast<qsizetype>(called.size()));
    }, [](Choices& c, Colormap map) { c.colours = map; });
  }
  menu->popup(mapToGlobal(QPoint(12, 40)));
}

}  // namespace chladni::widgets
