// FeatureExtractor: the capability of backbones. Sound or pictures in, one row of features per second (or per analysis
// window) out. Threads, ownership and failures as in model_family.h.
#pragma once

#include <cstdint>
#include <stop_token>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/inference/model_input.h"

namespace chladni::inference {

// Row-major values[row, ...shape]; row i covers [i * hopSeconds, i * hopSeconds + windowSeconds).
struct FeatureBlock {
  std::int64_t rows = 0;
  std::vector<std::int64_t> shape;  // of one row: {128}, {7, 7, 512}
  std::vector<float> values;
  double hopSeconds = 1.0;
  double windowSeconds = 1.0;
};

struct FeatureTap {
  std::string name;                 // "embedding", "pool5"
  std::vector<std::int64_t> shape;  // of one row
};

class FeatureExtractor {
 public:
  virtual ~FeatureExtractor() = default;
  [[nodiscard]] virtual std::vector<FeatureTap> taps() const = 0;  // the first is the default
  [[nodiscard]] virtual double hopSeconds() const = 0;
  [[nodiscard]] virtual double windowSeconds() const = 0;
  // One row for each input: an input is one window of sound, or the frames of one window. Batches internally.
  virtual Result<FeatureBlock> features(std::span<const ModelInput> windows, const std::string& tap,
                                        std::stop_token stop) const = 0;
};

}  // namespace chladni::inference
