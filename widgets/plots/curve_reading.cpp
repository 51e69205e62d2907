#include "widgets/plots/curve_reading.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace chladni::widgets {
namespace {

constexpr std::size_t kNearby = 64;  // points on either side that are looked at for one that is a number

QString quoted(QString text) { return '"' + text.replace('"', QStringLiteral("\"\"")) + '"'; }

}  // namespace

CurveExtent extentOf(const std::vector<Curve>& curves, bool logarithmic) {
  constexpr double kNone = std::numeric_limits<double>::infinity();
  CurveExtent all{kNone, -kNone, kNone, -kNone};
  for (const Curve& curve : curves) {
    for (std::size_t i = 0; i < std::min(curve.x.size(), curve.y.size()); ++i) {
      if (!std::isfinite(curve.x[i]) || !std::isfinite(curve.y[i])) continue;
      if (logarithmic && curve.y[i] <= 0.0) continue;
      all.left = std::min(all.left, curve.x[i]);
      all.right = std::max(all.right, curve.x[i]);
      const double around = i < curve.spread.size() && std::isfinite(curve.spread[i]) ? curve.spread[i] : 0.0;
      all.low = std::min(all.low, logarithmic && curve.y[i] <= around ? curve.y[i] : curve.y[i] - around);
      all.high = std::max(all.high, curve.y[i] + around);
    }
  }
  return all.left > all.right ? CurveExtent{0.0, 1.0, logarithmic ? 0.1 : 0.0, 1.0} : all;
}

std::optional<std::size_t> pointNear(const Curve& curve, double x, bool ascending) {
  const std::size_t count = std::min(curve.x.size(), curve.y.size());
  std::size_t from = 0, to = count;
  if (ascending && count > kNearby) {
    const auto place = static_cast<std::size_t>(std::lower_bound(curve.x.begin(), curve.x.begin() + static_cast<std::ptrdiff_t>(count), x) - curve.x.begin());
    from = place > kNearby ? place - kNearby : 0;
    to = std::min(count, place + kNearby);
  }
  std::optional<std::size_t> best;
  for (std::size_t i = from; i < to; ++i) {
    if (!std::isfinite(curve.y[i])) continue;
    if (!best || std::abs(curve.x[i] - x) < std::abs(curve.x[*best] - x)) best = i;
  }
  return best;
}

QString curveNumber(double value) { return QString::number(value, 'g', 4).replace('-', QChar(0x2212)); }

QString curveWord(const QStringList& words, double x) {
  const auto n = static_cast<qsizetype>(std::llround(x));
  return n >= 0 && n < words.size() ? words[n] : curveNumber(x);
}

QString curveLine(const std::vector<Curve>& curves, const std::vector<bool>& ascending, double x, const CurveWords& words) {
  QStringList parts;
  std::optional<double> nearest;
  for (std::size_t n = 0; n < curves.size(); ++n) {
    const Curve& curve = curves[n];
    const auto near = curve.name.isEmpty() ? std::nullopt : pointNear(curve, x, ascending[n]);
    if (!near) continue;
    if (!nearest || std::abs(curve.x[*near] - x) < std::abs(*nearest - x)) nearest = curve.x[*near];
    parts << QStringLiteral("%1 %2").arg(curve.name, curveNumber(curve.y[*near]));
    if (*near < curve.spread.size()) parts.back() += QStringLiteral(" ± %1").arg(curveNumber(curve.spread[*near]));
  }
  if (!nearest) return {};
  parts.prepend(QStringLiteral("%1 %2").arg(words.x, curveWord(words.ticks, *nearest)).trimmed());
  return parts.join(QStringLiteral(" · "));
}

QString curveTable(const std::vector<Curve>& curves, const CurveWords& words) {
  const bool bands = std::any_of(curves.begin(), curves.end(), [](const Curve& curve) { return !curve.spread.empty(); });
  QString text = quoted(CurvePlot::tr("curve")) + ',' + quoted(words.x) + ',' + quoted(words.y) + (bands ? ',' + quoted(CurvePlot::tr("deviation")) : QString()) + '\n';
  for (const Curve& curve : curves) {
    for (std::size_t i = 0; i < std::min(curve.x.size(), curve.y.size()); ++i) {
      text += quoted(curve.name) + ',' + (words.ticks.isEmpty() ? QString::number(curve.x[i], 'g', 17) : quoted(curveWord(words.ticks, curve.x[i]))) + ',' + QString::number(curve.y[i], 'g', 17);
      if (bands) text += ',' + (i < curve.spread.size() ? QString::number(curve.spread[i], 'g', 17) : QString());
      text += '\n';
    }
  }
  return text;
}

}  // namespace chladni::widgets
