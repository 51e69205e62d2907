#include "models/ave/feature_tensors.h"

#include <algorithm>
#include <cmath>
#include <cstring>

#include <torch/types.h>

namespace chladni::models::ave {
namespace {

std::string text(const std::vector<std::int64_t>& shape) {
  std::string joined;
  for (const auto size : shape) joined += (joined.empty() ? "" : " x ") + std::to_string(size);
  return joined.empty() ? "one number" : joined;
}

}  // namespace

Result<at::Tensor> featureTensor(const inference::FeatureBlock& block, const std::vector<std::int64_t>& shape,
                                 const std::string& what) {
  if (block.shape != shape)
    return fail(ErrorCode::incompatibleModel, what + " features are " + text(block.shape) + " a segment, the model needs " +
                                                  text(shape) + "; use the backbone it was trained on");
  auto sizes = shape;
  sizes.insert(sizes.begin(), block.rows);
  std::int64_t count = 1;
  for (const auto size : sizes) count *= size;
  if (block.rows < 1 || static_cast<std::int64_t>(block.values.size()) != count)
    return fail(ErrorCode::invalidArgument, what + " features hold " + std::to_string(block.values.size()) + " values, " +
                                                std::to_string(block.rows) + " segments of " + text(shape) + " are needed");
  if (!std::all_of(block.values.begin(), block.values.end(), [](float value) { return std::isfinite(value); }))
    return fail(ErrorCode::corruptData, what + " features hold NaN or infinite values; extract them again");
  auto tensor = torch::empty(sizes, at::kFloat);
  std::memcpy(tensor.data_ptr(), block.values.data(), block.values.size() * sizeof(float));
  return tensor;
}

}  // namespace chladni::models::ave
