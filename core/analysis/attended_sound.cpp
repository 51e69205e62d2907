#include "core/analysis/attended_sound.h"

#include <algorithm>
#include <cmath>

#include "core/dsp/mel_inverse.h"
#include "core/dsp/spectral_mask.h"
#include "core/media/wav_writer.h"

namespace chladni::analysis {

namespace {

constexpr double kWindowSeconds = 0.046;
constexpr float kPeak = 0.98F;

double rootMeanSquare(const AudioBuffer& sound) {
  double energy = 0.0;
  for (const auto& channel : sound.channels)
    for (const float value : channel) energy += static_cast<double>(value) * value;
  const auto count = static_cast<double>(sound.samples()) * static_cast<double>(sound.channels.size());
  return count > 0.0 ? std::sqrt(energy / count) : 0.0;
}

float peak(const AudioBuffer& sound) {
  float most = 0.0F;
  for (const auto& channel : sound.channels)
    for (const float value : channel) most = std::max(most, std::abs(value));
  return most;
}

void amplify(AudioBuffer& sound, double gain) {
  for (auto& channel : sound.channels)
    for (float& value : channel) value = static_cast<float>(value * gain);
}

void matchLevels(AttendedSound& sounds) {
  const double whole = rootMeanSquare(sounds.original);
  const double part = rootMeanSquare(sounds.attended);
  sounds.gain = part > 0.0 ? std::min(kMostAttendedGain, whole / part) : 1.0;
  amplify(sounds.attended, sounds.gain);
  const float most = std::max(peak(sounds.original), peak(sounds.attended));
  if (most <= kPeak) return;
  amplify(sounds.original, kPeak / most);
  amplify(sounds.attended, kPeak / most);
}

// Place among ascending centres, with fractions; below 0 or above the last: outside.
double placeOf(double hertz, const std::vector<float>& centres) {
  const auto above = std::lower_bound(centres.begin(), centres.end(), static_cast<float>(hertz));
  if (above == centres.begin()) return 0.0;
  if (above == centres.end()) return static_cast<double>(centres.size());
  const double below = *(above - 1);
  return static_cast<double>(above - centres.begin()) - (*above - hertz) / std::max(1e-9, *above - below);
}

}  // namespace

Matrix attentionGains(const AttentionMap& map, std::int64_t row, std::int64_t columns, std::int64_t bins) {
  const PatchGrid& grid = map.grid;
  const std::span<const float> patches = map.weights.row(row).subspan(static_cast<std::size_t>(grid.leadingTokens), static_cast<std::size_t>(grid.patches()));
  const auto ends = std::minmax_element(patches.begin(), patches.end());
  const float least = *ends.first;
  const float span = *ends.second - least;
  Matrix gains(columns, bins, 1.0F);
  if (!(span > 1e-9F)) return gains;
  const auto weight = [&](int r, int c) {
    return (patches[static_cast<std::size_t>(std::clamp(r, 0, grid.rows - 1) * grid.columns + std::clamp(c, 0, grid.columns - 1))] - least) / span;
  };
  for (std::int64_t column = 0; column < columns; ++column) {
    const double c = (static_cast<double>(column) + 0.5 - grid.patchColumns / 2.0) / grid.strideColumns;
    const auto left = static_cast<int>(std::floor(c));
    const auto across = static_cast<float>(c - left);
    for (std::int64_t bin = 0; bin < bins; ++bin) {
      const double r = (static_cast<double>(bin) + 0.5 - grid.patchBins / 2.0) / grid.strideBins;
      const auto below = static_cast<int>(std::floor(r));
      const auto up = static_cast<float>(r - below);
      const float low = weight(below, left) + across * (weight(below, left + 1) - weight(below, left));
      const float high = weight(below + 1, left) + across * (weight(below + 1, left + 1) - weight(below + 1, left));
      gains.row(column)[static_cast<std::size_t>(bin)] = low + up * (high - low);
    }
  }
  return gains;
}

Result<AttendedSound> attendedSound(const Recording& recording, const AttentionMap& map, std::int64_t row, const FrontendSpec& frontend,
                                    std::stop_token stop) {
  const std::vector<float> centres = dsp::binHz(frontend);
  const std::int64_t patches = map.grid.leadingTokens + static_cast<std::int64_t>(map.grid.patches());
  if (map.grid.patches() == 0 || centres.empty() || row < 0 || row >= map.weights.rows || map.weights.columns < patches)
    return fail(ErrorCode::unsupported, "this attention is not about sound; ask a model that listens");
  auto sound = recording.readAudio(map.span, recording.rate(), ChannelMix::mean, stop);
  if (!sound) return fail(sound.error());
  AttendedSound result;
  result.original = std::move(*sound);
  const auto columns = static_cast<std::int64_t>(map.grid.columns - 1) * map.grid.strideColumns + map.grid.patchColumns;
  const Matrix gains = attentionGains(map, row, columns, static_cast<std::int64_t>(centres.size()));
  const SampleRate rate = result.original.rate;
  auto window = static_cast<std::int64_t>(256);
  while (static_cast<double>(window) < kWindowSeconds * rate.hz()) window *= 2;
  std::vector<double> places(static_cast<std::size_t>(window / 2 + 1));
  for (std::size_t k = 0; k < places.size(); ++k)
    places[k] = placeOf(static_cast<double>(k) * rate.hz() / static_cast<double>(window), centres);
  const auto columnGains = [&](double seconds, std::span<float> out) {
    const auto column = std::clamp<std::int64_t>(static_cast<std::int64_t>(std::floor(seconds / map.grid.columnSeconds)), 0, columns - 1);
    const std::span<const float> bands = gains.row(column);
    for (std::size_t k = 0; k < out.size(); ++k) {
      const auto below = static_cast<std::size_t>(places[k]);
      const std::size_t above = std::min(below + 1, bands.size() - 1);
      out[k] = below >= bands.size() ? 0.0F : bands[below] + static_cast<float>(places[k] - static_cast<double>(below)) * (bands[above] - bands[below]);
    }
  };
  result.attended = result.original;
  for (auto& channel : result.attended.channels) {
    auto weighed = dsp::weighSpectrum(channel, rate, window, columnGains, stop);
    if (!weighed) return fail(weighed.error());
    channel = std::move(*weighed);
  }
  matchLevels(result);
  return result;
}

Result<void> writeAttended(const AttendedSound& sounds, const std::filesystem::path& folder) {
  if (auto written = media::writeWav(folder / "original.wav", sounds.original); !written) return written;
  return media::writeWav(folder / "attended.wav", sounds.attended);
}

}  // namespace chladni::analysis
