// PaintingStrip: what a masked autoencoder paints of the same few held-out examples each time it is measured, as small PNG
// files below a run folder: NAME-1-true.png, NAME-1-hidden.png once, NAME-1-step-00000120.png each time, with the visible
// patches as they are. Tables take the magma colours between the least and the largest true value of the example. What
// cannot be written is left out: a run does not end for a picture. One thread. Throws c10::Error.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include <ATen/core/Tensor.h>

namespace chladni::nn {

// Patches [example, patch, value] of a grid; mask [example, patch] with 1 = hidden.
struct PaintedPatches {
  at::Tensor truth, painted, mask;
  std::int64_t rows = 0, columns = 0;
  std::int64_t channels = 1;     // 1: a table whose first row is the lowest; 3: colours from 0 to 1
};

class PaintingStrip {
 public:
  static constexpr std::int64_t kExamples = 3;
  static constexpr const char* kFolder = "paintings";

  explicit PaintingStrip(const std::filesystem::path& run) : folder_(run / kFolder) {}
  // The next add() of each name is of the first examples at this step.
  void begin(std::int64_t step);
  void add(const std::string& name, const PaintedPatches& patches);
  // Files of this step, as far as they could be written.
  [[nodiscard]] const std::vector<std::filesystem::path>& written() const { return written_; }

 private:
  bool write(const std::string& name, const at::Tensor& picture, std::optional<std::pair<double, double>> range) const;

  std::filesystem::path folder_;
  std::int64_t step_ = 0;
  bool sound_ = false, picture_ = false;  // added at this step
  std::vector<std::filesystem::path> written_;
};

}  // namespace chladni::nn
