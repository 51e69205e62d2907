#include "core/media/video_source.h"

#include <algorithm>

namespace chladni::media {

Result<std::unique_ptr<VideoSource>> VideoSource::open(const std::filesystem::path& path, int ordinal, int threads,
                                                       std::stop_token stop) {
  std::unique_ptr<VideoSource> source(new VideoSource());
  source->path_ = path;
  source->ordinal_ = ordinal;
  source->threads_ = threads;
  source->packet_.reset(av_packet_alloc());
  if (!source->packet_)
    return fail(ErrorCode::outOfMemory, displayName(path) + ": not enough memory to open it; close other programs");
  auto started = source->start(std::move(stop));
  if (!started) return fail(std::move(started.error()));
  return source;
}

Result<void> VideoSource::start(std::stop_token stop) {
  decoder_.reset();
  demuxer_.reset();
  auto demuxer = Demuxer::open(path_, std::move(stop));
  if (!demuxer) return fail(std::move(demuxer.error()));
  demuxer_ = std::move(*demuxer);
  const std::string& name = demuxer_->name();
  auto streams = demuxer_->videoStreams();
  const bool cover = !streams.empty();
  std::erase_if(streams, [](const AVStream* stream) { return Demuxer::isAttachedPicture(*stream); });
  if (streams.empty())
    return fail(ErrorCode::notFound, name + (cover ? ": no video stream, only cover art; give a file with moving pictures"
                                                   : ": no video stream; give a file with pictures"));
  if (ordinal_ < 0 || ordinal_ >= static_cast<int>(streams.size()))
    return fail(ErrorCode::notFound, name + ": no video stream " + std::to_string(ordinal_) + "; it has " +
                                         std::to_string(streams.size()) + ", counted from 0");
  stream_ = streams[static_cast<std::size_t>(ordinal_)];
  demuxer_->keepOnly(*stream_);
  auto decoder = demuxer_->openDecoder(*stream_, threads_);
  if (!decoder) return fail(std::move(decoder.error()));
  decoder_ = std::move(*decoder);
  const AVRational rate = av_guess_frame_rate(demuxer_->format(), stream_, nullptr);
  step_ = rate.num > 0 && rate.den > 0 ? MediaTime::fromSeconds(av_q2d(av_inv_q(rate))) : MediaTime::fromSeconds(0.04);
  packetHeld_ = draining_ = false;
  last_.reset();
  onlyKeyFrames(keyOnly_);
  return {};
}

void VideoSource::onlyKeyFrames(bool only) {
  keyOnly_ = only;
  decoder_->skip_frame = only ? AVDISCARD_NONKEY : AVDISCARD_DEFAULT;
}

void VideoSource::forget() {
  avcodec_flush_buffers(decoder_.get());
  packetHeld_ = draining_ = false;
  last_.reset();
}

bool VideoSource::seekTo(MediaTime time) {
  const bool done = demuxer_->seek(*stream_, time);
  forget();
  return done;
}

Result<void> VideoSource::restart(std::stop_token stop) { return start(std::move(stop)); }

// Leaves the next packet to be decoded in packet_. False at the end.
Result<bool> VideoSource::readPacket() {
  while (!packetHeld_) {
    auto more = demuxer_->read(*packet_);
    if (!more || !*more) return more;
    const bool wanted = packet_->stream_index == stream_->index &&
                        (!keyOnly_ || (packet_->flags & AV_PKT_FLAG_KEY) != 0);
    packetHeld_ = wanted;
  }
  return true;
}

std::optional<TimedFrame> VideoSource::received() {
  FramePtr frame(av_frame_alloc());
  if (!frame || avcodec_receive_frame(decoder_.get(), frame.get()) < 0) return std::nullopt;
  TimedFrame timed;
  const auto length = AVRational{stream_->time_base.num, stream_->time_base.den};
  if (const std::int64_t ticks = frameDuration(*frame); ticks > 0)
    timed.duration = MediaTime::fromNanoseconds(av_rescale_q(ticks, length, AVRational{1, 1'000'000'000}));
  const MediaTime next = last_ ? *last_ + step_ : MediaTime{};
  timed.time = demuxer_->timeOf(frame->best_effort_timestamp, stream_->time_base).value_or(next);
  if (last_ && timed.time <= *last_) timed.time = *last_ + MediaTime::fromNanoseconds(1000);
  last_ = timed.time;
  timed.frame = std::move(frame);
  return timed;
}

Result<std::optional<TimedFrame>> VideoSource::next() {
  for (;;) {
    if (auto timed = received()) return std::optional<TimedFrame>(std::move(*timed));
    if (draining_) return std::optional<TimedFrame>();
    const auto more = readPacket();
    if (!more) return fail(more.error());
    draining_ = !*more;
    packetHeld_ = false;
    // A packet that is refused is damaged: the picture is lost, the next one is tried.
    avcodec_send_packet(decoder_.get(), *more ? packet_.get() : nullptr);
  }
}

Result<std::optional<TimedFrame>> VideoSource::nextAlone() {
  for (;;) {
    const auto more = readPacket();
    if (!more) return fail(more.error());
    if (!*more) return std::optional<TimedFrame>();
    packetHeld_ = false;
    avcodec_send_packet(decoder_.get(), packet_.get());
    avcodec_send_packet(decoder_.get(), nullptr);
    auto timed = received();
    avcodec_flush_buffers(decoder_.get());
    if (timed) return std::optional<TimedFrame>(std::move(*timed));
  }
}

Result<std::optional<MediaTime>> VideoSource::peekKeyTime() {
  const auto more = readPacket();
  if (!more) return fail(more.error());
  if (!*more) return std::optional<MediaTime>();
  return demuxer_->timeOf(packet_->pts != AV_NOPTS_VALUE ? packet_->pts : packet_->dts, stream_->time_base);
}

}  // namespace chladni::media
