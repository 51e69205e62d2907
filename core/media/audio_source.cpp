#include "core/media/audio_source.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include "core/media/sample_converter.h"

namespace chladni::media {

namespace {

constexpr std::int64_t kLongestGapSeconds = 6 * 3600;  // all gaps together
constexpr std::int64_t kSureGapSeconds = 60;           // filled whatever the header says about the length, while
constexpr std::int64_t kUnstatedGapSeconds = 600;      // no more than this is filled altogether

// Samples between the frames of a codec, as far as it is known without decoding; 0 when they vary.
std::int64_t codecGrid(const AVCodecParameters& parameters) {
  switch (parameters.codec_id) {
    case AV_CODEC_ID_VORBIS: return 64;  // a quarter of the shortest block anybody uses
    case AV_CODEC_ID_OPUS: return 120;   // 2.5 ms
    default: return parameters.frame_size > 1 ? parameters.frame_size : 0;
  }
}

// How far stamps may be off though nothing is missing. Vorbis packets are stamped with the length of a neighbour, or
// with their end, by one muxer or another: off by up to half a long block where block sizes change.
std::int64_t wobbleSamples(const AVCodecParameters& parameters, int rateHz, double tickSamples) {
  constexpr std::int64_t kVorbisBlock = 2048;
  const auto usual = std::max<std::int64_t>(rateHz / 200, static_cast<std::int64_t>(std::ceil(1.5 * tickSamples)));
  return parameters.codec_id == AV_CODEC_ID_VORBIS ? std::max(usual, kVorbisBlock) : usual;
}

// Lossy codecs carry state from frame to frame (bit reservoir, overlap): they need a run-up to give the same samples.
bool needsRunUp(AVCodecID id) {
  const AVCodecDescriptor* descriptor = avcodec_descriptor_get(id);
  return !descriptor || (descriptor->props & AV_CODEC_PROP_LOSSY) != 0;
}

}  // namespace

Result<std::unique_ptr<AudioSource>> AudioSource::open(const std::filesystem::path& path, int ordinal,
                                                       std::optional<ChannelMix> mix, std::stop_token stop) {
  std::unique_ptr<AudioSource> source(new AudioSource());
  source->path_ = path;
  source->ordinal_ = ordinal;
  source->mix_ = mix;
  source->packet_.reset(av_packet_alloc());
  source->frame_.reset(av_frame_alloc());
  if (!source->packet_ || !source->frame_)
    return fail(ErrorCode::outOfMemory, displayName(path) + ": not enough memory to open it; close other programs");
  auto started = source->start(stop);
  if (!started) return fail(std::move(started.error()));
  return source;
}

Result<void> AudioSource::start(std::stop_token stop) {
  decoder_.reset();
  stream_ = nullptr;
  demuxer_.reset();
  auto demuxer = Demuxer::open(path_, stop);
  if (!demuxer) return fail(std::move(demuxer.error()));
  demuxer_ = std::move(*demuxer);

  const std::string& name = demuxer_->name();
  const auto streams = demuxer_->audioStreams();
  if (streams.empty()) return fail(ErrorCode::notFound, name + ": no audio stream; give a file with sound");
  if (ordinal_ < 0 || ordinal_ >= static_cast<int>(streams.size()))
    return fail(ErrorCode::notFound, name + ": no audio stream " + std::to_string(ordinal_) + "; it has " +
                                         std::to_string(streams.size()) + ", counted from 0");
  stream_ = streams[static_cast<std::size_t>(ordinal_)];
  demuxer_->keepOnly(*stream_);
  auto decoder = demuxer_->openDecoder(*stream_, 1);
  if (!decoder) return fail(std::move(decoder.error()));
  decoder_ = std::move(*decoder);

  draining_ = ended_ = frameReady_ = anyDamage_ = false;
  position_ = silence_ = frameOffset_ = stampShift_ = gapSamples_ = 0;
  expected_.reset();
  rateHz_ = 0;
  auto first = decodeFrame();
  if (!first) return fail(std::move(first.error()));
  rateHz_ = *first ? frame_->sample_rate : stream_->codecpar->sample_rate;
  sourceChannels_ = *first ? frame_->ch_layout.nb_channels : stream_->codecpar->ch_layout.nb_channels;
  if (!*first && anyDamage_)
    return fail(ErrorCode::corruptData, name + ": no sound could be decoded, the stream is damaged; copy it again");
  if (rateHz_ <= 0 || rateHz_ > kHighestRateHz || sourceChannels_ <= 0 || sourceChannels_ > kMostChannels)
    return fail(ErrorCode::corruptData, name + ": states " + std::to_string(rateHz_) + " Hz and " +
                                            std::to_string(sourceChannels_) + " channels, which cannot be; convert it");
  tickSamples_ = av_q2d(stream_->time_base) * rateHz_;
  grid_ = codecGrid(*stream_->codecpar);
  ended_ = !*first;
  if (*first) {
    place(sampleOf(*frame_));
    firstSample_ = silence_;
    gridPhase_ = *expected_;
    frameReady_ = frameOffset_ < frame_->nb_samples;
  }
  return {};
}

// Leaves the next frame with samples of the expected rate in frame_; false at the end.
Result<bool> AudioSource::decodeFrame() {
  for (;;) {
    const int got = avcodec_receive_frame(decoder_.get(), frame_.get());
    if (got >= 0) {
      const bool usable = frame_->nb_samples > 0 && (rateHz_ == 0 || frame_->sample_rate == rateHz_);
      if (usable) return true;
      continue;
    }
    if (got == AVERROR_EOF || (got == AVERROR(EAGAIN) && draining_)) return false;
    if (got != AVERROR(EAGAIN)) {
      anyDamage_ = true;
      if (draining_) return false;
    }
    const auto more = demuxer_->read(*packet_);
    if (!more) return fail(more.error());
    if (*more && packet_->stream_index != stream_->index) continue;
    draining_ = !*more;
    if (avcodec_send_packet(decoder_.get(), *more ? packet_.get() : nullptr) < 0) anyDamage_ = true;
  }
}

Result<bool> AudioSource::placeFrame() {
  for (;;) {
    auto more = decodeFrame();
    if (!more || !*more) return more;
    place(sampleOf(*frame_));
    frameReady_ = frameOffset_ < frame_->nb_samples;
    if (frameReady_) return true;
  }
}

std::optional<std::int64_t> AudioSource::sampleOf(const AVFrame& frame) const {
  const auto time = demuxer_->timeOf(frame.best_effort_timestamp, stream_->time_base);
  if (!time) return std::nullopt;
  return SampleRate(rateHz_).samples(*time);
}

std::optional<std::int64_t> AudioSource::statedEnd() const {
  const AVFormatContext* format = demuxer_->format();
  if (const auto length = demuxer_->timeOf(stream_->duration, stream_->time_base); length && stream_->duration > 0) {
    const auto begin = demuxer_->timeOf(stream_->start_time, stream_->time_base).value_or(MediaTime{});
    return SampleRate(rateHz_).samples(*length + demuxer_->origin() + begin);
  }
  if (format->duration > 0) return av_rescale(format->duration, rateHz_, AV_TIME_BASE);
  return std::nullopt;
}

// Lays frame_ on the axis: sets silence_ before it and frameOffset_ into it.
void AudioSource::place(std::optional<std::int64_t> stamp) {
  const std::int64_t length = frame_->nb_samples;
  const auto rate = static_cast<std::int64_t>(rateHz_);
  const std::int64_t tolerance = wobbleSamples(*stream_->codecpar, rateHz_, tickSamples_);
  frameOffset_ = 0;
  if (!expected_) {
    std::int64_t at = stamp.value_or(0);
    const bool atStart = std::abs(at) <= static_cast<std::int64_t>(std::ceil(1.5 * tickSamples_));
    if (atStart || std::abs(at) > kLongestGapSeconds * rate) at = 0;
    silence_ = std::max<std::int64_t>(at, 0);
    frameOffset_ = std::clamp<std::int64_t>(-at, 0, length);
    expected_ = at + length;
    return;
  }
  std::int64_t at = stamp ? *stamp + stampShift_ : *expected_;
  if (std::abs(at - *expected_) > tolerance) at = onGrid(at).value_or(at);
  const std::int64_t ahead = at - *expected_;
  if (ahead > tolerance) {
    const auto end = statedEnd();
    const bool stated = end && at <= *end + kSureGapSeconds * rate;
    const std::int64_t filled = gapSamples_ + ahead;
    const bool plausible = stated ? filled <= kLongestGapSeconds * rate
                                  : ahead <= kSureGapSeconds * rate && filled <= kUnstatedGapSeconds * rate;
    if (plausible) {
      silence_ += ahead;
      gapSamples_ += ahead;
    } else {
      stampShift_ -= ahead;
      at = *expected_;
    }
  } else if (ahead < -tolerance && -ahead <= rate) {
    frameOffset_ = std::min(length, -ahead);
    expected_ = std::max(*expected_, at + length);
    return;
  } else {
    if (ahead < -tolerance) stampShift_ -= ahead;
    at = *expected_;
  }
  if (at < 0) frameOffset_ = std::min(length, -at);
  expected_ = at + length;
  // PCM has no frames of its own, but containers with coarse stamps keep the packets they were given.
  const bool second = expected_ == gridPhase_ + length;
  if (grid_ == 0 && second && tickSamples_ > 1.0) grid_ = length;
}

Result<std::int64_t> AudioSource::read(std::span<float* const> out, std::int64_t count, std::stop_token stop) {
  demuxer_->watch(std::move(stop));
  return advance(out, count);
}

Result<void> AudioSource::skipTo(std::int64_t sample) {
  const auto skipped = advance({}, sample - position_);
  if (!skipped) return fail(skipped.error());
  return {};
}

Result<std::int64_t> AudioSource::advance(std::span<float* const> out, std::int64_t count) {
  std::int64_t done = 0;
  while (done < count) {
    if (silence_ == 0 && !frameReady_) {
      if (ended_) break;
      const auto more = placeFrame();
      if (!more) return fail(more.error());
      ended_ = !*more;
      continue;
    }
    const bool silent = silence_ > 0;
    const std::int64_t there = silent ? silence_ : frame_->nb_samples - frameOffset_;
    const std::int64_t part = std::min(there, count - done);
    if (silent) {
      for (float* channel : out) std::fill_n(channel + done, part, 0.0F);
      silence_ -= part;
    } else {
      if (!out.empty() && !convertSamples(*frame_, frameOffset_, part, mix_, out, done))
        return fail(ErrorCode::unsupported, demuxer_->name() + ": its sample format is unknown; convert it");
      frameOffset_ += part;
      frameReady_ = frameOffset_ < frame_->nb_samples;
    }
    done += part;
    position_ += part;
  }
  return done;
}

// Where the frame grid of the codec is within the uncertainty of a stamp, that is where the frame begins.
std::optional<std::int64_t> AudioSource::onGrid(std::int64_t stamp) const {
  if (grid_ <= 0) return std::nullopt;
  const double steps = std::round(static_cast<double>(stamp - gridPhase_) / static_cast<double>(grid_));
  const std::int64_t nearest = gridPhase_ + static_cast<std::int64_t>(steps) * grid_;
  const double jitter = rateHz_ / 200.0;
  const bool smooth = tickSamples_ <= 1.0 && static_cast<double>(grid_) >= 4.0 * jitter;
  const double reach = smooth ? jitter : 0.75 * tickSamples_ + 1.0;
  const bool clear = static_cast<double>(grid_) > 1.5 * reach;
  if (!clear || std::abs(static_cast<double>(stamp - nearest)) > reach) return std::nullopt;
  return nearest;
}

// The sample a frame begins with after a jump, equal to what decoding from the start gives; empty when the stamps are
// too coarse to tell, and only decoding from the start does.
std::optional<std::int64_t> AudioSource::landing(std::int64_t stamp) const {
  if (const auto exact = onGrid(stamp)) return exact;
  return tickSamples_ <= 1.0 ? std::optional(stamp) : std::nullopt;
}

// Seeks in the container `runUp` samples early and decodes to where the place is known. False when that does not land
// on a known sample early enough.
Result<bool> AudioSource::jump(std::int64_t sample, std::int64_t runUp) {
  constexpr int kMostFrames = 64;
  constexpr std::size_t kVotes = 9;
  if (!demuxer_->seek(*stream_, SampleRate(rateHz_).time(sample - runUp))) return false;
  avcodec_flush_buffers(decoder_.get());
  draining_ = ended_ = frameReady_ = false;
  silence_ = 0;
  const bool steady = stream_->codecpar->codec_id != AV_CODEC_ID_VORBIS;
  std::vector<std::int64_t> starts;  // where the first frame begins, according to each stamp
  std::int64_t length = 0;
  for (int i = 0; i < kMostFrames; ++i) {
    const auto more = decodeFrame();
    if (!more) return fail(more.error());
    if (!*more) return false;
    if (const auto stamp = sampleOf(*frame_)) starts.push_back(*stamp - length);
    length += frame_->nb_samples;
    if (starts.size() >= (steady ? 1 : kVotes) || (!starts.empty() && length >= runUp / 4)) break;
  }
  if (starts.empty()) return false;
  std::nth_element(starts.begin(), starts.begin() + static_cast<std::ptrdiff_t>(starts.size() / 2), starts.end());
  const auto landed = landing(starts[starts.size() / 2]);
  if (!landed) return false;
  const std::int64_t held = *landed + length - frame_->nb_samples;  // where frame_ begins
  const bool warm = !needsRunUp(stream_->codecpar->codec_id) || *landed <= sample - runUp / 2;
  if (!warm || held > sample) return false;
  position_ = held;
  frameOffset_ = 0;
  frameReady_ = true;
  expected_ = held + frame_->nb_samples;
  return true;
}

Result<void> AudioSource::seek(std::int64_t sample, std::stop_token stop) {
  demuxer_->watch(stop);
  sample = std::max<std::int64_t>(sample, 0);
  const std::int64_t rate = rateHz_;
  const bool near = sample >= position_ && (ended_ || sample - position_ <= 2 * rate);
  if (near && intact_) return skipTo(sample);

  // Only decoding from the start tells the place where the container's clock jumped, or where stamps are both coarse
  // and wobbling.
  const bool vague = stream_->codecpar->codec_id == AV_CODEC_ID_VORBIS && tickSamples_ > 1.0;
  const bool regular = stampShift_ == 0 && intact_ && !vague;
  intact_ = false;  // until the new place is reached
  constexpr std::array<int, 3> kRunUpHalfSeconds{1, 5, 25};
  for (const int halves : kRunUpHalfSeconds) {
    const std::int64_t runUp = rate * halves / 2;
    if (!regular || sample - runUp <= firstSample_) break;
    const auto landed = jump(sample, runUp);
    if (!landed) return fail(landed.error());
    if (!*landed) continue;
    auto reached = skipTo(sample);
    intact_ = reached.has_value();
    return reached;
  }
  auto started = start(stop);
  if (started) started = skipTo(sample);
  intact_ = started.has_value();
  return started;
}

}  // namespace chladni::media
