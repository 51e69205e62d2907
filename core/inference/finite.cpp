#include "core/inference/finite.h"

#include <cstring>

namespace chladni::inference {

namespace {

// A floating-point value is not finite when all bits of its exponent are set.
template <class Word>
std::optional<std::int64_t> firstWithExponent(const TensorBlob& tensor, Word exponent) {
  const std::size_t count = tensor.bytes.size() / sizeof(Word);
  for (std::size_t i = 0; i < count; ++i) {
    Word word;
    std::memcpy(&word, tensor.bytes.data() + i * sizeof(Word), sizeof(Word));
    if ((word & exponent) == exponent) return static_cast<std::int64_t>(i);
  }
  return std::nullopt;
}

}  // namespace

std::optional<std::int64_t> firstNotFinite(const TensorBlob& tensor) {
  switch (tensor.dtype) {
    case DType::f64: return firstWithExponent<std::uint64_t>(tensor, 0x7FF0'0000'0000'0000U);
    case DType::f32: return firstWithExponent<std::uint32_t>(tensor, 0x7F80'0000U);
    case DType::f16: return firstWithExponent<std::uint16_t>(tensor, 0x7C00U);
    case DType::bf16: return firstWithExponent<std::uint16_t>(tensor, 0x7F80U);
    case DType::i64:
    case DType::i32:
    case DType::i16:
    case DType::i8:
    case DType::u8:
    case DType::boolean: break;
  }
  return std::nullopt;
}

}  // namespace chladni::inference
