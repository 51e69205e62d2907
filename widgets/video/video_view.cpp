#include "widgets/video/video_view.h"

#include <QPainter>

#include "widgets/theme/theme.h"
#include "widgets/time_axis/time_ruler.h"

namespace chladni::widgets {

VideoView::VideoView(QWidget* parent) : QWidget(parent) { setAccessibleName(tr("Video")); }

void VideoView::setFrame(std::shared_ptr<const VideoFrame> frame) {
  frame_ = std::move(frame);
  image_ = frame_ ? QImage(frame_->rgb.data(), frame_->width, frame_->height, 3 * frame_->width, QImage::Format_RGB888) : QImage();
  message_.clear();
  update();
}

void VideoView::setMessage(const QString& text) {
  frame_.reset();
  image_ = {};
  message_ = text;
  setAccessibleDescription(text);
  update();
}

void VideoView::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.fillRect(rect(), theme().panel);
  const QRect area = rect().adjusted(12, 4, -12, -8);
  if (image_.isNull()) {
    painter.setPen(theme().quiet);
    painter.drawText(area, Qt::AlignTop | Qt::AlignLeft | Qt::TextWordWrap, message_);
    return;
  }
  const QRect picture = area.adjusted(0, 0, 0, -fontMetrics().height() - 4);
  const QSize fitted = image_.size().scaled(picture.size(), Qt::KeepAspectRatio);
  const QRect target(picture.left() + (picture.width() - fitted.width()) / 2, picture.top(),
                     fitted.width(), fitted.height());
  painter.setRenderHint(QPainter::SmoothPixmapTransform);
  painter.drawImage(target, image_);
  painter.setPen(theme().quiet);
  painter.drawText(QRect(area.left(), target.bottom() + 4, area.width(), fontMetrics().height()), Qt::AlignLeft,
                   rulerText(frame_->time.seconds(), 0.001));
}

}  // namespace chladni::widgets
