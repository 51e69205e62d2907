#include "core/analysis/sound_file.h"

#include <algorithm>
#include <cmath>

namespace chladni::analysis {

namespace {
constexpr std::size_t kIdleReaders = 4;
constexpr std::int64_t kBlockSamples = 65536;
}  // namespace

std::int64_t SoundFile::samplesAt(SampleRate rate) const {
  if (rate == rate_ || !rate_.valid()) return samples();
  return std::llround(static_cast<long double>(samples()) * rate.hz() / rate_.hz());
}

Result<media::AudioReader> SoundFile::openReader(SampleRate rate, std::optional<ChannelMix> mix,
                                                 std::stop_token stop) const {
  auto unchanged = identity_.unchanged();
  if (!unchanged) return fail(unchanged.error());
  media::AudioReaderOptions options;
  if (rate != rate_) options.rate = rate;
  options.mix = mix;
  return media::AudioReader::open(identity_.path(), options, stop);
}

// The idle reader that already stands where the sound is wanted, else any, else a new one.
Result<media::AudioReader> SoundFile::borrow(SampleRate rate, std::optional<ChannelMix> mix, std::int64_t position,
                                             std::stop_token stop) const {
  auto unchanged = identity_.unchanged();
  if (!unchanged) return fail(unchanged.error());
  {
    const std::lock_guard lock(mutex_);
    auto found = idle_.end();
    for (auto it = idle_.begin(); it != idle_.end(); ++it)
      if (it->rate == rate && it->mix == mix && (found == idle_.end() || it->reader.position() == position)) found = it;
    if (found != idle_.end()) {
      media::AudioReader reader = std::move(found->reader);
      idle_.erase(found);
      return reader;
    }
  }
  return openReader(rate, mix, stop);
}

Result<AudioBuffer> SoundFile::read(SampleRate rate, std::optional<ChannelMix> mix, std::int64_t first,
                                    std::int64_t last, std::stop_token stop) const {
  first = std::max<std::int64_t>(first, 0);
  auto reader = borrow(rate, mix, first, stop);
  if (!reader) return fail(reader.error());
  AudioBuffer sound;
  sound.rate = rate;
  sound.startTime = rate.time(first);
  sound.channels.resize(static_cast<std::size_t>(reader->info().channels));
  if (reader->position() != first) {
    auto sought = reader->seek(rate.time(first), stop);
    if (!sought) return fail(sought.error());
  }
  while (sound.samples() < last - first) {
    auto block = reader->next(stop, std::min(kBlockSamples, last - first - sound.samples()));
    if (!block) return fail(block.error());
    if (!*block) break;
    for (std::size_t c = 0; c < sound.channels.size(); ++c) {
      const std::vector<float>& from = (*block)->channels[c];
      sound.channels[c].insert(sound.channels[c].end(), from.begin(), from.end());
    }
  }
  const std::lock_guard lock(mutex_);
  if (idle_.size() >= kIdleReaders) idle_.erase(idle_.begin());
  idle_.push_back({rate, mix, std::move(*reader)});
  return sound;
}

}  // namespace chladni::analysis
