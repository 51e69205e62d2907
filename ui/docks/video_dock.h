// VideoDock: the picture at the playhead. It asks its follower for pictures and shows the newest. GUI thread only.
#pragma once

#include <QDockWidget>
#include <filesystem>
#include <memory>
#include <optional>

#include "ui/bridge/gui_post.h"
#include "ui/playback/video_follower.h"

namespace chladni::widgets {
class VideoView;
}

namespace chladni::ui {


class VideoDock : public QDockWidget {
  Q_OBJECT

 public:
  explicit VideoDock(QWidget* parent = nullptr);
  ~VideoDock() override;

  void setMedia(const std::filesystem::path& path);
  void setNoVideo();
  void clear();
  void show(double seconds);
  using QDockWidget::show;
  [[nodiscard]] bool busy() const;
  [[nodiscard]] widgets::VideoView& view() { return *view_; }
  // Length of the picture on show; empty when unknown.
  [[nodiscard]] std::optional<double> frameSeconds() const;

 private:
  void stopShowing(const QString& message);

  widgets::VideoView* view_;
  GuiPost post_;
  std::uint64_t media_ = 0;
  bool hasMedia_ = false;
  std::unique_ptr<VideoFollower> follower_;
};

}  // namespace chladni::ui
