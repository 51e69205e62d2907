#include "core/media/movie_writer.h"

#include <algorithm>
#include <string>
#include <vector>

#include "core/base/assert.h"
#include "core/base/atomic_file.h"
#include "core/media/ffmpeg_compat.h"

namespace chladni::media {

namespace {

constexpr int kSoundBitsPerChannel = 96'000;
constexpr int kMpeg4Quantiser = 3;
constexpr int kHdWidth = 1280;
constexpr int kHdHeight = 720;
constexpr std::size_t kReadPastTheEnd = 64;  // swscale reads whole vectors, past the end of the last row

struct OutputCloser {
  void operator()(AVFormatContext* output) const {
    if (output->pb) avio_closep(&output->pb);
    avformat_free_context(output);
  }
};
using OutputPtr = std::unique_ptr<AVFormatContext, OutputCloser>;

std::string textOf(int code) {
  char text[AV_ERROR_MAX_STRING_SIZE] = {};
  av_strerror(code, text, sizeof text);
  return text;
}

Error problem(const std::string& doing, int code) { return Error{ErrorCode::io, doing + ": " + textOf(code), {}}; }

// What became of the file itself: the one thing that somebody can do something about.
Error writingFailed(const std::string& name, int code) {
  return Error{ErrorCode::io, name + ": writing failed (" + textOf(code) + "); nothing was changed; make room or choose another place", {}};
}

struct Track {
  CodecPtr encoder;
  AVStream* stream = nullptr;
};

Result<Track> newTrack(AVFormatContext& output, const AVCodec* codec, const char* what) {
  if (!codec) return fail(ErrorCode::unsupported, std::string("libavcodec has no encoder for ") + what + "; install one that has");
  Track track;
  track.stream = avformat_new_stream(&output, nullptr);
  track.encoder.reset(avcodec_alloc_context3(codec));
  if (!track.stream || !track.encoder) return fail(ErrorCode::outOfMemory, "no memory for an encoder");
  track.encoder->flags |= AV_CODEC_FLAG_BITEXACT;
  if ((output.oformat->flags & AVFMT_GLOBALHEADER) != 0) track.encoder->flags |= AV_CODEC_FLAG_GLOBAL_HEADER;
  track.encoder->thread_count = 1;
  return track;
}

Result<void> openTrack(Track& track) {
  if (const int code = avcodec_open2(track.encoder.get(), nullptr, nullptr); code < 0)
    return fail(problem(std::string("encoder ") + track.encoder->codec->name, code));
  track.stream->time_base = track.encoder->time_base;
  if (const int code = avcodec_parameters_from_context(track.stream->codecpar, track.encoder.get()); code < 0)
    return fail(problem("codec parameters", code));
  return {};
}

bool isHd(const MovieForm& form) { return form.width >= kHdWidth || form.height >= kHdHeight; }

Result<Track> pictureTrack(AVFormatContext& output, const MovieForm& form) {
  const AVCodec* h264 = avcodec_find_encoder_by_name("libx264");
  auto track = newTrack(output, h264 ? h264 : avcodec_find_encoder(AV_CODEC_ID_MPEG4), "pictures");
  if (!track) return track;
  AVCodecContext& encoder = *track->encoder;
  encoder.width = form.width;
  encoder.height = form.height;
  encoder.time_base = {1, form.fps};
  encoder.framerate = {form.fps, 1};
  encoder.pix_fmt = AV_PIX_FMT_YUV420P;
  encoder.gop_size = 2 * form.fps;
  if (isHd(form)) {
    encoder.colorspace = AVCOL_SPC_BT709;
    encoder.color_primaries = AVCOL_PRI_BT709;
    encoder.color_trc = AVCOL_TRC_BT709;
    encoder.color_range = AVCOL_RANGE_MPEG;
  }
  if (h264) {
    av_opt_set(encoder.priv_data, "preset", "veryfast", 0);
    av_opt_set_int(encoder.priv_data, "crf", form.quality, 0);
    // Its AVX-512 code reads memory that was never written, in narrow pictures: the same input gave different files.
    av_opt_set_int(encoder.priv_data, "mbtree", 0, 0);
  } else {
    encoder.flags |= AV_CODEC_FLAG_QSCALE;
    encoder.global_quality = FF_QP2LAMBDA * kMpeg4Quantiser;
  }
  if (auto opened = openTrack(*track); !opened) return fail(opened.error());
  track->stream->avg_frame_rate = encoder.framerate;
  return track;
}

Result<Track> soundTrack(AVFormatContext& output, const MovieForm& form) {
  auto track = newTrack(output, avcodec_find_encoder(AV_CODEC_ID_AAC), "AAC");
  if (!track) return track;
  AVCodecContext& encoder = *track->encoder;
  encoder.sample_rate = form.rate.hz();
  encoder.time_base = {1, form.rate.hz()};
  encoder.sample_fmt = AV_SAMPLE_FMT_FLTP;
  encoder.bit_rate = std::int64_t{kSoundBitsPerChannel} * form.channels;
  av_channel_layout_default(&encoder.ch_layout, form.channels);
  if (auto opened = openTrack(*track); !opened) return fail(opened.error());
  return track;
}

Result<void> checkForm(const MovieForm& form) {
  const auto sideFits = [](int side) { return side >= 16 && side <= 8192 && side % 2 == 0; };
  if (!sideFits(form.width) || !sideFits(form.height))
    return fail(ErrorCode::invalidArgument, "a movie of " + std::to_string(form.width) + " x " + std::to_string(form.height) +
                                                " cannot be written; choose even sides from 16 to 8192");
  if (form.fps < 1 || form.fps > 240) return fail(ErrorCode::invalidArgument, "pictures per second must be 1 to 240");
  if (form.channels < 0 || form.channels > 2) return fail(ErrorCode::invalidArgument, "a movie's sound has one or two channels, or there is none");
  if (form.channels > 0 && (form.rate.hz() < 8000 || form.rate.hz() > 96000)) return fail(ErrorCode::invalidArgument, "the rate must be 8000 to 96000 Hz");
  if (form.quality < 0 || form.quality > 51) return fail(ErrorCode::invalidArgument, "quality must be 0 to 51");
  return {};
}

}  // namespace

struct MovieWriter::State {
  AtomicFile file;
  MovieForm form;
  std::string name;
  OutputPtr output;
  Track pictures;
  Track sound;
  ScalerPtr scaler;
  std::vector<std::uint8_t> source;  // the picture, with room behind it
  std::vector<std::vector<float>> waiting;  // sound that does not fill an encoder's frame yet, by channel
  std::int64_t picturesWritten = 0;
  std::int64_t samplesEncoded = 0;

  Result<void> encode(Track& track, const AVFrame* frame) {
    if (const int code = avcodec_send_frame(track.encoder.get(), frame); code < 0) return fail(problem(name + ": encoding", code));
    PacketPtr packet(av_packet_alloc());
    while (avcodec_receive_packet(track.encoder.get(), packet.get()) >= 0) {
      packet->stream_index = track.stream->index;
      av_packet_rescale_ts(packet.get(), track.encoder->time_base, track.stream->time_base);
      if (const int code = av_interleaved_write_frame(output.get(), packet.get()); code < 0) return fail(writingFailed(name, code));
    }
    return {};
  }

  Result<void> makeScaler() {
    scaler.reset(sws_getContext(form.width, form.height, AV_PIX_FMT_RGB24, form.width, form.height, AV_PIX_FMT_YUV420P,
                                SWS_BILINEAR | SWS_ACCURATE_RND | SWS_BITEXACT, nullptr, nullptr, nullptr));
    if (!scaler) return fail(ErrorCode::unsupported, name + ": swscale cannot convert the picture");
    constexpr int kUnity = 1 << 16;
    const int* matrix = sws_getCoefficients(isHd(form) ? SWS_CS_ITU709 : SWS_CS_ITU601);
    sws_setColorspaceDetails(scaler.get(), matrix, 1, matrix, 0, 0, kUnity, kUnity);
    return {};
  }

  Result<void> encodeSound(std::size_t samples) {
    FramePtr frame(av_frame_alloc());
    frame->format = sound.encoder->sample_fmt;
    frame->sample_rate = form.rate.hz();
    frame->nb_samples = static_cast<int>(samples);
    frame->pts = samplesEncoded;
    if (av_channel_layout_copy(&frame->ch_layout, &sound.encoder->ch_layout) < 0 || av_frame_get_buffer(frame.get(), 0) < 0)
      return fail(ErrorCode::outOfMemory, name + ": no memory for a block of sound");
    for (std::size_t c = 0; c < waiting.size(); ++c) {
      const auto end = waiting[c].begin() + static_cast<std::ptrdiff_t>(samples);
      std::copy(waiting[c].begin(), end, reinterpret_cast<float*>(frame->extended_data[c]));
      waiting[c].erase(waiting[c].begin(), end);
    }
    samplesEncoded += static_cast<std::int64_t>(samples);
    return encode(sound, frame.get());
  }
};

MovieWriter::MovieWriter(std::unique_ptr<State> state) : state_(std::move(state)) {}
MovieWriter::MovieWriter(MovieWriter&&) noexcept = default;
MovieWriter::~MovieWriter() = default;

Result<MovieWriter> MovieWriter::create(const std::filesystem::path& path, const MovieForm& form) {
  if (auto ok = checkForm(form); !ok) return fail(ok.error());
  silenceFfmpeg();
  auto file = AtomicFile::create(path);
  if (!file) return fail(file.error());
  auto state = std::unique_ptr<State>(new State{std::move(*file), form, path.string(), {}, {}, {}, {}, {}, {}});
  AVFormatContext* output = nullptr;
  if (avformat_alloc_output_context2(&output, nullptr, "mp4", nullptr) < 0 || !output)
    return fail(ErrorCode::unsupported, "libavformat cannot write MP4");
  state->output.reset(output);
  output->flags |= AVFMT_FLAG_BITEXACT;
  auto pictures = pictureTrack(*output, form);
  if (!pictures) return fail(pictures.error(), path.string());
  state->pictures = std::move(*pictures);
  if (form.channels > 0) {
    auto sound = soundTrack(*output, form);
    if (!sound) return fail(sound.error(), path.string());
    state->sound = std::move(*sound);
  }
  state->waiting.resize(static_cast<std::size_t>(form.channels));
  if (const int code = avio_open(&output->pb, state->file.temporaryPath().c_str(), AVIO_FLAG_WRITE); code < 0)
    return fail(problem(path.string(), code));
  if (const int code = avformat_write_header(output, nullptr); code < 0) return fail(problem(path.string(), code));
  return MovieWriter(std::move(state));
}

Result<void> MovieWriter::write(const VideoFrame& picture) {
  State& state = *state_;
  CHLADNI_ASSERT(picture.width == state.form.width && picture.height == state.form.height);
  FramePtr frame(av_frame_alloc());
  frame->format = AV_PIX_FMT_YUV420P;
  frame->width = picture.width;
  frame->height = picture.height;
  frame->pts = state.picturesWritten++;
  if (av_frame_get_buffer(frame.get(), 0) < 0) return fail(ErrorCode::outOfMemory, state.name + ": no memory for a picture");
  if (!state.scaler)
    if (auto made = state.makeScaler(); !made) return made;
  state.source.resize(picture.rgb.size() + kReadPastTheEnd);
  std::copy(picture.rgb.begin(), picture.rgb.end(), state.source.begin());
  const std::uint8_t* const rows[4] = {state.source.data(), nullptr, nullptr, nullptr};
  const int strides[4] = {3 * picture.width, 0, 0, 0};
  sws_scale(state.scaler.get(), rows, strides, 0, picture.height, frame->data, frame->linesize);
  return state.encode(state.pictures, frame.get());
}

Result<void> MovieWriter::write(const AudioBuffer& sound) {
  State& state = *state_;
  CHLADNI_ASSERT(sound.rate == state.form.rate && sound.channels.size() == state.waiting.size());
  if (state.waiting.empty()) return {};
  for (std::size_t c = 0; c < sound.channels.size(); ++c)
    for (const float s : sound.channels[c]) state.waiting[c].push_back(std::clamp(s, -1.0F, 1.0F));
  const auto step = static_cast<std::size_t>(std::max(state.sound.encoder->frame_size, 1));
  while (state.waiting.front().size() >= step)
    if (auto done = state.encodeSound(step); !done) return done;
  return {};
}

Result<void> MovieWriter::commit() {
  State& state = *state_;
  if (!state.waiting.empty() && !state.waiting.front().empty())
    if (auto done = state.encodeSound(state.waiting.front().size()); !done) return done;
  for (auto* track : {&state.pictures, &state.sound}) {
    if (!track->encoder) continue;
    if (auto done = state.encode(*track, nullptr); !done) return done;
  }
  if (const int code = av_write_trailer(state.output.get()); code < 0) return fail(writingFailed(state.name, code));
  if (const int code = avio_closep(&state.output->pb); code < 0) return fail(writingFailed(state.name, code));
  return state.file.commit();
}

}  // namespace chladni::media
