// Reading reference tensors. goldenPath("fbank") is $CHLADNI_GOLDEN_DIR/fbank.safetensors (default: tests/golden).
// GoldenFile gives tensors by name with their shapes, as float or int64, and the header's __metadata__ strings.
// A missing file or tensor throws std::runtime_error with its name, which fails the test case.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "core/data/tensor_blob.h"

namespace chladni::test {

std::filesystem::path goldenDir();
std::filesystem::path goldenPath(const std::string& stem);

struct FloatTensor {
  std::vector<std::int64_t> shape;
  std::vector<float> values;
};
struct DoubleTensor {
  std::vector<std::int64_t> shape;
  std::vector<double> values;
};

class GoldenFile {
 public:
  explicit GoldenFile(const std::string& stem);
  [[nodiscard]] bool has(const std::string& name) const;
  [[nodiscard]] std::vector<std::string> names(const std::string& prefix = "") const;
  // First path components: the groups, in order of appearance, without repeats.
  [[nodiscard]] std::vector<std::string> groups() const;
  [[nodiscard]] FloatTensor floats(const std::string& name) const;  // f32, u8 or i64 converted
  [[nodiscard]] DoubleTensor doubles(const std::string& name) const;  // f64 as recorded, the others converted
  [[nodiscard]] std::vector<std::int64_t> integers(const std::string& name) const;
  [[nodiscard]] const TensorBlob& blob(const std::string& name) const;
  [[nodiscard]] const std::map<std::string, std::string>& metadata() const { return metadata_; }

 private:
  std::map<std::string, TensorBlob> tensors_;
  std::vector<std::string> order_;
  std::map<std::string, std::string> metadata_;
};

}  // namespace chladni::test
