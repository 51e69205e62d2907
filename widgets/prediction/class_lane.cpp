#include "widgets/prediction/class_lane.h"

#include <QPainter>
#include <algorithm>
#include <cmath>

#include "core/data/colormap.h"
#include "core/data/window_stretch.h"
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

QString shortClassName(const std::string& name) {
  QString text = QString::fromStdString(name);
  if (text.startsWith("playing ")) text.remove(0, 8);
  return text;
}

std::pair<double, double> stretchOf(const Prediction& prediction, std::size_t index) {
  const TimeRange stretch = chladni::stretchOf(prediction.windows, index);
  return {stretch.start.seconds(), stretch.end.seconds()};
}

int windowAt(const Prediction& prediction, double seconds) {
  for (std::size_t i = 0; i < prediction.windows.size(); ++i) {
    const auto [from, to] = stretchOf(prediction, i);
    const bool last = i + 1 == prediction.windows.size();
    if (seconds >= from && (seconds < to || (last && seconds <= to))) return static_cast<int>(i);
  }
  return -1;
}

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
  update();
}

int ClassLane::rowsShown() const {
  return std::clamp(dataRect().height() / kRowHeight, 1, std::max(1, static_cast<int>(strongest_.size())));
}

void ClassLane::paintData(QPainter& painter, const QRect& area) {
  painter.fillRect(area, theme().lane);
  if (!prediction_ || strongest_.empty()) return;
  const int rows = rowsShown();
  const double rowHeight = static_cast<double>(area.height()) / rows;
  for (std::size_t w = 0; w < prediction_->windows.size() && static_cast<std::int64_t>(w) < prediction_->scores.rows; ++w) {
    const auto [from, to] = stretchOf(*prediction_, w);
    const double left = std::round(xAt(from));
    const double right = std::round(xAt(std::min(to, axis().duration())));
    if (right < area.left() || left > area.right()) continue;
    const auto scores = prediction_->scores.row(static_cast<std::int64_t>(w));
    for (int r = 0; r < rows; ++r) {
      const double top = std::round(area.top() + r * rowHeight);
      const double bottom = std::round(area.top() + (r + 1) * rowHeight);
      painter.fillRect(QRectF(QPointF(left, top), QPointF(std::max(left + 1, right), bottom)),
                       probabilityColour(scores[static_cast<std::size_t>(strongest_[static_cast<std::size_t>(r)])]));
    }
  }
  for (int r = 0; r < rows; ++r) {
    const QString text = shortClassName(prediction_->classes[static_cast<std::size_t>(strongest_[static_cast<std::size_t>(r)])]);
    const double middle = area.top() + (r + 0.5) * rowHeight;
    const QRectF box(area.left() + 6, middle - fontMetrics().height() / 2.0, fontMetrics().horizontalAdvance(text) + 10, fontMetrics().height());
    painter.fillRect(box, QColor(0, 0, 0, 120));
    painter.setPen(Qt::white);
    painter.drawText(box, Qt::AlignCenter, text);
    if (r > 0) painter.fillRect(QRectF(area.left(), std::round(area.top() + r * rowHeight), area.width(), 1), QColor(0, 0, 0, 60));
  }
}

QStringList ClassLane::headerLines() const {
  if (!prediction_ || prediction_->windows.empty()) return {tr("probability over time")};
  const double window = prediction_->windows.front().length().seconds();
  const std::size_t count = prediction_->windows.size();
  return {count == 1 ? tr("1 window of %1 s").arg(window, 0, 'f', 1) : tr("%1 windows of %2 s").arg(count).arg(window, 0, 'f', 1),
          tr("probability 0 … 1")};
}

void ClassLane::paintHeaderExtra(QPainter& painter, const QRect& header, int y) {
  const QRect bar(header.left() + 12, y + 3, header.width() - 32, 6);
  if (bar.bottom() > header.bottom() - 2) return;
  for (int x = 0; x < bar.width(); ++x) {
    painter.fillRect(QRect(bar.left() + x, bar.top(), 1, bar.height()), probabilityColour(static_cast<float>(x) / static_cast<float>(bar.width())));
  }
}

QString ClassLane::valueAt(const QPointF& position) const {
  if (!prediction_ || strongest_.empty()) return {};
  const int window = windowAt(*prediction_, timeAt(position.x()));
  const int row = std::clamp(static_cast<int>((position.y() - dataRect().top()) * rowsShown() / std::max(1, dataRect().height())), 0, rowsShown() - 1);
  const int index = strongest_[static_cast<std::size_t>(row)];
  if (window < 0 || window >= prediction_->scores.rows) return {};
  return QStringLiteral("%1 %2").arg(shortClassName(prediction_->classes[static_cast<std::size_t>(index)]))
      .arg(prediction_->scores.at(window, index), 0, 'f', 2);
}

}  // namespace chladni::widgets
