// Copies a media file and adds what people's files have besides sound and pictures: a cover, subtitles, data.
#pragma once

#include <filesystem>
#include <string>

namespace chladni::test {

enum class Extra { cover, subtitles, data };

// `format` is FFmpeg's name of the muxer. Throws std::runtime_error when it cannot hold that.
void addExtra(const std::filesystem::path& from, const std::filesystem::path& to, const std::string& format, Extra extra);

}  // namespace chladni::test
