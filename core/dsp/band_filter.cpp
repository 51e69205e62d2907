#include "core/dsp/band_filter.h"

#include <cmath>
#include <numbers>

namespace chladni::dsp {

namespace {

// Of the four sections of an eighth-order Butterworth filter.
constexpr std::array kQualities = {0.50979558, 0.60134489, 0.89997622, 2.5629154};
constexpr double kLowestHz = 5.0;
constexpr double kHighestShare = 0.49;  // of the rate

}  // namespace

BandFilter::BandFilter(SampleRate rate, int channels, const FrequencyBand& band) : channels_(static_cast<std::size_t>(channels)) {
  if (band.lowHz > kLowestHz && band.lowHz < kHighestShare * rate.hz()) add(band.lowHz, true, rate.hz());
  if (band.highHz > kLowestHz && band.highHz < kHighestShare * rate.hz()) add(band.highHz, false, rate.hz());
}

void BandFilter::add(double hertz, bool highPass, double rate) {
  const double angle = 2.0 * std::numbers::pi * hertz / rate;
  const double cosine = std::cos(angle);
  for (const double quality : kQualities) {
    const double alpha = std::sin(angle) / (2.0 * quality);
    const double gain = 1.0 / (1.0 + alpha);
    const double edge = (highPass ? 1.0 + cosine : 1.0 - cosine) / 2.0;
    Section section;
    section.forward = {edge * gain, (highPass ? -2.0 : 2.0) * edge * gain, edge * gain};
    section.back = {-2.0 * cosine * gain, (1.0 - alpha) * gain};
    section.memory.resize(channels_);
    sections_.push_back(std::move(section));
  }
}

void BandFilter::apply(std::span<float> samples) {
  for (Section& section : sections_) {
    for (std::size_t i = 0; i < samples.size(); ++i) {
      auto& [first, second] = section.memory[i % channels_];
      const double in = samples[i];
      const double out = section.forward[0] * in + first;
      first = section.forward[1] * in - section.back[0] * out + second;
      second = section.forward[2] * in - section.back[1] * out;
      samples[i] = static_cast<float>(out);
    }
  }
}

}  // namespace chladni::dsp
