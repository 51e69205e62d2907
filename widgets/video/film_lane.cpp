#include "widgets/video/film_lane.h"

#include <QImage>
#include <QPainter>
#include <algorithm>

namespace chladni::widgets {
namespace {

constexpr int kHeight = 62;
constexpr int kLowestLevel = -14, kHighestLevel = 40;    // slots of 8 ms to 12 days
constexpr double kNarrowest = 0.4, kWidest = 3.0;        // of a picture, against its height

}  // namespace

FilmLane::FilmLane(TimeAxis& axis, std::unique_ptr<FilmProvider> provider, QWidget* parent)
    : Lane(axis, tr("Film"), parent), provider_(std::move(provider)) {
  setFixedHeight(kHeight);
  connect(provider_.get(), &FilmProvider::ready, this, [this] {
    setMessage(provider_->failure().isEmpty() ? QString() : tr("The pictures cannot be read: %1").arg(provider_->failure()));
    update();
    Q_EMIT picturesReady();
  });
}

void FilmLane::setFilm(std::optional<Film> film) {
  film_ = std::move(film);
  asked_.clear();
  setMessage({});
  // As high as it is painted, so that nothing need be scaled.
  const int pixels = static_cast<int>(std::lround((dataRect().height() - 2) * devicePixelRatioF()));
  provider_->setFilm(film_ ? std::optional(film_->path) : std::nullopt, pixels);
  update();
}

double FilmLane::pictureWidth() const {
  const double shape = film_ && film_->height > 0 ? static_cast<double>(film_->width) / film_->height : 16.0 / 9.0;
  return std::clamp(shape, kNarrowest, kWidest) * dataRect().height();
}

int FilmLane::level() const {
  const double seconds = pictureWidth() * axis().span() / std::max(1, dataRect().width());
  return seconds <= 0.0 ? kLowestLevel : std::clamp(static_cast<int>(std::floor(2.0 * std::log2(seconds))), kLowestLevel, kHighestLevel);
}

std::vector<FilmSlot> FilmLane::visibleSlots() const {
  std::vector<FilmSlot> slots;
  if (!film_ || axis().span() <= 0.0) return slots;
  const int now = level();
  const double seconds = FilmSlot::seconds(now), end = std::min(axis().to(), axis().duration());
  for (FilmSlot slot{now, static_cast<std::int64_t>(std::floor(std::max(0.0, axis().from()) / seconds))}; slot.start() < end; ++slot.index)
    slots.push_back(slot);
  return slots;
}

bool FilmLane::complete() const {
  if (!provider_->failure().isEmpty()) return true;
  const auto slots = visibleSlots();
  return std::all_of(slots.begin(), slots.end(), [this](FilmSlot slot) { return provider_->picture(slot).has_value(); });
}

void FilmLane::paintSlot(QPainter& painter, const QRect& area, FilmSlot slot, const VideoFrame& picture) const {
  const double left = std::round(xAt(slot.start())), right = std::round(std::min(xAt(slot.end()), xAt(axis().duration())));
  const QRectF target(left, area.top() + 1, std::max(0.0, right - left - 1.0), area.height() - 2);
  // Cut at the sides alike, never stretched.
  const double width = std::min<double>(picture.width, picture.height * target.width() / target.height());
  const QRectF source(std::floor((picture.width - width) / 2.0), 0, width, picture.height);
  const QImage image(picture.rgb.data(), picture.width, picture.height, 3 * picture.width, QImage::Format_RGB888);
  painter.setRenderHint(QPainter::SmoothPixmapTransform, picture.height != std::lround(target.height() * deviceScale(painter)));
  painter.drawImage(target, image, source);
}

void FilmLane::paintData(QPainter& painter, const QRect& area) {
  std::vector<FilmSlot> missing;
  for (const auto slot : visibleSlots()) {
    const auto known = provider_->picture(slot);
    if (!known) missing.push_back(slot);
    const auto picture = known ? *known : provider_->nearest(slot.start());
    if (picture) paintSlot(painter, area, slot, *picture);
  }
  if (missing == asked_) return;
  asked_ = missing;
  provider_->want(missing);
}

QString FilmLane::valueAt(const QPointF& position) const {
  if (!film_) return {};
  const auto seconds = timeAt(position.x());
  const int now = level();
  const auto known = provider_->picture({now, static_cast<std::int64_t>(std::floor(seconds / FilmSlot::seconds(now)))});
  if (!known || !*known) return {};
  return tr("picture of %1 s").arg((*known)->time.seconds(), 0, 'f', 3);
}

QStringList FilmLane::headerLines() const {
  if (!film_) return {};
  const QString size = tr("%1 × %2").arg(film_->width).arg(film_->height);
  return {film_->fps > 0.0 ? tr("%1 · %2 fps").arg(size).arg(film_->fps, 0, 'g', 4) : size};
}

}  // namespace chladni::widgets
