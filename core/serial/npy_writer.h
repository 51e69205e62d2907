// Writing NumPy's .npy files (format 1.0, C order, little-endian): a table or a tensor. Atomic.
// Fails with io, invalidArgument when bytes and shape disagree, and unsupported for bf16, which NumPy does not know.
#pragma once

#include <filesystem>

#include "core/base/result.h"
#include "core/data/matrix.h"
#include "core/data/tensor_blob.h"

namespace chladni::serial {

Result<void> writeNpy(const std::filesystem::path& path, const TensorBlob& tensor);
Result<void> writeNpy(const std::filesystem::path& path, const Matrix& matrix);  // float32 [rows, columns]

}  // namespace chladni::serial
