#include "widgets/plots/curve_plot.h"

#include <QApplication>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QFile>
#include <QFileDialog>
#include <QFileInfo>
#include <QMenu>

#include "core/base/atomic_file.h"
#include "widgets/plots/curve_canvas.h"

namespace chladni::widgets {

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

void CurvePlot::setXWords(const QStringList& words) { plot_->setXWords(words); }

void CurvePlot::setLegendAbove() { plot_->putLegendAbove(); }

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
  static const QStringList kPictures = {"png", "svg", "pdf"};
  const QString end = QFileInfo(path).suffix().toLower();
  QByteArray bytes;
  if (end == QStringLiteral("csv")) {
    bytes = plot_->table();
  } else if (kPictures.contains(end)) {
    bytes = printed(end);
  } else {
    return tr("“%1” does not end in .png, .svg, .pdf or .csv: choose one of these").arg(path);
  }
  const auto written = writeFileAtomically(QFile::encodeName(path).toStdString(), {bytes.constData(), static_cast<std::size_t>(bytes.size())});
  return written ? QString() : QString::fromStdString(written.error().message);
}

QByteArray CurvePlot::printed(const QString& end) {
  plot_->applyPrintColours();
  plot_->showLegend(true);
  const QByteArray bytes = plot_->picture(end);
  plot_->applyColours();
  plot_->showLegend(plot_->legendShown);
  plot_->replot(QCustomPlot::rpQueuedReplot);
  return bytes;
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
