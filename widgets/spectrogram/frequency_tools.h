// What can be drawn on a spectrogram with the mouse: a box in time and frequency, to be heard alone or kept as a label, and
// a measuring line; and the boxes of labels, which are only shown.
// State and painting only; the lane turns its mouse into points. GUI thread only.
#pragma once

#include <QColor>
#include <QPointF>
#include <QString>
#include <functional>
#include <optional>
#include <utility>
#include <vector>

QT_BEGIN_NAMESPACE
class QPainter;
QT_END_NAMESPACE

namespace chladni::widgets {

struct TimeFrequency {
  double seconds = 0.0;
  double hertz = 0.0;
};

// A label in time and frequency; first: lowest and earliest corner.
struct LabelBox {
  TimeFrequency from;
  TimeFrequency to;
  QColor colour;
  QString text;
};

class FrequencyTools {
 public:
  enum class Tool { none, box, measure };
  using Place = std::function<QPointF(const TimeFrequency&)>;

  void begin(Tool tool, const TimeFrequency& at);
  void moveTo(const TimeFrequency& at);
  // A box that is no wider or higher than a click is none.
  void end(bool tooSmall);
  void clear();
  [[nodiscard]] Tool underWay() const { return underWay_; }
  [[nodiscard]] std::optional<std::pair<TimeFrequency, TimeFrequency>> box() const;  // lowest and earliest corner first
  // "Δ 0.250 s · Δ 220 Hz · 12.0 semitones (octave)"; empty without a line.
  [[nodiscard]] QString measureText() const;
  void setLabelBoxes(std::vector<LabelBox> boxes) { labelBoxes_ = std::move(boxes); }
  [[nodiscard]] const std::vector<LabelBox>& labelBoxes() const { return labelBoxes_; }
  void paint(QPainter& painter, const Place& place) const;

 private:
  using Ends = std::pair<TimeFrequency, TimeFrequency>;
  Tool underWay_ = Tool::none;
  std::optional<Ends> box_;
  std::optional<Ends> line_;
  std::vector<LabelBox> labelBoxes_;
};

// "octave", "fifth", ...; empty when no interval of the scale is within 20 cents.
QString intervalName(double semitones);

}  // namespace chladni::widgets
