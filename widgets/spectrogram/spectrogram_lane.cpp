#include "widgets/spectrogram/spectrogram_lane.h"

#include <QMouseEvent>
#include <QPainter>
#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "widgets/spectrogram/colour_bar.h"
#include "widgets/spectrogram/frequency_axis.h"
#include "widgets/spectrogram/spectrogram_menu.h"
#include "widgets/theme/theme.h"
#include "widgets/time_axis/pitch_text.h"

namespace chladni::widgets {
namespace {

constexpr double kLeastBox = 4.0;  // pixels
constexpr double kAxisFont = 0.85;

}  // namespace

SpectrogramLane::SpectrogramLane(TimeAxis& axis, std::unique_ptr<TileProvider> tiles, QWidget* parent)
    : Lane(axis, tr("Spectrogram"), parent), tiles_(std::move(tiles)), pictures_(*tiles_) {
  setMinimumHeight(104);
  connect(tiles_.get(), &TileProvider::ready, this, qOverload<>(&QWidget::update));
  connect(tiles_.get(), &TileProvider::ready, this, &SpectrogramLane::tilesReady);
}

void SpectrogramLane::setSource(std::shared_ptr<TileSource> source) {
  tiles_->setSource(source);
  pictures_.setScale(source ? source->scale() : SpectrogramScale::decibel);
  sampled_ = false;
  buildRows();
  update();
}

void SpectrogramLane::setFacts(const QStringList& facts) {
  facts_ = facts;
  update();
}

void SpectrogramLane::setWindowPeriod(double seconds) {
  windowPeriod_ = seconds;
  update();
}

void SpectrogramLane::setPixelRatio(double ratio) {
  pixelRatio_ = ratio;
  buildRows();
  update();
}

void SpectrogramLane::refreshSampled() {
  tiles_->refreshSampled();
  update();
}

void SpectrogramLane::setChoices(const Choices& choices) {
  const Choices old = std::exchange(choices_, choices);
  if (!sameAnalysis(old, choices)) {
    tools_.clear();
    Q_EMIT analysisChoicesChanged();
    return;
  }
  buildRows();
  update();
}

void SpectrogramLane::resizeEvent(QResizeEvent*) {
  buildRows();
}

// Two-sided colours have the theme's ground in their middle.
void SpectrogramLane::changeEvent(QEvent* event) {
  if (event->type() == QEvent::PaletteChange || event->type() == QEvent::StyleChange) pictures_.forget();
  Lane::changeEvent(event);
}

double SpectrogramLane::columnSeconds(int level) const {
  return tiles_->source()->hopSeconds() * static_cast<double>(std::int64_t{1} << level);
}

int SpectrogramLane::levelForView() const {
  const double perPixel = axis().span() / std::max(1.0, dataRect().width() * pixelRatio());
  int level = 0;
  while (level + 1 < tiles_->source()->levels() && columnSeconds(level + 1) <= perPixel) ++level;
  return level;
}

double SpectrogramLane::shareAt(double y) const {
  const QRect area = dataRect();
  return std::clamp((area.bottom() + 1 - y) / std::max(1, area.height()), 0.0, 1.0);
}

double SpectrogramLane::yAt(double hertz) const { return FrequencyAxis::yOf(dataRect(), frequencies_.shareOf(hertz)); }

// Which bins each device pixel row shows. Computed once per size and scale, used for every tile.
void SpectrogramLane::buildRows() {
  const auto& source = tiles_->source();
  frequencies_ = source ? FrequencyScale(scaleKind(choices_.view), source->binHz()) : FrequencyScale();
  pictures_.setLook({frequencies_.rows(std::max(1, static_cast<int>(std::lround(dataRect().height() * pixelRatio())))),
                     {choices_.rangeDb, choices_.gainDb, choices_.evenColumns}, choices_.colours});
}

const QImage* SpectrogramLane::picture(TileKey key, bool request) {
  const QImage* image = pictures_.picture(key, request);
  if (image != nullptr) sampled_ = sampled_ || pictures_.shown(key)->sampled;
  return image;
}

// Column c of a level stands for hops [c 2^level, (c + 1) 2^level); hop h is centred at h * hop seconds.
void SpectrogramLane::paintTile(QPainter& painter, const QRect& area, TileKey key) {
  const double column = columnSeconds(key.level);
  const double shift = tiles_->source()->hopSeconds() / 2.0;
  const double start = static_cast<double>(key.index * kTileColumns) * column - shift;
  if (const QImage* image = picture(key, true)) {
    const QRectF target(QPointF(xAt(start), area.top()), QPointF(xAt(start + image->width() * column), area.bottom() + 1));
    painter.drawImage(target, *image);
  } else {
    paintCoarser(painter, area, key);
  }
}

bool SpectrogramLane::paintCoarser(QPainter& painter, const QRect& area, TileKey key) {
  const double shift = tiles_->source()->hopSeconds() / 2.0;
  for (int level = key.level + 1; level < tiles_->source()->levels(); ++level) {
    const int steps = level - key.level;
    const TileKey parent{level, key.index >> steps};
    const QImage* image = picture(parent, false);
    if (image == nullptr) continue;
    const double width = static_cast<double>(kTileColumns) / static_cast<double>(std::int64_t{1} << steps);
    const double left = static_cast<double>(key.index - (parent.index << steps)) * width;
    const double right = std::min<double>(left + width, image->width());
    if (right <= left) return false;
    const double column = columnSeconds(level);
    const double start = static_cast<double>(parent.index * kTileColumns) * column - shift;
    painter.drawImage(QRectF(QPointF(xAt(start + left * column), area.top()), QPointF(xAt(start + right * column), area.bottom() + 1)),
                      *image, QRectF(left, 0, right - left, image->height()));
    return true;
  }
  return false;
}

// Hairlines where one window of the model ends and the next begins.
void SpectrogramLane::paintWindows(QPainter& painter, const QRect& area) {
  if (choices_.view != SpectrogramView::modelInput || windowPeriod_ <= 0.0 || axis().span() / windowPeriod_ > area.width() / 8.0) return;
  for (double at = windowPeriod_ * std::max(1.0, std::ceil(axis().from() / windowPeriod_)); at < axis().to(); at += windowPeriod_)
    painter.fillRect(QRectF(std::round(xAt(at)), area.top(), 1, area.height()), QColor(255, 255, 255, 150));
}

void SpectrogramLane::paintAxis(QPainter& painter, const QRect& area) {
  QFont small = font();
  small.setPointSizeF(small.pointSizeF() * kAxisFont);
  painter.setFont(small);
  FrequencyAxis(painter, area, frequencies_, static_cast<int>(tiles_->source()->binHz().size())).paint(choices_.view, choices_.notes);
}

void SpectrogramLane::paintData(QPainter& painter, const QRect& area) {
  const std::array<QRgb, 256> table = pictures_.pixels();
  painter.fillRect(area, QColor(table[pictures_.values().scale() == SpectrogramScale::coefficient ? 128 : 0]));
  if (!tiles_->source() || pictures_.empty() || axis().span() <= 0.0) return;
  painter.setRenderHint(QPainter::SmoothPixmapTransform, scaleKind(choices_.view) != FrequencyScale::Kind::rows);
  const int level = levelForView();
  const double tileSeconds = columnSeconds(level) * kTileColumns;
  // A coarse tile first, so that zooming and scrolling always have something to show.
  const int coarsest = tiles_->source()->levels() - 1;
  const auto first = static_cast<std::int64_t>(std::floor(std::max(0.0, axis().from()) / tileSeconds));
  const auto last = static_cast<std::int64_t>(std::floor(axis().to() / tileSeconds));
  const double hops = std::ceil(tiles_->source()->durationSeconds() / columnSeconds(level));
  const auto lastOfSource = static_cast<std::int64_t>(std::max(0.0, std::ceil(hops / kTileColumns) - 1.0));
  if (level != coarsest) static_cast<void>(tiles_->tile({coarsest, 0}, true));
  const bool sampledBefore = std::exchange(sampled_, false);
  for (int pass = 0; pass < 2; ++pass) {
    const auto before = std::pair(pictures_.low(), pictures_.high());
    for (std::int64_t index = first; index <= std::min(last, lastOfSource); ++index) paintTile(painter, area, {level, index});
    // A louder tile moved the range: once more, so that all tiles of a picture share it.
    if (std::pair(pictures_.low(), pictures_.high()) == before) break;
  }
  if (sampled_ != sampledBefore) update(QRect(0, 0, kLaneHeaderWidth, height()));
  paintWindows(painter, area);
  paintAxis(painter, area);
  if (!hasFrequencies(choices_.view)) return;
  tools_.paint(painter, [this](const TimeFrequency& at) {
    return QPointF(xAt(at.seconds), yAt(std::max(at.hertz, std::max(1.0, frequencies_.low()))));
  });
}

QStringList SpectrogramLane::headerLines() const {
  QStringList lines = {viewName(choices_.view) + QStringLiteral(" ▾")};
  lines << facts_;
  if (choices_.evenColumns && pictures_.values().scale() == SpectrogramScale::decibel) lines << tr("each moment by itself");
  if (sampled_) lines << tr("first look: some moments");
  return lines;
}

void SpectrogramLane::paintHeaderExtra(QPainter& painter, const QRect& header, int y) {
  const int bottom = paintColourBar(painter, header, y, pictures_);
  if (bottom > header.bottom() - 2) return;
  const QRect text(header.left() + 12, bottom + 8, header.width() - 24, header.bottom() - bottom - 10);
  const QString words = tiles_->failure().isEmpty() ? viewExplanation(choices_.view) : tiles_->failure();
  if (!tiles_->failure().isEmpty()) painter.setPen(theme().bad);
  const QRect needed = fontMetrics().boundingRect(QRect(0, 0, text.width(), 10000), Qt::AlignLeft | Qt::TextWordWrap, words);
  // Half a sentence helps nobody; it is in the menu as well.
  if (needed.height() > text.height() && tiles_->failure().isEmpty()) return;
  painter.drawText(text, Qt::AlignLeft | Qt::AlignTop | Qt::TextWordWrap, words);
}

// What a height in the lane stands for.
QString SpectrogramLane::nameAt(const QPointF& position) const {
  const int bin = frequencies_.binAt(shareAt(position.y()));
  if (choices_.view == SpectrogramView::mfcc) return tr("coefficient %1").arg(bin + 1);
  if (choices_.view == SpectrogramView::chroma) return pitchClassName(bin);
  const double hertz = frequencyAt(position.y());
  QString text = choices_.view == SpectrogramView::modelInput ? tr("band %1 · ").arg(bin) + frequencyText(hertz) : frequencyText(hertz);
  if (const QString note = pitchText(hertz); !note.isEmpty()) text += QStringLiteral(" · ") + note;
  return text;
}

QString SpectrogramLane::valueAt(const QPointF& position) const {
  if (!tiles_->source() || frequencies_.empty()) return {};
  const QString text = nameAt(position);
  const int level = levelForView();
  const auto column = static_cast<std::int64_t>(std::floor((timeAt(position.x()) + tiles_->source()->hopSeconds() / 2.0) / columnSeconds(level)));
  const Tile* tile = pictures_.shown({level, column / kTileColumns});
  if (column < 0 || tile == nullptr) return text;
  const Matrix& values = tile->values;
  const std::int64_t row = column % kTileColumns;
  const auto bin = std::min<std::int64_t>(frequencies_.binAt(shareAt(position.y())), values.columns - 1);
  return row < values.rows ? text + QStringLiteral(" · ") + pictures_.values().text(values.at(row, bin)) : text;
}

QString SpectrogramLane::table() const {
  if (!tiles_->source() || frequencies_.empty()) return {};
  const int level = levelForView();
  return pictures_.table(tiles_->source()->binHz(), level, columnSeconds(level), axis().from(), axis().to());
}

void SpectrogramLane::openSettings() { openSpectrogramMenu(*this, pictures_.values().scale()); }

void SpectrogramLane::mousePressEvent(QMouseEvent* event) {
  if (event->button() == Qt::LeftButton && event->position().x() < kLaneHeaderWidth) {
    openSettings();
    return;
  }
  const auto keys = event->modifiers();
  const auto tool = keys == Qt::ControlModifier ? FrequencyTools::Tool::box
                    : keys == Qt::ShiftModifier ? FrequencyTools::Tool::measure
                                                : FrequencyTools::Tool::none;
  if (tool != FrequencyTools::Tool::none && event->button() == Qt::LeftButton && tiles_->source() && hasFrequencies(choices_.view)) {
    toolStart_ = event->position();
    tools_.begin(tool, pointAt(toolStart_));
    update();
    return;
  }
  Lane::mousePressEvent(event);
}

TimeFrequency SpectrogramLane::pointAt(const QPointF& position) const {
  return {std::clamp(timeAt(position.x()), 0.0, axis().duration()), frequencyAt(position.y())};
}

void SpectrogramLane::mouseMoveEvent(QMouseEvent* event) {
  tools_.moveTo(pointAt(event->position()));
  if (tools_.underWay() != FrequencyTools::Tool::none) update();
  Lane::mouseMoveEvent(event);
}

void SpectrogramLane::mouseReleaseEvent(QMouseEvent* event) {
  const auto tool = tools_.underWay();
  if (tool == FrequencyTools::Tool::none) {
    Lane::mouseReleaseEvent(event);
    return;
  }
  const QPointF way = event->position() - toolStart_;
  const bool box = tool == FrequencyTools::Tool::box;
  tools_.end(box ? std::min(std::abs(way.x()), std::abs(way.y())) < kLeastBox : way.manhattanLength() < kLeastBox);
  if (box) {
    const auto corners = tools_.box();
    axis().setSelection(corners ? std::optional(std::pair(corners->first.seconds, corners->second.seconds)) : std::nullopt);
    Q_EMIT boxChanged();
  }
  update();
}

void SpectrogramLane::clearTools() {
  const bool had = tools_.box().has_value();
  tools_.clear();
  update();
  if (had) Q_EMIT boxChanged();
}

}  // namespace chladni::widgets
