// VideoView: one picture, as large as fits, in its own shape, and over it where a model looked in the segment of that moment:
// the picture grey below, one hue above, the strongest region of the segment full; its legend says the range. In place of a
// picture a sentence that says why there is none. GUI thread only.
#pragma once

#include <QImage>
#include <QWidget>
#include <memory>

#include "core/data/region_attention.h"
#include "core/data/video_frame.h"

namespace chladni::widgets {

class VideoView : public QWidget {
  Q_OBJECT

 public:
  explicit VideoView(QWidget* parent = nullptr);

  void setFrame(std::shared_ptr<const VideoFrame> frame);
  void setMessage(const QString& text);
  [[nodiscard]] const std::shared_ptr<const VideoFrame>& frame() const { return frame_; }
  // Null: nothing is drawn over the picture.
  void setRegions(std::shared_ptr<const RegionAttention> regions);
  void setRegionsShown(bool shown);
  // Whether attention lies over the picture that is on show.
  [[nodiscard]] bool attends() const;
  // The regions of the picture on show that a pixel of the widget lies in; empty outside.
  [[nodiscard]] QString valueAt(const QPoint& position) const;

  // In which the picture on show fills the width, with the line below it; -1 without a picture.
  int heightForWidth(int width) const override;
  QSize sizeHint() const override { return {230, 190}; }
  QSize minimumSizeHint() const override { return {120, 80}; }

 Q_SIGNALS:
  void valueUnderCursor(const QString& text);

 protected:
  void paintEvent(QPaintEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void leaveEvent(QEvent* event) override;

 private:
  [[nodiscard]] std::optional<std::int64_t> segment() const;
  [[nodiscard]] QRect target() const;
  void refreshOverlay();
  void paintLegend(QPainter& painter, const QRect& line) const;

  std::shared_ptr<const VideoFrame> frame_;
  QImage image_;  // refers to the frame's bytes
  QString message_;
  std::shared_ptr<const RegionAttention> regions_;
  bool regionsShown_ = true;
  QImage attended_;  // the picture with its attention; null without
};

}  // namespace chladni::widgets
