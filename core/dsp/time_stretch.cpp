#include "core/dsp/time_stretch.h"

#include <rubberband/RubberBandStretcher.h>

#include <algorithm>
#include <cmath>

namespace chladni::dsp {

using RubberBand::RubberBandStretcher;

namespace {
constexpr std::size_t kPieceFrames = 1024;
}

struct TimeStretch::State {
  State(SampleRate rate, int count, double wanted)
      : channels(static_cast<std::size_t>(count)), speed(std::clamp(wanted, kSlowest, kFastest)),
        stretcher(static_cast<std::size_t>(rate.hz()), channels,
                  RubberBandStretcher::OptionProcessRealTime | RubberBandStretcher::OptionThreadingNever |
                      RubberBandStretcher::OptionEngineFiner | RubberBandStretcher::OptionChannelsTogether,
                  1.0 / speed) {
    stretcher.setMaxProcessSize(kPieceFrames);
    const std::size_t pad = stretcher.getPreferredStartPad();
    toDrop = stretcher.getStartDelay();
    std::vector<float> silence(pad * channels, 0.0F);
    std::vector<float> nothing;
    process(silence, nothing);
  }

  void process(std::span<const float> samples, std::vector<float>& out) {
    const std::size_t frames = samples.size() / channels;
    for (std::size_t start = 0; start < frames; start += kPieceFrames) {
      const std::size_t count = std::min(kPieceFrames, frames - start);
      std::vector<std::vector<float>> planes(channels, std::vector<float>(count));
      std::vector<const float*> pointers;
      for (std::size_t c = 0; c < channels; ++c) {
        for (std::size_t i = 0; i < count; ++i) planes[c][i] = samples[(start + i) * channels + c];
        pointers.push_back(planes[c].data());
      }
      stretcher.process(pointers.data(), count, false);
      retrieve(out);
    }
  }

  void retrieve(std::vector<float>& out) {
    const int ready = stretcher.available();
    if (ready <= 0) return;
    std::vector<std::vector<float>> planes(channels, std::vector<float>(static_cast<std::size_t>(ready)));
    std::vector<float*> pointers;
    for (auto& plane : planes) pointers.push_back(plane.data());
    const std::size_t got = stretcher.retrieve(pointers.data(), static_cast<std::size_t>(ready));
    const std::size_t skip = std::min(toDrop, got);
    toDrop -= skip;
    for (std::size_t i = skip; i < got; ++i)
      for (std::size_t c = 0; c < channels; ++c) out.push_back(planes[c][i]);
    produced += static_cast<std::int64_t>(got - skip);
  }

  const std::size_t channels;
  const double speed;
  RubberBandStretcher stretcher;
  std::size_t toDrop = 0;     // frames of its delay still to come
  std::int64_t fed = 0;       // frames, without the padding
  std::int64_t produced = 0;
};

TimeStretch::TimeStretch(SampleRate rate, int channels, double speed)
    : state_(std::make_unique<State>(rate, channels, speed)) {}
TimeStretch::TimeStretch(TimeStretch&&) noexcept = default;
TimeStretch::~TimeStretch() = default;

void TimeStretch::feed(std::span<const float> samples, std::vector<float>& out) {
  state_->fed += static_cast<std::int64_t>(samples.size() / state_->channels);
  state_->process(samples, out);
}

void TimeStretch::finish(std::vector<float>& out) {
  const std::int64_t wanted = std::llround(static_cast<double>(state_->fed) / state_->speed);
  const std::vector<float> silence(kPieceFrames * state_->channels, 0.0F);
  while (state_->produced < wanted) state_->process(silence, out);
  const auto surplus = static_cast<std::size_t>(state_->produced - wanted) * state_->channels;
  out.resize(out.size() - std::min(out.size(), surplus));
}

}  // namespace chladni::dsp
