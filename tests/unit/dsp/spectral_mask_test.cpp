#include "core/dsp/spectral_mask.h"

#include <cmath>

#include "tests/support/catch.h"
#include "tests/unit/dsp/signals.h"

using namespace chladni;
using namespace chladni::dsp;

namespace {

double level(const std::vector<float>& sound, std::size_t from, std::size_t to) {
  double sum = 0.0;
  for (std::size_t n = from; n < to; ++n) sum += static_cast<double>(sound[n]) * sound[n];
  return std::sqrt(sum / static_cast<double>(to - from));
}

}  // namespace

TEST_CASE("gains of 1 give the sound back, edges included; gains of 0 silence") {
  const auto sound = test::noise(10007);
  const auto same = weighSpectrum(sound, SampleRate(16000), 1024, [](double, std::span<float> gains) { std::fill(gains.begin(), gains.end(), 1.0F); }, {});
  REQUIRE(same);
  REQUIRE(same->size() == sound.size());
  for (std::size_t n = 0; n < sound.size(); ++n) REQUIRE((*same)[n] == Approx(sound[n]).margin(1e-5));
  const auto none = weighSpectrum(sound, SampleRate(16000), 1024, [](double, std::span<float> gains) { std::fill(gains.begin(), gains.end(), 0.0F); }, {});
  REQUIRE(none);
  CHECK(level(*none, 0, none->size()) == 0.0);
}

TEST_CASE("a gain for one band and half of the time lets that through and nothing else") {
  auto sound = test::sine(32000, 440.0, 16000.0, 0.5);
  const auto high = test::sine(32000, 4000.0, 16000.0, 0.5);
  for (std::size_t n = 0; n < sound.size(); ++n) sound[n] += high[n];
  const auto part = weighSpectrum(sound, SampleRate(16000), 1024, [](double seconds, std::span<float> gains) {
    for (std::size_t k = 0; k < gains.size(); ++k) gains[k] = seconds > 1.0 && static_cast<double>(k) * 16000.0 / 1024.0 > 2000.0 ? 1.0F : 0.0F;
  }, {});
  REQUIRE(part);
  CHECK(level(*part, 0, 15000) < 1e-4);
  CHECK(level(*part, 17500, 30000) == Approx(0.5 / std::sqrt(2.0)).epsilon(0.01));
}

TEST_CASE("weighing is stopped when that is wanted, and refuses what makes no sense") {
  std::stop_source stop;
  stop.request_stop();
  const auto sound = test::noise(4000);
  const auto gains = [](double, std::span<float> column) { std::fill(column.begin(), column.end(), 1.0F); };
  const auto stopped = weighSpectrum(sound, SampleRate(16000), 1024, gains, stop.get_token());
  REQUIRE_FALSE(stopped);
  CHECK(stopped.error().code == ErrorCode::cancelled);
  CHECK_FALSE(weighSpectrum(sound, SampleRate(16000), 10, gains, {}));
}
