// Media that the test writes itself.
#pragma once

#include <filesystem>

namespace chladni::test {

// Two seconds of uncompressed pictures, YUV4MPEG2, without sound.
void writePictures(const std::filesystem::path& file);

}  // namespace chladni::test
