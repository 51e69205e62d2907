// Shared by the AST golden tests: recorded tensors as torch tensors, the largest difference between two.
#pragma once

#include <string>

#include <torch/types.h>

#include "core/nn/tensor_exchange.h"
#include "tests/support/catch.h"
#include "tests/support/golden.h"

namespace chladni::test {

inline at::Tensor recorded(const GoldenFile& file, const std::string& name) {
  auto tensor = nn::toTensor(file.blob(name));
  REQUIRE(tensor);
  return *tensor;
}

inline double largestDifference(const at::Tensor& a, const at::Tensor& b) {
  REQUIRE(a.sizes() == b.sizes());
  if (a.numel() == 0) return 0.0;
  const auto difference = (a.to(at::kDouble) - b.to(at::kDouble)).abs();
  REQUIRE_FALSE(at::isnan(difference).any().item<bool>());
  return difference.max().item<double>();
}

inline void requireClose(const std::string& what, const at::Tensor& got, const at::Tensor& expected, double tolerance) {
  INFO(what << " differs by " << largestDifference(got, expected) << ", allowed " << tolerance);
  REQUIRE(largestDifference(got, expected) <= tolerance);
}

}  // namespace chladni::test
