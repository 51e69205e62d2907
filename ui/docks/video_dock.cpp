#include "ui/docks/video_dock.h"
#include "ui/workspace/text.h"

#include <QToolButton>
#include <QVBoxLayout>

#include "widgets/video/video_view.h"

namespace chladni::ui {

using namespace widgets;
namespace {

constexpr double kUnknownFrameSeconds = 0.04;  // 25 a second

// Enough for a dock at twice the scale; decoding to full size would cost more than it shows.
constexpr int kMaxWidth = 960;
constexpr int kMaxHeight = 720;

}  // namespace

VideoDock::VideoDock(QWidget* parent) : QDockWidget(tr("Video"), parent), view_(new VideoView(this)), post_(this) {
  setObjectName("video");
  auto* body = new QWidget(this);
  auto* controls = new QWidget(body);
  attention_ = new QToolButton(controls);
  attention_->setObjectName("videoAttention");
  attention_->setText(tr("Attention"));
  attention_->setCheckable(true);
  attention_->setChecked(true);
  controls->hide();
  auto* row = new QHBoxLayout(controls);
  row->setContentsMargins(12, 0, 12, 8);
  row->addWidget(attention_);
  row->addStretch(1);
  auto* column = new QVBoxLayout(body);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  column->addWidget(view_, 1);
  column->addWidget(controls);
  setWidget(body);
  connect(attention_, &QToolButton::toggled, this, [this](bool on) {
    view_->setRegionsShown(on);
    Q_EMIT regionsShownChanged(on);
  });
  connect(view_, &VideoView::valueUnderCursor, this, &VideoDock::valueUnderCursor);
  VideoFollower::Sink sink;
  sink.picture = [this, post = post_](std::uint64_t media, std::shared_ptr<const VideoFrame> frame) {
    post([this, media, frame = std::move(frame)] {
      if (media == media_ && hasMedia_) view_->setFrame(frame);
    });
  };
  sink.failed = [this, post = post_](std::uint64_t media, const Error& error) {
    post([this, media, why = messageText(error)] {
      if (media == media_ && hasMedia_ && !view_->frame()) view_->setMessage(why);
    });
  };
  follower_ = std::make_unique<VideoFollower>(std::move(sink));
  clear();
}

VideoDock::~VideoDock() { follower_.reset(); }

void VideoDock::setMedia(const std::filesystem::path& path) {
  setRegions(nullptr);
  view_->setMessage(tr("Reading the picture…"));
  hasMedia_ = true;
  media_ = follower_->setMedia(path, kMaxWidth, kMaxHeight);
}

void VideoDock::setNoVideo() { stopShowing(tr("This file has no picture.")); }

void VideoDock::clear() { stopShowing(tr("The picture at the playhead appears here.")); }

void VideoDock::setRegions(std::shared_ptr<const RegionAttention> regions) {
  attention_->parentWidget()->setVisible(hasMedia_ && regions != nullptr);
  if (regions) attention_->setToolTip(tr("Where %1 looked in this second: the picture grey, orange where it looked most").arg(QString::fromStdString(regions->model)));
  view_->setRegions(std::move(regions));
}

void VideoDock::setRegionsShown(bool shown) { attention_->setChecked(shown); }

bool VideoDock::regionsShown() const { return attention_->isChecked(); }

void VideoDock::stopShowing(const QString& message) {
  setRegions(nullptr);
  hasMedia_ = false;
  media_ = follower_->setMedia(std::nullopt, 0, 0);
  view_->setMessage(message);
}

void VideoDock::show(double seconds) {
  at_ = seconds;
  if (hasMedia_ && isVisible()) follower_->show(MediaTime::fromSeconds(seconds));
}

void VideoDock::showEvent(QShowEvent* event) {
  QDockWidget::showEvent(event);
  show(at_);
}

bool VideoDock::busy() const { return follower_->busy(); }

double VideoDock::frameSeconds() const {
  const auto& frame = view_->frame();
  return frame && frame->duration.nanoseconds() > 0 ? frame->duration.seconds() : kUnknownFrameSeconds;
}

}  // namespace chladni::ui
