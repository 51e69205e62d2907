#include "core/training/picture_loader.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "core/media/video_reader.h"
#include "core/picture/picture_input.h"

namespace chladni::training {
namespace {

Matrix tableOf(const VideoFrame& square) {
  Matrix table(square.height, static_cast<std::int64_t>(square.width) * 3);
  std::copy(square.rgb.begin(), square.rgb.end(), table.values.begin());
  return table;
}

VideoFrame squareOf(const Matrix& table) {
  VideoFrame square;
  square.height = static_cast<int>(table.rows);
  square.width = static_cast<int>(table.columns / 3);
  for (const float value : table.values) square.rgb.push_back(static_cast<std::uint8_t>(value));
  return square;
}

}  // namespace

Result<std::vector<float>> PictureLoader::picture(const SoundItem& item, double seconds) const {
  auto sum = sounds_.contentSum(item.media);
  if (!sum) return fail(sum.error());
  const auto step = static_cast<std::int64_t>(std::floor(std::max(seconds, 0.0) / kStep));
  const auto key = "picture|" + *sum + "|" + std::to_string(step) + "|" + std::to_string(spec_.size) + "|" + spec_.fit + "|" + spec_.interpolation;
  if (const auto known = sounds_.cache().find(key); known && known->rows == spec_.size && known->columns == 3 * spec_.size)
    return picture::normalisedPicture(squareOf(*known), spec_);
  media::VideoReaderOptions options;
  options.threads = 1;
  auto reader = media::VideoReader::open(item.media, options);
  if (!reader) return fail(reader.error());
  auto frame = reader->frameAt(MediaTime::fromSeconds(static_cast<double>(step) * kStep));
  if (!frame) return fail(frame.error());
  auto square = picture::pictureSquare(*frame, spec_);
  if (!square) return fail(square.error());
  sounds_.cache().keep(key, tableOf(*square));
  return picture::normalisedPicture(*square, spec_);
}

}  // namespace chladni::training
