// Group masking by itself: shares, alignment, what fills the hidden pixels, and pictures too small for any block.
#include <numeric>

#include "models/asit/asit_masking.h"
#include "tests/support/catch.h"

using namespace chladni;
using namespace chladni::models::asit;

namespace {

Matrix numbered(std::int64_t rows, std::int64_t columns, float first) {
  Matrix picture(rows, columns);
  std::iota(picture.values.begin(), picture.values.end(), first);
  return picture;
}

PixelMask drawn(const GroupMaskOptions& options, std::uint64_t seed = 1) {
  SeededDraws draws(seed);
  return drawGroupMask(96, 64, options, draws);
}

}  // namespace

TEST_CASE("A group mask reaches the share that was drawn, not much more, and follows its seed") {
  GroupMaskOptions options;
  for (const double ratio : {0.1, 0.5, 0.7, 0.95}) {
    options.ratio = options.leastRatio = ratio;
    const auto mask = drawn(options);
    CHECK(mask.share() >= ratio);
    // The last block is at most 0.3 of each side.
    CHECK(mask.share() <= ratio + 0.09);
  }
  CHECK(drawn(options, 4).hidden == drawn(options, 4).hidden);
  CHECK(drawn(options, 4).hidden != drawn(options, 5).hidden);
  options.ratio = options.leastRatio = 0.0;
  CHECK(drawn(options).count() == 0);
  options.ratio = options.leastRatio = 1.0;
  CHECK(drawn(options).share() > 0.9);
}

TEST_CASE("An aligned mask hides whole patches, the token mask every patch that is touched") {
  GroupMaskOptions options;
  options.alignment = 16;
  const auto aligned = drawn(options);
  const auto tokens = tokenMask(aligned, 16);
  REQUIRE(tokens.size() == 6 * 4);
  CHECK(aligned.count() == 256 * std::accumulate(tokens.begin(), tokens.end(), 0));
  PixelMask dot{96, 64, std::vector<std::uint8_t>(96 * 64, 0)};
  dot.hidden[17 * 64 + 50] = 1;  // second column of patches, fourth band
  const auto touched = tokenMask(dot, 16);
  CHECK(std::accumulate(touched.begin(), touched.end(), 0) == 1);
  CHECK(touched[1 * 4 + 3] == 1);
}

TEST_CASE("Hidden pixels are zero, noise or another picture's; the others stay") {
  const auto picture = numbered(96, 64, 1.0F), other = numbered(96, 64, -9000.0F);
  const auto mask = drawn({});
  FillNoise noise;
  noise.mean = 2.0;
  noise.deviation = 0.25;
  noise.seed = 7;
  const auto zeros = corrupted(picture, mask, GroupFill::zeros);
  const auto noisy = corrupted(picture, mask, GroupFill::noise, nullptr, noise);
  const auto alien = corrupted(picture, mask, GroupFill::alien, &other);
  double sum = 0.0, squares = 0.0;
  for (std::size_t i = 0; i < mask.hidden.size(); ++i) {
    const bool hidden = mask.hidden[i] != 0;
    REQUIRE(zeros.values[i] == (hidden ? 0.0F : picture.values[i]));
    REQUIRE(alien.values[i] == (hidden ? other.values[i] : picture.values[i]));
    if (!hidden) REQUIRE(noisy.values[i] == picture.values[i]);
    if (hidden) sum += noisy.values[i], squares += static_cast<double>(noisy.values[i]) * noisy.values[i];
  }
  const auto count = static_cast<double>(mask.count());
  REQUIRE(count > 1000);
  CHECK(sum / count == Approx(2.0).margin(0.05));
  CHECK(std::sqrt(squares / count - sum / count * sum / count) == Approx(0.25).margin(0.03));
  CHECK(corrupted(picture, mask, GroupFill::noise, nullptr, noise).values == noisy.values);
}

TEST_CASE("Half of a batch shows aliens, none when their share is 0") {
  std::vector<Matrix> clean;
  for (int i = 0; i < 40; ++i) clean.push_back(numbered(32, 32, 10000.0F * static_cast<float>(i + 1)));
  Random random(3);
  const auto batch = corruptBatch(clean, {}, 0.3, random);
  REQUIRE(batch.pictures.size() == 40);
  int withAliens = 0;
  for (std::size_t i = 0; i < 40; ++i) {
    CHECK(batch.masks[i].count() > 0);
    const auto zeros = std::count(batch.pictures[i].values.begin(), batch.pictures[i].values.end(), 0.0F);
    CHECK((zeros == 0 || zeros == batch.masks[i].count()));
    withAliens += zeros == 0 ? 1 : 0;
  }
  CHECK(withAliens > 8);
  CHECK(withAliens < 32);
  Random again(3);
  for (const auto& picture : corruptBatch(clean, {}, 0.0, again).pictures)
    CHECK(std::count(picture.values.begin(), picture.values.end(), 0.0F) > 0);
}

TEST_CASE("A picture without room for a block ends all the same") {
  SeededDraws draws(1);
  GroupMaskOptions options;
  options.alignment = 16;
  const auto mask = drawGroupMask(16, 16, options, draws);
  CHECK(mask.hidden.size() == 256);
  const auto one = drawGroupMask(1, 1, {}, draws);
  CHECK(one.hidden.size() == 1);
}
