// Results of a classifier over a recording. Immutable after building, shared as std::shared_ptr<const Prediction>.
// scores[window, class] are probabilities in 0..1 (sigmoid when multiLabel, else softmax); logits likewise, raw.
// A silent window has nothing that could be named: its scores are 0, and it does not count for the clip.
#pragma once

#include <algorithm>
#include <numeric>
#include <string>
#include <vector>

#include "core/base/units.h"
#include "core/data/matrix.h"

namespace chladni {

// Where a result came from; enough to make it again.
struct Provenance {
  std::string model;          // package name
  std::string weightsSha256;  // of the weights file
  std::string device;         // "cpu", "cuda:0"
  std::string precision;      // "fp32", "bf16"
  std::string build;          // Chladni's version
};

struct ClassScore {
  int index = 0;
  float p = 0.0F;
};

// The k best of a row of scores, best first; equal scores keep index order.
inline std::vector<ClassScore> topScores(std::span<const float> scores, int k) {
  std::vector<ClassScore> all(scores.size());
  for (std::size_t i = 0; i < scores.size(); ++i) all[i] = {static_cast<int>(i), scores[i]};
  std::stable_sort(all.begin(), all.end(), [](ClassScore a, ClassScore b) { return a.p > b.p; });
  all.resize(std::min(all.size(), static_cast<std::size_t>(std::max(k, 0))));
  return all;
}

// Root mean square of a window below which nothing is heard, relative to full scale: far under the noise of any room,
// far above the last bit of 16.
inline constexpr double kSilenceDecibels = -70.0;

struct Prediction {
  std::vector<std::string> classes;  // in index order
  bool multiLabel = false;
  std::vector<TimeRange> windows;  // the stretch of media each row was computed from
  std::vector<bool> silent;        // [window] sound quieter than kSilenceDecibels
  Matrix scores;                   // [window, class]
  Matrix logits;                   // [window, class]
  std::vector<float> clip;         // [class], aggregated over windows
  Provenance provenance;
  [[nodiscard]] bool isSilent(std::size_t window) const { return window < silent.size() && silent[window]; }
  [[nodiscard]] bool allSilent() const { return !silent.empty() && std::find(silent.begin(), silent.end(), false) == silent.end(); }
  double secondsOfMedia = 0.0;
  double secondsOfCompute = 0.0;
};

}  // namespace chladni
