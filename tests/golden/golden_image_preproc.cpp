// golden.image_preproc: resizing and cropping bit for bit, normalised model inputs, the frames that are taken. Names say
// what is stored: <picture>/rgb_u8, resized_hw (short side 224), <filter><side>_u8, model_input_<side>; frames/...
#include <regex>

#include "core/picture/frame_choice.h"
#include "core/picture/picture_input.h"
#include "core/picture/resample.h"
#include "tests/golden/golden_frames.h"

using namespace chladni;
using namespace chladni::picture;
using chladni::test::FloatTensor;
using chladni::test::goldenFrame;
using chladni::test::GoldenFile;

namespace {

constexpr int kStoredSide = 224;

PictureSpec specOf(const std::string& interpolation, int side) {
  PictureSpec spec;
  spec.size = side;
  spec.interpolation = interpolation;
  return spec;
}

void checkResizedSize(const GoldenFile& file, const std::string& name, const VideoFrame& frame) {
  const std::vector<std::int64_t> size = file.integers(name);
  REQUIRE(size.size() == 2);
  const PictureSize made = shortSideSize({frame.width, frame.height}, kStoredSide);
  CHECK(made.height == size[0]);
  CHECK(made.width == size[1]);
}

void checkSquare(const GoldenFile& file, const std::string& name, const VideoFrame& frame, const PictureSpec& spec) {
  const auto square = pictureSquare(frame, spec);
  REQUIRE(square);
  const VideoFrame expected = goldenFrame(file, name);
  REQUIRE(square->width == expected.width);
  REQUIRE(square->height == expected.height);
  CHECK(square->rgb == expected.rgb);
}

void checkInput(const GoldenFile& file, const std::string& name, const VideoFrame& frame, const PictureSpec& spec) {
  const auto input = pictureInput(frame, spec);
  REQUIRE(input);
  const FloatTensor expected = file.floats(name);
  REQUIRE(expected.shape == std::vector<std::int64_t>{3, spec.size, spec.size});
  float worst = 0.0F;
  for (std::size_t i = 0; i < input->size(); ++i)
    worst = std::max(worst, std::abs((*input)[i] - expected.values[i]));
  CHECK(worst <= 1e-6F);
}

void checkFrames(const GoldenFile& file, const std::string& name) {
  const FloatTensor table = file.floats(name);
  REQUIRE(table.shape.size() == 2);
  const std::int64_t chosen = table.shape[1] - 3;
  for (std::int64_t r = 0; r < table.shape[0]; ++r) {
    const float* row = table.values.data() + r * table.shape[1];
    INFO(row[0] << " frames at " << row[1]);
    const auto indices = storedFrameIndices(row[0], row[1], static_cast<int>(chosen));
    REQUIRE(static_cast<std::int64_t>(indices.size()) == chosen);
    for (std::int64_t i = 0; i < chosen; ++i) CHECK(static_cast<float>(indices[static_cast<std::size_t>(i)]) == row[3 + i]);
  }
}

}  // namespace

TEST_CASE("every recorded picture and table") {
  const GoldenFile file("image_preproc");
  const std::regex squareName("(bicubic|bilinear)([0-9]+)_u8");
  const std::regex inputName("model_input_([0-9]+)");
  int squares = 0;
  int inputs = 0;
  int tables = 0;
  for (const std::string& name : file.names()) {
    INFO(name);
    const std::string group = name.substr(0, name.find('/'));
    const std::string kind = name.substr(name.find('/') + 1);
    std::smatch match;
    if (name == "frames/count_fps_total_idx0to9") {
      checkFrames(file, name);
      ++tables;
      continue;
    }
    const VideoFrame frame = goldenFrame(file, group + "/rgb_u8");
    if (kind == "rgb_u8") continue;
    if (kind == "resized_hw") {
      checkResizedSize(file, name, frame);
    } else if (std::regex_match(kind, match, squareName)) {
      checkSquare(file, name, frame, specOf(match[1], std::stoi(match[2])));
      ++squares;
    } else if (std::regex_match(kind, match, inputName)) {
      checkInput(file, name, frame, specOf("bicubic", std::stoi(match[1])));
      ++inputs;
    } else {
      FAIL("no check knows this tensor");
    }
  }
  CHECK(squares > 0);
  CHECK(inputs > 0);
  CHECK(tables == 1);
}
