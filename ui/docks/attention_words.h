// What an attention map shows, in a line. GUI thread only.
#pragma once

#include <QString>

#include "core/data/attention_map.h"
#include "core/inference/model_family.h"

namespace chladni::ui {

// Layer, heads and query, parted by " · ". `layers`: of the model, as the request may mean the last one.
QString attentionWords(const inference::AttentionRequest& request, const AttentionMap& map, int layers);
// How much went to the sound and how much to the picture; empty unless there are both.
QString attentionShares(const AttentionMap& map);

}  // namespace chladni::ui
