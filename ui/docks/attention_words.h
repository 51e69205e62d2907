// What an attention map shows, in a line: layer, heads, query, and how much went to the sound and how much to the picture. GUI thread only.
#pragma once

#include <QString>

#include "core/data/attention_map.h"
#include "core/inference/model_family.h"

namespace chladni::ui {

// `layers`: of the model, as the request may mean the last one.
QString attentionWords(const inference::AttentionRequest& request, const AttentionMap& map, int layers);

}  // namespace chladni::ui
