#include "core/media/packet_scan.h"

#include <algorithm>

namespace chladni::media {

namespace {

struct Trim {
  std::int64_t start = 0;  // samples the decoder leaves out
  std::int64_t end = 0;
};

std::uint32_t littleEndian(const std::uint8_t* bytes) {
  return static_cast<std::uint32_t>(bytes[0]) | static_cast<std::uint32_t>(bytes[1]) << 8 |
         static_cast<std::uint32_t>(bytes[2]) << 16 | static_cast<std::uint32_t>(bytes[3]) << 24;
}

Trim trimOf(const AVPacket& packet) {
  constexpr std::size_t kBytes = 10;
  std::size_t size = 0;
  const std::uint8_t* data = av_packet_get_side_data(&packet, AV_PKT_DATA_SKIP_SAMPLES, &size);
  if (!data || size < kBytes) return {};
  return {littleEndian(data), littleEndian(data + 4)};
}

// VP8 keeps pictures that are never shown in packets of their own: bit 4 of the frame tag is "show".
bool showsPicture(const AVStream& stream, const AVPacket& packet) {
  if (packet.size == 0 || (packet.flags & AV_PKT_FLAG_DISCARD) != 0) return false;
  return stream.codecpar->codec_id != AV_CODEC_ID_VP8 || (packet.data[0] & 0x10) != 0;
}

MediaTime samplesLong(const AVStream& stream, std::int64_t samples) {
  const int rate = stream.codecpar->sample_rate;
  return rate > 0 ? SampleRate(rate).time(samples) : MediaTime{};
}

void count(const Demuxer& demuxer, const AVStream& stream, const AVPacket& packet, StreamCount& counted) {
  ++counted.packets;
  if (showsPicture(stream, packet)) ++counted.pictures;
  if ((packet.flags & AV_PKT_FLAG_DISCARD) != 0) return;
  const auto stamp = demuxer.timeOf(packet.pts != AV_NOPTS_VALUE ? packet.pts : packet.dts, stream.time_base);
  const MediaTime length = MediaTime::fromNanoseconds(
      std::max<std::int64_t>(0, av_rescale_q(packet.duration, stream.time_base, AVRational{1, 1'000'000'000})));
  if (!stamp) {
    if (counted.end) counted.end = *counted.end + length;
    return;
  }
  const Trim trim = trimOf(packet);
  const MediaTime start = *stamp + samplesLong(stream, trim.start);
  const MediaTime end = *stamp + length - samplesLong(stream, trim.end);
  counted.firstStamp = counted.firstStamp ? std::min(*counted.firstStamp, start) : start;
  counted.end = counted.end ? std::max(*counted.end, end) : end;
}

}  // namespace

Result<std::map<int, StreamCount>> countPackets(Demuxer& demuxer) {
  PacketPtr packet(av_packet_alloc());
  if (!packet) return fail(ErrorCode::outOfMemory, demuxer.name() + ": not enough memory to read it; close other programs");
  std::map<int, StreamCount> counts;
  for (;;) {
    const auto more = demuxer.read(*packet);
    if (!more) return fail(more.error());
    if (!*more) return counts;
    count(demuxer, *demuxer.format()->streams[packet->stream_index], *packet, counts[packet->stream_index]);
  }
}

}  // namespace chladni::media
