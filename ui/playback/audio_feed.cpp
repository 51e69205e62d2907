#include "ui/playback/audio_feed.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "core/dsp/time_stretch.h"
#include "core/media/audio_reader.h"

namespace chladni::ui {
namespace {

constexpr std::int64_t kBlockFrames = 4096;
constexpr std::size_t kHeardKept = 256;  // spans of pulled sound remembered: far more than any device buffer

struct Gains {
  float left;
  float right;
};

std::vector<Gains> stereoGains(std::size_t channels) {
  if (channels == 1) return {{1.0F, 1.0F}};
  if (channels == 2) return {{1.0F, 0.0F}, {0.0F, 1.0F}};
  constexpr float kHalfPower = 0.70710678F;
  // front left, front right, centre, low frequencies (left out, as ITU-R BS.775 does), surround left and right
  if (channels == 6) {
    return {{0.5F, 0.0F}, {0.0F, 0.5F}, {0.5F * kHalfPower, 0.5F * kHalfPower}, {0.0F, 0.0F},
            {0.5F * kHalfPower, 0.0F}, {0.0F, 0.5F * kHalfPower}};
  }
  std::vector<Gains> gains(channels);
  const auto each = 2.0F / static_cast<float>(channels);
  for (std::size_t c = 0; c < channels; ++c) gains[c] = c % 2 == 0 ? Gains{each, 0.0F} : Gains{0.0F, each};
  return gains;
}

}  // namespace

std::vector<float> foldToStereo(const AudioBuffer& sound) {
  const auto frames = static_cast<std::size_t>(sound.samples());
  std::vector<float> out(frames * AudioFeed::kChannels, 0.0F);
  const std::vector<Gains> gains = stereoGains(sound.channels.size());
  for (std::size_t c = 0; c < sound.channels.size(); ++c) {
    const float* in = sound.channels[c].data();
    for (std::size_t n = 0; n < frames; ++n) {
      out[2 * n] += gains[c].left * in[n];
      out[2 * n + 1] += gains[c].right * in[n];
    }
  }
  return out;
}

AudioFeed::AudioFeed(std::filesystem::path path, SampleRate rate)
    : path_(std::move(path)), rate_(rate), thread_([this](std::stop_token stop) { decode(stop); }) {}

AudioFeed::~AudioFeed() {
  thread_.request_stop();
  wake_.notify_all();
}

void AudioFeed::seek(MediaTime to, std::optional<TimeRange> loop, const Rendering& rendering) {
  const std::lock_guard lock(mutex_);
  wanted_ = to;
  loop_ = loop;
  rendering_ = rendering;
  ++generation_;
  queue_.clear();
  queuedFrames_ = 0;
  drained_ = false;
  heard_.clear();
  wake_.notify_all();
}

void AudioFeed::record(std::int64_t frames, std::int64_t mediaFrame, double speed) {
  if (frames <= 0) return;
  heard_.push_back({pulledFrames_, frames, mediaFrame, speed});
  if (heard_.size() > kHeardKept) heard_.pop_front();
  pulledFrames_ += frames;
  lastMediaFrame_ = mediaFrame + std::llround(static_cast<double>(frames) * speed);
}

void AudioFeed::pull(std::span<float> out) {
  const std::lock_guard lock(mutex_);
  std::size_t filled = 0;
  while (filled < out.size() && !queue_.empty()) {
    Block& block = queue_.front();
    const std::size_t take = std::min(out.size() - filled, block.samples.size() - block.used);
    std::copy_n(block.samples.begin() + static_cast<std::ptrdiff_t>(block.used), take,
                out.begin() + static_cast<std::ptrdiff_t>(filled));
    record(static_cast<std::int64_t>(take / kChannels),
           block.mediaFrame + std::llround(static_cast<double>(block.used / kChannels) * block.speed), block.speed);
    block.used += take;
    filled += take;
    queuedFrames_ -= static_cast<std::int64_t>(take / kChannels);
    if (block.used == block.samples.size()) queue_.pop_front();
  }
  std::fill(out.begin() + static_cast<std::ptrdiff_t>(filled), out.end(), 0.0F);
  const auto silent = static_cast<std::int64_t>((out.size() - filled) / kChannels);
  // Before the first block after a seek there is no media time to hold on to.
  if (heard_.empty()) {
    pulledFrames_ += silent;
  } else {
    record(silent, lastMediaFrame_, 0.0);
  }
  wake_.notify_all();
}

std::optional<MediaTime> AudioFeed::mediaAt(std::int64_t frame) const {
  const std::lock_guard lock(mutex_);
  for (auto span = heard_.rbegin(); span != heard_.rend(); ++span) {
    if (frame < span->firstFrame) continue;
    const std::int64_t into = std::min(frame - span->firstFrame, span->frames);
    return rate_.time(span->mediaFrame + std::llround(static_cast<double>(into) * span->speed));
  }
  return std::nullopt;
}

bool AudioFeed::finished(std::int64_t frame) const {
  const std::lock_guard lock(mutex_);
  if (!drained_ || !queue_.empty() || wanted_) return false;
  for (const Heard& span : heard_) {
    if (span.speed > 0.0 && frame < span.firstFrame + span.frames) return false;
  }
  return true;
}

std::optional<Error> AudioFeed::error() const {
  const std::lock_guard lock(mutex_);
  return error_;
}

void AudioFeed::decode(std::stop_token stop) {
  media::AudioReaderOptions options;
  options.rate = rate_;
  auto reader = media::AudioReader::open(path_, options, stop);
  if (reader) return decodeFrom(*reader, stop);
  std::unique_lock lock(mutex_);
  error_ = reader.error();
  // Nothing will ever sound, so whoever seeks later is at the end at once, too.
  do {
    drained_ = true;
    wanted_.reset();
    wake_.wait(lock, stop, [&] { return wanted_.has_value(); });
  } while (!stop.stop_requested());
}

namespace {

// Decoded blocks on their way through filter and stretcher. A run is a stretch of media without a jump; what comes out of it
// knows its media time by counting.
class Renderer {
 public:
  explicit Renderer(SampleRate rate) : rate_(rate) {}

  void begin(std::int64_t mediaFrame, const Rendering& rendering) {
    filter_.reset();
    stretch_.reset();
    speed_ = std::clamp(rendering.speed, dsp::TimeStretch::kSlowest, dsp::TimeStretch::kFastest);
    if (rendering.band) filter_.emplace(rate_, AudioFeed::kChannels, *rendering.band);
    if (speed_ != 1.0) stretch_.emplace(rate_, AudioFeed::kChannels, speed_);
    start_ = mediaFrame;
    made_ = 0;
  }
  std::vector<float> render(std::vector<float> samples, bool last) {
    if (filter_) filter_->apply(samples);
    if (!stretch_) return samples;
    std::vector<float> out;
    stretch_->feed(samples, out);
    if (last) stretch_->finish(out);
    return out;
  }
  // Media frame of the next frame that comes out.
  [[nodiscard]] std::int64_t position() const { return start_ + std::llround(static_cast<double>(made_) * speed_); }
  void passed(std::int64_t frames) { made_ += frames; }
  [[nodiscard]] double speed() const { return speed_; }

 private:
  const SampleRate rate_;
  double speed_ = 1.0;
  std::int64_t start_ = 0;
  std::int64_t made_ = 0;
  std::optional<dsp::BandFilter> filter_;
  std::optional<dsp::TimeStretch> stretch_;
};

}  // namespace

void AudioFeed::decodeFrom(media::AudioReader& reader, std::stop_token stop) {
  const std::int64_t capacity = rate_.hz() / 2;
  Renderer renderer(rate_);
  bool jumped = true;  // the next block begins a run
  while (!stop.stop_requested()) {
    std::optional<MediaTime> target;
    std::optional<TimeRange> loop;
    Rendering rendering;
    std::uint64_t generation = 0;
    {
      std::unique_lock lock(mutex_);
      wake_.wait(lock, stop, [&] { return wanted_ || (!drained_ && queuedFrames_ < capacity); });
      if (stop.stop_requested()) return;
      target = std::exchange(wanted_, std::nullopt);
      loop = loop_;
      rendering = rendering_;
      generation = generation_;
    }
    if (target) jumped = true;
    if (target && !reader.seek(*target, stop)) target.reset();

    const std::int64_t first = reader.position();
    const std::int64_t loopEnd = loop ? rate_.samples(loop->end) : 0;
    const std::int64_t room = loop && first < loopEnd ? std::min(kBlockFrames, loopEnd - first) : kBlockFrames;
    auto block = reader.next(stop, room);
    const bool atEnd = !block || !*block;
    // A loop that starts behind the last sample has nothing to play: that is the end, not a loop.
    const bool empty = atEnd && loop && first <= rate_.samples(loop->start);
    const bool turns = loop && !empty && (atEnd || (first < loopEnd && reader.position() >= loopEnd));
    if (std::exchange(jumped, turns)) renderer.begin(first, rendering);
    auto samples = renderer.render(atEnd ? std::vector<float>() : foldToStereo(**block), atEnd || turns);
    const auto frames = static_cast<std::int64_t>(samples.size() / kChannels);
    if (turns && !reader.seek(loop->start, stop)) return;

    const std::lock_guard lock(mutex_);
    if (generation != generation_) continue;  // a seek came meanwhile: this block is of the past
    if (frames > 0) {
      queue_.push_back({renderer.position(), std::move(samples), 0, renderer.speed()});
      queuedFrames_ += frames;
      renderer.passed(frames);
    }
    if (atEnd && !turns) {
      drained_ = true;
      if (!block && block.error().code != ErrorCode::cancelled) error_ = block.error();
    }
  }
}

}  // namespace chladni::ui
