// The drawing inside a CurvePlot: axes, graphs, bands, legend, zoom by mouse. GUI thread only.
#pragma once

#include "widgets/plots/curve_plot.h"
#include "widgets/plots/qcustomplot_include.h"

namespace chladni::widgets {

class CurvePlot::Plot : public QCustomPlot {
 public:
  explicit Plot(CurvePlot* owner);

  void setCurves(std::vector<Curve> curves);
  void applyColours();
  void applyPrintColours();
  void showAll();
  void setMarker(std::optional<double> x, const QColor& colour);
  void setThreshold(std::optional<double> y);
  void setXKind(XKind kind);
  void setXWords(const QStringList& words);
  void setLogarithmicY(bool on);
  // Gives the graphs what the visible stretch and the width need of the curves.
  void refill();
  void putLegendAbove();
  void showLegend(bool shown) { legend->setVisible(shown && legend->itemCount() > 1); }
  [[nodiscard]] QString valueAt(const QPointF& position) const;
  [[nodiscard]] bool inside(const QPointF& position) const;
  // As the bytes of a file that ends in "png", "svg" or "pdf".
  [[nodiscard]] QByteArray picture(const QString& end);
  [[nodiscard]] QByteArray table() const;

  std::vector<Curve> curves;
  std::optional<std::pair<double, double>> limits;
  QString message;
  bool legendShown = true;

 protected:
  void paintEvent(QPaintEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void mouseDoubleClickEvent(QMouseEvent* event) override;
  void leaveEvent(QEvent* event) override;

 private:
  void drawOn(QPaintDevice& device);

  CurvePlot* owner_;
  QCPItemStraightLine* marker_;
  QCPItemStraightLine* threshold_;
  bool whole_ = true;
  // Gives one graph the visible part of x and y.
  void fillGraph(QCPGraph& graph, const std::vector<double>& x, const std::vector<double>& y, bool ascending) const;
  void addBand(const Curve& curve);
  [[nodiscard]] double roomBeside(double width) const;

  struct Graphs {
    QCPGraph* line = nullptr;
    QCPGraph* low = nullptr;  // of a band
    QCPGraph* high = nullptr;
  };
  std::vector<Graphs> graphs_;   // of each curve
  std::vector<bool> ascending_;  // of each curve, its x
  QStringList words_;
};

}  // namespace chladni::widgets
