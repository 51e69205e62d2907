#include "core/analysis/listening.h"

#include <algorithm>
#include <cmath>

#include "core/dsp/griffin_lim.h"
#include "core/dsp/mel_inverse.h"
#include "core/media/wav_writer.h"

namespace chladni::analysis {

namespace {

constexpr double kLoudness = 0.126;  // root mean square, -18 dB of full scale

struct Voice {
  AudioBuffer sound;
  double convergence = 0.0;
};

// The first `rows` of a table: what lies behind the media is padding.
Matrix head(const Matrix& table, std::int64_t rows) {
  Matrix result(std::min(rows, table.rows), table.columns);
  std::copy_n(table.values.begin(), result.values.size(), result.values.begin());
  return result;
}

Result<Voice> voiceOf(const dsp::MelInverse& inverse, SampleRate rate, const Matrix& bands, const std::stop_token& stop) {
  auto magnitudes = inverse.magnitudes(bands, stop);
  if (!magnitudes) return fail(magnitudes.error());
  dsp::PhaseOptions options;
  options.window = inverse.window();
  options.hopSamples = inverse.shiftSamples();
  options.fftSize = inverse.fftSize();
  auto phased = dsp::griffinLim(*magnitudes, options, stop);
  if (!phased) return fail(phased.error());
  inverse.deemphasise(phased->samples);
  Voice voice;
  voice.convergence = phased->convergence;
  voice.sound.rate = rate;
  voice.sound.channels.push_back(std::move(phased->samples));
  return voice;
}

double rootMeanSquare(const AudioBuffer& sound) {
  double energy = 0.0;
  for (const float value : sound.channels.front()) energy += static_cast<double>(value) * value;
  return sound.samples() > 0 ? std::sqrt(energy / static_cast<double>(sound.samples())) : 0.0;
}

double peak(const AudioBuffer& sound) {
  float most = 0.0F;
  for (const float value : sound.channels.front()) most = std::max(most, std::abs(value));
  return most;
}

void amplify(AudioBuffer& sound, double gain) {
  for (float& value : sound.channels.front()) value = static_cast<float>(value * gain);
}

void matchLevels(Listening& listening) {
  const double original = rootMeanSquare(listening.original);
  const double predicted = rootMeanSquare(listening.predicted);
  if (original <= 0.0) return;  // silence stays silence, and what was painted over it as it was
  const double gain = kLoudness / original;
  amplify(listening.original, gain);
  amplify(listening.masked, gain);
  amplify(listening.predicted, predicted > 0.0 ? kLoudness / predicted : 1.0);
  const double most = std::max({peak(listening.original), peak(listening.masked), peak(listening.predicted)});
  if (most <= kListeningPeak) return;
  for (AudioBuffer* sound : {&listening.original, &listening.masked, &listening.predicted}) amplify(*sound, kListeningPeak / most);
}

}  // namespace

Result<Listening> listen(const ReconstructedClip& clip, const FrontendSpec& spec, std::stop_token stop) {
  if (clip.sound.original.rows == 0)
    return fail(ErrorCode::unsupported, "this model was shown no sound; there is nothing to listen to");
  const auto inverse = dsp::MelInverse::create(spec);
  if (!inverse) return fail(inverse.error());
  const double frames = clip.span.length().seconds() * spec.rate.hz() / static_cast<double>(inverse->shiftSamples());
  const auto rows = std::max<std::int64_t>(1, std::llround(std::min(frames, 1e9)));
  const Matrix original = inverse->bands(head(clip.sound.original, rows));
  const Matrix predicted = inverse->bands(head(clip.sound.pasted, rows));
  Matrix masked = original;
  for (std::size_t i = 0; i < masked.values.size(); ++i)
    if (clip.sound.hidden[i] != 0) masked.values[i] = 0.0F;

  Listening listening;
  auto voice = voiceOf(*inverse, spec.rate, original, stop);
  if (!voice) return fail(voice.error());
  listening.original = std::move(voice->sound);
  listening.originalConvergence = voice->convergence;
  voice = voiceOf(*inverse, spec.rate, masked, stop);
  if (!voice) return fail(voice.error());
  listening.masked = std::move(voice->sound);
  voice = voiceOf(*inverse, spec.rate, predicted, stop);
  if (!voice) return fail(voice.error());
  listening.predicted = std::move(voice->sound);
  listening.predictedConvergence = voice->convergence;
  matchLevels(listening);
  return listening;
}

Result<void> writeListening(const Listening& listening, const std::filesystem::path& folder) {
  for (const auto& [name, sound] : {std::pair("original.wav", &listening.original), {"masked.wav", &listening.masked},
                                    {"predicted.wav", &listening.predicted}})
    if (auto written = media::writeWav(folder / name, *sound); !written) return written;
  return {};
}

}  // namespace chladni::analysis
