#include "tests/unit/media/media_maker.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <fstream>
#include <numbers>

#include "core/media/ffmpeg_compat.h"
#include "tests/unit/media/output_file.h"

namespace chladni::test {

using namespace chladni::media;

namespace {

template <class Number>
void append(std::string& bytes, Number value) {
  bytes.append(reinterpret_cast<const char*>(&value), sizeof value);
}

void appendSample(std::string& bytes, int bits, double value) {
  switch (bits) {
    case 8: append(bytes, static_cast<std::uint8_t>(std::lround(value * 127.0) + 128)); return;
    case 16: append(bytes, static_cast<std::int16_t>(std::lround(value * 32767.0))); return;
    case 24: {
      const auto wide = static_cast<std::int32_t>(std::lround(value * 8388607.0));
      bytes.append(reinterpret_cast<const char*>(&wide), 3);
      return;
    }
    default: append(bytes, static_cast<float>(value)); return;
  }
}

struct Track {
  CodecPtr encoder;
  AVStream* stream = nullptr;
};

AVPixelFormat pixelFormat(const std::string& name) {
  const AVPixelFormat format = av_get_pix_fmt(name.c_str());
  need(format != AV_PIX_FMT_NONE, "pixel format " + name);
  return format;
}

void openEncoder(AVFormatContext& output, Track& track) {
  if ((output.oformat->flags & AVFMT_GLOBALHEADER) != 0) track.encoder->flags |= AV_CODEC_FLAG_GLOBAL_HEADER;
  track.encoder->flags |= AV_CODEC_FLAG_BITEXACT;
  track.encoder->strict_std_compliance = FF_COMPLIANCE_EXPERIMENTAL;
  track.encoder->thread_count = 1;
  need(avcodec_open2(track.encoder.get(), nullptr, nullptr) >= 0, std::string("encoder ") + track.encoder->codec->name);
  track.stream->time_base = track.encoder->time_base;
  need(avcodec_parameters_from_context(track.stream->codecpar, track.encoder.get()) >= 0, "codec parameters");
}

Track newTrack(AVFormatContext& output, const std::string& codecName) {
  const AVCodec* codec = avcodec_find_encoder_by_name(codecName.c_str());
  need(codec != nullptr, "no encoder " + codecName);
  Track track;
  track.stream = avformat_new_stream(&output, nullptr);
  track.encoder.reset(avcodec_alloc_context3(codec));
  need(track.stream && track.encoder, "memory");
  return track;
}

// The encoder's favourite. FFmpeg 7.1 made the list of formats an answer to a question.
AVSampleFormat firstSampleFormat(const AVCodec& codec) {
#if LIBAVCODEC_VERSION_INT >= AV_VERSION_INT(61, 13, 100)
  const void* list = nullptr;
  need(avcodec_get_supported_config(nullptr, &codec, AV_CODEC_CONFIG_SAMPLE_FORMAT, 0, &list, nullptr) >= 0, "sample formats");
  const auto* formats = static_cast<const AVSampleFormat*>(list);
#else
  const AVSampleFormat* formats = codec.sample_fmts;
#endif
  return formats ? formats[0] : AV_SAMPLE_FMT_S16;
}

Track soundTrack(AVFormatContext& output, const SoundSpec& spec) {
  Track track = newTrack(output, spec.codec);
  AVCodecContext& encoder = *track.encoder;
  encoder.sample_rate = spec.rate;
  encoder.time_base = {1, spec.rate};
  encoder.sample_fmt = firstSampleFormat(*encoder.codec);
  encoder.bit_rate = 96000 * spec.channels;
  av_channel_layout_default(&encoder.ch_layout, spec.channels);
  openEncoder(output, track);
  return track;
}

Track pictureTrack(AVFormatContext& output, const MadePicture& spec) {
  Track track = newTrack(output, spec.codec);
  AVCodecContext& encoder = *track.encoder;
  encoder.width = spec.width;
  encoder.height = spec.height;
  encoder.time_base = {1, 1000};
  encoder.framerate = {25, 1};
  encoder.pix_fmt = pixelFormat(spec.pixelFormat);
  encoder.gop_size = spec.keyEvery;
  encoder.bit_rate = 4'000'000;
  av_opt_set_int(encoder.priv_data, "sc_threshold", 1'000'000'000, 0);  // key frames only where asked for
  encoder.sample_aspect_ratio = {spec.aspect.first, spec.aspect.second};
  if (spec.fullRange) encoder.color_range = AVCOL_RANGE_JPEG;
  if (!spec.matrix.empty()) encoder.colorspace = static_cast<AVColorSpace>(av_color_space_from_name(spec.matrix.c_str()));
  openEncoder(output, track);
  track.stream->sample_aspect_ratio = encoder.sample_aspect_ratio;
  track.stream->avg_frame_rate = encoder.framerate;
  if (spec.rotation != 0) {
#if LIBAVCODEC_VERSION_INT >= AV_VERSION_INT(60, 31, 102)
    AVPacketSideData* data = av_packet_side_data_new(&track.stream->codecpar->coded_side_data,
                                                     &track.stream->codecpar->nb_coded_side_data,
                                                     AV_PKT_DATA_DISPLAYMATRIX, 9 * sizeof(std::int32_t), 0);
    auto* matrix = reinterpret_cast<std::int32_t*>(data->data);
#else
    auto* matrix = reinterpret_cast<std::int32_t*>(
        av_stream_new_side_data(track.stream, AV_PKT_DATA_DISPLAYMATRIX, 9 * sizeof(std::int32_t)));
#endif
    av_display_rotation_set(matrix, -spec.rotation);
  }
  return track;
}

bool wanted(const SoundSpec* spec, double seconds) {
  return !spec || !spec->missing || seconds < spec->missing->first || seconds >= spec->missing->second;
}

void encode(AVFormatContext& output, Track& track, const AVFrame* frame, const SoundSpec* sound) {
  need(avcodec_send_frame(track.encoder.get(), frame) >= 0, "encoding");
  PacketPtr packet(av_packet_alloc());
  while (avcodec_receive_packet(track.encoder.get(), packet.get()) >= 0) {
    packet->stream_index = track.stream->index;
    const double seconds = static_cast<double>(packet->pts) * av_q2d(track.encoder->time_base);
    if (!wanted(sound, seconds)) continue;
    const double paused = sound ? sound->pause * std::floor(10.0 * seconds) : 0.0;
    packet->pts += std::llround(paused / av_q2d(track.encoder->time_base));
    packet->dts += std::llround(paused / av_q2d(track.encoder->time_base));
    av_packet_rescale_ts(packet.get(), track.encoder->time_base, track.stream->time_base);
    need(av_interleaved_write_frame(&output, packet.get()) >= 0, "writing a packet");
  }
}

void storeSample(AVFrame& frame, int channel, int n, double value) {
  const auto format = static_cast<AVSampleFormat>(frame.format);
  const bool planar = av_sample_fmt_is_planar(format) != 0;
  const int at = planar ? n : n * frame.ch_layout.nb_channels + channel;
  std::uint8_t* plane = frame.extended_data[planar ? channel : 0];
  switch (av_get_packed_sample_fmt(format)) {
    case AV_SAMPLE_FMT_S16: reinterpret_cast<std::int16_t*>(plane)[at] = static_cast<std::int16_t>(std::lround(value * 32767)); return;
    case AV_SAMPLE_FMT_S32: reinterpret_cast<std::int32_t*>(plane)[at] = static_cast<std::int32_t>(std::lround(value * 2147483647.0)); return;
    case AV_SAMPLE_FMT_FLT: reinterpret_cast<float*>(plane)[at] = static_cast<float>(value); return;
    default: need(false, "sample format");
  }
}

void writeSound(AVFormatContext& output, Track& track, const SoundSpec& spec) {
  const AVCodecContext& encoder = *track.encoder;
  const int step = encoder.frame_size > 0 ? encoder.frame_size : 1024;
  const auto total = static_cast<std::int64_t>(std::llround(spec.seconds * spec.rate));
  for (std::int64_t done = 0; done < total; done += step) {
    FramePtr frame(av_frame_alloc());
    frame->format = encoder.sample_fmt;
    frame->sample_rate = spec.rate;
    frame->nb_samples = static_cast<int>(std::min<std::int64_t>(step, total - done));
    need(av_channel_layout_copy(&frame->ch_layout, &encoder.ch_layout) >= 0, "layout");
    need(av_frame_get_buffer(frame.get(), 0) >= 0, "memory");
    frame->pts = done + std::llround(spec.start * spec.rate);
    for (int c = 0; c < spec.channels; ++c)
      for (int n = 0; n < frame->nb_samples; ++n)
        storeSample(*frame, c, n, soundAt(static_cast<double>(done + n) / spec.rate, c));
    encode(output, track, frame.get(), &spec);
  }
  encode(output, track, nullptr, &spec);
}

FramePtr rgbPicture(const MadePicture& spec, int index) {
  FramePtr frame(av_frame_alloc());
  frame->format = AV_PIX_FMT_RGB24;
  frame->width = spec.width + 2;
  frame->height = spec.height;
  need(av_frame_get_buffer(frame.get(), 0) >= 0, "memory");
  frame->width = spec.width;
  for (int y = 0; y < spec.height; ++y) {
    // Two columns more than there are: swscale averages pairs when it halves the colour of an odd width.
    for (int x = 0; x < spec.width + 2; ++x) {
      const int quarter = (y >= spec.height / 2 ? 2 : 0) + (x >= spec.width / 2 ? 1 : 0);
      const Colour colour = spec.quarters ? quarterColour(quarter) : colourOf(index);
      std::uint8_t* pixel = frame->data[0] + y * frame->linesize[0] + x * 3;
      pixel[0] = static_cast<std::uint8_t>(colour.red);
      pixel[1] = static_cast<std::uint8_t>(colour.green);
      pixel[2] = static_cast<std::uint8_t>(colour.blue);
    }
  }
  return frame;
}

int scalerMatrix(const std::string& name) {
  if (name == "bt709") return SWS_CS_ITU709;
  if (name == "bt2020nc") return SWS_CS_BT2020;
  return SWS_CS_ITU601;
}

FramePtr stored(const MadePicture& spec, const AVFrame& rgb) {
  FramePtr frame(av_frame_alloc());
  frame->format = pixelFormat(spec.pixelFormat);
  frame->width = spec.width;
  frame->height = spec.height;
  need(av_frame_get_buffer(frame.get(), 0) >= 0, "memory");
  ScalerPtr scaler(sws_getContext(rgb.width, rgb.height, AV_PIX_FMT_RGB24, rgb.width, rgb.height,
                                  static_cast<AVPixelFormat>(frame->format),
                                  SWS_BICUBIC | SWS_ACCURATE_RND | SWS_FULL_CHR_H_INT, nullptr, nullptr, nullptr));
  need(scaler != nullptr, "pixel conversion");
  const AVPixFmtDescriptor* description = av_pix_fmt_desc_get(static_cast<AVPixelFormat>(frame->format));
  const bool full = spec.fullRange || description->nb_components < 3;
  const int* matrix = sws_getCoefficients(scalerMatrix(spec.matrix));
  sws_setColorspaceDetails(scaler.get(), matrix, 1, matrix, full ? 1 : 0, 0, 1 << 16, 1 << 16);
  sws_scale(scaler.get(), rgb.data, rgb.linesize, 0, rgb.height, frame->data, frame->linesize);
  if (spec.fullRange) frame->color_range = AVCOL_RANGE_JPEG;
  return frame;
}

void writePictures(AVFormatContext& output, Track& track, const MadePicture& spec) {
  for (std::size_t i = 0; i < spec.stamps.size(); ++i) {
    const FramePtr rgb = rgbPicture(spec, static_cast<int>(i));
    const FramePtr frame = stored(spec, *rgb);
    frame->pts = spec.stamps[i];
    encode(output, track, frame.get(), nullptr);
  }
  encode(output, track, nullptr, nullptr);
}

}  // namespace

double soundAt(double seconds, int channel) {
  const double t = seconds + 0.37 * channel;
  return 0.5 * std::sin(2.0 * std::numbers::pi * (220.0 + 3.0 * t) * t) +
         0.3 * std::sin(2.0 * std::numbers::pi * 97.31 * t);
}

Colour colourOf(int index) {
  const int step = index % 7;
  return {40 + 28 * step, 220 - 28 * step, 30 + 60 * (index % 4)};
}

Colour quarterColour(int quarter) {
  constexpr std::array<Colour, 4> kColours{{{220, 40, 40}, {40, 200, 40}, {40, 40, 220}, {220, 220, 220}}};
  return kColours[static_cast<std::size_t>(quarter)];
}

void writeRawWav(const std::filesystem::path& path, const WavSpec& spec) {
  const int width = spec.bits / 8;
  std::string data;
  for (std::int64_t n = 0; n < spec.samples; ++n)
    for (int c = 0; c < spec.channels; ++c)
      appendSample(data, spec.bits, soundAt(static_cast<double>(n) / spec.rate, c));
  const auto stated = spec.statedDataBytes.value_or(static_cast<std::uint32_t>(data.size()));
  std::string bytes = "RIFF";
  append(bytes, static_cast<std::uint32_t>(stated + 36));
  bytes += "WAVEfmt ";
  append(bytes, std::uint32_t{16});
  append(bytes, static_cast<std::uint16_t>(spec.bits == 32 ? 3 : 1));
  append(bytes, static_cast<std::uint16_t>(spec.channels));
  append(bytes, static_cast<std::uint32_t>(spec.rate));
  append(bytes, static_cast<std::uint32_t>(spec.rate * spec.channels * width));
  append(bytes, static_cast<std::uint16_t>(spec.channels * width));
  append(bytes, static_cast<std::uint16_t>(spec.bits));
  bytes += "data";
  append(bytes, stated);
  writeText(path, bytes + data);
}

void makeMedia(const std::filesystem::path& path, const MediaSpec& spec) {
  silenceFfmpeg();  // encoders talk
  OutputFile output;
  need(avformat_alloc_output_context2(&output.format, nullptr, spec.format.c_str(), nullptr) >= 0, spec.format);
  std::optional<Track> pictures;
  std::optional<Track> sound;
  if (spec.pictures) pictures = pictureTrack(*output.format, *spec.pictures);
  if (spec.sound) sound = soundTrack(*output.format, *spec.sound);
  const std::string url = "file:" + path.string();
  need(avio_open(&output.format->pb, url.c_str(), AVIO_FLAG_WRITE) >= 0, "opening " + path.string());
  AVDictionary* options = nullptr;
  need(av_dict_parse_string(&options, spec.options.c_str(), "=", ":", 0) >= 0, "the options " + spec.options);
  const int begun = avformat_write_header(output.format, &options);
  av_dict_free(&options);
  need(begun >= 0, "the header of " + spec.format);
  output.format->max_interleave_delta = 0;  // hold everything back until both streams are known
  if (pictures) writePictures(*output.format, *pictures, *spec.pictures);
  if (sound) writeSound(*output.format, *sound, *spec.sound);
  need(av_write_trailer(output.format) >= 0, "the trailer");
}

bool haveMuxer(const std::string& name) { return av_guess_format(name.c_str(), nullptr, nullptr) != nullptr; }

bool haveEncoder(const std::string& name) { return avcodec_find_encoder_by_name(name.c_str()) != nullptr; }

std::vector<int> evenStamps(int count, int stepMilliseconds) {
  std::vector<int> stamps;
  for (int i = 0; i < count; ++i) stamps.push_back(i * stepMilliseconds);
  return stamps;
}

void copyStart(const std::filesystem::path& from, const std::filesystem::path& to, double share) {
  std::ifstream in(from, std::ios::binary);
  std::string bytes((std::istreambuf_iterator<char>(in)), {});
  bytes.resize(static_cast<std::size_t>(static_cast<double>(bytes.size()) * share));
  writeText(to, bytes);
}

void writeText(const std::filesystem::path& path, const std::string& text) {
  std::ofstream out(path, std::ios::binary);
  out.write(text.data(), static_cast<std::streamsize>(text.size()));
  need(out.good(), path.string());
}

}  // namespace chladni::test
