#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>

#include "core/media/audio_reader.h"
#include "core/media/demuxer.h"
#include "core/media/media_info.h"
#include "core/media/orientation.h"
#include "core/media/packet_scan.h"

namespace chladni::media {

namespace {

constexpr std::int64_t kCheapScanBytes = 64LL * 1024 * 1024;
constexpr double kFramePadding = 0.1;  // seconds by which codec frames may overhang what an mp4 presents

// Formats whose headers state no length, or one that writers get wrong.
bool headerUnreliable(std::string_view format) {
  constexpr std::array<std::string_view, 9> kNames{"mp3", "aac", "ac3", "mpegts", "flv", "h264", "hevc", "mpeg", "adts"};
  return std::find(kNames.begin(), kNames.end(), format) != kNames.end();
}

bool isMp4(std::string_view format) { return format.find("mp4") != std::string_view::npos; }

// A PCM header is believed when the samples it promises are what the file's size leaves room for.
bool pcmLengthFits(const Demuxer& demuxer) {
  constexpr std::int64_t kOtherChunks = 1024 * 1024;
  const std::string_view container = demuxer.format()->iformat->name;
  const bool plain = container == "wav" || container == "w64" || container == "aiff" || container == "au";
  const auto streams = demuxer.audioStreams();
  if (!plain || streams.size() != 1 || demuxer.format()->nb_streams != 1) return false;
  const AVCodecParameters& parameters = *streams.front()->codecpar;
  if (av_get_bits_per_sample(parameters.codec_id) == 0 || parameters.block_align <= 0) return false;
  const std::int64_t samples =
      av_rescale_q(streams.front()->duration, streams.front()->time_base, AVRational{1, std::max(1, parameters.sample_rate)});
  if (samples <= 0 || samples > demuxer.fileBytes()) return false;  // a header may say anything; a sample takes a byte or more
  const std::int64_t bytes = samples * parameters.block_align;
  return bytes <= demuxer.fileBytes() && bytes + kOtherChunks >= demuxer.fileBytes();
}

bool shouldScan(const Demuxer& demuxer, ProbeDepth depth) {
  if (depth != ProbeDepth::automatic) return depth == ProbeDepth::exact;
  if (pcmLengthFits(demuxer)) return false;
  return demuxer.fileBytes() <= kCheapScanBytes || demuxer.format()->duration <= 0 ||
         headerUnreliable(demuxer.format()->iformat->name);
}

double seconds(std::int64_t stamp, AVRational base) {
  return stamp == AV_NOPTS_VALUE ? 0.0 : static_cast<double>(stamp) * av_q2d(base);
}

double startOf(const Demuxer& demuxer, const AVStream& stream) {
  const auto start = demuxer.timeOf(stream.start_time, stream.time_base);
  return start ? std::max(0.0, start->seconds()) : 0.0;
}

std::string layoutName(const AVChannelLayout& layout) {
  if (layout.order == AV_CHANNEL_ORDER_UNSPEC && layout.nb_channels == 1) return "mono";
  if (layout.order == AV_CHANNEL_ORDER_UNSPEC && layout.nb_channels == 2) return "stereo";
  std::array<char, 128> text{};
  if (av_channel_layout_describe(&layout, text.data(), text.size()) < 0) return {};
  return text.data();
}

std::string singleLine(const char* text) {
  std::string line = text ? text : "";
  for (char& c : line)
    if (static_cast<unsigned char>(c) < 0x20) c = ' ';
  return line;
}

void addTags(const AVDictionary* from, std::map<std::string, std::string>& tags) {
  const AVDictionaryEntry* entry = nullptr;
  while ((entry = av_dict_get(from, "", entry, AV_DICT_IGNORE_SUFFIX)))
    tags.emplace(singleLine(entry->key), singleLine(entry->value));
}

AudioStreamInfo audioInfo(const Demuxer& demuxer, const AVStream& stream, int index) {
  const AVCodecParameters& parameters = *stream.codecpar;
  AudioStreamInfo info;
  info.index = index;
  info.codec = avcodec_get_name(parameters.codec_id);
  info.rate = SampleRate(parameters.sample_rate);
  info.channels = parameters.ch_layout.nb_channels;
  info.layout = layoutName(parameters.ch_layout);
  info.durationSeconds = std::max(0.0, seconds(stream.duration, stream.time_base));
  info.startSeconds = startOf(demuxer, stream);
  return info;
}

VideoStreamInfo videoInfo(const Demuxer& demuxer, AVStream& stream, int index) {
  const AVCodecParameters& parameters = *stream.codecpar;
  VideoStreamInfo info;
  info.index = index;
  info.codec = avcodec_get_name(parameters.codec_id);
  info.width = parameters.width;
  info.height = parameters.height;
  info.sampleAspectRatio = pixelAspect(demuxer.format(), stream);
  const Orientation orientation = orientationOf(stream);
  info.rotationDegrees = orientation.degrees;
  const PictureSize shown =
      displaySize(info.width, info.height, info.sampleAspectRatio, orientation.transpose, 0, 0);
  info.displayWidth = shown.width;
  info.displayHeight = shown.height;
  const AVRational rate = stream.avg_frame_rate.num > 0 ? stream.avg_frame_rate : stream.r_frame_rate;
  if (rate.num > 0 && rate.den > 0) info.fps = av_q2d(rate);
  info.durationSeconds = std::max(0.0, seconds(stream.duration, stream.time_base));
  info.startSeconds = startOf(demuxer, stream);
  const char* pixel = av_get_pix_fmt_name(static_cast<AVPixelFormat>(parameters.format));
  info.pixelFormat = pixel ? pixel : "";
  info.attachedPicture = Demuxer::isAttachedPicture(stream);
  if (info.attachedPicture) {
    info.fps = info.durationSeconds = info.startSeconds = 0.0;
    info.frames = 1;
    info.framesCounted = true;
  }
  return info;
}

MediaInfo headerInfo(const Demuxer& demuxer) {
  MediaInfo info;
  info.path = demuxer.path();
  info.container = demuxer.format()->iformat->name;
  info.durationSeconds = std::max(0.0, seconds(demuxer.format()->duration, AVRational{1, AV_TIME_BASE}));
  info.startSeconds = demuxer.origin().seconds();
  addTags(demuxer.format()->metadata, info.tags);
  for (const AVStream* stream : demuxer.audioStreams()) {
    info.audio.push_back(audioInfo(demuxer, *stream, static_cast<int>(info.audio.size())));
    addTags(stream->metadata, info.tags);  // Ogg keeps the title with its stream
  }
  for (AVStream* stream : demuxer.videoStreams())
    info.video.push_back(videoInfo(demuxer, *stream, static_cast<int>(info.video.size())));
  return info;
}

double counted(const std::map<int, StreamCount>& counts, const AVStream& stream, double& start, double& duration) {
  const auto found = counts.find(stream.index);
  if (found == counts.end() || !found->second.end) {
    duration = 0.0;
    return 0.0;
  }
  if (found->second.firstStamp) start = std::max(0.0, found->second.firstStamp->seconds());
  const double end = std::max(0.0, found->second.end->seconds());
  duration = std::max(0.0, end - start);
  return end;
}

// Replaces what the header says by what the packets say.
void applyCounts(const Demuxer& demuxer, const std::map<int, StreamCount>& counts, MediaInfo& info) {
  double end = 0.0;
  const auto sounds = demuxer.audioStreams();
  for (std::size_t i = 0; i < info.audio.size() && i < sounds.size(); ++i) {
    AudioStreamInfo& audio = info.audio[i];
    end = std::max(end, counted(counts, *sounds[i], audio.startSeconds, audio.durationSeconds));
  }
  const auto pictures = demuxer.videoStreams();
  for (std::size_t i = 0; i < info.video.size() && i < pictures.size(); ++i) {
    VideoStreamInfo& video = info.video[i];
    if (video.attachedPicture) continue;
    end = std::max(end, counted(counts, *pictures[i], video.startSeconds, video.durationSeconds));
    const auto found = counts.find(pictures[i]->index);
    video.frames = found == counts.end() ? 0 : found->second.pictures;
    video.framesCounted = true;
    if (video.fps <= 0.0 && video.durationSeconds > 0.0)
      video.fps = static_cast<double>(video.frames) / video.durationSeconds;
  }
  // An mp4's edit list cuts the padding of the last codec frame, which packets still show.
  const bool editList = isMp4(info.container) && info.durationSeconds > 0.0 &&
                        std::abs(info.durationSeconds - end) < kFramePadding;
  if (!editList) info.durationSeconds = end;
  info.durationExact = true;
}

void estimateFrames(MediaInfo& info) {
  for (VideoStreamInfo& video : info.video) {
    const double length = video.durationSeconds > 0.0 ? video.durationSeconds : info.durationSeconds;
    if (!video.framesCounted) video.frames = std::llround(video.fps * length);
  }
}

// Decodes every sound to its end: the samples it gives are the truth.
Result<void> countSamples(MediaInfo& info, std::stop_token stop) {
  for (AudioStreamInfo& audio : info.audio) {
    AudioReaderOptions options;
    options.stream = audio.index;
    options.mix = ChannelMix::first;
    options.fillStart = false;
    auto reader = AudioReader::open(info.path, options, stop);
    if (!reader) {
      if (reader.error().code == ErrorCode::cancelled) return fail(std::move(reader.error()));
      continue;  // listed with what its packets say
    }
    std::int64_t samples = 0;
    for (;;) {
      auto block = reader->next(stop);
      if (!block) return fail(std::move(block.error()));
      if (!*block) break;
      samples += (**block).samples();
    }
    audio.samples = samples;
    audio.rate = reader->info().sourceRate;
    audio.channels = reader->info().sourceChannels;
    audio.startSeconds = reader->info().start.seconds();
    audio.durationSeconds = audio.rate.time(samples).seconds();
  }
  return {};
}

}  // namespace

Result<MediaInfo> probe(const std::filesystem::path& path, ProbeDepth depth, std::stop_token stop) {
  auto demuxer = Demuxer::open(path, stop);
  if (!demuxer) return fail(std::move(demuxer.error()));
  MediaInfo info = headerInfo(**demuxer);
  if (info.audio.empty() && info.video.empty())
    return fail(ErrorCode::notFound, (*demuxer)->name() + ": neither sound nor pictures in it; give a recording or video");
  if (shouldScan(**demuxer, depth)) {
    const auto counts = countPackets(**demuxer);
    if (!counts) return fail(counts.error());
    applyCounts(**demuxer, *counts, info);
  }
  estimateFrames(info);
  if (depth == ProbeDepth::exact) {
    auto samples = countSamples(info, stop);
    if (!samples) return fail(std::move(samples.error()));
    if (!info.hasVideo() && !isMp4(info.container)) {
      info.durationSeconds = 0.0;
      for (const AudioStreamInfo& audio : info.audio)
        info.durationSeconds = std::max(info.durationSeconds, audio.startSeconds + audio.durationSeconds);
    }
  }
  return info;
}

}  // namespace chladni::media
