#include "core/dsp/augment.h"

#include <numeric>

#include "tests/support/catch.h"

using namespace chladni;
using namespace chladni::dsp;

TEST_CASE("mask ranges follow the draws and stay inside") {
  const MaskedRange range = drawMask(128, 48, 0.5F, 0.25F);
  CHECK(range.first == 26);
  CHECK(range.last == 50);
  const MaskedRange none = drawMask(128, 48, 0.0F, 0.9F);
  CHECK(none.first == none.last);
  const MaskedRange wide = drawMask(10, 100, 0.999F, 0.999F);
  CHECK(wide.first >= 0);
  CHECK(wide.last <= 10);
}

TEST_CASE("masks fill bins or frames") {
  Matrix table(4, 5, 1.0F);
  maskBins(table, {1, 3});
  maskFrames(table, {3, 4}, 9.0F);
  CHECK(table.at(0, 0) == 1.0F);
  CHECK(table.at(0, 1) == 0.0F);
  CHECK(table.at(2, 2) == 0.0F);
  CHECK(table.at(2, 3) == 1.0F);
  for (int k = 0; k < 5; ++k) CHECK(table.at(3, k) == 9.0F);
}

TEST_CASE("rolling moves frames round the end both ways") {
  Matrix table(5, 2);
  std::iota(table.values.begin(), table.values.end(), 0.0F);
  Matrix there = table;
  rollFrames(there, 2);
  CHECK(there.at(2, 0) == 0.0F);
  CHECK(there.at(0, 0) == 6.0F);
  rollFrames(there, -2);
  CHECK(there.values == table.values);
  rollFrames(there, -12);
  rollFrames(there, 2);
  CHECK(there.values == table.values);
}

TEST_CASE("mix-up takes the length of the first and has no mean") {
  const std::vector<float> first{1.0F, 2.0F, 3.0F, 2.0F};
  for (const std::size_t length : {std::size_t{2}, std::size_t{9}}) {
    const auto mixed = mixWaveforms(first, std::vector<float>(length, 5.0F), 0.75F);
    REQUIRE(mixed.size() == 4);
    CHECK(std::accumulate(mixed.begin(), mixed.end(), 0.0F) == Approx(0.0).margin(1e-6));
    CHECK(mixed[2] == Approx(0.75));
  }
}

TEST_CASE("labels are smoothed and mixed") {
  const std::vector<std::int64_t> one{1};
  const std::vector<std::int64_t> two{1, 3};
  const auto plain = labelVector(4, one, 0.1F);
  CHECK(plain[0] == Approx(0.025));
  CHECK(plain[1] == Approx(0.9));
  const auto mixed = mixedLabelVector(4, one, two, 0.25F, 0.1F);
  CHECK(mixed[1] == Approx(0.025 + 0.9));
  CHECK(mixed[3] == Approx(0.025 + 0.675));
}
