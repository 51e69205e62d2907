// LaneStage: the lanes of a window once more, off screen, painted by the same painters at a size of their own: for a
// movie of them. What is on show is taken over when the stage is made; what happens to the window after that does not
// reach it, but for its theme. Never shown. Sizes of the stage are in pixels of the layout, those of the picture in
// device pixels. GUI thread only; a frame whose lanes stand still costs a strip around the playhead.
#pragma once

#include <QElapsedTimer>
#include <QImage>
#include <QWidget>
#include <memory>
#include <optional>

#include "core/data/region_attention.h"
#include "core/data/video_frame.h"

namespace chladni::widgets {
class VideoView;
}

namespace chladni::ui {

class TimeArea;

struct StageForm {
  QSize pixels;        // of the picture
  double scale = 1.0;  // pixels of the picture to one of the layout
  double from = 0.0;   // visible at first, seconds of media
  double to = 0.0;
  bool turnsPages = false;                         // as playback does; else the lanes stand still
  bool showsVideo = false;                         // beside the lanes
  std::shared_ptr<const RegionAttention> regions;  // over the video; null: nothing
};

class LaneStage : public QWidget {
  Q_OBJECT

 public:
  LaneStage(const TimeArea& shown, const StageForm& form);

  // The moment `seconds` of the media; empty while the spectrogram of that page is being computed: ready() says when to
  // ask again.
  [[nodiscard]] std::optional<QImage> paint(double seconds, const std::shared_ptr<const VideoFrame>& picture);
  // Where the video goes, device pixels; empty: it is not shown.
  [[nodiscard]] QSize pictureRoom() const;
  [[nodiscard]] TimeArea& lanes() { return *lanes_; }

 Q_SIGNALS:
  void ready();

 protected:
  void changeEvent(QEvent* event) override;
  void paintEvent(QPaintEvent* event) override;

 private:
  [[nodiscard]] QRegion playheadRegion() const;
  [[nodiscard]] bool complete();
  // What of the stage is another picture then.
  QRegion showPicture(const std::shared_ptr<const VideoFrame>& picture);
  void render(const QRegion& region);

  const StageForm form_;
  TimeArea* lanes_;
  widgets::VideoView* video_ = nullptr;
  QImage picture_;
  bool whole_ = true;  // everything is to be painted
  QElapsedTimer waiting_;
  bool waitedInVain_ = false;  // once is enough: later pages take what there is
};

}  // namespace chladni::ui
