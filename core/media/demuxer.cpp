#include "core/media/demuxer.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <climits>
#include <cmath>
#include <cstring>
#include <string_view>

#include "core/media/origin.h"

namespace chladni::media {

namespace {

constexpr std::chrono::seconds kLongestOpen{8};
constexpr std::int64_t kFarProbeBytes = 256 * 1024 * 1024;
constexpr std::int64_t kFarProbeMicroseconds = 3600LL * 1'000'000;
constexpr std::int64_t kFurthestNanoseconds = 1'000'000'000LL * 3600 * 24 * 365;  // a year: later stamps are damage

// Containers that are lists of other files or plain text, and devices: never media by themselves.
bool refused(const AVInputFormat& format) {
  constexpr std::array<std::string_view, 10> kRefused{"hls",  "concat", "dash",  "imf",        "sdp",
                                                      "rtsp", "tty",    "lavfi", "ffmetadata", "applehttp"};
  return std::any_of(kRefused.begin(), kRefused.end(),
                     [&](std::string_view name) { return std::string_view(format.name).starts_with(name); });
}

// The name only lends its extension to format detection; brackets, percent signs and colons stay out of it.
std::string hintName(const std::filesystem::path& path) {
  std::string hint = "media";
  for (char c : path.extension().string())
    if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.') hint += c;
  return hint.size() <= 24 ? hint : "media";
}

class PerStreamOptions {
 public:
  explicit PerStreamOptions(const AVFormatContext& format) : options_(format.nb_streams, nullptr) {
    for (AVDictionary*& options : options_) av_dict_set_int(&options, "max_pixels", kMostPixels, 0);
  }
  ~PerStreamOptions() {
    for (AVDictionary*& options : options_) av_dict_free(&options);
  }
  PerStreamOptions(const PerStreamOptions&) = delete;
  PerStreamOptions& operator=(const PerStreamOptions&) = delete;
  [[nodiscard]] AVDictionary** data() { return options_.empty() ? nullptr : options_.data(); }

 private:
  std::vector<AVDictionary*> options_;
};

bool needsFurtherLook(const AVFormatContext& format) {
  if ((format.ctx_flags & AVFMTCTX_NOHEADER) == 0) return false;
  bool sound = false;
  bool picture = false;
  for (unsigned i = 0; i < format.nb_streams; ++i) {
    sound = sound || format.streams[i]->codecpar->codec_type == AVMEDIA_TYPE_AUDIO;
    picture = picture || format.streams[i]->codecpar->codec_type == AVMEDIA_TYPE_VIDEO;
  }
  return !sound || !picture;
}

}  // namespace

Demuxer::Demuxer(const std::filesystem::path& path, std::unique_ptr<FileSource> source)
    : path_(path), name_(displayName(path)), source_(std::move(source)) {}

Result<std::unique_ptr<Demuxer>> Demuxer::open(const std::filesystem::path& path, std::stop_token stop) {
  silenceFfmpeg();
  auto source = FileSource::open(path);
  if (!source) return fail(std::move(source.error()));
  std::unique_ptr<Demuxer> demuxer(new Demuxer(path, std::move(*source)));
  demuxer->watch(stop);
  demuxer->source_->limit(kLongestOpen);
  auto opened = demuxer->openFormat(false);
  // Containers without a header announce streams as they come: look further when one kind is missing.
  if (opened && needsFurtherLook(*demuxer->format_)) opened = demuxer->openFormat(true);
  if (!opened) return fail(std::move(opened.error()));
  demuxer->findOrigin();
  demuxer->source_->limit(std::nullopt);
  if (stop.stop_requested()) return fail(ErrorCode::cancelled, demuxer->name_ + ": stopped");
  return demuxer;
}

Result<void> Demuxer::openFormat(bool lookFar) {
  format_.reset();
  avio_seek(source_->io(), 0, SEEK_SET);
  const AVInputFormat* kind = nullptr;
  const std::string hint = hintName(path_);
  int code = av_probe_input_buffer2(source_->io(), &kind, hint.c_str(), nullptr, 0, 0);
  if (code < 0 || !kind) return openFailure(code < 0 ? code : AVERROR_INVALIDDATA);
  if (refused(*kind))
    return fail(ErrorCode::unsupported, name_ + ": is a playlist or text, not media; open the files it names");

  AVFormatContext* format = avformat_alloc_context();
  if (!format) return fail(ErrorCode::outOfMemory, name_ + ": not enough memory to open it; close other programs");
  format->pb = source_->io();
  format->flags |= AVFMT_FLAG_CUSTOM_IO;
  format->interrupt_callback = source_->interruptCallback();
  format->opaque = this;
  format->max_streams = 256;
  format->io_open = [](AVFormatContext* context, AVIOContext**, const char*, int, AVDictionary**) {
    static_cast<Demuxer*>(context->opaque)->askedForOtherFiles_ = true;
    return AVERROR(EACCES);
  };
  if (lookFar) {
    format->probesize = kFarProbeBytes;
    format->max_analyze_duration = kFarProbeMicroseconds;
  }
  // A WAV file may hide DTS in what it calls PCM. FFmpeg looks for it in megabytes, a third of a second each time.
  if (std::string_view(kind->name) == "wav") format->max_probe_packets = 1;
  AVDictionary* options = nullptr;
  av_dict_set(&options, "protocol_whitelist", "none", 0);
  av_dict_set_int(&options, "max_size", 128 * 1024, 0);  // of WAV packets: fewer, larger reads
  code = avformat_open_input(&format, hint.c_str(), kind, &options);
  av_dict_free(&options);
  if (code < 0) return openFailure(code);  // FFmpeg has freed the context
  format_.reset(format);
  PerStreamOptions perStream(*format);
  code = avformat_find_stream_info(format, perStream.data());
  if (code < 0) return openFailure(code);
  return {};
}

Unexpected Demuxer::openFailure(int code) const {
  if (source_->stopped()) return fail(ErrorCode::cancelled, name_ + ": stopped");
  if (source_->late())
    return fail(ErrorCode::corruptData, name_ + ": opening takes too long, the file is damaged or the disk stuck; copy it first");
  if (source_->readError() != 0)
    return fail(ErrorCode::io, name_ + ": reading failed (" + std::strerror(source_->readError()) + "); check the disk");
  // FFmpeg refuses sizes beyond sense with this code long before memory is short.
  if (code == AVERROR(ENOMEM))
    return fail(ErrorCode::corruptData, name_ + ": its header asks for absurdly much memory, it is damaged; copy it again");
  if (askedForOtherFiles_)
    return fail(ErrorCode::unsupported, name_ + ": refers to other files (a playlist); open those files instead");
  if (source_->startsLikeMp4())
    return fail(ErrorCode::corruptData,
                name_ + ": its index (moov) is missing or damaged, the file was cut off or never finished; copy it again");
  return fail(ErrorCode::corruptData, name_ + ": is not a media file or is damaged beyond reading; check what it is");
}

std::vector<AVStream*> Demuxer::streamsOf(AVMediaType type) const {
  std::vector<AVStream*> found;
  for (unsigned i = 0; i < format_->nb_streams; ++i)
    if (format_->streams[i]->codecpar->codec_type == type) found.push_back(format_->streams[i]);
  return found;
}

void Demuxer::keepOnly(const AVStream& stream) {
  for (unsigned i = 0; i < format_->nb_streams; ++i)
    if (format_->streams[i] != &stream) format_->streams[i]->discard = AVDISCARD_ALL;
}

Result<bool> Demuxer::read(AVPacket& packet) {
  while (!queued_.empty()) {
    av_packet_unref(&packet);
    av_packet_move_ref(&packet, queued_.front().get());
    queued_.pop_front();
    if (format_->streams[packet.stream_index]->discard < AVDISCARD_ALL) return true;
  }
  for (;;) {
    if (source_->stopped()) return fail(ErrorCode::cancelled, name_ + ": stopped");
    av_packet_unref(&packet);
    const int code = av_read_frame(format_.get(), &packet);
    if (source_->stopped()) return fail(ErrorCode::cancelled, name_ + ": stopped");
    if (code == AVERROR(EAGAIN)) continue;
    if (source_->readError() != 0)
      return fail(ErrorCode::io, name_ + ": reading failed (" + std::strerror(source_->readError()) + "); check the disk");
    // Anything else is the end of what the file still holds: cut-off files are read as far as they go.
    if (code < 0) return false;
    if (format_->streams[packet.stream_index]->discard < AVDISCARD_ALL) return true;
  }
}

bool Demuxer::seek(const AVStream& stream, MediaTime time) {
  queued_.clear();
  const AVRational nanoseconds{1, 1'000'000'000};
  const std::int64_t stamp =
      av_rescale_q_rnd((time + origin_).nanoseconds(), nanoseconds, stream.time_base, AV_ROUND_DOWN);
  return avformat_seek_file(format_.get(), stream.index, INT64_MIN, stamp, stamp, 0) >= 0;
}

std::optional<MediaTime> Demuxer::timeOf(std::int64_t stamp, AVRational base) const {
  if (stamp == AV_NOPTS_VALUE || base.num <= 0 || base.den <= 0) return std::nullopt;
  const std::int64_t ns = av_rescale_q(stamp, base, AVRational{1, 1'000'000'000});
  if (std::abs(ns / 2) > kFurthestNanoseconds / 2) return std::nullopt;
  return MediaTime::fromNanoseconds(ns) - origin_;
}

Result<CodecPtr> Demuxer::openDecoder(const AVStream& stream, int threads) const {
  const AVCodecParameters& parameters = *stream.codecpar;
  const char* codecName = avcodec_get_name(parameters.codec_id);
  if (parameters.codec_type == AVMEDIA_TYPE_AUDIO &&
      (parameters.sample_rate > kHighestRateHz || parameters.ch_layout.nb_channels > kMostChannels))
    return fail(ErrorCode::unsupported, name_ + ": claims " + std::to_string(parameters.sample_rate) + " Hz and " +
                                            std::to_string(parameters.ch_layout.nb_channels) +
                                            " channels; convert it, or the file is damaged");
  if (parameters.codec_type == AVMEDIA_TYPE_VIDEO &&
      static_cast<std::int64_t>(parameters.width) * parameters.height > kMostPixels)
    return fail(ErrorCode::unsupported, name_ + ": claims pictures of " + std::to_string(parameters.width) + "x" +
                                            std::to_string(parameters.height) + "; shrink them, or the file is damaged");
  const AVCodec* codec = avcodec_find_decoder(parameters.codec_id);
  if (!codec && parameters.codec_id == AV_CODEC_ID_NONE)
    return fail(ErrorCode::unsupported, name_ + ": it names a codec that this FFmpeg does not know; convert it with the program that made it");
  if (!codec)
    return fail(ErrorCode::unsupported,
                name_ + ": no decoder for " + codecName + " in this FFmpeg; convert the file to a common codec");
  CodecPtr decoder(avcodec_alloc_context3(codec));
  if (!decoder || avcodec_parameters_to_context(decoder.get(), &parameters) < 0)
    return fail(ErrorCode::outOfMemory, name_ + ": not enough memory to decode it; close other programs");
  decoder->pkt_timebase = stream.time_base;
  decoder->thread_count = threads;
  decoder->max_pixels = kMostPixels;
  decoder->max_samples = std::int64_t{1} << 24;
  if (avcodec_open2(decoder.get(), codec, nullptr) < 0)
    return fail(ErrorCode::corruptData,
                name_ + ": the " + codecName + " stream cannot be decoded, its description is damaged; convert it again");
  return decoder;
}

void Demuxer::findOrigin() { origin_ = media::findOrigin(*this, queued_); }

}  // namespace chladni::media
