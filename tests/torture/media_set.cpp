#include "tests/torture/media_set.h"

#include "tests/unit/media/extra_streams.h"
#include "tests/unit/media/media_maker.h"

namespace chladni::test {

namespace {

struct Kind {
  const char* file;
  const char* format;
  const char* sound;
  const char* pictures = nullptr;
  int rate = 44100;
  const char* pixels = "yuv420p";
  double start = 0.0;
  const char* options = "";
};

constexpr Kind kKinds[] = {
    {"pcm16.wav", "wav", "pcm_s16le"},
    {"pcm24.wav", "wav", "pcm_s24le"},
    {"adpcm.wav", "wav", "adpcm_ms"},
    {"mulaw.wav", "wav", "pcm_mulaw"},
    {"big.w64", "w64", "pcm_s16le"},
    {"old.aiff", "aiff", "pcm_s16be"},
    {"sun.au", "au", "pcm_s16be"},
    {"core.caf", "caf", "pcm_s16be"},
    {"free.flac", "flac", "flac"},
    {"flac.ogg", "ogg", "flac"},
    {"vorbis.ogg", "ogg", "libvorbis"},
    {"opus.ogg", "ogg", "libopus", nullptr, 48000},
    {"cbr.mp3", "mp3", "libmp3lame"},
    {"bare.mp3", "mp3", "libmp3lame", nullptr, 44100, "", 0.0, "write_xing=0:id3v2_version=0"},
    {"two.mp2", "mp2", "mp2"},
    {"three.ac3", "ac3", "ac3"},
    {"raw.aac", "adts", "aac"},
    {"sound.m4a", "ipod", "aac"},
    {"lossless.m4a", "ipod", "alac"},
    {"sound.wma", "asf", "wmav2"},
    {"sound.mka", "matroska", "libvorbis"},
    {"simple.mp4", "mp4", "aac", "mpeg4"},
    {"common.mp4", "mp4", "aac", "libx264"},
    {"pieces.mp4", "mp4", "aac", "libx264", 44100, "yuv420p", 0.0, "movflags=frag_keyframe+empty_moov"},
    {"late.mp4", "mp4", "aac", "mpeg4", 44100, "yuv420p", 0.7},
    {"still.mov", "mov", "pcm_s16le", "mjpeg", 44100, "yuvj420p"},
    {"animation.mov", "mov", nullptr, "qtrle", 44100, "rgb24"},
    {"common.mkv", "matroska", "aac", "libx264"},
    {"lossless.mkv", "matroska", "flac", "ffv1"},
    {"late.mkv", "matroska", "libvorbis", "mpeg4", 44100, "yuv420p", 0.7},
    {"vp8.webm", "webm", "libvorbis", "libvpx"},
    {"vp9.webm", "webm", "libopus", "libvpx-vp9", 48000},
    {"hevc.mkv", "matroska", nullptr, "libx265"},
    {"common.avi", "avi", "libmp3lame", "mpeg4"},
    {"plain.avi", "avi", "pcm_s16le", "mjpeg", 44100, "yuvj420p"},
    {"broadcast.ts", "mpegts", "mp2", "mpeg2video"},
    {"modern.ts", "mpegts", "aac", "libx264"},
    {"late.ts", "mpegts", "aac", "mpeg2video", 44100, "yuv420p", 0.7},
    {"disc.vob", "vob", "ac3", "mpeg2video", 48000},
    {"web.flv", "flv", "libmp3lame", "flv"},
    {"film.wmv", "asf", "wmav2", "msmpeg4"},
    {"theora.ogv", "ogg", "libvorbis", "libtheora"},
    {"nut.nut", "nut", "pcm_s16le", "mpeg4"},
    {"moving.gif", "gif", nullptr, "gif", 44100, "bgr8"},
    {"stream.h264", "h264", nullptr, "libx264"},
};

MediaSpec specOf(const Kind& kind) {
  constexpr double kSeconds = 1.5;
  constexpr int kPictures = 20;
  MediaSpec spec;
  spec.format = kind.format;
  spec.options = kind.options;
  if (kind.sound) spec.sound = SoundSpec{kind.sound, kind.rate, 2, kSeconds, kind.start, {}};
  if (!kind.pictures) return spec;
  spec.pictures = MadePicture{};
  spec.pictures->codec = kind.pictures;
  spec.pictures->pixelFormat = kind.pixels;
  spec.pictures->width = 64;
  spec.pictures->height = 48;
  spec.pictures->stamps = evenStamps(kPictures, 40);
  spec.pictures->quarters = true;
  return spec;
}

bool canMake(const Kind& kind, std::vector<std::string>& missing) {
  for (const char* encoder : {kind.sound, kind.pictures})
    if (encoder && !haveEncoder(encoder)) return missing.emplace_back(encoder), false;
  if (!haveMuxer(kind.format)) return missing.emplace_back(kind.format), false;
  return true;
}

struct Addition {
  const char* from;
  const char* file;
  const char* format;
  Extra extra;
};

constexpr Addition kAdditions[] = {
    {"cbr.mp3", "cover.mp3", "mp3", Extra::cover},
    {"free.flac", "cover.flac", "flac", Extra::cover},
    {"sound.m4a", "cover.m4a", "ipod", Extra::cover},
    {"simple.mp4", "words.mp4", "mp4", Extra::subtitles},
    {"late.mkv", "words.mkv", "matroska", Extra::subtitles},
    {"broadcast.ts", "data.ts", "mpegts", Extra::data},
};

void addEmptyStreams(const std::filesystem::path& folder, std::vector<Sample>& made) {
  for (const char* format : {"wav", "mp4", "matroska", "ogg", "avi", "flac", "mpegts"}) {
    MediaSpec spec;
    spec.format = format;
    const bool ogg = std::string(format) == "ogg" || std::string(format) == "flac";
    spec.sound = SoundSpec{ogg ? "flac" : "pcm_s16le", 44100, 1, 0.0, 0.0, {}};
    if (std::string(format) == "mp4" || std::string(format) == "mpegts") spec.sound->codec = "aac";
    const auto path = folder / ("nothing." + std::string(format));
    makeMedia(path, spec);
    made.push_back({path, false, false});
  }
}

}  // namespace

std::vector<Sample> makeMediaSet(const std::filesystem::path& folder, std::vector<std::string>& missing) {
  std::vector<Sample> made;
  for (const Kind& kind : kKinds) {
    if (!canMake(kind, missing)) continue;
    makeMedia(folder / kind.file, specOf(kind));
    made.push_back({folder / kind.file, kind.sound != nullptr, kind.pictures != nullptr});
  }
  const auto whole = made;
  for (const Addition& addition : kAdditions) {
    for (const Sample& sample : whole) {
      if (sample.path.filename() != addition.from) continue;
      addExtra(sample.path, folder / addition.file, addition.format, addition.extra);
      made.push_back({folder / addition.file, sample.sound, sample.pictures});
    }
  }
  addEmptyStreams(folder, made);
  return made;
}

}  // namespace chladni::test
