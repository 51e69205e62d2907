// TimeAxis: the one channel between views in time: visible stretch, playhead, cursor and selection, in seconds of media.
// Setters clamp to [0, duration] and emit only when something changes. GUI thread only.
#pragma once

#include <QObject>
#include <optional>
#include <utility>

namespace chladni::widgets {

class TimeAxis : public QObject {
  Q_OBJECT

 public:
  static constexpr double kShortestSpan = 0.002;

  explicit TimeAxis(QObject* parent = nullptr) : QObject(parent) {}

  // Shows everything when everything was shown before.
  void setDuration(double seconds);
  [[nodiscard]] double duration() const { return duration_; }

  void setVisible(double from, double to);
  [[nodiscard]] double from() const { return from_; }
  [[nodiscard]] double to() const { return to_; }
  [[nodiscard]] double span() const { return to_ - from_; }
  void fit() { setVisible(0.0, duration_); }
  // factor > 1 zooms in; `anchor` stays where it is.
  void zoom(double factor, double anchor);
  void scroll(double seconds);

  void setPlayhead(double seconds);
  [[nodiscard]] double playhead() const { return playhead_; }
  void setSelection(std::optional<std::pair<double, double>> selection);
  [[nodiscard]] const std::optional<std::pair<double, double>>& selection() const { return selection_; }
  // Where the pointer is; empty when it has left.
  void setCursor(std::optional<double> seconds);
  [[nodiscard]] std::optional<double> cursor() const { return cursor_; }

  // Asked for by a click in a lane; the player answers with setPlayhead.
  void requestSeek(double seconds) { Q_EMIT seekRequested(seconds); }

 Q_SIGNALS:
  void visibleChanged();
  void playheadChanged();
  void selectionChanged();
  void cursorChanged();
  void seekRequested(double seconds);

 private:
  double duration_ = 0.0;
  double from_ = 0.0;
  double to_ = 0.0;
  double playhead_ = 0.0;
  std::optional<std::pair<double, double>> selection_;
  std::optional<double> cursor_;
};

}  // namespace chladni::widgets
