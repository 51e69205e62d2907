#include "core/media/origin.h"

#include <algorithm>
#include <optional>
#include <vector>

#include "core/media/demuxer.h"

namespace chladni::media {

namespace {

constexpr int kMostPackets = 512;
constexpr std::int64_t kMostBytes = 16 * 1024 * 1024;
// A sound stream that starts this much later than the earliest stream cannot be the earliest.
constexpr MediaTime kLongestDelay = MediaTime::fromNanoseconds(300'000'000);

// A stream whose first sound is still to be decoded.
struct Candidate {
  const AVStream* stream = nullptr;
  CodecPtr decoder;
  std::optional<MediaTime> start;
};

std::optional<MediaTime> firstSound(const Demuxer& demuxer, Candidate& candidate, const AVPacket& packet, AVFrame& frame) {
  if (avcodec_send_packet(candidate.decoder.get(), &packet) < 0) return std::nullopt;
  while (avcodec_receive_frame(candidate.decoder.get(), &frame) >= 0) {
    if (frame.nb_samples <= 0) continue;
    return demuxer.timeOf(frame.best_effort_timestamp, candidate.stream->time_base);
  }
  return std::nullopt;
}

std::vector<Candidate> earlySounds(const Demuxer& demuxer, std::optional<MediaTime> earliest) {
  std::vector<Candidate> candidates;
  for (const AVStream* stream : demuxer.audioStreams()) {
    const auto stated = demuxer.timeOf(stream->start_time, stream->time_base);
    if (stated && earliest && *stated > *earliest + kLongestDelay) continue;
    auto decoder = demuxer.openDecoder(*stream, 1);
    if (decoder) candidates.push_back({stream, std::move(*decoder), std::nullopt});
  }
  return candidates;
}

void decodeFirstSounds(Demuxer& demuxer, std::vector<Candidate>& candidates, std::deque<PacketPtr>& queue) {
  std::deque<PacketPtr> seen;
  FramePtr frame(av_frame_alloc());
  std::int64_t bytes = 0;
  auto missing = candidates.size();
  while (missing > 0 && seen.size() < kMostPackets && bytes < kMostBytes) {
    PacketPtr packet(av_packet_alloc());
    if (!packet || !frame) break;
    const auto more = demuxer.read(*packet);
    if (!more || !*more) break;
    bytes += packet->size;
    for (Candidate& candidate : candidates) {
      if (candidate.start || candidate.stream->index != packet->stream_index) continue;
      candidate.start = firstSound(demuxer, candidate, *packet, *frame);
      if (candidate.start) --missing;
    }
    seen.push_back(std::move(packet));
  }
  queue = std::move(seen);
}

std::optional<MediaTime> earlier(std::optional<MediaTime> a, std::optional<MediaTime> b) {
  if (!a || !b) return a ? a : b;
  return std::min(*a, *b);
}

}  // namespace

MediaTime findOrigin(Demuxer& demuxer, std::deque<PacketPtr>& queue) {
  std::optional<MediaTime> earliestPicture;
  for (const AVStream* stream : demuxer.videoStreams())
    if (!Demuxer::isAttachedPicture(*stream))
      earliestPicture = earlier(earliestPicture, demuxer.timeOf(stream->start_time, stream->time_base));

  std::optional<MediaTime> stated = earliestPicture;
  for (const AVStream* stream : demuxer.audioStreams())
    stated = earlier(stated, demuxer.timeOf(stream->start_time, stream->time_base));

  auto candidates = earlySounds(demuxer, stated);
  decodeFirstSounds(demuxer, candidates, queue);

  std::optional<MediaTime> earliest = earliestPicture;
  for (const Candidate& candidate : candidates) {
    const auto header = demuxer.timeOf(candidate.stream->start_time, candidate.stream->time_base);
    earliest = earlier(earliest, candidate.start ? candidate.start : header);
  }
  return earliest.value_or(stated.value_or(MediaTime{}));
}

}  // namespace chladni::media
