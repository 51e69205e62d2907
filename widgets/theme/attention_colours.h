// The one hue of attention: more of it, more attended to; below it stays visible what was there.
#pragma once

#include <QColor>
#include <algorithm>
#include <cmath>

namespace chladni::widgets {

inline const QColor kAttentionHue(230, 110, 10);
inline constexpr double kAttentionStrongest = 0.82;  // opacity of the highest weight

// `share` of the largest weight, 0..1, over a ground.
inline QColor attentionColour(const QColor& ground, double share) {
  const double amount = kAttentionStrongest * std::clamp(share, 0.0, 1.0);
  const auto mix = [&](int from, int to) { return static_cast<int>(std::lround(from + (to - from) * amount)); };
  return {mix(ground.red(), kAttentionHue.red()), mix(ground.green(), kAttentionHue.green()), mix(ground.blue(), kAttentionHue.blue())};
}

}  // namespace chladni::widgets
