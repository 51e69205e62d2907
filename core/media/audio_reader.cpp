#include "core/media/audio_reader.h"

#include <algorithm>
#include <array>

#include "core/media/audio_source.h"
#include "core/media/resampler.h"

namespace chladni::media {

namespace {

constexpr int kLowestRateHz = 100;
constexpr std::int64_t kLargestBlock = std::int64_t{1} << 20;

}  // namespace

struct AudioReader::State {
  AudioReaderInfo info;
  std::unique_ptr<AudioSource> source;
  std::optional<Resampler> resampler;
  std::int64_t position = 0;
  bool lost = false;  // a seek failed: the place is unknown until the next one

  [[nodiscard]] std::int64_t toOutput(std::int64_t sample) const {
    return resampler ? resampler->outputLength(sample) : sample;
  }
  Result<void> moveTo(std::int64_t sample, std::stop_token stop);
};

Result<void> AudioReader::State::moveTo(std::int64_t sample, std::stop_token stop) {
  sample = std::max<std::int64_t>(sample, 0);
  lost = true;
  auto moved = resampler ? resampler->start(*source, sample, std::move(stop)) : source->seek(sample, std::move(stop));
  if (!moved) return moved;
  lost = false;
  position = sample;
  return {};
}

AudioReader::AudioReader(std::unique_ptr<State> state) : state_(std::move(state)) {}
AudioReader::AudioReader(AudioReader&&) noexcept = default;
AudioReader& AudioReader::operator=(AudioReader&&) noexcept = default;
AudioReader::~AudioReader() = default;

Result<AudioReader> AudioReader::open(const std::filesystem::path& path, AudioReaderOptions options,
                                      std::stop_token stop) {
  if (options.rate && (options.rate->hz() < kLowestRateHz || options.rate->hz() > kHighestRateHz))
    return fail(ErrorCode::invalidArgument, "a sample rate of " + std::to_string(options.rate->hz()) +
                                                " Hz makes no sense; choose 100 to 1536000 Hz");
  auto source = AudioSource::open(path, options.stream, options.mix, stop);
  if (!source) return fail(std::move(source.error()));
  auto state = std::make_unique<State>();
  state->source = std::move(*source);
  const AudioSource& sound = *state->source;
  const SampleRate sourceRate(sound.rateHz());
  const SampleRate rate = options.rate.value_or(sourceRate);
  if (rate != sourceRate) {
    auto resampler = Resampler::create(sourceRate.hz(), rate.hz(), sound.channels());
    if (!resampler) return fail(std::move(resampler.error()), displayName(path));
    state->resampler.emplace(std::move(*resampler));
  }
  state->info = {rate, sourceRate, sound.channels(), sound.sourceChannels(), sourceRate.time(sound.firstSample()), {}};
  if (const auto end = sound.statedEnd()) state->info.approximateSamples = state->toOutput(*end);
  const std::int64_t start = options.fillStart ? 0 : state->toOutput(sound.firstSample());
  if (state->resampler || start > 0) {
    auto moved = state->moveTo(start, stop);
    if (!moved) return fail(std::move(moved.error()));
  }
  return AudioReader(std::move(state));
}

const AudioReaderInfo& AudioReader::info() const { return state_->info; }
std::int64_t AudioReader::position() const { return state_->position; }
std::int64_t AudioReader::gapSamples() const { return state_->source->gapSamples(); }

Result<std::optional<AudioBuffer>> AudioReader::next(std::stop_token stop, std::int64_t maxSamples) {
  State& state = *state_;
  CHLADNI_ASSERT(maxSamples > 0);
  if (state.lost)
    return fail(ErrorCode::invalidArgument, "the place in the sound was lost by a stopped seek; seek again before reading");
  AudioBuffer block;
  block.rate = state.info.rate;
  block.startTime = block.rate.time(state.position);
  const std::int64_t wanted = std::min(maxSamples, kLargestBlock);
  block.channels.assign(static_cast<std::size_t>(state.info.channels),
                        std::vector<float>(static_cast<std::size_t>(wanted)));
  std::array<float*, kMostChannels> pointers{};
  for (std::size_t c = 0; c < block.channels.size(); ++c) pointers[c] = block.channels[c].data();
  const std::span<float* const> out(pointers.data(), block.channels.size());

  auto got = state.resampler ? state.resampler->read(*state.source, out, wanted, std::move(stop))
                             : state.source->read(out, wanted, std::move(stop));
  if (!got) return fail(std::move(got.error()));
  if (*got == 0) return std::optional<AudioBuffer>();
  for (auto& channel : block.channels) channel.resize(static_cast<std::size_t>(*got));
  state.position += *got;
  return std::optional<AudioBuffer>(std::move(block));
}

Result<void> AudioReader::seek(MediaTime time, std::stop_token stop) {
  return state_->moveTo(state_->info.rate.samples(time), std::move(stop));
}

Result<AudioBuffer> readAudio(const std::filesystem::path& path, const AudioReaderOptions& options,
                              std::optional<TimeRange> range, std::stop_token stop) {
  auto reader = AudioReader::open(path, options, stop);
  if (!reader) return fail(std::move(reader.error()));
  const SampleRate rate = reader->info().rate;
  std::int64_t end = INT64_MAX;
  if (range) {
    end = rate.samples(range->end);
    const std::int64_t begin = std::max(rate.samples(range->start), reader->position());
    if (begin > reader->position()) {
      auto moved = reader->seek(rate.time(begin), stop);
      if (!moved) return fail(std::move(moved.error()));
    }
  }
  AudioBuffer sound;
  sound.rate = rate;
  sound.startTime = rate.time(reader->position());
  sound.channels.resize(static_cast<std::size_t>(reader->info().channels));
  while (reader->position() < end) {
    auto block = reader->next(stop, std::min<std::int64_t>(end - reader->position(), 65536));
    if (!block) return fail(std::move(block.error()));
    if (!*block) break;
    for (std::size_t c = 0; c < sound.channels.size(); ++c)
      sound.channels[c].insert(sound.channels[c].end(), (**block).channels[c].begin(), (**block).channels[c].end());
  }
  return sound;
}

}  // namespace chladni::media
