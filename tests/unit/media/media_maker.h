// Makes small media files for the tests: WAV by hand, everything else through FFmpeg's encoders. The sound is a known
// function of time and the pictures are flat colours known by their index, so that what is read can be checked against
// what was meant. Failures throw std::runtime_error, which fails the test case.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace chladni::test {

// Value of the test sound at a time, for a channel: in -0.9..0.9, never repeating within minutes.
double soundAt(double seconds, int channel);

struct Colour {
  int red = 0;
  int green = 0;
  int blue = 0;
};

// Colour of picture `index`; neighbours differ by much more than a codec's error.
Colour colourOf(int index);

struct WavSpec {
  int rate = 44100;
  int channels = 2;
  int bits = 16;  // 8, 16, 24, 32; 32 is float
  std::int64_t samples = 0;
  std::optional<std::uint32_t> statedDataBytes;  // else the truth
};
void writeRawWav(const std::filesystem::path& path, const WavSpec& spec);

struct SoundSpec {
  std::string codec;  // FFmpeg encoder name
  int rate = 44100;
  int channels = 2;
  double seconds = 3.0;
  double start = 0.0;                                // stamps begin here
  std::optional<std::pair<double, double>> missing;  // packets stamped in between are left out
  double pause = 0.0;                                // seconds added to the stamps at every tenth of a second
};

struct MadePicture {
  std::string codec;
  std::string pixelFormat = "yuv420p";
  int width = 128;
  int height = 96;
  std::vector<int> stamps;       // milliseconds; one picture each
  int keyEvery = 12;
  int rotation = 0;              // counterclockwise to be upright
  bool fullRange = false;
  std::string matrix;            // "bt709", "smpte170m", "bt2020nc" or empty: unmarked
  std::pair<int, int> aspect{1, 1};
  bool quarters = false;         // four colours instead of a flat one: quarterColour()
};
// Top left, top right, bottom left, bottom right.
Colour quarterColour(int quarter);

struct MediaSpec {
  std::string format;  // FFmpeg muxer name
  std::optional<SoundSpec> sound;
  std::optional<MadePicture> pictures;
  std::string options = {};  // of the muxer: "name=value:name=value"
};
void makeMedia(const std::filesystem::path& path, const MediaSpec& spec);
bool haveEncoder(const std::string& name);
bool haveMuxer(const std::string& name);

std::vector<int> evenStamps(int count, int stepMilliseconds);
void copyStart(const std::filesystem::path& from, const std::filesystem::path& to, double share);
void writeText(const std::filesystem::path& path, const std::string& text);

}  // namespace chladni::test
