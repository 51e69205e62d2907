#include "ui/docks/attention_words.h"

#include <QCoreApplication>

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
};

}  // namespace

QString attentionWords(const inference::AttentionRequest& request, const AttentionMap& map, int layers) {
  const int layer = request.layer < 0 ? layers - 1 : request.layer;
  return AttentionWords::whole(layer, AttentionWords::heads(request), AttentionWords::query(request, map));
}

}  // namespace chladni::ui
