#include "core/analysis/picture.h"

#include <algorithm>
#include <cmath>

#include "core/serial/png_writer.h"

namespace chladni::analysis {

namespace {

Matrix joined(const Matrix& table, std::int64_t factor) {
  Matrix out((table.rows + factor - 1) / factor, table.columns);
  for (std::int64_t r = 0; r < table.rows; ++r) {
    const auto from = table.row(r);
    const auto into = out.row(r / factor);
    for (std::size_t b = 0; b < into.size(); ++b) into[b] = r % factor == 0 ? from[b] : std::max(into[b], from[b]);
  }
  return out;
}

}  // namespace

ValueRange valueRange(const Matrix& table) {
  bool any = false;
  ValueRange range;
  for (const float value : table.values) {
    if (!std::isfinite(value)) continue;
    range.low = any ? std::min(range.low, value) : value;
    range.high = any ? std::max(range.high, value) : value;
    any = true;
  }
  if (!(range.high > range.low)) range.high = range.low + 1.0F;
  return range;
}

Result<void> writePicture(const std::filesystem::path& path, const Matrix& table, ValueRange range, Colormap map,
                          int scale) {
  if (table.rows == 0 || table.columns == 0)
    return fail(ErrorCode::invalidArgument, path.string() + ": there is nothing to draw");
  if (table.rows * scale > kMaxPictureWidth && table.rows > 1)
    return writePicture(path, joined(table, (table.rows * scale + kMaxPictureWidth - 1) / kMaxPictureWidth), range, map,
                        scale);
  const std::int64_t width = table.rows * scale;
  const std::int64_t height = table.columns * scale;
  std::vector<std::uint8_t> pixels(static_cast<std::size_t>(width * height * 3));
  std::uint8_t* out = pixels.data();
  for (std::int64_t y = 0; y < height; ++y) {
    const std::int64_t bin = table.columns - 1 - y / scale;
    for (std::int64_t x = 0; x < width; ++x) {
      const float value = table.values[static_cast<std::size_t>(x / scale * table.columns + bin)];
      const Rgb colour = colourAt(map, (value - range.low) / (range.high - range.low));
      *out++ = colour.red;
      *out++ = colour.green;
      *out++ = colour.blue;
    }
  }
  return serial::writePng(path, width, height, serial::PngPixels::rgb, pixels);
}

}  // namespace chladni::analysis
