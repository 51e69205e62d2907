#include "widgets/video/video_view.h"

#include <QMouseEvent>
#include <QPainter>
#include <cmath>

#include "widgets/theme/attention_colours.h"
#include "widgets/theme/theme.h"
#include "widgets/time_axis/time_ruler.h"

namespace chladni::widgets {
namespace {

constexpr int kBar = 48;       // length of the legend's bar
constexpr int kBarHeight = 8;
constexpr int kSide = 12, kTop = 4, kBelow = 8;  // around picture and line
constexpr int kGap = 4;                          // between them

// Share of the strongest region, 0..1, between the centres of regions in proportion.
class ShareMap {
 public:
  ShareMap(const RegionAttention& regions, std::int64_t segment) : rows_(regions.gridRows), columns_(regions.gridColumns), weights_(regions.weights.row(segment)) {
    for (const float weight : weights_) most_ = std::max(most_, weight);
  }
  [[nodiscard]] double at(double x, double y) const {
    const double column = std::clamp(x * columns_ - 0.5, 0.0, columns_ - 1.0), row = std::clamp(y * rows_ - 0.5, 0.0, rows_ - 1.0);
    const int left = static_cast<int>(column), top = static_cast<int>(row);
    const double dx = column - left, dy = row - top;
    const double above = (1.0 - dx) * share(top, left) + dx * share(top, left + 1), below = (1.0 - dx) * share(top + 1, left) + dx * share(top + 1, left + 1);
    return (1.0 - dy) * above + dy * below;
  }

 private:
  [[nodiscard]] double share(int row, int column) const {
    const int at = std::min(row, rows_ - 1) * columns_ + std::min(column, columns_ - 1);
    return most_ > 0.0F ? weights_[static_cast<std::size_t>(at)] / most_ : 0.0;
  }
  int rows_, columns_;
  std::span<const float> weights_;
  float most_ = 0.0F;
};

float strongest(const RegionAttention& regions, std::int64_t segment) {
  float most = 0.0F;
  for (const float weight : regions.weights.row(segment)) most = std::max(most, weight);
  return most;
}

}  // namespace

VideoView::VideoView(QWidget* parent) : QWidget(parent) {
  setAccessibleName(tr("Video"));
  setMouseTracking(true);
}

void VideoView::setFrame(std::shared_ptr<const VideoFrame> frame) {
  frame_ = std::move(frame);
  image_ = frame_ ? QImage(frame_->rgb.data(), frame_->width, frame_->height, 3 * frame_->width, QImage::Format_RGB888) : QImage();
  message_.clear();
  refreshOverlay();
  update();
}

void VideoView::setMessage(const QString& text) {
  frame_.reset();
  image_ = {};
  attended_ = {};
  message_ = text;
  setAccessibleDescription(text);
  update();
}

void VideoView::setRegions(std::shared_ptr<const RegionAttention> regions) {
  if (regions == regions_) return;
  regions_ = regions && regions->usable() ? std::move(regions) : nullptr;
  refreshOverlay();
  update();
}

void VideoView::setRegionsShown(bool shown) {
  if (shown == regionsShown_) return;
  regionsShown_ = shown;
  refreshOverlay();
  update();
}

bool VideoView::attends() const { return !attended_.isNull(); }

std::optional<std::int64_t> VideoView::segment() const {
  if (!frame_ || !regions_ || !regionsShown_) return std::nullopt;
  return regions_->segmentAt(frame_->time);
}

// In the size of the frame, which the follower keeps small: a few milliseconds at most.
void VideoView::refreshOverlay() {
  const auto now = segment();
  attended_ = {};
  if (!now || image_.isNull()) return setAccessibleDescription({});
  const ShareMap shares(*regions_, *now);
  QImage made = image_.convertToFormat(QImage::Format_Grayscale8).convertToFormat(QImage::Format_RGB32);
  for (int y = 0; y < made.height(); ++y) {
    auto* line = reinterpret_cast<QRgb*>(made.scanLine(y));
    for (int x = 0; x < made.width(); ++x)
      line[x] = attentionColour(QColor(line[x]), shares.at((x + 0.5) / made.width(), (y + 0.5) / made.height())).rgb();
  }
  attended_ = std::move(made);
  setAccessibleDescription(tr("Attention of %1 over the picture").arg(QString::fromStdString(regions_->model)));
}

int VideoView::heightForWidth(int width) const {
  if (image_.isNull()) return -1;
  const double shape = static_cast<double>(image_.height()) / image_.width();
  return kTop + static_cast<int>(std::lround((width - 2 * kSide) * shape)) + kBelow + fontMetrics().height() + kGap;
}

QRect VideoView::target() const {
  const QRect picture = rect().adjusted(kSide, kTop, -kSide, -kBelow - fontMetrics().height() - kGap);
  const QSize fitted = image_.size().scaled(picture.size(), Qt::KeepAspectRatio);
  return {picture.left() + (picture.width() - fitted.width()) / 2, picture.top(), fitted.width(), fitted.height()};
}

void VideoView::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.fillRect(rect(), theme().panel);
  const QRect area = rect().adjusted(kSide, kTop, -kSide, -kBelow);
  if (image_.isNull()) {
    painter.setPen(theme().quiet);
    painter.drawText(area, Qt::AlignTop | Qt::AlignLeft | Qt::TextWordWrap, message_);
    return;
  }
  const QRect shown = target();
  painter.setRenderHint(QPainter::SmoothPixmapTransform);
  painter.drawImage(shown, attended_.isNull() ? image_ : attended_);
  painter.setPen(theme().quiet);
  const QRect line(area.left(), shown.bottom() + kGap, area.width(), fontMetrics().height());
  painter.drawText(line, Qt::AlignLeft, rulerText(frame_->time.seconds(), 0.001));
  if (!attended_.isNull()) paintLegend(painter, line);
}

// "0 [bar] 0.31": what no attention and the strongest region of this segment look like.
void VideoView::paintLegend(QPainter& painter, const QRect& line) const {
  const QString most = QString::number(strongest(*regions_, *segment()), 'f', 2);
  const int words = fontMetrics().horizontalAdvance(most);
  const QRect bar(line.right() - words - 6 - kBar, line.top() + (line.height() - kBarHeight) / 2, kBar, kBarHeight);
  const QColor ground(128, 128, 128);
  for (int x = 0; x < bar.width(); ++x)
    painter.fillRect(bar.left() + x, bar.top(), 1, bar.height(), attentionColour(ground, static_cast<double>(x) / (bar.width() - 1)));
  painter.drawText(line, Qt::AlignRight, most);
  painter.drawText(QRect(line.left(), line.top(), bar.left() - 6 - line.left(), line.height()), Qt::AlignRight, QStringLiteral("0"));
}

QString VideoView::valueAt(const QPoint& position) const {
  const auto now = segment();
  const QRect shown = image_.isNull() ? QRect() : target();
  if (!now || !shown.contains(position)) return {};
  const int column = std::min((position.x() - shown.left()) * regions_->gridColumns / std::max(1, shown.width()), regions_->gridColumns - 1);
  const int row = std::min((position.y() - shown.top()) * regions_->gridRows / std::max(1, shown.height()), regions_->gridRows - 1);
  const float weight = regions_->weights.row(*now)[static_cast<std::size_t>(row * regions_->gridColumns + column)];
  const TimeRange& span = regions_->segments[static_cast<std::size_t>(*now)];
  return tr("attention %1 · region %2, %3 · %4 to %5 s")
      .arg(QString::number(weight, 'f', 3)).arg(row + 1).arg(column + 1).arg(span.start.seconds(), 0, 'f', 1).arg(span.end.seconds(), 0, 'f', 1);
}

void VideoView::mouseMoveEvent(QMouseEvent* event) {
  const QString text = valueAt(event->position().toPoint());
  setToolTip(text);
  Q_EMIT valueUnderCursor(text);
}

void VideoView::leaveEvent(QEvent* event) {
  QWidget::leaveEvent(event);
  Q_EMIT valueUnderCursor({});
}

}  // namespace chladni::widgets
