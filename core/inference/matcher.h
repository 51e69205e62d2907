// Matcher: the capability of networks that say how far a segment of sound lies from a segment of picture, from features
// of their backbones. Threads, ownership and failures as in model_family.h; besides, incompatibleModel when feature sizes
// do not fit.
#pragma once

#include <cstdint>
#include <stop_token>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/inference/feature_extractor.h"

namespace chladni::inference {

struct MatcherNeeds {
  std::string soundBackbone;
  std::string pictureBackbone;
  std::int64_t soundWidth = 0;
  std::int64_t pictureWidth = 0;  // of one region, or of the mean over regions
};

// values[picture * sounds + sound], not negative; small: the two belong together.
struct Distances {
  std::int64_t pictures = 0;
  std::int64_t sounds = 0;
  std::vector<double> values;
  [[nodiscard]] double at(std::int64_t picture, std::int64_t sound) const {
    return values[static_cast<std::size_t>(picture * sounds + sound)];
  }
};

class Matcher {
 public:
  virtual ~Matcher() = default;
  [[nodiscard]] virtual MatcherNeeds needs() const = 0;
  // Every row of the one against every row of the other. A picture with regions counts as their mean.
  virtual Result<Distances> distances(const FeatureBlock& sound, const FeatureBlock& picture, std::stop_token stop) const = 0;
};

}  // namespace chladni::inference
