// From blocks of features to tensors, checked: shape, count and finite numbers. Fails with incompatibleModel naming what
// the model expects, or corruptData for NaN and infinite values, which would give class 0 everywhere.
#pragma once

#include <string>
#include <vector>

#include <ATen/core/Tensor.h>

#include "core/base/result.h"
#include "core/inference/feature_extractor.h"

namespace chladni::models::ave {

// [row, ...shape]; `what` opens messages: "sound".
Result<at::Tensor> featureTensor(const inference::FeatureBlock& block, const std::vector<std::int64_t>& shape,
                                 const std::string& what);

}  // namespace chladni::models::ave
