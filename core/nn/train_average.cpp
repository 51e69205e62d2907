#include "core/nn/train_average.h"

#include <algorithm>

#include <ATen/ATen.h>
#include <torch/types.h>

namespace chladni::nn {

WeightAverage::WeightAverage(const torch::nn::Module& module, std::string prefix) : prefix_(std::move(prefix)) {
  at::NoGradGuard guard;
  for (const auto& item : module.named_parameters()) {
    names_.push_back(item.key());
    parameters_.push_back(item.value());
    means_.push_back(item.value().detach().clone());
  }
}

void WeightAverage::follow(double keep, std::int64_t step) {
  at::NoGradGuard guard;
  const double early = (1.0 + static_cast<double>(step)) / (10.0 + static_cast<double>(step));
  const double share = 1.0 - std::min(keep, early);
  for (std::size_t n = 0; n < means_.size(); ++n) means_[n].lerp_(parameters_[n].detach(), share);
}

void WeightAverage::add(std::int64_t addedBefore) {
  at::NoGradGuard guard;
  const double share = 1.0 / static_cast<double>(addedBefore + 1);
  for (std::size_t n = 0; n < means_.size(); ++n) {
    if (addedBefore == 0) means_[n].copy_(parameters_[n]);
    else means_[n].lerp_(parameters_[n].detach(), share);
  }
}

void WeightAverage::exchange() {
  at::NoGradGuard guard;
  for (std::size_t n = 0; n < means_.size(); ++n) {
    const auto current = parameters_[n].detach().clone();
    parameters_[n].copy_(means_[n]);
    means_[n].copy_(current);
  }
}

NamedTensors WeightAverage::state() const {
  NamedTensors state;
  for (std::size_t n = 0; n < means_.size(); ++n) state[prefix_ + names_[n]] = means_[n];
  return state;
}

}  // namespace chladni::nn
