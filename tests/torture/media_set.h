// The healthy files that the torture set starts from: a second or two in every container and codec that this FFmpeg can
// write, streams that begin late, with covers, subtitles and data, and none at all.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace chladni::test {

struct Sample {
  std::filesystem::path path;
  bool sound = false;
  bool pictures = false;
};

// Writes them into the folder. What needs an encoder that is not there is left out and named in `missing`.
std::vector<Sample> makeMediaSet(const std::filesystem::path& folder, std::vector<std::string>& missing);

}  // namespace chladni::test
