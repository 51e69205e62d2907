#include "widgets/attention/attention_lane.h"

#include <QPainter>
#include <algorithm>
#include <cmath>

#include "widgets/theme/attention_colours.h"
#include "widgets/theme/theme.h"

namespace chladni::widgets {
namespace {

constexpr int kLeastHeight = 28;  // its name
constexpr std::size_t kMostStretches = 2000;

// Of each column of patches; of media, not of what a short clip was padded with.
std::vector<float> sharesOf(const AttentionMap& map, double step) {
  const PatchGrid& grid = map.grid;
  const auto media = static_cast<int>(std::ceil(map.span.length().seconds() / step));
  std::vector<float> shares(static_cast<std::size_t>(std::clamp(media, 0, grid.columns)), 0.0F);
  for (int row = 0; row < grid.rows; ++row)
    for (std::size_t column = 0; column < shares.size(); ++column)
      shares[column] += map.weights.at(0, grid.leadingTokens + std::int64_t{row} * grid.columns + static_cast<std::int64_t>(column));
  return shares;
}

}  // namespace

AttentionLane::AttentionLane(TimeAxis& axis, QWidget* parent) : Lane(axis, tr("Attention"), parent) { setMinimumHeight(kLeastHeight); }

void AttentionLane::add(const AttentionMap& map, const QString& words) {
  const double step = map.grid.strideColumns * map.grid.columnSeconds;
  if (map.grid.patches() == 0 || map.weights.rows == 0 || step <= 0.0) return clear(tr("This attention is not about sound."));
  if (words != words_) clear({});
  words_ = words;
  auto shares = std::make_shared<const std::vector<float>>(sharesOf(map, step));
  if (shares->empty()) return;
  const Stretch stretch{map.span.start.seconds(), map.span.end.seconds(), map.span.start.seconds(), step, shares};
  makeRoom(stretch.from, stretch.to);
  if (stretches_.size() >= kMostStretches) stretches_.erase(stretches_.begin());
  stretches_.push_back(stretch);
  highest_ = std::max(highest_, *std::max_element(shares->begin(), shares->end()));
  setMessage({});
  update();
}

// Cuts [from, to) out of what is there.
void AttentionLane::makeRoom(double from, double to) {
  std::vector<Stretch> kept;
  for (const Stretch& one : stretches_) {
    for (Stretch part : {Stretch{one.from, std::min(one.to, from), one.start, one.step, one.shares},
                         Stretch{std::max(one.from, to), one.to, one.start, one.step, one.shares}})
      if (part.to > part.from) kept.push_back(std::move(part));
  }
  stretches_ = std::move(kept);
}

void AttentionLane::clear(const QString& why) {
  stretches_.clear();
  words_.clear();
  highest_ = 0.0F;
  setMessage(why);
  update();
}

void AttentionLane::showSameAs(const AttentionLane& other) {
  stretches_ = other.stretches_;
  words_ = other.words_;
  highest_ = other.highest_;
  setMessage(other.message());
}

std::optional<double> AttentionLane::shareAt(double seconds) const {
  for (const Stretch& one : stretches_) {
    if (seconds < one.from || seconds >= one.to) continue;
    const auto column = static_cast<std::size_t>(std::max(0.0, (seconds - one.start) / one.step));
    return (*one.shares)[std::min(column, one.shares->size() - 1)];
  }
  return std::nullopt;
}

QString AttentionLane::valueAt(const QPointF& position) const {
  const auto share = shareAt(timeAt(position.x()));
  return share ? tr("%1 % of the clip's attention").arg(100.0 * *share, 0, 'f', 1) : QString();
}

void AttentionLane::paintData(QPainter& painter, const QRect& area) {
  QColor hue = kAttentionHue;
  hue.setAlphaF(static_cast<float>(kAttentionStrongest));
  for (const Stretch& one : stretches_) {
    if (one.to <= axis().from() || one.from >= axis().to()) continue;
    painter.fillRect(QRectF(QPointF(xAt(one.from), area.top()), QPointF(xAt(one.to), area.bottom() + 1)), theme().panel);
    for (std::size_t column = 0; column < one.shares->size(); ++column) {
      const double from = std::max(one.from, one.start + static_cast<double>(column) * one.step);
      const double to = std::min(one.to, one.start + static_cast<double>(column + 1) * one.step);
      if (to <= from || to <= axis().from() || from >= axis().to()) continue;
      const double height = highest_ > 0.0F ? (*one.shares)[column] / highest_ * (area.height() - 4) : 0.0;
      painter.fillRect(QRectF(QPointF(xAt(from), area.bottom() + 1 - height), QPointF(xAt(to), area.bottom() + 1)), hue);
    }
  }
}

QStringList AttentionLane::headerLines() const {
  if (stretches_.empty()) return {};
  QStringList lines = words_.split(QStringLiteral(" · ")).first(std::min<qsizetype>(3, words_.count(QStringLiteral(" · ")) + 1));
  lines.push_front(tr("0 … %1 % of a clip").arg(100.0 * highest_, 0, 'f', 1));
  return lines;
}

}  // namespace chladni::widgets
