#include "ui/actions/play_menu.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "ui/docks/video_dock.h"
#include "ui/playback/playback_controller.h"
#include "ui/workspace/library.h"
#include "ui/workspace/time_area.h"
#include "ui/workspace/workspace_settings.h"

namespace chladni::ui {
namespace {

constexpr double kSecond = 1.0;
constexpr double kVolumeStep = 0.1;
constexpr std::array kSpeeds = {0.25, 0.5, 0.75, 1.0, 1.25, 1.5, 2.0, 3.0, 4.0};

}  // namespace

PlayMenu::PlayMenu(Parts parts, QMenu* menu, QObject* parent) : QObject(parent), parts_(std::move(parts)) {
  addPlaying(menu);
  menu->addSeparator();
  addSpeeds(menu);
  menu->addSeparator();
  addSteps(menu);
}

void PlayMenu::addPlaying(QMenu* menu) {
  auto& actions = parts_.actions;
  actions.add(menu, {"play", tr("&Play"), tr("Play or pause"), {QKeySequence(Qt::Key_Space)}, [this] { parts_.playback.toggle(); }});
  QAction* loop = actions.add(menu, {"loop", tr("&Loop"), tr("Repeat the selection, or everything"),
                                     {QKeySequence(Qt::Key_L)}, [this] { updateLoop(); }, true});
  loop->setChecked(false);
  actions.add(menu, {"playSelection", tr("Play the selection &once"),
                     tr("Play what is selected, or only the frequencies boxed with Ctrl and the mouse in the spectrogram"),
                     {QKeySequence(Qt::SHIFT | Qt::Key_Space), QKeySequence(Qt::CTRL | Qt::Key_Space)}, [this] { playSelection(); }});
}

void PlayMenu::addSpeeds(QMenu* menu) {
  auto& actions = parts_.actions;
  actions.add(menu, {"slower", tr("S&lower"), tr("Play slower, at the same pitch"), {QKeySequence(Qt::Key_Minus)}, [this] { changeSpeed(-1); }});
  actions.add(menu, {"faster", tr("F&aster"), tr("Play faster, at the same pitch"),
                     {QKeySequence(Qt::Key_Plus), QKeySequence(Qt::Key_Equal)}, [this] { changeSpeed(1); }});
  actions.add(menu, {"normalSpeed", tr("Speed 1×"), tr("Play as fast as it was recorded"), {QKeySequence(Qt::CTRL | Qt::Key_0)},
                     [this] { parts_.playback.setSpeed(1.0); }});
  actions.add(menu, {"softer", tr("Softer"), tr("Lower the volume"), {QKeySequence(Qt::CTRL | Qt::Key_Down)}, [this] { changeVolume(-kVolumeStep); }});
  actions.add(menu, {"louder", tr("Louder"), tr("Raise the volume"), {QKeySequence(Qt::CTRL | Qt::Key_Up)}, [this] { changeVolume(kVolumeStep); }});
}

void PlayMenu::addSteps(QMenu* menu) {
  auto& actions = parts_.actions;
  actions.add(menu, {"home", tr("To the &start"), {}, {QKeySequence(Qt::Key_Home)}, [this] { parts_.playback.seek(0.0); }, false, &parts_.area});
  actions.add(menu, {"end", tr("To the &end"), {}, {QKeySequence(Qt::Key_End)}, [this] {
                       if (const OpenFile* file = parts_.file()) parts_.playback.seek(file->recording->durationSeconds());
                     }, false, &parts_.area});
  actions.add(menu, {"left", tr("One second &back"), {}, {QKeySequence(Qt::Key_Left)}, [this] { step(-kSecond); }, false, &parts_.area});
  actions.add(menu, {"right", tr("One second &forward"), {}, {QKeySequence(Qt::Key_Right)}, [this] { step(kSecond); }, false, &parts_.area});
  actions.add(menu, {"stepBack", tr("One picture b&ack"), {}, {QKeySequence(Qt::Key_Comma)}, [this] { step(-parts_.video.frameSeconds()); }});
  actions.add(menu, {"stepForward", tr("One picture f&orward"), {}, {QKeySequence(Qt::Key_Period)}, [this] { step(parts_.video.frameSeconds()); }});
}

void PlayMenu::updateLoop() {
  const auto selection = parts_.area.selection();
  const bool on = parts_.actions.find("loop")->isChecked();
  std::optional<TimeRange> loop;
  if (on && selection) loop = selection;
  // Asked also while a file is being closed.
  if (const OpenFile* file = parts_.file(); on && !selection && file && file->recording)
    loop = TimeRange{MediaTime{}, MediaTime::fromSeconds(file->recording->durationSeconds())};
  parts_.playback.setLoop(loop);
}

void PlayMenu::step(double seconds) { parts_.playback.seek(parts_.playback.position() + seconds); }

void PlayMenu::playSelection() {
  const auto selection = parts_.area.selection();
  if (!selection) return Q_EMIT noticed(tr("nothing is selected: drag over the lanes, or with Ctrl in the spectrogram"));
  std::optional<dsp::FrequencyBand> band;
  if (const auto boxed = parts_.area.boxedBand()) band = dsp::FrequencyBand{boxed->first, boxed->second};
  parts_.playback.playOnce(*selection, band);
}

void PlayMenu::changeSpeed(int steps) {
  const auto now = std::min_element(kSpeeds.begin(), kSpeeds.end(), [this](double a, double b) {
    return std::abs(a - parts_.playback.speed()) < std::abs(b - parts_.playback.speed());
  });
  const auto next = std::clamp<std::ptrdiff_t>(now - kSpeeds.begin() + steps, 0, static_cast<std::ptrdiff_t>(kSpeeds.size()) - 1);
  parts_.playback.setSpeed(kSpeeds[static_cast<std::size_t>(next)]);
}

void PlayMenu::changeVolume(double by) {
  parts_.playback.setVolume(parts_.playback.volume() + by);
  parts_.settings.setValue("volume", parts_.playback.volume());
  Q_EMIT noticed(tr("volume %1 %").arg(std::lround(100.0 * parts_.playback.volume())));
}

}  // namespace chladni::ui
