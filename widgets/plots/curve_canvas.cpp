#include "widgets/plots/curve_canvas.h"

#include <QBuffer>
#include <QPdfWriter>
#include <QSvgGenerator>
#include <algorithm>
#include <cmath>

#include "widgets/plots/curve_reading.h"
#include "widgets/plots/thinning.h"

namespace chladni::widgets {
namespace {

constexpr double kNoStretch = 0.001;  // a row as high as it needs to be
constexpr int kExportWidth = 960;
constexpr int kExportHeight = 540;
constexpr int kDotsPerInch = 96;
constexpr double kPictureScale = 2.0;
constexpr int kLegendColumns = 3;     // names beside each other above the curves
constexpr QSize kLegendIcon{14, 8};
constexpr double kZoomOutRoom = 0.05;  // of the values' range, above and below
constexpr double kLogRoom = 1.15;
constexpr double kAxisFont = 0.9;
const QColor kPrintText(0x1C, 0x1B, 0x19);
constexpr int kPixelsPerTick = 32;
constexpr int kLeastTicks = 2;
constexpr int kUsualTicks = 5;
constexpr double kDot = 6.0;
constexpr float kBand = 0.18F;      // opacity
constexpr double kWordRoom = 0.4;   // beside the first and the last word, where one word is 1
constexpr int kLeastColumns = 200;  // before the first layout

}  // namespace

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

void CurvePlot::Plot::putLegendAbove() {
  axisRect()->insetLayout()->take(legend);
  plotLayout()->insertRow(0);
  plotLayout()->addElement(0, 0, legend);
  plotLayout()->setRowStretchFactor(0, kNoStretch);
  legend->setFillOrder(QCPLayoutGrid::foColumnsFirst);
  legend->setWrap(kLegendColumns);
  legend->setIconSize(kLegendIcon);
  legend->setMargins({4, 2, 4, 0});
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
  graphs_.clear();
  // Bands first: no band lies over a line.
  for (const Curve& curve : curves) addBand(curve);
  for (std::size_t n = 0; n < curves.size(); ++n) {
    const Curve& curve = curves[n];
    QCPGraph* graph = graphs_[n].line = addGraph();
    graph->setName(curve.name);
    graph->setPen(QPen(curve.colour, curve.thin ? 1.0 : 2.0, curve.dashed ? Qt::DashLine : Qt::SolidLine));
    graph->setAntialiased(!curve.thin || curve.dashed);  // noise needs no soft edges, which cost most
    if (curve.marked) graph->setScatterStyle(QCPScatterStyle(curve.dashed ? QCPScatterStyle::ssCircle : QCPScatterStyle::ssDisc, QPen(curve.colour, 1.5), curve.dashed ? QBrush() : QBrush(curve.colour), kDot));
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

void CurvePlot::Plot::addBand(const Curve& curve) {
  Graphs made;
  if (!curve.spread.empty()) {
    made.low = addGraph();
    made.high = addGraph();
    QColor wash = curve.colour;
    wash.setAlphaF(kBand);
    for (QCPGraph* edge : {made.low, made.high}) {
      edge->setPen(Qt::NoPen);
      edge->removeFromLegend();
    }
    made.high->setBrush(wash);
    made.high->setChannelFillGraph(made.low);
  }
  graphs_.push_back(made);
}

void CurvePlot::Plot::fillGraph(QCPGraph& graph, const std::vector<double>& x, const std::vector<double>& y, bool ascending) const {
  const auto count = static_cast<qsizetype>(std::min(x.size(), y.size()));
  if (ascending && xAxis->scaleType() == QCPAxis::stLinear) {
    const QCPRange range = xAxis->range();
    const ThinCurve thin = thinned(x, y, range.lower, range.upper, std::max(axisRect()->width(), kLeastColumns));
    graph.setData(QVector<double>(thin.x.begin(), thin.x.end()), QVector<double>(thin.y.begin(), thin.y.end()), true);
  } else {
    graph.setData(QVector<double>(x.begin(), x.begin() + count), QVector<double>(y.begin(), y.begin() + count));
  }
}

void CurvePlot::Plot::refill() {
  if (yAxis->scaleType() == QCPAxis::stLinear) yAxis->ticker()->setTickCount(std::clamp(height() / kPixelsPerTick, kLeastTicks, kUsualTicks));
  for (std::size_t n = 0; n < curves.size() && n < graphs_.size(); ++n) {
    const Curve& curve = curves[n];
    fillGraph(*graphs_[n].line, curve.x, curve.y, ascending_[n]);
    if (graphs_[n].low == nullptr) continue;
    std::vector<double> low(std::min(curve.y.size(), curve.spread.size())), high(low.size());
    for (std::size_t i = 0; i < low.size(); ++i) {
      low[i] = curve.y[i] - curve.spread[i];
      high[i] = curve.y[i] + curve.spread[i];
    }
    fillGraph(*graphs_[n].low, curve.x, low, ascending_[n]);
    fillGraph(*graphs_[n].high, curve.x, high, ascending_[n]);
  }
}

// Dots and words at the ends need room.
double CurvePlot::Plot::roomBeside(double width) const {
  if (!words_.isEmpty()) return kWordRoom;
  if (std::none_of(curves.begin(), curves.end(), [](const Curve& curve) { return curve.marked; })) return 0.0;
  return width > 0.0 ? width * kZoomOutRoom : kWordRoom;
}

void CurvePlot::Plot::showAll() {
  const bool logarithmic = yAxis->scaleType() == QCPAxis::stLogarithmic;
  const CurveExtent all = extentOf(curves, logarithmic);
  const double room = std::max((all.high - all.low) * kZoomOutRoom, 1e-9);
  const double beside = roomBeside(all.right - all.left);
  xAxis->setRange(all.left - beside, (all.right > all.left || beside > 0.0 ? all.right : all.left + 1.0) + beside);
  if (limits) {
    yAxis->setRange(limits->first, limits->second);
  } else if (logarithmic) {
    yAxis->setRange(all.low / kLogRoom, all.high * kLogRoom);
  } else {
    yAxis->setRange(all.low - room, all.high + room);
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

void CurvePlot::Plot::setXWords(const QStringList& words) {
  if (words == words_) return;
  words_ = words;
  if (words.isEmpty()) return setXKind(XKind::plain);
  xAxis->setScaleType(QCPAxis::stLinear);
  const auto ticker = QSharedPointer<QCPAxisTickerText>::create();
  for (qsizetype n = 0; n < words.size(); ++n) ticker->addTick(static_cast<double>(n), words[n]);
  xAxis->setTicker(ticker);
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
  return curveLine(curves, ascending_, xAxis->pixelToCoord(position.x()), {xAxis->label(), {}, words_});
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

void CurvePlot::Plot::drawOn(QPaintDevice& device) {
  QCPPainter painter(&device);
  painter.setMode(QCPPainter::pmVectorized);
  toPainter(&painter, kExportWidth, kExportHeight);
}

QByteArray CurvePlot::Plot::picture(const QString& end) {
  QBuffer bytes;
  bytes.open(QIODevice::WriteOnly);
  if (end == QStringLiteral("svg")) {
    QSvgGenerator generator;
    generator.setOutputDevice(&bytes);
    generator.setSize({kExportWidth, kExportHeight});
    generator.setViewBox(QRect(0, 0, kExportWidth, kExportHeight));
    drawOn(generator);
  } else if (end == QStringLiteral("pdf")) {
    QPdfWriter writer(&bytes);
    writer.setResolution(kDotsPerInch);
    writer.setPageSize(QPageSize(QSizeF(kExportWidth, kExportHeight) / kDotsPerInch, QPageSize::Inch));
    writer.setPageMargins(QMarginsF());
    drawOn(writer);
  } else {
    toPixmap(kExportWidth, kExportHeight, kPictureScale).save(&bytes, "PNG");
  }
  return bytes.data();
}

QByteArray CurvePlot::Plot::table() const { return curveTable(curves, {xAxis->label(), yAxis->label(), words_}).toUtf8(); }

}  // namespace chladni::widgets
