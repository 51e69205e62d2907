#include "tests/support/golden.h"

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <stdexcept>

#include "core/serial/safetensors.h"

namespace chladni::test {

std::filesystem::path goldenDir() {
  if (const char* dir = std::getenv("CHLADNI_GOLDEN_DIR"); dir && *dir) return dir;
  return std::filesystem::path(CHLADNI_SOURCE_DIR) / "tests" / "golden";
}

std::filesystem::path goldenPath(const std::string& stem) { return goldenDir() / (stem + ".safetensors"); }

GoldenFile::GoldenFile(const std::string& stem) {
  auto file = serial::readSafetensors(goldenPath(stem));
  if (!file) throw std::runtime_error(file.error().describe());
  metadata_ = std::move(file->metadata);
  for (TensorBlob& tensor : file->tensors) {
    order_.push_back(tensor.name);
    tensors_.emplace(tensor.name, std::move(tensor));
  }
}

bool GoldenFile::has(const std::string& name) const { return tensors_.contains(name); }

std::vector<std::string> GoldenFile::names(const std::string& prefix) const {
  std::vector<std::string> found;
  std::copy_if(order_.begin(), order_.end(), std::back_inserter(found),
               [&](const std::string& name) { return name.starts_with(prefix); });
  return found;
}

std::vector<std::string> GoldenFile::groups() const {
  std::vector<std::string> found;
  for (const auto& name : order_) {
    const std::string group = name.substr(0, name.find('/'));
    if (std::find(found.begin(), found.end(), group) == found.end()) found.push_back(group);
  }
  return found;
}

const TensorBlob& GoldenFile::blob(const std::string& name) const {
  const auto it = tensors_.find(name);
  if (it == tensors_.end()) throw std::runtime_error("golden tensor missing: " + name);
  return it->second;
}

namespace {

template <class Stored, class Wanted>
std::vector<Wanted> converted(const TensorBlob& tensor) {
  std::vector<Wanted> out(tensor.bytes.size() / sizeof(Stored));
  for (std::size_t i = 0; i < out.size(); ++i) {
    Stored value;
    std::memcpy(&value, tensor.bytes.data() + i * sizeof(Stored), sizeof(Stored));
    out[i] = static_cast<Wanted>(value);
  }
  return out;
}

template <class Wanted>
std::vector<Wanted> values(const TensorBlob& tensor) {
  switch (tensor.dtype) {
    case DType::f32: return converted<float, Wanted>(tensor);
    case DType::f64: return converted<double, Wanted>(tensor);
    case DType::i64: return converted<std::int64_t, Wanted>(tensor);
    case DType::i32: return converted<std::int32_t, Wanted>(tensor);
    case DType::i16: return converted<std::int16_t, Wanted>(tensor);
    case DType::i8: return converted<std::int8_t, Wanted>(tensor);
    case DType::u8:
    case DType::boolean: return converted<std::uint8_t, Wanted>(tensor);
    case DType::f16:
    case DType::bf16: break;
  }
  throw std::runtime_error("golden tensor of unexpected type: " + tensor.name);
}

}  // namespace

FloatTensor GoldenFile::floats(const std::string& name) const {
  const TensorBlob& tensor = blob(name);
  return {tensor.shape, values<float>(tensor)};
}

DoubleTensor GoldenFile::doubles(const std::string& name) const {
  const TensorBlob& tensor = blob(name);
  return {tensor.shape, values<double>(tensor)};
}

std::vector<std::int64_t> GoldenFile::integers(const std::string& name) const {
  return values<std::int64_t>(blob(name));
}

}  // namespace chladni::test
