#include "tests/unit/models/families/small_media.h"

#include <fstream>
#include <string>

namespace chladni::test {

void writePictures(const std::filesystem::path& file) {
  constexpr int kWidth = 64, kHeight = 48, kFrames = 20;
  std::ofstream out(file, std::ios::binary);
  out << "YUV4MPEG2 W64 H48 F10:1 Ip A1:1 C420jpeg\n";
  for (int n = 0; n < kFrames; ++n) {
    out << "FRAME\n";
    std::string planes;
    for (int y = 0; y < kHeight; ++y)
      for (int x = 0; x < kWidth; ++x) planes.push_back(static_cast<char>((x * 3 + y * n) % 220));
    planes.append(kWidth * kHeight / 4, static_cast<char>(128 + n));
    planes.append(kWidth * kHeight / 4, static_cast<char>(110));
    out << planes;
  }
}

}  // namespace chladni::test
