// Localiser: the capability of audio-visual event localisation: a class for every segment (second) of a clip, from
// features of a sound backbone and a picture backbone, and where in the picture it looked.
// Threads, ownership and failures as in model_family.h; besides, incompatibleModel when feature sizes do not fit.
#pragma once

#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/data/matrix.h"
#include "core/inference/feature_extractor.h"

namespace chladni::inference {

struct LocaliserNeeds {
  std::string soundBackbone;    // package name, empty: the model hears nothing
  std::string pictureBackbone;  // package name, empty: the model sees nothing
  std::int64_t soundWidth = 0;
  std::vector<std::int64_t> pictureShape;  // {7, 7, 512}
  int segments = 10;                       // the model was trained on so many seconds at once
};

struct Localisation {
  Matrix scores;     // [segment, class], each row sums to 1
  Matrix attention;  // [segment, region], each row sums to 1; empty when the model attends to no regions
  std::vector<float> clip;  // [class], of the clip as a whole, sums to 1; only of models learnt from one label per clip
  int gridRows = 0;
  int gridColumns = 0;
};

class Localiser {
 public:
  virtual ~Localiser() = default;
  [[nodiscard]] virtual LocaliserNeeds needs() const = 0;
  // Blocks of rows = segments; a modality that the model does not use may be null.
  virtual Result<Localisation> localise(const FeatureBlock* sound, const FeatureBlock* picture,
                                        std::stop_token stop) const = 0;
};

}  // namespace chladni::inference
