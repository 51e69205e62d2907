// Between torch tensors and Chladni's plain data. Everything is copied; results own their memory. Row-major, CPU side.
// Fails with corruptData when bytes and shape of a blob disagree.
#pragma once

#include <span>
#include <string>
#include <vector>

#include <ATen/core/Tensor.h>

#include "core/base/result.h"
#include "core/data/matrix.h"
#include "core/data/tensor_blob.h"

namespace chladni::nn {

Result<at::Tensor> toTensor(const TensorBlob& blob);  // of the blob's own type
TensorBlob toBlob(const std::string& name, const at::Tensor& tensor);
// fp32, bf16 and fp16 only.
TensorBlob toBlob(const std::string& name, const at::Tensor& tensor, DType dtype);

at::Tensor toTensor(const Matrix& matrix);                     // [row, column]
at::Tensor toTensor(std::span<const Matrix> matrices);         // [matrix, row, column], all of one size
Matrix toMatrix(const at::Tensor& tensor);                     // of a two-dimensional tensor
// True when every value is finite; integers always are.
bool allFinite(const at::Tensor& tensor);

}  // namespace chladni::nn
