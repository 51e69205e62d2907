#include "tests/support/fake_family.h"

#include <cmath>
#include <numbers>
#include <numeric>

#include "tests/support/catch.h"

using namespace chladni;
using namespace chladni::inference;
using chladni::test::FakeFamily;
using chladni::test::fakeSpec;

namespace {

std::vector<float> sine(double hertz) {
  std::vector<float> sound(16'000);
  for (std::size_t i = 0; i < sound.size(); ++i)
    sound[i] = static_cast<float>(0.5 * std::sin(2.0 * std::numbers::pi * hertz * (static_cast<double>(i) + 0.3) / 16'000));
  return sound;
}

}  // namespace

TEST_CASE("fake family: the class of a sine is foretold by its frequency") {
  const FakeFamily family;
  const auto model = family.load(fakeSpec(10), {});
  REQUIRE(model);
  REQUIRE((*model)->classifier());
  std::vector<std::vector<float>> sounds;
  for (int c = 0; c < 10; ++c) sounds.push_back(sine(400.0 + 800.0 * c));
  const std::vector<Clip> clips(sounds.begin(), sounds.end());
  const auto logits = (*model)->classifier()->logits(clips, {});
  REQUIRE(logits);
  for (std::int64_t c = 0; c < 10; ++c) {
    const auto row = logits->row(c);
    CHECK(std::max_element(row.begin(), row.end()) - row.begin() == c);
  }
  CHECK(family.clips() == 10);
}

TEST_CASE("fake family: attention sums to one and follows the energy") {
  const FakeFamily family({std::chrono::milliseconds(0), 3, 2});
  const auto model = family.load(fakeSpec(2), {});
  REQUIRE(model);
  const auto* source = (*model)->attentionSource();
  REQUIRE(source);
  auto sound = sine(1000.0);
  std::fill(sound.begin(), sound.begin() + 12'000, 0.0F);  // only the last quarter sounds
  const auto map = source->attention(sound, {}, {});
  REQUIRE(map);
  const auto row = map->weights.row(0);
  CHECK(std::accumulate(row.begin(), row.end(), 0.0) == Approx(1.0));
  CHECK(row[1] < row[static_cast<std::size_t>(map->grid.columns)]);
  const auto overview = source->attentionOverview(sound, {});
  REQUIRE(overview);
  CHECK(overview->weights.rows == 6);
  CHECK_FALSE(source->attention(sound, {7}, {}));
}

TEST_CASE("fake family: a stop is seen, however long the work") {
  const FakeFamily family({std::chrono::hours(1), 1, 1});
  const auto model = family.load(fakeSpec(2), {});
  REQUIRE(model);
  std::stop_source stop;
  stop.request_stop();
  const auto sound = sine(440.0);
  const std::vector<Clip> clips{sound};
  CHECK((*model)->classifier()->logits(clips, stop.get_token()).error().code == ErrorCode::cancelled);
}
