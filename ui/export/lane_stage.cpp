#include "ui/export/lane_stage.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QPainter>
#include <algorithm>
#include <cmath>

#include "ui/workspace/time_area.h"
#include "widgets/spectrogram/spectrogram_lane.h"
#include "widgets/theme/theme.h"
#include "widgets/video/film_lane.h"
#include "widgets/video/video_view.h"
#include "widgets/waveform/waveform_lane.h"

namespace chladni::ui {

using namespace widgets;
namespace {

constexpr double kVideoShare = 0.36;  // of the width
constexpr double kSame = 1e-9;        // seconds
// A pass over a long file that failed leaves its first look for ever; then that is what there is.
constexpr qint64 kPatienceMs = 10 * 60 * 1000;

}  // namespace

LaneStage::LaneStage(const TimeArea& shown, const StageForm& form) : form_(form), lanes_(new TimeArea(this)) {
  setLayoutDirection(Qt::LeftToRight);  // as time runs, in every language
  // Letters in colours of a screen's stripes would be wrong on another.
  QFont smooth = font();
  smooth.setStyleStrategy(QFont::NoSubpixelAntialias);
  setFont(smooth);
  resize(static_cast<int>(std::ceil(form.pixels.width() / form.scale)),
         static_cast<int>(std::ceil(form.pixels.height() / form.scale)));
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(0);
  if (form.showsVideo) {
    video_ = new VideoView(this);
    row->setSpacing(1);
    video_->setFixedWidth(static_cast<int>(std::lround(kVideoShare * width())));
    video_->setRegions(form.regions);
    row->addWidget(video_, 0, Qt::AlignVCenter);
  }
  row->addWidget(lanes_, 1);
  lanes_->showSameAs(shown, form.scale);
  lanes_->setVisible(form.from, form.to);
  const auto [from, to] = lanes_->visible();
  lanes_->setOverviewShown(to - from < lanes_->axis().duration() - kSame);
  // Something more has been read of one lane.
  const auto read = [this](const auto& lane) {
    whole_ = true;
    if (lane.idle()) Q_EMIT ready();
  };
  connect(&lanes_->spectrogram(), &SpectrogramLane::tilesReady, this, [this, read] { read(lanes_->spectrogram()); });
  connect(&lanes_->film(), &FilmLane::picturesReady, this, [this, read] { read(lanes_->film()); });
  connect(&lanes_->waveform(), &WaveformLane::samplesReady, this, [this, read] { read(lanes_->waveform()); });
}

QSize LaneStage::pictureRoom() const {
  return video_ == nullptr
             ? QSize()
             : QSize(static_cast<int>(std::ceil(video_->maximumWidth() * form_.scale)), form_.pixels.height());
}

QRegion LaneStage::playheadRegion() const { return lanes_->playheadRegion().translated(lanes_->pos()); }

bool LaneStage::complete() {
  const auto& film = lanes_->film();
  if (lanes_->spectrogram().complete() && lanes_->waveform().idle() && (film.isHidden() || film.complete())) {
    waiting_.invalidate();
    return true;
  }
  if (!waiting_.isValid()) waiting_.start();
  waitedInVain_ = waitedInVain_ || waiting_.elapsed() > kPatienceMs;
  return waitedInVain_ && lanes_->spectrogram().idle() && film.idle();
}

void LaneStage::render(const QRegion& region) {
  QPainter painter(&picture_);
  QWidget::render(&painter, region.boundingRect().topLeft(), region, DrawWindowBackground | DrawChildren);
}

QRegion LaneStage::showPicture(const std::shared_ptr<const VideoFrame>& picture) {
  if (video_ == nullptr || picture == video_->frame()) return {};
  const QRect before = video_->geometry();
  if (picture)
    video_->setFrame(picture);
  else
    video_->setMessage(tr("This moment has no picture."));
  // In the middle, in its own shape.
  const int wanted = video_->heightForWidth(video_->maximumWidth());
  if (wanted > 0) video_->setFixedHeight(std::min(wanted, height()));
  layout()->activate();
  return QRegion(before) + video_->geometry();
}

// Behind a video that is lower than the lanes, and the line between them.
void LaneStage::paintEvent(QPaintEvent*) {
  if (video_ == nullptr) return;
  QPainter painter(this);
  painter.fillRect(QRect(0, 0, lanes_->x(), height()), theme().panel);
  painter.fillRect(QRect(lanes_->x() - 1, 0, 1, height()), theme().hairline);
}

std::optional<QImage> LaneStage::paint(double seconds, const std::shared_ptr<const VideoFrame>& picture) {
  if (picture_.isNull()) {
    picture_ = QImage(form_.pixels, QImage::Format_RGB32);
    picture_.setDevicePixelRatio(form_.scale);
  }
  const auto before = lanes_->visible();
  QRegion changed = playheadRegion();
  lanes_->setPlayhead(seconds, form_.turnsPages);
  changed += playheadRegion();
  changed += showPicture(picture);
  whole_ = whole_ || lanes_->visible() != before;
  render(whole_ ? QRegion(rect()) : changed);
  whole_ = !complete();
  return whole_ ? std::nullopt : std::optional(picture_);
}

// Another theme or font: nothing of the last frame holds.
void LaneStage::changeEvent(QEvent* event) {
  whole_ = true;
  QWidget::changeEvent(event);
}

}  // namespace chladni::ui
