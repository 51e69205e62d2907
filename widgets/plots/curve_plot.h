// CurvePlot: lines over a common axis: losses of a training run, learning rates, probabilities of classes over time. Values
// under the pointer, drag to zoom into a stretch, wheel to zoom, double click shows everything again, context menu to
// copy and export. Curves are told apart by name, colour and line style. NaN leaves a gap. Colours of ground, text, grid and
// selection come from the palette. GUI thread only.
#pragma once

#include <QColor>
#include <QStringList>
#include <QWidget>
#include <memory>
#include <optional>
#include <vector>

namespace chladni::widgets {

struct Curve {
  QString name;  // empty: only drawn, neither in the legend nor among the values under the pointer
  QColor colour;
  std::vector<double> x;
  std::vector<double> y;  // as many as x
  bool thin = false;      // a noisy or secondary curve
  bool dashed = false;
  std::vector<double> spread = {};  // half the height of a band around the curve, such as a deviation; as many as x, or none
  bool marked = false;         // a dot at each point: few points that were measured
};

class CurvePlot : public QWidget {
  Q_OBJECT

 public:
  explicit CurvePlot(QWidget* parent = nullptr);
  ~CurvePlot() override;

  void setAxes(const QString& xTitle, const QString& yTitle);
  // Keeps the zoom when the number of curves stays the same, so that growing curves do not jump.
  void setCurves(std::vector<Curve> curves);
  // Fixed limits of y, such as 0 and 1 of probabilities; empty: from the values.
  void setYLimits(std::optional<std::pair<double, double>> limits);
  // A line from top to bottom at this x, such as the playhead.
  void setMarker(std::optional<double> x, const QColor& colour);
  // A dashed line from left to right at this y.
  void setThreshold(std::optional<double> y);
  enum class XKind { plain, time, logarithmic };
  void setXKind(XKind kind);
  // Words at 0, 1, 2 … in place of numbers; none: numbers.
  void setXWords(const QStringList& words);
  // Whether the names stand among the curves; an exported picture has them in any case.
  void setLegendShown(bool shown);
  // In rows above the curves instead of over them.
  void setLegendAbove();
  // Values that are not above 0 are then not drawn.
  void setLogarithmicY(bool on);
  // In place of curves; empty shows them.
  void setMessage(const QString& text);
  void showAll();
  // "epoch 12 · train 0.31 · validation 0.35" at the curve points nearest to the pixel.
  [[nodiscard]] virtual QString valueAt(const QPointF& position) const;
  [[nodiscard]] std::pair<double, double> xRange() const;
  // By the name's end: .png, .svg, .pdf on white, .csv with one column a curve. Empty when it worked, else why not.
  QString exportTo(const QString& path);

  [[nodiscard]] QSize sizeHint() const override { return {360, 220}; }
  [[nodiscard]] QSize minimumSizeHint() const override { return {160, 96}; }

 Q_SIGNALS:
  void valueUnderCursor(const QString& text);
  void exportFailed(const QString& why);

 protected:
  // The coordinates of a pixel; empty outside the axes or while a message is shown.
  [[nodiscard]] std::optional<QPointF> coordinatesAt(const QPointF& position) const;
  [[nodiscard]] const std::vector<Curve>& curves() const;

  void changeEvent(QEvent* event) override;
  void contextMenuEvent(QContextMenuEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;

 private:
  class Plot;
  QByteArray printed(const QString& end);
  std::unique_ptr<Plot> plot_;
};

}  // namespace chladni::widgets
