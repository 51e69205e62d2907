// Extra, when CHLADNI_SHARED_DIR names a folder with data/media/manifest.csv: every file of it against the manifest.
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <string>
#include <vector>

#include "core/media/audio_reader.h"
#include "core/media/media_info.h"
#include "core/media/video_reader.h"
#include "tests/support/catch.h"

using namespace chladni;
using namespace chladni::media;

namespace {

using Row = std::map<std::string, std::string>;

std::vector<std::string> cells(const std::string& line) {
  std::vector<std::string> found(1);
  bool quoted = false;
  for (char c : line) {
    if (c == '"') quoted = !quoted;
    else if (c == ',' && !quoted) found.emplace_back();
    else if (c != '\r') found.back() += c;
  }
  return found;
}

std::vector<Row> rowsOf(const std::filesystem::path& path) {
  std::ifstream file(path);
  std::string line;
  std::getline(file, line);
  const auto names = cells(line);
  std::vector<Row> rows;
  while (std::getline(file, line)) {
    const auto values = cells(line);
    Row row;
    for (std::size_t i = 0; i < names.size() && i < values.size(); ++i) row[names[i]] = values[i];
    rows.push_back(row);
  }
  return rows;
}

double number(const Row& row, const std::string& name) {
  const std::string& text = row.at(name);
  return text.empty() ? 0.0 : std::stod(text);
}

std::int64_t decodedPictures(const std::filesystem::path& path) {
  VideoReaderOptions options;
  options.maxWidth = 64;
  auto reader = VideoReader::open(path, options);
  REQUIRE(reader);
  std::int64_t count = 0;
  for (;;) {
    auto frame = reader->next();
    REQUIRE(frame);
    if (!*frame) return count;
    ++count;
  }
}

void checkVideo(const std::filesystem::path& path, const Row& row, const MediaInfo& info) {
  const VideoStreamInfo* video = info.mainVideo();
  REQUIRE(video);
  CHECK(video->codec == row.at("video_codec"));
  CHECK(video->width == static_cast<int>(number(row, "width")));
  CHECK(video->height == static_cast<int>(number(row, "height")));
  CHECK(video->frames == static_cast<std::int64_t>(number(row, "video_frames")));
  CHECK(video->rotationDegrees == static_cast<int>(number(row, "rotation")));
  CHECK(decodedPictures(path) == static_cast<std::int64_t>(number(row, "video_frames")));
}

void checkAudio(const std::filesystem::path& path, const Row& row, const MediaInfo& info) {
  REQUIRE(info.hasAudio());
  const AudioStreamInfo& audio = info.audio.front();
  CHECK(audio.codec == row.at("audio_codec"));
  CHECK(audio.rate.hz() == static_cast<int>(number(row, "sample_rate")));
  CHECK(audio.channels == static_cast<int>(number(row, "channels")));
  const auto samples = static_cast<std::int64_t>(number(row, "audio_samples_per_channel"));
  CHECK(audio.samples.value_or(-1) == samples);
  AudioReaderOptions options;
  options.fillStart = false;
  auto sound = readAudio(path, options);
  REQUIRE(sound);
  CHECK(sound->samples() == samples);
}

}  // namespace

TEST_CASE("files of the shared manifest are read as it says", "[media]") {
  const char* shared = std::getenv("CHLADNI_SHARED_DIR");
  if (!shared || !*shared) return;
  const std::filesystem::path folder = std::filesystem::path(shared) / "data" / "media";
  const auto rows = rowsOf(folder / "manifest.csv");
  REQUIRE_FALSE(rows.empty());
  for (const Row& row : rows) {
    INFO(row.at("file"));
    const auto path = folder / row.at("file");
    const auto exact = probe(path, ProbeDepth::exact);
    const auto automatic = probe(path);
    if (row.at("expect") != "opens") {
      CHECK_FALSE(exact);
      CHECK_FALSE(automatic);
      continue;
    }
    REQUIRE(exact);
    REQUIRE(automatic);
    CHECK(exact->container == row.at("format"));
    CHECK(std::abs(automatic->durationSeconds - exact->durationSeconds) < 0.03);
    if (!row.at("video_codec").empty()) checkVideo(path, row, *exact);
    CHECK(exact->hasVideo() == !row.at("video_codec").empty());
    if (!row.at("audio_codec").empty()) checkAudio(path, row, *exact);
    const double samples = number(row, "audio_samples_per_channel");
    const double heard = samples > 0.0 ? samples / number(row, "sample_rate") : 0.0;
    if (!exact->hasVideo()) CHECK(std::abs(exact->durationSeconds - heard) < 0.02);
    else CHECK(std::abs(exact->durationSeconds - number(row, "duration")) < 0.03);
  }
}
