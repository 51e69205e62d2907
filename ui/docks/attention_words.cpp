#include "ui/docks/attention_words.h"

#include <QCoreApplication>
#include <cmath>
#include <numeric>

namespace chladni::ui {
namespace {

class AttentionWords {
  Q_DECLARE_TR_FUNCTIONS(AttentionWords)

 public:
  static QString heads(const inference::AttentionRequest& request) {
    switch (request.reduction) {
      case inference::HeadReduction::single: return tr("head %1").arg(request.head);
      case inference::HeadReduction::rollout: return tr("rollout");
      case inference::HeadReduction::mean: break;
    }
    return tr("mean of heads");
  }
  static QString query(const inference::AttentionRequest& request, const AttentionMap& map) {
    if (request.classToken) return map.grid.leadingTokens > 0 ? tr("class token") : tr("mean of all patches");
    const QString patch = request.pictureQuery ? tr("picture patch (row %1, column %2)") : tr("patch (row %1, column %2)");
    return patch.arg(request.patchRow).arg(request.patchColumn);
  }
  static QString whole(int layer, const QString& heads, const QString& query) { return tr("layer %1 · %2 · query: %3").arg(layer).arg(heads, query); }
  // How the one row divides between what was heard and what was seen.
  static QString shares(const AttentionMap& map) {
    if (map.grid.patches() == 0 || map.picture.patches() == 0) return {};
    const auto row = map.weights.row(0);
    const auto sumOf = [&](int first, int count) {
      return std::accumulate(row.begin() + first, row.begin() + first + count, 0.0);
    };
    const double sound = sumOf(map.grid.leadingTokens, map.grid.patches());
    const double picture = sumOf(map.grid.leadingTokens + map.grid.patches(), map.picture.patches());
    if (sound + picture <= 0.0) return {};
    const int percent = static_cast<int>(std::lround(100.0 * sound / (sound + picture)));
    return tr("sound %1 %, picture %2 %").arg(percent).arg(100 - percent);
  }
};

}  // namespace

QString attentionWords(const inference::AttentionRequest& request, const AttentionMap& map, int layers) {
  const int layer = request.layer < 0 ? layers - 1 : request.layer;
  return AttentionWords::whole(layer, AttentionWords::heads(request), AttentionWords::query(request, map));
}

QString attentionShares(const AttentionMap& map) { return AttentionWords::shares(map); }

}  // namespace chladni::ui
