// MatchingNet: two small towers that bring a segment of sound and one of picture to nearby points when they belong
// together. Sound [row, sound width], picture [row, picture width]; points [row, embedding]. Parameters are called and laid
// out as in the published Keras file ("dense_1/kernel:0" [in, out]): dense_1 and dense_2 see, dense_3 and dense_4 hear.
// Everything is computed in double: the towers are tiny and distances are compared. Throws c10::Error.
// Source: Tian et al. 2018 and the authors' program.
#pragma once

#include <cstdint>
#include <map>
#include <string>

#include <torch/nn/module.h>

#include "core/base/result.h"
#include "core/inference/model_spec.h"

namespace chladni::models::ave {

struct MatchingConfig {
  std::int64_t soundWidth = 128;
  std::int64_t pictureWidth = 512;
  std::int64_t hidden = 128;
  std::int64_t embedding = 64;
  double slope = 0.3;  // of the leaky rectifier below zero

  bool operator==(const MatchingConfig&) const = default;
};

Result<void> check(const MatchingConfig& config);
Result<MatchingConfig> matchingFromSpec(const inference::ModelSpec& spec);
std::map<std::string, inference::Attribute> toArchitecture(const MatchingConfig& config);

class MatchingNet : public torch::nn::Module {
 public:
  explicit MatchingNet(const MatchingConfig& config);  // precondition: check(config)
  at::Tensor embedSound(const at::Tensor& sound) const;
  at::Tensor embedPicture(const at::Tensor& picture) const;
  [[nodiscard]] const MatchingConfig& config() const { return config_; }

 private:
  [[nodiscard]] at::Tensor tower(const at::Tensor& x, const char* first, const char* second) const;
  MatchingConfig config_;
};

// Euclidean, of rows in pairs [row] or of all against all [picture, sound]; the sum of squares is at least 1e-7.
at::Tensor pairDistances(const at::Tensor& pictures, const at::Tensor& sounds);
at::Tensor allDistances(const at::Tensor& pictures, const at::Tensor& sounds);

// mean(y d^2 + (1 - y) max(margin - d, 0)^2), y: 1 when the pair belongs together. Training uses a margin of 2.
at::Tensor contrastiveLoss(const at::Tensor& distances, const at::Tensor& together, double margin = 2.0);

}  // namespace chladni::models::ave
