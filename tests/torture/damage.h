// Ways to damage a file's bytes: anywhere (cut, flipped, moved, numbers replaced by absurd ones), or where a container keeps
// the numbers that a reader believes. Everything follows from the seed.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace chladni::test {

// One of eight kinds of damage, by the seed.
std::string damaged(std::string bytes, std::uint32_t seed);

struct Lie {
  std::string name;
  std::string bytes;
};

// WAV headers that cannot be true, around a tenth of a second of sound.
std::vector<Lie> lyingWavs();

// The file with the size of each box called so, and then each of its first numbers, replaced by absurd ones.
std::vector<Lie> lyingBoxes(const std::string& mp4, const std::vector<std::string>& boxes);

// A PNG, a GIF, a BMP, a FLAC and a Sun audio header that claim absurd sizes and rates.
std::vector<Lie> lyingHeaders();

}  // namespace chladni::test
