#include "core/analysis/feature_file.h"

#include <algorithm>
#include <cstring>
#include <string>

#include "core/serial/hdf5_file.h"
#include "core/serial/safetensors.h"

namespace chladni::analysis {

namespace {

using Shape = std::vector<std::int64_t>;

constexpr std::int64_t kMostValues = std::int64_t{1} << 31;  // 8 GiB of floats

std::string text(const Shape& shape) {
  std::string joined;
  for (const auto size : shape) joined += (joined.empty() ? "" : " x ") + std::to_string(size);
  return joined.empty() ? "one number" : joined;
}

// Where a clip lies in an array: so many rows of `width` values from row `first`.
struct Place {
  std::int64_t first = 0;
  std::int64_t rows = 0;
  std::int64_t width = 1;
};

Result<Place> placeOf(const Shape& shape, const Shape& rowShape, std::optional<std::int64_t> clip, const std::string& file) {
  const bool many = shape.size() == rowShape.size() + 2;
  if ((!many && shape.size() != rowShape.size() + 1) || !std::equal(rowShape.rbegin(), rowShape.rend(), shape.rbegin()))
    return fail(ErrorCode::incompatibleModel, file + ": holds " + text(shape) + "; the model needs rows of " + text(rowShape));
  const std::int64_t clips = many ? shape[0] : 1;
  if (many && !clip && clips != 1)
    return fail(ErrorCode::invalidArgument, file + ": holds " + std::to_string(clips) + " clips; say which one");
  const std::int64_t wanted = clip.value_or(0);
  if (wanted < 0 || wanted >= clips)
    return fail(ErrorCode::invalidArgument, file + ": there is no clip " + std::to_string(wanted) + ", only 0 to " +
                                                std::to_string(clips - 1));
  Place place;
  place.rows = many ? shape[1] : shape[0];
  place.first = wanted * place.rows;
  for (const auto size : rowShape) place.width *= size;
  if (place.rows < 1 || place.rows > kMostValues / place.width)
    return fail(ErrorCode::corruptData, file + ": a clip of " + std::to_string(place.rows) + " rows; between one and some hours are expected");
  return place;
}

Result<std::vector<float>> fromHdf5(const std::filesystem::path& path, const Shape& rowShape, std::optional<std::int64_t> clip) {
  const auto reader = serial::Hdf5Reader::open(path);
  if (!reader) return fail(reader.error());
  const auto& shape = reader->dataset().shape;
  const auto place = placeOf(shape, rowShape, clip, path.string());
  if (!place) return fail(place.error());
  std::vector<float> values(static_cast<std::size_t>(place->rows * place->width));
  // A row of the file is a second, or a whole clip.
  const std::int64_t first = shape.size() == rowShape.size() + 1 ? place->first : place->first / place->rows;
  if (auto read = reader->readRows(first, std::span(values)); !read) return fail(read.error());
  return values;
}

Result<std::vector<float>> fromSafetensors(const std::filesystem::path& path, const Shape& rowShape, std::optional<std::int64_t> clip) {
  const auto file = serial::readSafetensors(path);
  if (!file) return fail(file.error());
  if (file->tensors.size() != 1)
    return fail(ErrorCode::corruptData, path.string() + ": holds " + std::to_string(file->tensors.size()) + " tensors; features are one");
  const auto& tensor = file->tensors.front();
  const auto place = placeOf(tensor.shape, rowShape, clip, path.string());
  if (!place) return fail(place.error());
  const auto count = static_cast<std::size_t>(place->rows * place->width);
  const auto first = static_cast<std::size_t>(place->first * place->width);
  std::vector<float> values(count);
  if (tensor.dtype == DType::f32) {
    std::memcpy(values.data(), tensor.bytes.data() + first * sizeof(float), count * sizeof(float));
  } else if (tensor.dtype == DType::f64) {
    std::vector<double> wide(count);
    std::memcpy(wide.data(), tensor.bytes.data() + first * sizeof(double), count * sizeof(double));
    std::transform(wide.begin(), wide.end(), values.begin(), [](double value) { return static_cast<float>(value); });
  } else {
    return fail(ErrorCode::unsupported, path.string() + ": features are numbers of 32 or 64 bits");
  }
  return values;
}

}  // namespace

Result<inference::FeatureBlock> readFeatureFile(const std::filesystem::path& path, const std::vector<std::int64_t>& rowShape,
                                                std::optional<std::int64_t> clip) {
  auto values = path.extension() == ".safetensors" ? fromSafetensors(path, rowShape, clip) : fromHdf5(path, rowShape, clip);
  if (!values) return fail(std::move(values).error());
  inference::FeatureBlock block;
  block.shape = rowShape;
  std::int64_t width = 1;
  for (const auto size : rowShape) width *= size;
  block.rows = static_cast<std::int64_t>(values->size()) / width;
  block.values = *std::move(values);
  return block;
}

}  // namespace chladni::analysis
