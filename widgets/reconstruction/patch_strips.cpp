#include "widgets/reconstruction/patch_strips.h"

#include <QMouseEvent>
#include <QPainter>
#include <algorithm>
#include <cmath>
#include <numeric>
#include <random>

#include "widgets/reconstruction/plane_images.h"
#include "widgets/theme/theme.h"

namespace chladni::widgets {
namespace {

constexpr int kMargin = 12;
constexpr double kGap = 1.0;
constexpr double kCell = 15.0;  // wanted side of a patch with its gap
constexpr int kBetween = 10;

}  // namespace

PatchStrips::PatchStrips(QWidget* parent) : QWidget(parent) {
  setMouseTracking(true);
  setLayoutDirection(Qt::LeftToRight);  // neither time nor a plane turns with the writing
  setAccessibleName(tr("Patches one after another: in order, masked, shuffled"));
  QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Preferred);
  policy.setHeightForWidth(true);
  setSizePolicy(policy);
}

void PatchStrips::setReconstruction(std::shared_ptr<const Reconstruction> result, std::shared_ptr<const PlanePictures> sound, std::uint64_t seed) {
  result_ = std::move(result);
  for (auto& order : orders_) order.clear();
  image_ = {};
  hovered_.reset();
  if (result_ && sound && result_->sound.grid.patches() > 0 && sound->original.rows > 0) {
    const auto [low, high] = valueSpan(sound->original);
    image_ = tableImage(sound->original, sound->original.rows, low, high);
    std::vector<int> all(static_cast<std::size_t>(result_->sound.grid.patches()));
    std::iota(all.begin(), all.end(), 0);
    orders_[0] = orders_[1] = all;
    std::mt19937_64 random(seed);
    for (std::size_t i = all.size(); i > 1; --i) std::swap(all[i - 1], all[random() % i]);
    const auto& mask = result_->sound.mask;
    std::stable_partition(all.begin(), all.end(), [&](int patch) {
      return static_cast<std::size_t>(patch) >= mask.size() || mask[static_cast<std::size_t>(patch)] == 0;
    });
    orders_[2] = std::move(all);
  }
  updateGeometry();
  update();
}

PatchStrips::Size PatchStrips::sizeFor(int width) const {
  Size size;
  const int room = std::max(40, width - 2 * kMargin);
  size.columns = std::max(1, static_cast<int>(room / kCell));
  size.cell = static_cast<double>(room) / size.columns;
  const QRect words = fontMetrics().boundingRect(QRect(0, 0, room, 10000), Qt::TextWordWrap, title(Strip::shuffled));
  size.title = words.height() + 4;
  const int count = static_cast<int>(orders_[0].size());
  size.height = size.title + static_cast<int>(std::ceil((count + size.columns - 1) / size.columns * size.cell)) + kBetween;
  return size;
}

int PatchStrips::heightForWidth(int width) const { return orders_[0].empty() ? 40 : 3 * sizeFor(width).height + 4; }

QString PatchStrips::title(Strip strip) const {
  switch (strip) {
    case Strip::ordered: return tr("In order: the clip cut into patches, low bands first");
    case Strip::masked: return tr("Masked: grey ones are hidden");
    default: return tr("Shuffled: only those before the line reach the encoder; it is told where each belongs");
  }
}

QRectF PatchStrips::patchRect(Strip strip, int place) const {
  const Size size = sizeFor(width());
  const double top = static_cast<int>(strip) * size.height + size.title;
  return {kMargin + place % size.columns * size.cell, top + place / size.columns * size.cell, size.cell - kGap, size.cell - kGap};
}

std::optional<std::pair<PatchStrips::Strip, int>> PatchStrips::placeAt(const QPointF& position) const {
  const Size size = sizeFor(width());
  if (orders_[0].empty() || position.x() < kMargin) return std::nullopt;
  const int column = static_cast<int>((position.x() - kMargin) / size.cell);
  for (const Strip strip : kStrips) {
    const double y = position.y() - static_cast<int>(strip) * size.height - size.title;
    if (y < 0.0 || column >= size.columns) continue;
    const int place = static_cast<int>(y / size.cell) * size.columns + column;
    if (place < static_cast<int>(order(strip).size()) && y < size.height - size.title) return std::pair(strip, place);
  }
  return std::nullopt;
}

void PatchStrips::paintEvent(QPaintEvent* event) {
  QPainter painter(this);
  painter.fillRect(event->rect(), theme().panel);
  if (orders_[0].empty() || image_.isNull()) return;
  const Size size = sizeFor(width());
  const PatchGrid& grid = result_->sound.grid;
  const auto& mask = result_->sound.mask;
  for (const Strip strip : kStrips) {
    painter.setPen(theme().quiet);
    const QRectF words(kMargin, static_cast<int>(strip) * size.height, width() - 2 * kMargin, size.title - 4);
    painter.drawText(words, Qt::AlignLeft | Qt::AlignBottom | Qt::TextWordWrap, title(strip));
    int visible = 0;
    for (int place = 0; place < static_cast<int>(order(strip).size()); ++place) {
      const int patch = order(strip)[static_cast<std::size_t>(place)];
      const QRectF cell = patchRect(strip, place);
      const bool hidden = static_cast<std::size_t>(patch) < mask.size() && mask[static_cast<std::size_t>(patch)] != 0;
      visible += hidden ? 0 : 1;
      if (!QRectF(event->rect()).intersects(cell)) continue;
      if (hidden && strip != Strip::ordered) {
        painter.fillRect(cell, kHiddenColour);
      } else {
        const int bottom = image_.height() - (patch / grid.columns) * grid.strideBins;
        const QRect part(patch % grid.columns * grid.strideColumns, bottom - grid.patchBins, grid.patchColumns, grid.patchBins);
        painter.drawImage(cell, image_, part);
      }
      if (hovered_ == patch) {
        painter.setPen(QPen(theme().accent, 2.0));
        painter.drawRect(cell);
      }
    }
    if (strip == Strip::shuffled && visible > 0 && visible < static_cast<int>(order(strip).size())) {
      const QRectF first = patchRect(strip, visible);
      painter.fillRect(QRectF(first.left() - kGap - 0.5, first.top() - kGap, 2.0, first.height() + 2 * kGap), theme().accent);
    }
  }
}

void PatchStrips::resizeEvent(QResizeEvent*) { updateGeometry(); }

void PatchStrips::mouseMoveEvent(QMouseEvent* event) {
  const auto at = placeAt(event->position());
  const auto before = hovered_;
  hovered_ = at ? std::optional(order(at->first)[static_cast<std::size_t>(at->second)]) : std::nullopt;
  if (hovered_ == before) return;
  update();
  if (!hovered_) return Q_EMIT patchUnderCursor(-1, -1);
  Q_EMIT patchUnderCursor(*hovered_ / result_->sound.grid.columns, *hovered_ % result_->sound.grid.columns);
}

void PatchStrips::leaveEvent(QEvent*) {
  hovered_.reset();
  Q_EMIT patchUnderCursor(-1, -1);
  update();
}

}  // namespace chladni::widgets
