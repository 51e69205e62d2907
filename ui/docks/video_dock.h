// VideoDock: the picture at the playhead. It asks its follower for pictures and shows the newest. After a model of audio-visual
// events has gone over the file, where it looked in that second lies over the picture, with a switch. GUI thread only.
#pragma once

#include <QDockWidget>
#include <filesystem>
#include <memory>
#include <optional>

#include "core/data/region_attention.h"
#include "ui/bridge/gui_post.h"
#include "ui/playback/video_follower.h"

QT_BEGIN_NAMESPACE
class QToolButton;
QT_END_NAMESPACE

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
  // Of the file on show; null: its model looked nowhere, and there is no switch.
  void setRegions(std::shared_ptr<const RegionAttention> regions);
  void setRegionsShown(bool shown);
  [[nodiscard]] bool regionsShown() const;
  // Length of the picture on show; that of 25 a second where nothing says it.
  [[nodiscard]] double frameSeconds() const;

 Q_SIGNALS:
  void regionsShownChanged(bool shown);
  void valueUnderCursor(const QString& text);

 protected:
  void showEvent(QShowEvent* event) override;

 private:
  void stopShowing(const QString& message);

  widgets::VideoView* view_;
  QToolButton* attention_;
  GuiPost post_;
  std::uint64_t media_ = 0;
  bool hasMedia_ = false;
  double at_ = 0.0;  // seconds; of the playhead, also while the dock is hidden
  std::unique_ptr<VideoFollower> follower_;
};

}  // namespace chladni::ui
