// Reconstructor: the capability of masked autoencoders. Hides part of the input and paints it again.
// Threads, ownership and failures as in model_family.h; besides, invalidArgument when the mask does not fit the grid.
#pragma once

#include <cstdint>
#include <optional>

#include "core/data/reconstruction.h"
#include "core/inference/model_input.h"
#include "core/base/result.h"

#include <stop_token>
#include <string>
#include <vector>

namespace chladni::inference {

struct MaskRequest {
  // "unstructured", "time", "frequency", "time-frequency", "block", "grid"; what the family lacks is unsupported.
  std::string mode = "unstructured";
  double soundRatio = 0.75;
  double pictureRatio = 0.75;
  std::uint64_t seed = 0;
  // Painted by hand instead of drawn: one per patch of the grid, row by row, 1 = hidden. Empty: drawn.
  std::vector<std::uint8_t> soundMask;
  std::vector<std::uint8_t> pictureMask;
};

class Reconstructor {
 public:
  virtual ~Reconstructor() = default;
  [[nodiscard]] virtual std::vector<std::string> modes() const = 0;  // of MaskRequest::mode
  virtual Result<Reconstruction> reconstruct(const ModelInput& input, const MaskRequest& request,
                                             std::stop_token stop) const = 0;
};

}  // namespace chladni::inference
