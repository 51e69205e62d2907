#include "tests/unit/media/extra_streams.h"

#include <cstring>
#include <string_view>

#include "tests/unit/media/output_file.h"

namespace chladni::test {

using namespace chladni::media;

namespace {

constexpr int kCoverSide = 16;

struct Input {
  AVFormatContext* format = nullptr;
  ~Input() { avformat_close_input(&format); }
};

PacketPtr packetOf(std::string_view bytes, int stream, std::int64_t duration) {
  PacketPtr packet(av_packet_alloc());
  need(packet && av_new_packet(packet.get(), static_cast<int>(bytes.size())) >= 0, "memory");
  std::memcpy(packet->data, bytes.data(), bytes.size());
  packet->stream_index = stream;
  packet->pts = packet->dts = 0;
  packet->duration = duration;
  packet->flags = AV_PKT_FLAG_KEY;
  return packet;
}

PacketPtr coverPacket(AVStream& stream) {
  const AVCodec* codec = avcodec_find_encoder(AV_CODEC_ID_PNG);
  CodecPtr encoder(avcodec_alloc_context3(codec));
  encoder->width = encoder->height = kCoverSide;
  encoder->pix_fmt = AV_PIX_FMT_RGB24;
  encoder->time_base = {1, 1};
  need(avcodec_open2(encoder.get(), codec, nullptr) >= 0, "the cover's encoder");
  FramePtr frame(av_frame_alloc());
  frame->format = AV_PIX_FMT_RGB24;
  frame->width = frame->height = kCoverSide;
  need(av_frame_get_buffer(frame.get(), 0) >= 0, "memory");
  std::memset(frame->data[0], 100, static_cast<std::size_t>(frame->linesize[0]) * kCoverSide);
  PacketPtr packet(av_packet_alloc());
  need(avcodec_send_frame(encoder.get(), frame.get()) >= 0 && avcodec_send_frame(encoder.get(), nullptr) >= 0 &&
           avcodec_receive_packet(encoder.get(), packet.get()) >= 0,
       "the cover");
  avcodec_parameters_from_context(stream.codecpar, encoder.get());
  packet->stream_index = stream.index;
  packet->flags = AV_PKT_FLAG_KEY;
  return packet;
}

PacketPtr describe(AVStream& stream, const std::string& format, Extra extra) {
  using namespace std::string_view_literals;
  AVCodecParameters& parameters = *stream.codecpar;
  stream.time_base = {1, 1000};
  if (extra == Extra::cover) {
    stream.disposition = AV_DISPOSITION_ATTACHED_PIC;
    return coverPacket(stream);
  }
  if (extra == Extra::data) {
    parameters.codec_type = AVMEDIA_TYPE_DATA;
    parameters.codec_id = AV_CODEC_ID_SMPTE_KLV;
    return packetOf("not a picture and not a sound"sv, stream.index, 500);
  }
  const bool mp4 = format == "mp4" || format == "mov";
  parameters.codec_type = AVMEDIA_TYPE_SUBTITLE;
  parameters.codec_id = mp4 ? AV_CODEC_ID_MOV_TEXT : AV_CODEC_ID_SUBRIP;
  return packetOf(mp4 ? "\0\x05words"sv : "words"sv, stream.index, 500);
}

void copyPackets(Input& input, OutputFile& output, int extraIndex, PacketPtr extra) {
  need(av_interleaved_write_frame(output.format, extra.get()) >= 0, "the added packet");
  PacketPtr packet(av_packet_alloc());
  while (av_read_frame(input.format, packet.get()) >= 0) {
    const int index = packet->stream_index;
    need(index < extraIndex, "streams");
    av_packet_rescale_ts(packet.get(), input.format->streams[index]->time_base, output.format->streams[index]->time_base);
    packet->pos = -1;
    need(av_interleaved_write_frame(output.format, packet.get()) >= 0, "a packet");
  }
}

}  // namespace

void addExtra(const std::filesystem::path& from, const std::filesystem::path& to, const std::string& format, Extra extra) {
  Input input;
  OutputFile output;
  need(avformat_open_input(&input.format, ("file:" + from.string()).c_str(), nullptr, nullptr) >= 0, "opening");
  need(avformat_find_stream_info(input.format, nullptr) >= 0, "streams");
  need(avformat_alloc_output_context2(&output.format, nullptr, format.c_str(), nullptr) >= 0, "format");
  for (unsigned i = 0; i < input.format->nb_streams; ++i) {
    AVStream* stream = avformat_new_stream(output.format, nullptr);
    need(stream && avcodec_parameters_copy(stream->codecpar, input.format->streams[i]->codecpar) >= 0, "a stream");
    stream->codecpar->codec_tag = 0;
    stream->time_base = input.format->streams[i]->time_base;
  }
  AVStream* added = avformat_new_stream(output.format, nullptr);
  need(added != nullptr, "a stream");
  PacketPtr packet = describe(*added, format, extra);
  need(avio_open(&output.format->pb, ("file:" + to.string()).c_str(), AVIO_FLAG_WRITE) >= 0, "opening the copy");
  need(avformat_write_header(output.format, nullptr) >= 0, "the header");
  copyPackets(input, output, added->index, std::move(packet));
  need(av_write_trailer(output.format) >= 0, "the trailer");
}

}  // namespace chladni::test
