// A model family without torch whose head can be taught: what it hears is how often the sound crosses zero, spread over a
// few overlapping bumps, and its logits are one linear map of that, read from the package. It can be slow on request.
#pragma once

#include <chrono>
#include <filesystem>

#include "core/inference/linear_head.h"
#include "core/inference/model_family.h"

namespace chladni::test {

class LinearFamily final : public inference::ModelFamily {
 public:
  explicit LinearFamily(std::chrono::milliseconds delayPerClip = {}) : delay_(delayPerClip) {}
  [[nodiscard]] std::string_view name() const override { return "linear"; }
  Result<std::shared_ptr<const inference::LoadedModel>> load(const inference::ModelSpec& spec,
                                                             const inference::RuntimeOptions& options) const override;
  Result<inference::ImportReport> importCheckpoint(const inference::ImportOptions& options) const override;

 private:
  std::chrono::milliseconds delay_;
};

// What of a sine of `hertz` at 16 kHz is called `classes[k]` when `bands[k]` holds it: the head of the package says so.
struct Band {
  std::string name;
  double low = 0.0, high = 0.0;  // Hz
};
inference::ModelSpec writeLinearPackage(const std::filesystem::path& folder, const std::vector<Band>& bands);

}  // namespace chladni::test
