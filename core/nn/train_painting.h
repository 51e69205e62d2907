// PaintingTally: how well hidden patches of held-out examples are painted, beside the mean of the visible patches and the
// nearest one (core/metrics/painting.h), averaged over examples. One thread. Throws c10::Error.
#pragma once

#include <optional>
#include <string>

#include "core/metrics/painting.h"
#include "core/nn/trainable.h"

namespace chladni::nn {

class PaintingTally {
 public:
  // Patches [batch, patch, value] of a grid of so many columns, mask [batch, patch] with 1 = hidden. Without `peak` that
  // of an example is the span of its true values.
  void add(const at::Tensor& truth, const at::Tensor& painted, const at::Tensor& mask, std::int64_t columns,
           std::optional<double> peak = std::nullopt);
  // NAME_error, NAME_mean_patch_error, NAME_nearest_patch_error, and the same with _db; nothing when nothing was added.
  void report(TrainFigures& figures, const std::string& name) const;

 private:
  struct Sums {
    double error = 0.0, decibels = 0.0;
    void add(const metrics::PaintingError& one) {
      error += one.error;
      decibels += one.peakRatio;
    }
  };
  Sums model_, meanPatch_, nearestPatch_;
  std::int64_t examples_ = 0;
};

}  // namespace chladni::nn
