// Slower, faster and band-limited playing, in figures.
#include <algorithm>
#include <cmath>

#include "core/dsp/band_filter.h"
#include "core/dsp/time_stretch.h"
#include "tests/support/catch.h"
#include "tests/unit/dsp/signals.h"

using namespace chladni;

namespace {

constexpr int kRate = 48000;

double level(std::span<const float> sound) {
  double energy = 0.0;
  for (const float value : sound) energy += static_cast<double>(value) * value;
  return std::sqrt(energy / static_cast<double>(std::max<std::size_t>(1, sound.size())));
}

// Of a steady tone: upward zero crossings a second.
double pitch(std::span<const float> sound) {
  std::size_t crossings = 0;
  for (std::size_t n = 1; n < sound.size(); ++n) crossings += sound[n - 1] < 0.0F && sound[n] >= 0.0F ? 1 : 0;
  return static_cast<double>(crossings) * kRate / static_cast<double>(sound.size());
}

}  // namespace

TEST_CASE("Stretched sound has its length and keeps its pitch") {
  const auto tone = test::sine(2 * kRate, 440.0, kRate, 0.5);
  for (const double speed : {0.25, 0.5, 0.75, 1.5, 2.0, 4.0}) {
    INFO(speed);
    dsp::TimeStretch stretch(SampleRate(kRate), 1, speed);
    std::vector<float> out;
    for (std::size_t start = 0; start < tone.size(); start += 3000)
      stretch.feed(std::span(tone).subspan(start, std::min<std::size_t>(3000, tone.size() - start)), out);
    stretch.finish(out);
    CHECK(static_cast<double>(out.size()) == Approx(tone.size() / speed).margin(1.0));
    const auto middle = std::span<const float>(out).subspan(out.size() / 4, out.size() / 2);
    CHECK(pitch(middle) == Approx(440.0).epsilon(0.01));
    CHECK(level(middle) == Approx(0.5 / std::sqrt(2.0)).epsilon(0.1));
  }
}

TEST_CASE("A click stays where it was") {
  std::vector<float> sound(2 * kRate, 0.0F);
  for (std::size_t n = 0; n < 200; ++n) sound[kRate + n] = 0.9F * std::exp(-static_cast<float>(n) / 40.0F);
  dsp::TimeStretch stretch(SampleRate(kRate), 1, 0.5);
  std::vector<float> out;
  stretch.feed(sound, out);
  stretch.finish(out);
  const auto loudest = std::max_element(out.begin(), out.end(), [](float a, float b) { return std::abs(a) < std::abs(b); });
  CHECK(static_cast<double>(loudest - out.begin()) / kRate == Approx(2.0).margin(0.03));
}

TEST_CASE("A band lets its own frequencies through and stops the others") {
  for (const auto& [hertz, gain] : {std::pair(1000.0, 1.0), {400.0, 0.0}, {4000.0, 0.0}, {700.0, 0.7071}, {1500.0, 0.7071}}) {
    INFO(hertz);
    dsp::BandFilter filter(SampleRate(kRate), 2, {700.0, 1500.0});
    const auto tone = test::sine(kRate, hertz, kRate, 0.5);
    std::vector<float> stereo(2 * tone.size(), 0.0F);
    for (std::size_t n = 0; n < tone.size(); ++n) stereo[2 * n] = tone[n];
    filter.apply(stereo);
    std::vector<float> left, right;
    for (std::size_t n = tone.size() / 2; n < tone.size(); ++n) {
      left.push_back(stereo[2 * n]);
      right.push_back(stereo[2 * n + 1]);
    }
    CHECK(level(left) / (0.5 / std::sqrt(2.0)) == Approx(gain).margin(0.03));
    CHECK(level(right) == 0.0);
  }
}
