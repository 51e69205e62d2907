#include "core/nn/tensor_exchange.h"

#include <cstring>
#include <limits>
#include <optional>

#include <torch/types.h>

namespace chladni::nn {
namespace {

at::ScalarType scalarType(DType type) {
  switch (type) {
    case DType::f32: return at::kFloat;
    case DType::f16: return at::kHalf;
    case DType::bf16: return at::kBFloat16;
    case DType::f64: return at::kDouble;
    case DType::i64: return at::kLong;
    case DType::i32: return at::kInt;
    case DType::i16: return at::kShort;
    case DType::i8: return at::kChar;
    case DType::u8: return at::kByte;
    case DType::boolean: return at::kBool;
  }
  return at::kFloat;
}

DType dtypeOf(at::ScalarType type) {
  for (const auto candidate : {DType::f32, DType::f16, DType::bf16, DType::f64, DType::i64, DType::i32, DType::i16,
                               DType::i8, DType::u8, DType::boolean})
    if (scalarType(candidate) == type) return candidate;
  return DType::f32;
}

std::optional<std::size_t> byteCount(const TensorBlob& blob) {
  std::size_t count = bytesPerElement(blob.dtype);
  for (const auto size : blob.shape) {
    if (size < 0) return std::nullopt;
    const auto factor = static_cast<std::size_t>(size);
    if (factor != 0 && count > std::numeric_limits<std::size_t>::max() / factor) return std::nullopt;
    count *= factor;
  }
  return count;
}

}  // namespace

Result<at::Tensor> toTensor(const TensorBlob& blob) {
  if (byteCount(blob) != blob.bytes.size())
    return fail(ErrorCode::corruptData, "tensor '" + blob.name + "' holds " + std::to_string(blob.bytes.size()) +
                                            " bytes, which is not what its shape and type need");
  auto tensor = torch::empty(blob.shape, scalarType(blob.dtype));
  if (!blob.bytes.empty()) std::memcpy(tensor.data_ptr(), blob.bytes.data(), blob.bytes.size());
  return tensor;
}

TensorBlob toBlob(const std::string& name, const at::Tensor& tensor) {
  const auto plain = tensor.detach().to(at::kCPU).contiguous();
  TensorBlob blob{name, dtypeOf(plain.scalar_type()), plain.sizes().vec(), {}};
  blob.bytes.resize(static_cast<std::size_t>(plain.numel()) * plain.element_size());
  if (!blob.bytes.empty()) std::memcpy(blob.bytes.data(), plain.data_ptr(), blob.bytes.size());
  return blob;
}

TensorBlob toBlob(const std::string& name, const at::Tensor& tensor, DType dtype) {
  return toBlob(name, tensor.detach().to(scalarType(dtype)));
}

at::Tensor toTensor(const Matrix& matrix) {
  auto tensor = torch::empty({matrix.rows, matrix.columns}, at::kFloat);
  if (!matrix.values.empty()) std::memcpy(tensor.data_ptr(), matrix.values.data(), matrix.values.size() * sizeof(float));
  return tensor;
}

at::Tensor toTensor(std::span<const Matrix> matrices) {
  CHLADNI_ASSERT(!matrices.empty());
  const auto rows = matrices.front().rows;
  const auto columns = matrices.front().columns;
  auto tensor = torch::empty({static_cast<std::int64_t>(matrices.size()), rows, columns}, at::kFloat);
  float* out = tensor.data_ptr<float>();
  for (const auto& matrix : matrices) {
    CHLADNI_ASSERT(matrix.rows == rows && matrix.columns == columns);
    out = std::copy(matrix.values.begin(), matrix.values.end(), out);
  }
  return tensor;
}

Matrix toMatrix(const at::Tensor& tensor) {
  CHLADNI_ASSERT(tensor.dim() == 2);
  const auto plain = tensor.detach().to(at::kCPU, at::kFloat).contiguous();
  Matrix matrix(plain.size(0), plain.size(1));
  if (!matrix.values.empty()) std::memcpy(matrix.values.data(), plain.data_ptr(), matrix.values.size() * sizeof(float));
  return matrix;
}

bool allFinite(const at::Tensor& tensor) {
  if (!tensor.is_floating_point() || tensor.numel() == 0) return true;
  return at::isfinite(tensor).all().item<bool>();
}

}  // namespace chladni::nn
