#include "widgets/plots/curve_plot.h"

#include <QApplication>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QFileDialog>
#include <QMenu>
#include <QSaveFile>
#include <QSvgGenerator>
#include <algorithm>
#include <cmath>
#include <limits>

#include "widgets/plots/qcustomplot_include.h"
#include "widgets/plots/thinning.h"

namespace chladni::widgets {
namespace {

constexpr double kZoomOutRoom = 0.05;  // of the values' range, above and below
constexpr double kLogRoom = 1.15;
constexpr double kAxisFont = 0.9;
const QColor kPrintText(0x1C, 0x1B, 0x19);
constexpr int kExportWidth = 960;
constexpr int kExportHeight = 540;
constexpr int kPixelsPerTick = 32;
constexpr int kLeastTicks = 2;
constexpr int kUsualTicks = 5;
constexpr std::size_t kNearby = 64;  // points on either side that are looked at for one that is a number
constexpr int kLeastColumns = 200;  // before the first layout

QString number(double value) {
  return QString::number(value, 'g', 4).replace('-', QChar(0x2212));
}

}  // namespace

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
  void setLogarithmicY(bool on);
  // Gives the graphs what the visible stretch and the width need of the curves.
  void refill();
  void showLegend(bool shown) { legend->setVisible(shown && legend->itemCount() > 1); }
  [[nodiscard]] QString valueAt(const QPointF& position) const;
  [[nodiscard]] bool inside(const QPointF& position) const;
  [[nodiscard]] bool writeSvg(const QString& path);
  [[nodiscard]] QString writeCsv(const QString& path) const;

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
  CurvePlot* owner_;
  QCPItemStraightLine* marker_;
  QCPItemStraightLine* threshold_;
  bool whole_ = true;
  std::vector<bool> ascending_;  // of each curve, its x
};

CurvePlot::Plot::Plot(CurvePlot* owner) : QCustomPlot(owner), owner_(owner), marker_(new QCPItemStraightLine(this)), threshold_(new QCPItemStraightLine(this)) {
  // The marker moves often: a buffered layer of its own, so that the curves are not drawn again.
  addLayer(QStringLiteral("marker"));
  layer(QStringLiteral("marker"))->setMode(QCPLayer::lmBuffered);
  marker_->setLayer(QStringLiteral("marker"));
  // One crisp pixel wherever they stand.
  marker_->setAntialiased(false);
  threshold_->setAntialiased(false);
  marker_->setVisible(false);
  threshold_->setVisible(false);
  setInteractions(QCP::iRangeZoom);
  axisRect()->setRangeZoom(Qt::Horizontal);
  setSelectionRectMode(QCP::srmZoom);
  setMouseTracking(true);
  legend->setVisible(true);
  legend->setBorderPen(Qt::NoPen);
  axisRect()->insetLayout()->setInsetAlignment(0, Qt::AlignTop | Qt::AlignRight);
  connect(xAxis, qOverload<const QCPRange&>(&QCPAxis::rangeChanged), this, [this] {
    whole_ = false;
    refill();
  });
  applyColours();
}

void CurvePlot::Plot::applyColours() {
  const QPalette& colours = owner_->palette();
  const QPen hairline(colours.color(QPalette::Mid), 1.0);
  const QColor quiet = colours.color(QPalette::PlaceholderText);
  QFont small = owner_->font();
  small.setPointSizeF(small.pointSizeF() * kAxisFont);
  setBackground(colours.color(QPalette::Base));
  for (QCPAxis* axis : {xAxis, yAxis}) {
    axis->setBasePen(hairline);
    axis->setTickPen(hairline);
    axis->setSubTickPen(Qt::NoPen);
    axis->setTickLabelColor(quiet);
    axis->setLabelColor(quiet);
    axis->setTickLabelFont(small);
    axis->setLabelFont(small);
    axis->grid()->setPen(hairline);
    axis->grid()->setZeroLinePen(Qt::NoPen);
  }
  xAxis->grid()->setVisible(false);
  QColor ground = colours.color(QPalette::Base);
  ground.setAlphaF(0.85F);
  legend->setBrush(ground);
  legend->setTextColor(colours.color(QPalette::Text));
  legend->setFont(small);
  threshold_->setPen(QPen(quiet, 1.0, Qt::DashLine));
  QColor wash = colours.color(QPalette::Highlight);
  selectionRect()->setPen(QPen(wash));
  wash.setAlphaF(0.2F);
  selectionRect()->setBrush(wash);
}

// Figures leave on white, whatever the window looks like.
void CurvePlot::Plot::applyPrintColours() {
  setBackground(QBrush(Qt::white));
  for (QCPAxis* axis : {xAxis, yAxis}) {
    axis->setTickLabelColor(kPrintText);
    axis->setLabelColor(kPrintText);
    axis->setBasePen(QPen(kPrintText));
    axis->setTickPen(QPen(kPrintText));
    axis->grid()->setPen(QPen(QColor(0xDC, 0xD9, 0xD1)));
  }
  legend->setTextColor(kPrintText);
  legend->setBrush(QColor(255, 255, 255, 217));
}

void CurvePlot::Plot::setCurves(std::vector<Curve> next) {
  const bool same = next.size() == curves.size();
  curves = std::move(next);
  ascending_.clear();
  for (const Curve& curve : curves) ascending_.push_back(std::is_sorted(curve.x.begin(), curve.x.end()));
  clearGraphs();
  for (const Curve& curve : curves) {
    QCPGraph* graph = addGraph();
    graph->setName(curve.name);
    graph->setPen(QPen(curve.colour, curve.thin ? 1.0 : 2.0, curve.dashed ? Qt::DashLine : Qt::SolidLine));
    graph->setAntialiased(!curve.thin || curve.dashed);  // noise needs no soft edges, which cost most
    if (curve.name.isEmpty()) graph->removeFromLegend();
  }
  showLegend(legendShown);
  if (!same || whole_) {
    showAll();
  } else {
    refill();
    replot(QCustomPlot::rpQueuedReplot);
  }
}

void CurvePlot::Plot::refill() {
  const QCPRange range = xAxis->range();
  const int columns = std::max(axisRect()->width(), kLeastColumns);
  if (yAxis->scaleType() == QCPAxis::stLinear) yAxis->ticker()->setTickCount(std::clamp(height() / kPixelsPerTick, kLeastTicks, kUsualTicks));
  for (std::size_t n = 0; n < curves.size() && static_cast<int>(n) < graphCount(); ++n) {
    const Curve& curve = curves[n];
    const auto count = static_cast<qsizetype>(std::min(curve.x.size(), curve.y.size()));
    if (ascending_[n] && xAxis->scaleType() == QCPAxis::stLinear) {
      const ThinCurve thin = thinned(curve.x, curve.y, range.lower, range.upper, columns);
      graph(static_cast<int>(n))->setData(QVector<double>(thin.x.begin(), thin.x.end()), QVector<double>(thin.y.begin(), thin.y.end()), true);
    } else {
      graph(static_cast<int>(n))->setData(QVector<double>(curve.x.begin(), curve.x.begin() + count), QVector<double>(curve.y.begin(), curve.y.begin() + count));
    }
  }
}

void CurvePlot::Plot::showAll() {
  double left = std::numeric_limits<double>::infinity();
  double right = -left;
  double low = left;
  double high = -left;
  const bool logarithmic = yAxis->scaleType() == QCPAxis::stLogarithmic;
  for (const Curve& curve : curves) {
    for (std::size_t i = 0; i < std::min(curve.x.size(), curve.y.size()); ++i) {
      if (!std::isfinite(curve.x[i]) || !std::isfinite(curve.y[i])) continue;
      if (logarithmic && curve.y[i] <= 0.0) continue;
      left = std::min(left, curve.x[i]);
      right = std::max(right, curve.x[i]);
      low = std::min(low, curve.y[i]);
      high = std::max(high, curve.y[i]);
    }
  }
  if (left > right) {
    left = 0.0;
    low = logarithmic ? 0.1 : 0.0;
    right = high = 1.0;
  }
  const double room = std::max((high - low) * kZoomOutRoom, 1e-9);
  xAxis->setRange(left, right > left ? right : left + 1.0);
  if (limits) {
    yAxis->setRange(limits->first, limits->second);
  } else if (logarithmic) {
    yAxis->setRange(low / kLogRoom, high * kLogRoom);
  } else {
    yAxis->setRange(low - room, high + room);
  }
  refill();
  whole_ = true;
  replot(QCustomPlot::rpQueuedReplot);
}

void CurvePlot::Plot::setMarker(std::optional<double> x, const QColor& colour) {
  marker_->setVisible(x.has_value());
  marker_->setPen(QPen(colour, 1.0));
  if (x) {
    marker_->point1->setCoords(*x, 0.0);
    marker_->point2->setCoords(*x, 1.0);
  }
  layer(QStringLiteral("marker"))->replot();
}

void CurvePlot::Plot::setThreshold(std::optional<double> y) {
  threshold_->setVisible(y.has_value());
  if (y) {
    threshold_->point1->setCoords(0.0, *y);
    threshold_->point2->setCoords(1.0, *y);
  }
  replot(QCustomPlot::rpQueuedReplot);
}

void CurvePlot::Plot::setXKind(XKind kind) {
  xAxis->setScaleType(kind == XKind::logarithmic ? QCPAxis::stLogarithmic : QCPAxis::stLinear);
  if (kind == XKind::time) {
    const auto ticker = QSharedPointer<QCPAxisTickerTime>::create();
    ticker->setTimeFormat(QStringLiteral("%m:%s"));
    ticker->setFieldWidth(QCPAxisTickerTime::tuMinutes, 1);
    xAxis->setTicker(ticker);
  } else if (kind == XKind::logarithmic) {
    const auto ticker = QSharedPointer<QCPAxisTickerLog>::create();
    xAxis->setTicker(ticker);
    xAxis->setNumberFormat(QStringLiteral("g"));
    xAxis->setNumberPrecision(6);
  } else {
    xAxis->setTicker(QSharedPointer<QCPAxisTicker>::create());
  }
  showAll();
}

void CurvePlot::Plot::setLogarithmicY(bool on) {
  yAxis->setScaleType(on ? QCPAxis::stLogarithmic : QCPAxis::stLinear);
  yAxis->setTicker(on ? QSharedPointer<QCPAxisTicker>(new QCPAxisTickerLog) : QSharedPointer<QCPAxisTicker>(new QCPAxisTicker));
  yAxis->setNumberFormat(QStringLiteral("g"));
  yAxis->setNumberPrecision(4);
  showAll();
}

bool CurvePlot::Plot::inside(const QPointF& position) const {
  return message.isEmpty() && !curves.empty() && axisRect()->rect().contains(position.toPoint());
}

QString CurvePlot::Plot::valueAt(const QPointF& position) const {
  if (!inside(position)) return {};
  const double x = xAxis->pixelToCoord(position.x());
  QStringList parts;
  std::optional<double> nearestX;
  for (std::size_t n = 0; n < curves.size(); ++n) {
    const Curve& curve = curves[n];
    if (curve.name.isEmpty()) continue;
    const std::size_t count = std::min(curve.x.size(), curve.y.size());
    std::size_t best = count;
    std::size_t from = 0;
    std::size_t to = count;
    if (ascending_[n] && count > kNearby) {
      const auto place = static_cast<std::size_t>(std::lower_bound(curve.x.begin(), curve.x.begin() + static_cast<std::ptrdiff_t>(count), x) - curve.x.begin());
      from = place > kNearby ? place - kNearby : 0;
      to = std::min(count, place + kNearby);
    }
    for (std::size_t i = from; i < to; ++i) {
      if (!std::isfinite(curve.y[i])) continue;
      if (best == count || std::abs(curve.x[i] - x) < std::abs(curve.x[best] - x)) best = i;
    }
    if (best == count) continue;
    if (!nearestX || std::abs(curve.x[best] - x) < std::abs(*nearestX - x)) nearestX = curve.x[best];
    parts << QStringLiteral("%1 %2").arg(curve.name, number(curve.y[best]));
  }
  if (!nearestX) return {};
  parts.prepend(QStringLiteral("%1 %2").arg(xAxis->label(), number(*nearestX)).trimmed());
  return parts.join(QStringLiteral(" · "));
}

void CurvePlot::Plot::paintEvent(QPaintEvent* event) {
  if (message.isEmpty()) {
    QCustomPlot::paintEvent(event);
    return;
  }
  QPainter painter(this);
  painter.fillRect(rect(), owner_->palette().color(QPalette::Base));
  painter.setPen(owner_->palette().color(QPalette::PlaceholderText));
  painter.drawText(rect().adjusted(12, 8, -12, -8), Qt::AlignTop | Qt::AlignLeft | Qt::TextWordWrap, message);
}

void CurvePlot::Plot::mousePressEvent(QMouseEvent* event) {
  // Only the left button draws a zoom box.
  if (event->button() == Qt::LeftButton) QCustomPlot::mousePressEvent(event);
}

void CurvePlot::Plot::mouseMoveEvent(QMouseEvent* event) {
  QCustomPlot::mouseMoveEvent(event);
  const QString text = owner_->valueAt(event->position());
  setToolTip(text);
  Q_EMIT owner_->valueUnderCursor(text);
}

void CurvePlot::Plot::mouseReleaseEvent(QMouseEvent* event) {
  // A click is not a zoom into nothing.
  if (selectionRect()->isActive() && selectionRect()->rect().width() < 4) selectionRect()->cancel();
  QCustomPlot::mouseReleaseEvent(event);
}

void CurvePlot::Plot::mouseDoubleClickEvent(QMouseEvent*) { showAll(); }

void CurvePlot::Plot::leaveEvent(QEvent* event) {
  QCustomPlot::leaveEvent(event);
  Q_EMIT owner_->valueUnderCursor({});
}

bool CurvePlot::Plot::writeSvg(const QString& path) {
  QSvgGenerator generator;
  generator.setFileName(path);
  generator.setSize({kExportWidth, kExportHeight});
  generator.setViewBox(QRect(0, 0, kExportWidth, kExportHeight));
  QCPPainter painter;
  if (!painter.begin(&generator)) return false;
  painter.setMode(QCPPainter::pmVectorized);
  toPainter(&painter, kExportWidth, kExportHeight);
  return painter.end();
}

QString CurvePlot::Plot::writeCsv(const QString& path) const {
  const auto quoted = [](QString text) { return '"' + text.replace('"', QStringLiteral("\"\"")) + '"'; };
  QString text = quoted(CurvePlot::tr("curve")) + ',' + quoted(xAxis->label()) + ',' + quoted(yAxis->label()) + '\n';
  for (const Curve& curve : curves) {
    for (std::size_t i = 0; i < std::min(curve.x.size(), curve.y.size()); ++i) {
      text += quoted(curve.name) + ',' + QString::number(curve.x[i], 'g', 17) + ',' + QString::number(curve.y[i], 'g', 17) + '\n';
    }
  }
  QSaveFile file(path);
  if (!file.open(QIODevice::WriteOnly) || file.write(text.toUtf8()) < 0 || !file.commit()) return file.errorString();
  return {};
}

CurvePlot::CurvePlot(QWidget* parent) : QWidget(parent), plot_(std::make_unique<Plot>(this)) {
  setFocusPolicy(Qt::StrongFocus);
  setAccessibleName(tr("Curves"));
}

CurvePlot::~CurvePlot() = default;

void CurvePlot::setAxes(const QString& xTitle, const QString& yTitle) {
  plot_->xAxis->setLabel(xTitle);
  plot_->yAxis->setLabel(yTitle);
  setAccessibleName(tr("%1 over %2").arg(yTitle, xTitle));
  plot_->replot(QCustomPlot::rpQueuedReplot);
}

void CurvePlot::setCurves(std::vector<Curve> curves) { plot_->setCurves(std::move(curves)); }

void CurvePlot::setYLimits(std::optional<std::pair<double, double>> limits) {
  plot_->limits = limits;
  plot_->showAll();
}

void CurvePlot::setMarker(std::optional<double> x, const QColor& colour) { plot_->setMarker(x, colour); }

void CurvePlot::setThreshold(std::optional<double> y) { plot_->setThreshold(y); }

void CurvePlot::setXKind(XKind kind) { plot_->setXKind(kind); }

void CurvePlot::setLegendShown(bool shown) {
  plot_->legendShown = shown;
  plot_->showLegend(shown);
  plot_->replot(QCustomPlot::rpQueuedReplot);
}

void CurvePlot::setLogarithmicY(bool on) { plot_->setLogarithmicY(on); }

const std::vector<Curve>& CurvePlot::curves() const { return plot_->curves; }

std::optional<QPointF> CurvePlot::coordinatesAt(const QPointF& position) const {
  if (!plot_->inside(position)) return std::nullopt;
  return QPointF(plot_->xAxis->pixelToCoord(position.x()), plot_->yAxis->pixelToCoord(position.y()));
}

void CurvePlot::setMessage(const QString& text) {
  plot_->message = text;
  setAccessibleDescription(text);
  plot_->update();
}

void CurvePlot::showAll() { plot_->showAll(); }

QString CurvePlot::valueAt(const QPointF& position) const { return plot_->valueAt(position); }

std::pair<double, double> CurvePlot::xRange() const { return {plot_->xAxis->range().lower, plot_->xAxis->range().upper}; }

QString CurvePlot::exportTo(const QString& path) {
  if (path.endsWith(QStringLiteral(".csv"), Qt::CaseInsensitive)) return plot_->writeCsv(path);
  plot_->applyPrintColours();
  plot_->showLegend(true);
  bool done = false;
  if (path.endsWith(QStringLiteral(".png"), Qt::CaseInsensitive)) {
    done = plot_->savePng(path, kExportWidth, kExportHeight, 2.0);
  } else if (path.endsWith(QStringLiteral(".pdf"), Qt::CaseInsensitive)) {
    done = plot_->savePdf(path, kExportWidth, kExportHeight);
  } else if (path.endsWith(QStringLiteral(".svg"), Qt::CaseInsensitive)) {
    done = plot_->writeSvg(path);
  } else {
    plot_->applyColours();
    plot_->showLegend(plot_->legendShown);
    return tr("“%1” does not end in .png, .svg, .pdf or .csv: choose one of these").arg(path);
  }
  plot_->applyColours();
  plot_->showLegend(plot_->legendShown);
  plot_->replot(QCustomPlot::rpQueuedReplot);
  return done ? QString() : tr("“%1” cannot be written: choose a folder where you may write").arg(path);
}

void CurvePlot::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() != QEvent::StyleChange && event->type() != QEvent::PaletteChange) return;
  plot_->applyColours();
  plot_->replot(QCustomPlot::rpQueuedReplot);
}

void CurvePlot::contextMenuEvent(QContextMenuEvent* event) {
  auto* menu = new QMenu(this);
  menu->setAttribute(Qt::WA_DeleteOnClose);
  menu->addAction(tr("Show everything"), this, &CurvePlot::showAll);
  menu->addSeparator();
  menu->addAction(tr("Copy picture"), this, [this] { QApplication::clipboard()->setPixmap(plot_->toPixmap(0, 0, devicePixelRatioF())); });
  menu->addAction(tr("Export…"), this, [this] {
    const QString path = QFileDialog::getSaveFileName(this, tr("Export curves"), QString(), tr("Picture (*.png *.svg *.pdf);;Table (*.csv)"));
    if (path.isEmpty()) return;
    if (const QString why = exportTo(path); !why.isEmpty()) Q_EMIT exportFailed(why);
  });
  menu->popup(event->globalPos());
}

void CurvePlot::resizeEvent(QResizeEvent* event) {
  QWidget::resizeEvent(event);
  plot_->setGeometry(rect());
  plot_->refill();
}

}  // namespace chladni::widgets
