// TensorBlob: a named n-dimensional array without torch, as stored in a safetensors file. Row-major bytes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace chladni {

enum class DType { f32, f16, bf16, f64, i64, i32, i16, i8, u8, boolean };

constexpr std::size_t bytesPerElement(DType type) {
  switch (type) {
    case DType::f64:
    case DType::i64: return 8;
    case DType::f32:
    case DType::i32: return 4;
    case DType::f16:
    case DType::bf16:
    case DType::i16: return 2;
    case DType::i8:
    case DType::u8:
    case DType::boolean: return 1;
  }
  return 0;
}

struct TensorBlob {
  std::string name;
  DType dtype = DType::f32;
  std::vector<std::int64_t> shape;  // empty: a scalar
  std::vector<std::byte> bytes;
};

}  // namespace chladni
