#include "core/analysis/moment_spectrum.h"

#include <algorithm>

#include "core/dsp/logarithm.h"
#include "core/dsp/stft.h"

namespace chladni::analysis {

namespace {
constexpr float kFloorDecibels = -140.0F;
}

Result<MomentSpectrum> spectrumAt(const Recording& recording, MediaTime at, int windowSamples, std::stop_token stop) {
  const SampleRate rate = recording.rate();
  if (!recording.hasAudio() || !rate.valid())
    return fail(ErrorCode::notFound, recording.path().string() + ": no audio stream; there is no spectrum to show");
  dsp::StftOptions options;
  options.windowSamples = windowSamples;
  options.hopSamples = windowSamples / 2;  // so that column 1 is centred in one window of sound
  auto stft = dsp::Stft::create(options);
  if (!stft) return fail(stft.error());
  const MediaTime half = rate.time(windowSamples / 2);
  const TimeRange wanted{std::max(MediaTime{}, at - half), at + half};
  auto sound = recording.readAudio(wanted, rate, ChannelMix::mean, stop);
  if (!sound) return fail(sound.error());
  if (sound->samples() == 0)
    return fail(ErrorCode::invalidArgument, recording.path().string() + ": there is no sound at that moment");
  const std::vector<float>& samples = sound->channels.front();
  const std::int64_t start = options.hopSamples + rate.samples(sound->startTime - at);
  std::vector<float> placed(static_cast<std::size_t>(windowSamples), 0.0F);
  for (std::size_t i = 0; i < samples.size(); ++i) {
    const std::int64_t place = start + static_cast<std::int64_t>(i);
    if (place >= 0 && place < windowSamples) placed[static_cast<std::size_t>(place)] = samples[i];
  }
  MomentSpectrum spectrum{at, stft->binHz(rate), std::vector<float>(static_cast<std::size_t>(stft->bins()))};
  stft->compute(placed, 0, windowSamples, 1, 2, spectrum.decibels);
  dsp::powerToDecibels(spectrum.decibels, stft->fullScale(), kFloorDecibels, spectrum.decibels);
  return spectrum;
}

}  // namespace chladni::analysis
