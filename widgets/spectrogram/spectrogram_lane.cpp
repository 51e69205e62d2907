#include "widgets/spectrogram/spectrogram_lane.h"

#include <QActionGroup>
#include <QMenu>
#include <QMouseEvent>
#include <QPainter>
#include <algorithm>
#include <array>
#include <cmath>

#include "widgets/theme/theme.h"

namespace chladni::widgets {
namespace {

constexpr double kLowestHz = 30.0;  // of the logarithmic axis
constexpr std::size_t kPicturesKept = 96;
constexpr std::array kWindows = {512, 1024, 2048, 4096, 8192};
constexpr std::array kOverlaps = {2, 4, 8, 16};
constexpr std::array kGains = {0, 10, 20, 30, 40};
constexpr double kLeastBox = 4.0;  // pixels
constexpr std::array kRanges = {50, 60, 70, 80, 90, 100, 120};

QString minus(QString number) { return number.replace('-', QChar(0x2212)); }

}  // namespace

QString noteText(double hertz) {
  if (hertz < 16.0) return {};
  static constexpr std::array kNames = {"C", "C♯", "D", "E♭", "E", "F", "F♯", "G", "A♭", "A", "B♭", "B"};
  const double pitch = 69.0 + 12.0 * std::log2(hertz / 440.0);
  const int nearest = static_cast<int>(std::lround(pitch));
  const int cents = static_cast<int>(std::lround(100.0 * (pitch - nearest)));
  const QString name = QString::fromUtf8(kNames[static_cast<std::size_t>(((nearest % 12) + 12) % 12)]);
  return QStringLiteral("%1%2 %3%4 ct").arg(name).arg(nearest / 12 - 1).arg(cents < 0 ? QChar(0x2212) : QChar('+')).arg(std::abs(cents));
}

QString hertzText(double hertz) {
  return hertz < 1000.0 ? SpectrogramLane::tr("%1 Hz").arg(hertz, 0, 'f', 0)
                        : SpectrogramLane::tr("%1 kHz").arg(hertz / 1000.0, 0, 'f', 2);
}

SpectrogramLane::SpectrogramLane(TimeAxis& axis, std::unique_ptr<TileProvider> tiles, QWidget* parent)
    : Lane(axis, tr("Spectrogram"), parent), tiles_(std::move(tiles)) {
  setMinimumHeight(120);
  connect(tiles_.get(), &TileProvider::ready, this, qOverload<>(&QWidget::update));
}

void SpectrogramLane::setSource(std::shared_ptr<TileSource> source) {
  tiles_->setSource(source);
  forgetPictures();
  topDb_ = -200.0;
  if (source && !source->binHz().empty()) {
    highHz_ = source->binHz().back();
    lowHz_ = choices_.logarithmic ? std::max(kLowestHz, static_cast<double>(source->binHz().front())) : 0.0;
  }
  buildRows();
  update();
}

void SpectrogramLane::refreshSampled() {
  tiles_->refreshSampled();
  update();
}

void SpectrogramLane::setChoices(const Choices& choices) {
  const Choices old = choices_;
  choices_ = choices;
  if (old.windowSamples != choices.windowSamples || old.mel != choices.mel || old.overlap != choices.overlap) {
    Q_EMIT analysisChoicesChanged();
    return;
  }
  forgetPictures();
  if (tiles_->source() && !tiles_->source()->binHz().empty()) {
    lowHz_ = choices_.logarithmic ? std::max(kLowestHz, static_cast<double>(tiles_->source()->binHz().front())) : 0.0;
  }
  buildRows();
  update();
}

void SpectrogramLane::forgetPictures() { pictures_.clear(); }

void SpectrogramLane::resizeEvent(QResizeEvent*) {
  forgetPictures();
  buildRows();
}

double SpectrogramLane::columnSeconds(int level) const {
  return tiles_->source()->hopSeconds() * static_cast<double>(std::int64_t{1} << level);
}

int SpectrogramLane::levelForView() const {
  const double perPixel = axis().span() / std::max(1.0, dataRect().width() * devicePixelRatioF());
  int level = 0;
  while (level + 1 < tiles_->source()->levels() && columnSeconds(level + 1) <= perPixel) ++level;
  return level;
}

double SpectrogramLane::frequencyAt(double y) const {
  const QRect area = dataRect();
  const double share = std::clamp((area.bottom() + 1 - y) / std::max(1, area.height()), 0.0, 1.0);
  return choices_.logarithmic ? lowHz_ * std::pow(highHz_ / lowHz_, share) : share * highHz_;
}

double SpectrogramLane::yAt(double hertz) const {
  const QRect area = dataRect();
  const double share = choices_.logarithmic ? std::log(hertz / lowHz_) / std::log(highHz_ / lowHz_) : hertz / highHz_;
  return area.bottom() + 1 - share * area.height();
}

// Which bins each device pixel row shows. Computed once per size and scale, used for every tile.
void SpectrogramLane::buildRows() {
  rows_.clear();
  const auto& source = tiles_->source();
  if (!source || highHz_ <= 0.0) return;
  const std::vector<float>& bins = source->binHz();
  const int count = std::max(1, static_cast<int>(std::lround(dataRect().height() * devicePixelRatioF())));
  const double pixel = static_cast<double>(dataRect().height()) / count;
  const auto last = static_cast<int>(bins.size()) - 1;
  rows_.resize(static_cast<std::size_t>(count));
  for (int r = 0; r < count; ++r) {
    const double top = frequencyAt(dataRect().top() + r * pixel);
    const double bottom = frequencyAt(dataRect().top() + (r + 1) * pixel);
    const auto above = static_cast<int>(std::upper_bound(bins.begin(), bins.end(), static_cast<float>(top)) - bins.begin());
    const auto below = static_cast<int>(std::lower_bound(bins.begin(), bins.end(), static_cast<float>(bottom)) - bins.begin());
    Row& row = rows_[static_cast<std::size_t>(r)];
    if (above - below >= 2) {
      row = {below, std::min(above - 1, last), 0.0F};
      continue;
    }
    // Fewer bins than rows here: between two of them.
    const double middle = (top + bottom) / 2.0;
    const auto upper = static_cast<int>(std::upper_bound(bins.begin(), bins.end(), static_cast<float>(middle)) - bins.begin());
    const int left = std::clamp(upper - 1, 0, last);
    const int right = std::clamp(upper, 0, last);
    const double width = bins[static_cast<std::size_t>(right)] - bins[static_cast<std::size_t>(left)];
    const double mix = width > 0.0 ? (middle - bins[static_cast<std::size_t>(left)]) / width : 0.0;
    row = {left, right, static_cast<float>(std::max(1e-3, mix))};
  }
}

QImage SpectrogramLane::render(const Tile& tile) const {
  const auto columns = static_cast<int>(tile.values.rows);
  QImage image(std::max(1, columns), static_cast<int>(rows_.size()), QImage::Format_RGB32);
  const auto& table = colours(choices_.colours);
  std::vector<float> floors(static_cast<std::size_t>(columns), static_cast<float>(brightestDb() - choices_.rangeDb));
  for (int c = 0; choices_.evenColumns && c < columns; ++c) {
    const auto values = tile.values.row(c);
    floors[static_cast<std::size_t>(c)] = *std::max_element(values.begin(), values.end()) - static_cast<float>(choices_.rangeDb);
  }
  const auto scale = static_cast<float>(255.0 / choices_.rangeDb);
  std::array<QRgb, 256> pixels;
  for (std::size_t i = 0; i < pixels.size(); ++i) pixels[i] = qRgb(table[i].red, table[i].green, table[i].blue);
  for (int r = 0; r < image.height(); ++r) {
    const Row& row = rows_[static_cast<std::size_t>(r)];
    auto* line = reinterpret_cast<QRgb*>(image.scanLine(r));
    for (int c = 0; c < columns; ++c) {
      const float* values = tile.values.values.data() + static_cast<std::int64_t>(c) * tile.values.columns;
      const float value = row.mix > 0.0F ? values[row.first] + row.mix * (values[row.last] - values[row.first])
                                         : *std::max_element(values + row.first, values + row.last + 1);
      line[c] = pixels[static_cast<std::size_t>(std::clamp((value - floors[static_cast<std::size_t>(c)]) * scale, 0.0F, 255.0F))];
    }
  }
  return image;
}

double SpectrogramLane::brightestDb() const { return topDb_ - choices_.gainDb; }

// The loudest value seen is the top of the range, in steps of 5 dB so that it settles at once.
void SpectrogramLane::adaptRange(const Tile& tile) {
  if (tile.values.values.empty()) return;
  const double loudest = *std::max_element(tile.values.values.begin(), tile.values.values.end());
  const double top = std::max(-60.0, std::ceil(loudest / 5.0) * 5.0);
  if (top <= topDb_) return;
  topDb_ = top;
  forgetPictures();
}

const QImage* SpectrogramLane::picture(TileKey key, bool request) {
  const auto tile = tiles_->tile(key, request);
  if (!tile || tile->values.rows == 0) return nullptr;
  auto found = pictures_.find(key);
  if (found == pictures_.end() || found->second.tile != tile) {
    adaptRange(*tile);
    if (pictures_.size() >= kPicturesKept) {
      pictures_.erase(std::min_element(pictures_.begin(), pictures_.end(),
                                       [](const auto& a, const auto& b) { return a.second.lastUse < b.second.lastUse; }));
    }
    found = pictures_.insert_or_assign(key, Picture{tile, render(*tile), 0}).first;
  }
  found->second.lastUse = ++uses_;
  return &found->second.image;
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

void SpectrogramLane::paintData(QPainter& painter, const QRect& area) {
  const Rgb darkest = colours(choices_.colours).front();
  painter.fillRect(area, QColor(darkest.red, darkest.green, darkest.blue));
  if (!tiles_->source() || rows_.empty() || axis().span() <= 0.0) return;
  painter.setRenderHint(QPainter::SmoothPixmapTransform);
  const int level = levelForView();
  const double tileSeconds = columnSeconds(level) * kTileColumns;
  // A coarse tile first, so that zooming and scrolling always have something to show.
  const int coarsest = tiles_->source()->levels() - 1;
  const auto first = static_cast<std::int64_t>(std::floor(std::max(0.0, axis().from()) / tileSeconds));
  const auto last = static_cast<std::int64_t>(std::floor(axis().to() / tileSeconds));
  const double hops = std::ceil(tiles_->source()->durationSeconds() / columnSeconds(level));
  const auto lastOfSource = static_cast<std::int64_t>(std::max(0.0, std::ceil(hops / kTileColumns) - 1.0));
  if (level != coarsest) static_cast<void>(tiles_->tile({coarsest, 0}, true));
  const double before = topDb_;
  for (int pass = 0; pass < 2; ++pass) {
    for (std::int64_t index = first; index <= std::min(last, lastOfSource); ++index) paintTile(painter, area, {level, index});
    // A louder tile moved the range: once more, so that all tiles of a picture share it.
    if (topDb_ == before) break;
  }
  choices_.notes ? paintPiano(painter, area) : paintFrequencies(painter, area);
  tools_.paint(painter, [this](const TimeFrequency& at) { return QPointF(xAt(at.seconds), yAt(std::max(at.hertz, std::max(1.0, lowHz_)))); });
}

QStringList SpectrogramLane::headerLines() const {
  QString scale = choices_.mel ? tr("mel bands") : choices_.logarithmic ? tr("log frequency") : tr("linear frequency");
  QStringList lines = {scale + QStringLiteral(" ▾"), tr("window %1 · hop %2").arg(choices_.windowSamples).arg(choices_.windowSamples / choices_.overlap)};
  if (choices_.evenColumns) lines << tr("each moment by itself");
  return lines;
}

void SpectrogramLane::paintHeaderExtra(QPainter& painter, const QRect& header, int y) {
  const QRect bar(header.left() + 12, y + 3, header.width() - 32, 6);
  if (bar.bottom() > header.bottom() - 2) return;
  QImage ramp(256, 1, QImage::Format_RGB32);
  const auto& table = colours(choices_.colours);
  for (int i = 0; i < 256; ++i) {
    const Rgb colour = table[static_cast<std::size_t>(i)];
    ramp.setPixel(i, 0, qRgb(colour.red, colour.green, colour.blue));
  }
  painter.drawImage(bar, ramp);
  const double top = choices_.evenColumns ? 0.0 : brightestDb();
  const QRect numbers(bar.left(), bar.bottom() + 2, bar.width(), fontMetrics().height());
  if (numbers.bottom() <= header.bottom() && (choices_.evenColumns || topDb_ > -200.0)) {
    painter.drawText(numbers, Qt::AlignLeft, minus(QString::number(top - choices_.rangeDb, 'f', 0)));
    painter.drawText(numbers, Qt::AlignHCenter, minus(QString::number(top - choices_.rangeDb / 2.0, 'f', 0)));
    painter.drawText(numbers, Qt::AlignRight, minus(tr("%1 dB").arg(top, 0, 'f', 0)));
  }
  const QRect text(bar.left(), numbers.bottom() + 5, header.width() - 24, fontMetrics().height() * 3);
  if (!tiles_->failure().isEmpty()) {
    painter.setPen(theme().bad);
    painter.drawText(text, Qt::AlignLeft | Qt::AlignTop | Qt::TextWordWrap, tiles_->failure());
  }
}

QString SpectrogramLane::valueAt(const QPointF& position) const {
  if (!tiles_->source()) return {};
  const double hertz = frequencyAt(position.y());
  QString text = hertzText(hertz);
  if (const QString note = noteText(hertz); !note.isEmpty()) text += QStringLiteral(" · ") + note;
  const int level = levelForView();
  const auto column = static_cast<std::int64_t>(std::floor((timeAt(position.x()) + tiles_->source()->hopSeconds() / 2.0) / columnSeconds(level)));
  const auto found = pictures_.find({level, column / kTileColumns});
  if (column < 0 || found == pictures_.end()) return text;
  const Matrix& values = found->second.tile->values;
  const std::int64_t row = column % kTileColumns;
  const std::vector<float>& bins = tiles_->source()->binHz();
  const auto bin = std::min<std::int64_t>(std::lower_bound(bins.begin(), bins.end(), static_cast<float>(hertz)) - bins.begin(), values.columns - 1);
  if (row < values.rows) text += QStringLiteral(" · ") + minus(tr("%1 dB").arg(values.at(row, bin), 0, 'f', 1));
  return text;
}

void SpectrogramLane::mousePressEvent(QMouseEvent* event) {
  if (event->button() == Qt::LeftButton && event->position().x() < kLaneHeaderWidth) {
    openSettings();
    return;
  }
  const auto keys = event->modifiers();
  const auto tool = keys == Qt::ControlModifier ? FrequencyTools::Tool::box
                    : keys == Qt::ShiftModifier ? FrequencyTools::Tool::measure
                                                : FrequencyTools::Tool::none;
  if (tool != FrequencyTools::Tool::none && event->button() == Qt::LeftButton && tiles_->source()) {
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

void SpectrogramLane::openSettings() {
  auto* menu = new QMenu(this);
  menu->setAttribute(Qt::WA_DeleteOnClose);
  const auto choose = [&](const QString& text, bool chosen, const Choices& choices) {
    QAction* action = menu->addAction(text, this, [this, choices] { setChoices(choices); });
    action->setCheckable(true);
    action->setChecked(chosen);
  };
  const Choices now = choices_;
  const auto with = [&](auto change) {
    Choices next = now;
    change(next);
    return next;
  };
  menu->addSection(tr("Frequency"));
  choose(tr("Logarithmic"), now.logarithmic && !now.mel, with([](Choices& c) { c.logarithmic = true; c.mel = false; }));
  choose(tr("Linear"), !now.logarithmic && !now.mel, with([](Choices& c) { c.logarithmic = false; c.mel = false; }));
  choose(tr("Mel bands"), now.mel, with([](Choices& c) { c.logarithmic = true; c.mel = true; }));
  menu->addSection(tr("Window, samples"));
  for (const int window : kWindows) {
    choose(QString::number(window), now.windowSamples == window, with([&](Choices& c) { c.windowSamples = window; }));
  }
  menu->addSection(tr("Hop"));
  for (const int overlap : kOverlaps) {
    choose(tr("1/%1 of the window").arg(overlap), now.overlap == overlap, with([&](Choices& c) { c.overlap = overlap; }));
  }
  menu->addSection(tr("Axis"));
  choose(tr("Hertz"), !now.notes, with([](Choices& c) { c.notes = false; }));
  choose(tr("Notes and piano keys"), now.notes, with([](Choices& c) { c.notes = true; }));
  menu->addSection(tr("Brightness"));
  choose(tr("Each moment by itself"), now.evenColumns, with([&](Choices& c) { c.evenColumns = !now.evenColumns; }));
  for (const int gain : kGains) {
    choose(gain == 0 ? tr("As it is") : tr("+%1 dB").arg(gain), now.gainDb == gain, with([&](Choices& c) { c.gainDb = gain; }));
  }
  menu->addSection(tr("Range"));
  for (const int range : kRanges) {
    choose(tr("%1 dB").arg(range), now.rangeDb == range, with([&](Choices& c) { c.rangeDb = range; }));
  }
  menu->addSection(tr("Colours"));
  for (const Colormap map : kColormaps) {
    const std::string_view called = name(map);
    choose(QString::fromUtf8(called.data(), static_cast<qsizetype>(called.size())), now.colours == map,
           with([&](Choices& c) { c.colours = map; }));
  }
  menu->popup(mapToGlobal(QPoint(12, 40)));
}

}  // namespace chladni::widgets
