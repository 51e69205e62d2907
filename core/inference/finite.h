// The first value of a tensor that is NaN or infinite. Whole-number types have none. Private to core/inference.
#pragma once

#include <cstdint>
#include <optional>

#include "core/data/tensor_blob.h"

namespace chladni::inference {

std::optional<std::int64_t> firstNotFinite(const TensorBlob& tensor);

}  // namespace chladni::inference
