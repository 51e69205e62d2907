// AttentionMaps of a stack of transformer blocks whose tokens are one grid of patches behind leading tokens, or two (of
// the sound, then of the picture): one layer's row (one head or their mean), rollout, or the leading tokens' row of every
// head. Without leading tokens the mean over all patches takes their place. Families hand in how tokens are laid
// out and a Look, which runs the blocks for a tap. Keys of the maps are row by row, whatever the model's order.
// Fails with invalidArgument (layer, head or patch that is not there) or cancelled. Throws c10::Error.
// Source of rollout: Abnar, Zuidema 2020; each layer mixes half the stream and half the mean of its heads.
#pragma once

#include <cstdint>
#include <functional>

#include "core/base/result.h"
#include "core/inference/model_family.h"
#include "core/nn/tap.h"

namespace chladni::nn {

enum class PatchOrder {
  rowByRow,      // token = leading + row * columns + column
  columnByColumn // token = leading + column * rows + row: time first
};

struct TokenLayout {
  PatchGrid grid;
  PatchOrder order = PatchOrder::rowByRow;
  std::int64_t layers = 0;
  std::int64_t heads = 0;
  PatchGrid picture = {};  // row by row behind the other; no patches: none
};

// Runs the blocks on the one clip in question, showing their attention to the tap. False when stopped.
using Look = std::function<bool(const Tap& tap)>;

Result<AttentionMap> viewAttention(const TokenLayout& layout, const inference::AttentionRequest& request, const Look& look);
Result<AttentionMap> viewEveryHead(const TokenLayout& layout, const Look& look);
// Fails as viewAttention would, before anything is run.
Result<void> checkAttentionRequest(const TokenLayout& layout, const inference::AttentionRequest& request);

}  // namespace chladni::nn
