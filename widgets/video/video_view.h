// VideoView: one picture, as large as fits, in its own shape. In place of a picture a sentence that says why there is
// none. GUI thread only.
#pragma once

#include <QImage>
#include <QWidget>
#include <memory>

#include "core/data/video_frame.h"

namespace chladni::widgets {

class VideoView : public QWidget {
  Q_OBJECT

 public:
  explicit VideoView(QWidget* parent = nullptr);

  void setFrame(std::shared_ptr<const VideoFrame> frame);
  void setMessage(const QString& text);
  [[nodiscard]] const std::shared_ptr<const VideoFrame>& frame() const { return frame_; }

  QSize sizeHint() const override { return {230, 190}; }
  QSize minimumSizeHint() const override { return {120, 80}; }

 protected:
  void paintEvent(QPaintEvent* event) override;

 private:
  std::shared_ptr<const VideoFrame> frame_;
  QImage image_;  // refers to the frame's bytes
  QString message_;
};

}  // namespace chladni::widgets
