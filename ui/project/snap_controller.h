// SnapController: whether and to what the edges of labels snap: other edges, a grid, onsets, cuts. Onsets and cuts of the
// file on show are found by a worker when they are first wanted, and marked in the label lane. GUI thread only.
#pragma once

#include <QObject>
#include <optional>
#include <thread>

#include "core/analysis/snapping.h"
#include "ui/actions/action_catalogue.h"
#include "ui/bridge/gui_post.h"

namespace chladni::widgets {
class LabelLane;
}

namespace chladni::ui {

class LabelController;
class TimeArea;

struct SnapSettings {
  bool on = false;
  bool edges = true, onsets = true, cuts = true;
  double grid = 0.0;  // seconds; 0: none, below zero: pictures
  bool operator==(const SnapSettings&) const = default;
};

class SnapController : public QObject {
  Q_OBJECT

 public:
  SnapController(TimeArea& area, widgets::LabelLane& lane, LabelController& labels, QObject* parent);

  // `frameSeconds`: the length of a picture of the file on show.
  void addActions(ActionCatalogue& actions, QMenu* menu, QWidget* within, std::function<double()> frameSeconds);
  void setOn(bool on);
  [[nodiscard]] bool on() const { return settings_.on; }
  [[nodiscard]] const SnapSettings& settings() const { return settings_; }
  // Without a word, unlike a person's choice.
  void setSettings(const SnapSettings& settings);
  // Onsets or cuts are being looked for.
  [[nodiscard]] bool busy() const { return busy_; }
  // `at`, or what is near it while snapping is on. `within` is at most this many seconds.
  [[nodiscard]] double snapped(double at, double within, std::optional<double> except = {}) const;

 Q_SIGNALS:
  void settingsChanged();
  void noticed(const QString& message);

 private:
  void refresh();
  void lookForMore();
  void setGrid(double seconds);
  void refreshActions();
  [[nodiscard]] analysis::SnapTargets targets() const;

  TimeArea& area_;
  widgets::LabelLane& lane_;
  LabelController& labels_;
  ActionCatalogue* actions_ = nullptr;
  std::function<double()> frameSeconds_;
  SnapSettings settings_;
  bool busy_ = false;
  // Of the file on show; none: not looked for yet.
  std::optional<std::vector<MediaTime>> foundOnsets_;
  std::optional<std::vector<MediaTime>> foundCuts_;
  GuiPost post_;
  std::jthread worker_;  // last: ends before what it uses
};

}  // namespace chladni::ui
