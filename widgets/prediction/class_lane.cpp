#include "widgets/prediction/class_lane.h"

#include <QPainter>
#include <algorithm>
#include <cmath>

#include "core/data/colormap.h"
#include "widgets/theme/number_text.h"
#include "widgets/theme/theme.h"

namespace chladni::widgets {
namespace {

constexpr int kClassesKept = 12;
constexpr int kRowHeight = 20;

QColor probabilityColour(float p) {
  const Rgb colour = colourAt(Colormap::viridis, p);
  return {colour.red, colour.green, colour.blue};
}

}  // namespace

ClassLane::ClassLane(TimeAxis& axis, QWidget* parent) : Lane(axis, tr("Classes"), parent) { setMinimumHeight(72); }

void ClassLane::setPrediction(std::shared_ptr<const Prediction> prediction) {
  prediction_ = std::move(prediction);
  strongest_.clear();
  if (prediction_ && prediction_->scores.rows > 0) {
    std::vector<float> best(prediction_->classes.size(), 0.0F);
    for (std::int64_t w = 0; w < prediction_->scores.rows; ++w) {
      const auto row = prediction_->scores.row(w);
      for (std::size_t c = 0; c < best.size() && c < row.size(); ++c) best[c] = std::max(best[c], row[c]);
    }
    for (const ClassScore& one : topScores(best, kClassesKept)) strongest_.push_back(one.index);
    setMessage({});
  }
  refresh();
}

void ClassLane::setThreshold(std::optional<float> threshold) {
  threshold_ = threshold;
  refresh();
}

int ClassLane::rowsShown() const {
  return std::clamp(dataRect().height() / kRowHeight, 1, std::max(1, static_cast<int>(strongest_.size())));
}

QString ClassLane::nameOf(int row) const {
  return shortClassName(prediction_->classes[static_cast<std::size_t>(strongest_[static_cast<std::size_t>(row)])]);
}

void ClassLane::paintWindow(QPainter& painter, const QRect& area, std::size_t window) {
  const auto [from, to] = stretchOf(*prediction_, window);
  const double left = std::round(xAt(from));
  const double right = std::max(left + 1, std::round(xAt(std::min(to, axis().duration()))));
  if (right < area.left() || left > area.right()) return;
  const auto scores = prediction_->scores.row(static_cast<std::int64_t>(window));
  const int rows = rowsShown();
  const double rowHeight = static_cast<double>(area.height()) / rows;
  for (int r = 0; r < rows; ++r) {
    const auto index = static_cast<std::size_t>(strongest_[static_cast<std::size_t>(r)]);
    if (index >= scores.size()) continue;
    const double top = std::round(area.top() + r * rowHeight);
    const double bottom = std::round(area.top() + (r + 1) * rowHeight);
    painter.fillRect(QRectF(QPointF(left, top), QPointF(right, bottom)), probabilityColour(scores[index]));
    if (threshold_ && scores[index] >= *threshold_) painter.fillRect(QRectF(left, bottom - 3, right - left, 2), QColor(255, 255, 255, 220));
  }
}

void ClassLane::paintNames(QPainter& painter, const QRect& area) {
  const int rows = rowsShown();
  const double rowHeight = static_cast<double>(area.height()) / rows;
  const QFontMetrics metrics = painter.fontMetrics();
  for (int r = 0; r < rows; ++r) {
    const QString text = metrics.elidedText(nameOf(r), Qt::ElideRight, std::max(40, area.width() / 3));
    const double middle = area.top() + (r + 0.5) * rowHeight;
    const QRectF box(area.left() + 6, middle - metrics.height() / 2.0, metrics.horizontalAdvance(text) + 10, metrics.height());
    painter.fillRect(box, QColor(0, 0, 0, 140));
    painter.setPen(Qt::white);
    painter.drawText(box, Qt::AlignCenter, text);
    if (r > 0) painter.fillRect(QRectF(area.left(), std::round(area.top() + r * rowHeight), area.width(), 1), QColor(0, 0, 0, 70));
  }
}

void ClassLane::paintData(QPainter& painter, const QRect& area) {
  if (!prediction_ || strongest_.empty()) return;
  const auto windows = std::min(prediction_->windows.size(), static_cast<std::size_t>(prediction_->scores.rows));
  for (std::size_t w = 0; w < windows; ++w) paintWindow(painter, area, w);
  paintNames(painter, area);
}

QStringList ClassLane::headerLines() const {
  if (!prediction_ || prediction_->windows.empty()) return {tr("probability over time")};
  const double window = prediction_->windows.front().length().seconds();
  const auto count = static_cast<int>(prediction_->windows.size());
  QStringList lines = {(count == 1 ? tr("1 window of %1 s") : tr("%2 windows of %1 s")).arg(window, 0, 'f', 1)};
  if (count != 1) lines.front() = lines.front().arg(count);
  if (threshold_) lines << tr("threshold %1").arg(probabilityText(*threshold_));
  return lines;
}

int ClassLane::paintHeaderExtra(QPainter& painter, const QRect& header, int y) {
  const QRect bar(header.left() + 12, y + 3, header.width() - 32, 6);
  const int height = bar.height() + 6 + painter.fontMetrics().height();
  if (bar.top() + height > header.bottom()) return y;
  for (int x = 0; x < bar.width(); ++x) {
    painter.fillRect(QRect(bar.left() + x, bar.top(), 1, bar.height()), probabilityColour(static_cast<float>(x) / static_cast<float>(bar.width())));
  }
  painter.setFont(axisFont(font()));
  const QRect ends(bar.left(), bar.bottom() + 2, bar.width(), painter.fontMetrics().height());
  painter.drawText(ends, Qt::AlignLeft, QStringLiteral("0"));
  painter.drawText(ends, Qt::AlignRight, QStringLiteral("1"));
  return ends.bottom() + 2;
}

QString ClassLane::valueAt(const QPointF& position) const {
  if (!prediction_ || strongest_.empty()) return {};
  const int window = windowAt(*prediction_, timeAt(position.x()));
  const int rows = rowsShown();
  const int row = std::clamp(static_cast<int>((position.y() - dataRect().top()) * rows / std::max(1, dataRect().height())), 0, rows - 1);
  const int index = strongest_[static_cast<std::size_t>(row)];
  if (window < 0 || window >= prediction_->scores.rows || index >= prediction_->scores.columns) return {};
  return QStringLiteral("%1 %2").arg(nameOf(row), probabilityText(prediction_->scores.at(window, index)));
}

}  // namespace chladni::widgets
