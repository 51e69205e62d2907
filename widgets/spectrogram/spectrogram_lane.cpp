#include "widgets/spectrogram/spectrogram_lane.h"

#include <QMenu>
#include <QPainter>
#include <QResizeEvent>
#include <algorithm>
#include <cmath>

#include "widgets/theme/number_text.h"
#include "widgets/theme/theme.h"

namespace chladni::widgets {
namespace {

constexpr double kStepDb = 5.0;

}  // namespace

struct SpectrogramLane::Cover {
  std::int64_t first = 0;
  std::int64_t last = -1;
};

SpectrogramLane::SpectrogramLane(TimeAxis& axis, std::unique_ptr<TileProvider> tiles, QWidget* parent)
    : Lane(axis, tr("Spectrogram"), parent), tiles_(std::move(tiles)) {
  setMinimumHeight(120);
  setToolTip(tr("Click the header for window, scale, range and colours"));
  connect(tiles_.get(), &TileProvider::ready, this, &SpectrogramLane::refresh);
  connect(&pictures_, &PictureCache::ready, this, [this](float most) {
    raiseTop(most);
    refresh();
  });
}

void SpectrogramLane::setSource(std::shared_ptr<TileSource> source) {
  tiles_->setSource(std::move(source));
  pictures_.clear();
  loudest_ = kSilence;
  updateLook();
}

void SpectrogramLane::refreshSampled() {
  tiles_->refreshSampled();
  refresh();
}

void SpectrogramLane::setChoices(const Choices& choices) {
  if (choices == choices_) return;
  const Choices old = std::exchange(choices_, choices);
  updateLook();
  if (old.windowSamples != choices.windowSamples || old.melBands != choices.melBands) Q_EMIT analysisChoicesChanged();
}

void SpectrogramLane::resizeEvent(QResizeEvent* event) {
  Lane::resizeEvent(event);
  // A look holds one row a device pixel: only another height makes the pictures useless.
  if (event->size().height() != event->oldSize().height()) updateLook();
}

void SpectrogramLane::updateLook() {
  PictureLook look;
  frequencies_ = {};
  if (const auto& source = tiles_->source(); source && !source->binHz().empty()) {
    frequencies_ = FrequencyAxis::over(choices_.scale, source->binHz().front(), source->binHz().back());
    look.rows = pixelRows(frequencies_, source->binHz(), static_cast<int>(std::lround(dataRect().height() * devicePixelRatioF())));
  }
  look.colours = choices_.colours;
  look.top = loudest_ - choices_.gainDb;
  look.bottom = look.top - choices_.rangeDb;
  pictures_.setLook(std::move(look));
  refresh();
}

// The loudest value seen is the top of the range, in steps so that it settles at once.
void SpectrogramLane::raiseTop(float most) {
  if (!std::isfinite(most)) return;
  const double top = std::max(-60.0, std::ceil(most / kStepDb) * kStepDb);
  if (top <= loudest_) return;
  loudest_ = top;
  updateLook();
}

double SpectrogramLane::columnSeconds(int level) const {
  return tiles_->source()->hopSeconds() * static_cast<double>(std::int64_t{1} << level);
}

int SpectrogramLane::levelForView() const {
  if (!tiles_->source()) return 0;
  const double perPixel = axis().span() / std::max(1.0, dataRect().width() * devicePixelRatioF());
  int level = 0;
  while (level + 1 < tiles_->source()->levels() && columnSeconds(level + 1) <= perPixel) ++level;
  return level;
}

SpectrogramLane::Cover SpectrogramLane::coverOf(int level) const {
  const double tileSeconds = columnSeconds(level) * kTileColumns;
  const double half = tiles_->source()->hopSeconds() / 2.0;
  const auto lastOfSource = static_cast<std::int64_t>(std::floor((tiles_->source()->durationSeconds() + half) / tileSeconds));
  Cover cover;
  cover.first = std::max<std::int64_t>(0, static_cast<std::int64_t>(std::floor((axis().from() + half) / tileSeconds)));
  cover.last = std::min(lastOfSource, static_cast<std::int64_t>(std::floor((axis().to() + half) / tileSeconds)));
  return cover;
}

double SpectrogramLane::yAt(double hertz) const {
  const QRect area = dataRect();
  return area.bottom() + 1 - frequencies_.shareAt(hertz) * area.height();
}

std::optional<double> SpectrogramLane::hertzAt(double y) const {
  if (!frequencies_.valid()) return std::nullopt;
  const QRect area = dataRect();
  return frequencies_.hertzAt((area.bottom() + 1 - y) / std::max(1, area.height()));
}

// Column c of a level stands for hops [c 2^level, (c + 1) 2^level); hop h is centred at h * hop seconds.
void SpectrogramLane::paintTile(QPainter& painter, const QRect& area, TileKey key) {
  const auto tile = tiles_->tile(key, true);
  showsSampled_ = showsSampled_ || (tile && tile->sampled);
  const QImage* image = pictures_.picture(key, tile);
  if (image == nullptr || image->isNull()) {
    paintCoarser(painter, area, key);
    return;
  }
  const double column = columnSeconds(key.level);
  const double start = static_cast<double>(key.index * kTileColumns) * column - tiles_->source()->hopSeconds() / 2.0;
  painter.drawImage(QRectF(QPointF(xAt(start), area.top()), QPointF(xAt(start + image->width() * column), area.bottom() + 1)), *image);
}

void SpectrogramLane::paintCoarser(QPainter& painter, const QRect& area, TileKey key) {
  const double shift = tiles_->source()->hopSeconds() / 2.0;
  for (int level = key.level + 1; level < tiles_->source()->levels(); ++level) {
    const int steps = level - key.level;
    const TileKey parent{level, key.index >> steps};
    const QImage* image = pictures_.picture(parent, tiles_->tile(parent, false));
    if (image == nullptr || image->isNull()) continue;
    const double width = static_cast<double>(kTileColumns) / static_cast<double>(std::int64_t{1} << steps);
    const double left = static_cast<double>(key.index - (parent.index << steps)) * width;
    const double right = std::min<double>(left + width, image->width());
    if (right <= left) return;
    const double column = columnSeconds(level);
    const double start = static_cast<double>(parent.index * kTileColumns) * column - shift;
    painter.drawImage(QRectF(QPointF(xAt(start + left * column), area.top()), QPointF(xAt(start + right * column), area.bottom() + 1)),
                      *image, QRectF(left, 0, right - left, image->height()));
    return;
  }
}

void SpectrogramLane::paintData(QPainter& painter, const QRect& area) {
  const Rgb darkest = colours(choices_.colours).front();
  painter.fillRect(area, QColor(darkest.red, darkest.green, darkest.blue));
  showsSampled_ = false;
  if (!tiles_->source() || !frequencies_.valid() || axis().span() <= 0.0) return;
  painter.setRenderHint(QPainter::SmoothPixmapTransform);
  const int level = levelForView();
  // A coarse tile as well, so that zooming and scrolling always have something to show.
  const int coarsest = tiles_->source()->levels() - 1;
  if (level != coarsest) pictures_.picture({coarsest, 0}, tiles_->tile({coarsest, 0}, true));
  const Cover cover = coverOf(level);
  for (std::int64_t index = cover.first; index <= cover.last; ++index) paintTile(painter, area, {level, index});
  paintFrequencies(painter, area);
  if (showsSampled_) paintTag(painter, area, tr("sampled, refining…"));
}

void SpectrogramLane::paintFrequencies(QPainter& painter, const QRect& area) {
  painter.setFont(axisFont(font()));
  const QFontMetrics metrics(painter.font());
  double lastY = 1e9;
  for (const double hertz : frequencies_.marks()) {
    const double y = std::round(yAt(hertz));
    if (lastY - y < metrics.height() + 4 || y < area.top() + metrics.height() / 2.0 || y > area.bottom() - metrics.height() / 2.0) continue;
    lastY = y;
    const QString text = hertz < 1000.0 ? QString::number(hertz, 'f', 0) : tr("%1k").arg(hertz / 1000.0, 0, 'g', 3);
    painter.fillRect(QRectF(area.left(), y, 5, 1), QColor(255, 255, 255, 190));
    const QRectF box(area.left() + 7, y - metrics.height() / 2.0, metrics.horizontalAdvance(text) + 6, metrics.height());
    painter.fillRect(box, QColor(0, 0, 0, 120));
    painter.setPen(QColor(255, 255, 255, 230));
    painter.drawText(box, Qt::AlignCenter, text);
  }
}

void SpectrogramLane::paintTag(QPainter& painter, const QRect& area, const QString& text) {
  painter.setFont(axisFont(font()));
  const QFontMetrics metrics(painter.font());
  const QRectF box(area.right() - metrics.horizontalAdvance(text) - 18, area.top() + 6, metrics.horizontalAdvance(text) + 12, metrics.height() + 2);
  painter.fillRect(box, QColor(0, 0, 0, 140));
  painter.setPen(QColor(255, 255, 255, 230));
  painter.drawText(box, Qt::AlignCenter, text);
}

QStringList SpectrogramLane::headerLines() const {
  const QString scale = choices_.scale == FrequencyScale::linear        ? tr("linear frequency")
                        : choices_.scale == FrequencyScale::logarithmic ? tr("log frequency")
                                                                        : tr("mel frequency");
  QStringList lines = {(choices_.melBands ? tr("mel bands · %1").arg(scale.section(' ', 0, 0)) : scale) + QStringLiteral(" ▾"),
                       tr("window %1 · hop %2").arg(choices_.windowSamples).arg(choices_.windowSamples / 4)};
  if (loudest_ > kSilence) {
    const PictureLook& look = pictures_.look();
    lines << tr("%1 … %2").arg(QString::number(look.bottom, 'f', 0).replace('-', QChar(0x2212)), decibels(look.top, 0));
  }
  return lines;
}

int SpectrogramLane::paintHeaderExtra(QPainter& painter, const QRect& header, int y) {
  const QRect bar(header.left() + 12, y + 3, header.width() - 32, 6);
  if (bar.bottom() > header.bottom() - 4) return y;
  QImage ramp(256, 1, QImage::Format_RGB32);
  const auto& table = colours(choices_.colours);
  for (int i = 0; i < ramp.width(); ++i) {
    const Rgb colour = table[static_cast<std::size_t>(i)];
    ramp.setPixel(i, 0, qRgb(colour.red, colour.green, colour.blue));
  }
  painter.drawImage(bar, ramp);
  y = bar.bottom() + 6;
  if (!tiles_->failure().isEmpty()) {
    painter.setPen(theme().bad);
    painter.drawText(QRect(bar.left(), y, header.width() - 24, header.bottom() - y), Qt::AlignLeft | Qt::AlignTop | Qt::TextWordWrap,
                     tiles_->failure());
    y = header.bottom();
  }
  return y;
}

QString SpectrogramLane::valueAt(const QPointF& position) const {
  const auto hertz = hertzAt(position.y());
  if (!tiles_->source() || !hertz) return {};
  QString text = hertzText(*hertz);
  if (const QString note = noteText(*hertz); !note.isEmpty()) text = note.section(' ', 0, 0) + QStringLiteral(" · ") + text;
  const int level = levelForView();
  const double hop = tiles_->source()->hopSeconds();
  const auto column = static_cast<std::int64_t>(std::floor((timeAt(position.x()) + hop / 2.0) / columnSeconds(level)));
  if (column < 0) return text;
  const auto tile = tiles_->tile({level, column / kTileColumns}, false);
  const std::int64_t row = column % kTileColumns;
  if (!tile || row >= tile->values.rows || tile->values.columns <= 0) return text;
  const std::vector<float>& bins = tiles_->source()->binHz();
  auto bin = std::lower_bound(bins.begin(), bins.end(), static_cast<float>(*hertz)) - bins.begin();
  if (bin > 0 && (static_cast<std::size_t>(bin) >= bins.size() || *hertz - bins[static_cast<std::size_t>(bin - 1)] < bins[static_cast<std::size_t>(bin)] - *hertz)) --bin;
  return text + QStringLiteral(" · ") + decibels(tile->values.at(row, std::min<std::int64_t>(bin, tile->values.columns - 1)), 0);
}

}  // namespace chladni::widgets
