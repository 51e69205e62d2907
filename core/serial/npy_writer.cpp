#include "core/serial/npy_writer.h"

#include <string>

#include "core/base/atomic_file.h"
#include "core/serial/safetensors_header.h"

namespace chladni::serial {

namespace {

const char* npyType(DType type) {
  switch (type) {
    case DType::f32: return "<f4";
    case DType::f16: return "<f2";
    case DType::f64: return "<f8";
    case DType::i64: return "<i8";
    case DType::i32: return "<i4";
    case DType::i16: return "<i2";
    case DType::i8: return "|i1";
    case DType::u8: return "|u1";
    case DType::boolean: return "|b1";
    case DType::bf16: break;
  }
  return nullptr;
}

// A Python dict, padded with spaces and closed by a newline so that the data start at a multiple of 64.
std::string header(const char* type, const std::vector<std::int64_t>& shape) {
  std::string sizes;
  for (const auto size : shape) sizes += std::to_string(size) + ", ";
  if (shape.size() > 1) sizes.resize(sizes.size() - 2);  // one dimension keeps its comma: (3,)
  if (shape.size() == 1) sizes.resize(sizes.size() - 1);
  std::string text = std::string("{'descr': '") + type + "', 'fortran_order': False, 'shape': (" + sizes + "), }";
  constexpr std::size_t kPreamble = 10, kAlignment = 64;
  text.append((kAlignment - (kPreamble + text.size() + 1) % kAlignment) % kAlignment, ' ');
  text += '\n';
  std::string start("\x93NUMPY\x01\x00", 8);
  start += static_cast<char>(text.size() & 255U);
  start += static_cast<char>(text.size() >> 8);
  return start + text;
}

Result<void> write(const std::filesystem::path& path, const char* type, const std::vector<std::int64_t>& shape,
                   const void* data, std::size_t bytes) {
  auto file = AtomicFile::create(path);
  if (!file) return fail(file.error());
  const std::string start = header(type, shape);
  if (start.size() > 65'535)
    return fail(ErrorCode::invalidArgument, path.string() + ": a tensor of that many dimensions does not fit .npy");
  if (auto ok = file->write(start); !ok) return ok;
  if (auto ok = file->write(data, bytes); !ok) return ok;
  return file->commit();
}

}  // namespace

Result<void> writeNpy(const std::filesystem::path& path, const TensorBlob& tensor) {
  const char* type = npyType(tensor.dtype);
  if (!type) return fail(ErrorCode::unsupported, path.string() + ": NumPy has no bf16; write .safetensors instead");
  const auto bytes = tensorBytes(tensor.dtype, tensor.shape);
  if (!bytes || *bytes != tensor.bytes.size())
    return fail(ErrorCode::invalidArgument, path.string() + ": the bytes do not fill the shape");
  return write(path, type, tensor.shape, tensor.bytes.data(), tensor.bytes.size());
}

Result<void> writeNpy(const std::filesystem::path& path, const Matrix& matrix) {
  return write(path, npyType(DType::f32), {matrix.rows, matrix.columns}, matrix.values.data(),
               matrix.values.size() * sizeof(float));
}

}  // namespace chladni::serial
