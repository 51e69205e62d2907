#include <algorithm>
#include <cmath>
#include <cstring>
#include <string>

#include "core/reduction/pca.h"

namespace chladni::reduction {
namespace {

Unexpected corrupt(const std::string& what) { return fail(ErrorCode::corruptData, "the saved PCA basis: " + what); }

template <class Value>
TensorBlob blob(const char* name, DType type, std::vector<std::int64_t> shape, const Value* values, std::size_t count) {
  TensorBlob made{name, type, std::move(shape), std::vector<std::byte>(count * sizeof(Value))};
  if (count > 0) std::memcpy(made.bytes.data(), values, made.bytes.size());
  return made;
}

TensorBlob row(const char* name, const std::vector<double>& values) {
  return blob(name, DType::f64, {static_cast<std::int64_t>(values.size())}, values.data(), values.size());
}

// The values of an F64 tensor of the given rank, all finite.
Result<std::vector<double>> read(const std::vector<TensorBlob>& blobs, const std::string& name, std::size_t rank,
                                 std::vector<std::int64_t>& shape) {
  const auto found = std::find_if(blobs.begin(), blobs.end(), [&](const TensorBlob& b) { return b.name == name; });
  if (found == blobs.end()) return corrupt("tensor '" + name + "' is missing");
  if (found->dtype != DType::f64 || found->shape.size() != rank)
    return corrupt("tensor '" + name + "' must be F64 with " + std::to_string(rank) + " dimensions");
  std::uint64_t count = 1;
  for (const auto size : found->shape) {
    if (size < 1 || static_cast<std::uint64_t>(size) > found->bytes.size()) return corrupt("tensor '" + name + "' has no such size");
    count *= static_cast<std::uint64_t>(size);
    if (count > found->bytes.size()) return corrupt("tensor '" + name + "' has no such size");
  }
  if (count * sizeof(double) != found->bytes.size()) return corrupt("tensor '" + name + "' has the wrong number of bytes");
  std::vector<double> values(count);
  std::memcpy(values.data(), found->bytes.data(), found->bytes.size());
  if (!std::all_of(values.begin(), values.end(), [](double x) { return std::isfinite(x); }))
    return corrupt("tensor '" + name + "' holds a value that is not finite");
  shape = found->shape;
  return values;
}

}  // namespace

std::vector<TensorBlob> toBlobs(const Pca& pca) {
  return {row("mean", pca.mean),
          blob("components", DType::f64, {pca.axes.rows, pca.axes.columns}, pca.axes.values.data(), pca.axes.values.size()),
          row("explained_variance", pca.variance),
          row("explained_variance_ratio", pca.varianceShare),
          row("singular_values", pca.singularValues),
          row("noise_variance", {pca.noiseVariance}),
          blob("rows", DType::i64, {1}, &pca.rows, 1)};
}

Result<Pca> pcaFromBlobs(const std::vector<TensorBlob>& blobs) {
  Pca pca;
  std::vector<std::int64_t> shape;
  auto axes = read(blobs, "components", 2, shape);
  if (!axes) return fail(axes.error());
  pca.axes.rows = shape[0];
  pca.axes.columns = shape[1];
  pca.axes.values = std::move(*axes);
  const auto fill = [&](const char* name, std::int64_t size, std::vector<double>& target) -> Result<void> {
    auto values = read(blobs, name, 1, shape);
    if (!values) return fail(values.error());
    if (shape[0] != size)
      return corrupt("tensor '" + std::string(name) + "' has " + std::to_string(shape[0]) + " values, expected " +
                     std::to_string(size));
    target = std::move(*values);
    return {};
  };
  std::vector<double> noise;
  for (const auto& filled : {fill("mean", pca.width(), pca.mean), fill("explained_variance", pca.components(), pca.variance),
                             fill("explained_variance_ratio", pca.components(), pca.varianceShare),
                             fill("singular_values", pca.components(), pca.singularValues), fill("noise_variance", 1, noise)})
    if (!filled) return fail(filled.error());
  pca.noiseVariance = noise.front();
  const auto rows = std::find_if(blobs.begin(), blobs.end(), [](const TensorBlob& b) { return b.name == "rows"; });
  if (rows == blobs.end() || rows->dtype != DType::i64 || rows->bytes.size() != sizeof(std::int64_t))
    return corrupt("tensor 'rows' must be one I64");
  std::memcpy(&pca.rows, rows->bytes.data(), sizeof(std::int64_t));
  return pca;
}

}  // namespace chladni::reduction
