// Teaching a localiser where to look, on scenes whose makers know where their sounds come from (synth scenes). Published
// localisers learn from classes alone and their attention is left to find sources by itself; small ones that learn from
// few scenes do not find them. Pure functions; any thread. Throw c10::Error.
#pragma once

#include <ATen/core/Tensor.h>

namespace chladni::models::ave {

// `places` [row, 3]: x, y as shares of the picture, radius as a share of its width, below 0 for nothing to be seen. True for each
// region, row by row, that counts as hit (core/analysis/pointing.h): [row, region].
at::Tensor regionsOfSource(const at::Tensor& places, std::int64_t rows, std::int64_t columns);

// -log of the attention that lies on the source, mean over the rows that have one; 0 when none has. Logits and hits
// [row, region].
at::Tensor pointingLoss(const at::Tensor& attentionLogits, const at::Tensor& hits);

}  // namespace chladni::models::ave
