#include "tests/torture/damage.h"

#include <algorithm>
#include <array>
#include <random>
#include <string_view>
#include <utility>

namespace chladni::test {

namespace {

using Random = std::mt19937;

std::size_t below(Random& random, std::size_t end) { return end == 0 ? 0 : random() % end; }

void overwrite(std::string& bytes, std::size_t at, std::string_view with) {
  for (std::size_t i = 0; i < with.size() && at + i < bytes.size(); ++i) bytes[at + i] = with[i];
}

void scramble(std::string& bytes, std::size_t from, std::size_t until, int times, Random& random) {
  for (int i = 0; i < times && from < until; ++i) bytes[from + below(random, until - from)] = static_cast<char>(random());
}

void absurdNumbers(std::string& bytes, Random& random) {
  using namespace std::string_view_literals;
  constexpr std::array<std::string_view, 6> kNumbers{"\xff\xff\xff\xff"sv, "\0\0\0\0"sv,         "\x7f\xff\xff\xff"sv,
                                                     "\xff\xff\xff\x7f"sv, "\x80\0\0\0"sv, "\0\0\0\x01"sv};
  const int count = 1 + static_cast<int>(below(random, 6));
  for (int i = 0; i < count; ++i)
    overwrite(bytes, below(random, std::min<std::size_t>(bytes.size(), 5000)), kNumbers[below(random, kNumbers.size())]);
}

std::string number32(std::uint32_t value, bool bigEndian) {
  std::string bytes(4, '\0');
  for (std::size_t i = 0; i < 4; ++i) bytes[bigEndian ? 3 - i : i] = static_cast<char>(value >> (8 * i));
  return bytes;
}

std::string number16(std::uint16_t value) { return number32(value, false).substr(0, 2); }

struct WavHeader {
  std::uint32_t riffBytes = 836;
  std::uint32_t formatBytes = 16;
  std::uint16_t kind = 1;
  std::uint16_t channels = 1;
  std::uint32_t rate = 8000;
  std::uint32_t bytesPerSecond = 16000;
  std::uint16_t blockBytes = 2;
  std::uint16_t bits = 16;
  std::uint32_t dataBytes = 1600;
};

std::string wav(const WavHeader& h) {
  return "RIFF" + number32(h.riffBytes, false) + "WAVEfmt " + number32(h.formatBytes, false) + number16(h.kind) +
         number16(h.channels) + number32(h.rate, false) + number32(h.bytesPerSecond, false) + number16(h.blockBytes) +
         number16(h.bits) + "data" + number32(h.dataBytes, false) + std::string(1600, 'x');
}

}  // namespace

std::string damaged(std::string bytes, std::uint32_t seed) {
  Random random(seed);
  const std::size_t size = bytes.size();
  if (size < 16) return bytes;
  switch (seed % 8) {
    case 0: bytes.resize(below(random, size)); break;
    case 1: scramble(bytes, 0, std::min<std::size_t>(size, 600), 1 + static_cast<int>(below(random, 20)), random); break;
    case 2: absurdNumbers(bytes, random); break;
    case 3:
      for (std::size_t i = 0, count = 1 + below(random, 40); i < count; ++i)
        bytes[below(random, size)] ^= static_cast<char>(1U << below(random, 8));
      break;
    case 4: bytes.erase(below(random, size), 1 + below(random, size / 8)); break;
    case 5: {
      std::string noise(1 + below(random, 4000), '\0');
      scramble(noise, 0, noise.size(), static_cast<int>(noise.size()), random);
      bytes.insert(below(random, size), noise);
      break;
    }
    case 6: scramble(bytes, size - 1 - below(random, std::min<std::size_t>(size - 1, 8000)), size, 20, random); break;
    default: overwrite(bytes, below(random, size), bytes.substr(below(random, size), 1 + below(random, size / 10))); break;
  }
  return bytes;
}

std::vector<Lie> lyingWavs() {
  std::vector<Lie> lies;
  const auto add = [&](std::string name, auto change) {
    WavHeader header;
    change(header);
    lies.push_back({"wav " + std::move(name), wav(header)});
  };
  constexpr std::array<std::uint32_t, 6> kAbsurd{0, 1, 0x7fffffff, 0x80000000, 0xfffffffe, 0xffffffff};
  for (const std::uint32_t value : kAbsurd) {
    const std::string says = " " + std::to_string(value);
    const auto narrow = static_cast<std::uint16_t>(value);
    add("riff size" + says, [&](WavHeader& h) { h.riffBytes = value; });
    add("format size" + says, [&](WavHeader& h) { h.formatBytes = value; });
    add("data size" + says, [&](WavHeader& h) { h.dataBytes = value; });
    add("rate" + says, [&](WavHeader& h) { h.rate = value; });
    add("bytes per second" + says, [&](WavHeader& h) { h.bytesPerSecond = value; });
    add("channels" + says, [&](WavHeader& h) { h.channels = narrow; });
    add("block" + says, [&](WavHeader& h) { h.blockBytes = narrow; });
    add("bits" + says, [&](WavHeader& h) { h.bits = narrow; });
  }
  for (int kind = 0; kind < 256; kind += 5)
    add("coding " + std::to_string(kind), [&](WavHeader& h) { h.kind = static_cast<std::uint16_t>(kind); });
  for (const int bits : {3, 7, 12, 24, 64, 65})
    for (const int channels : {2, 63, 64, 65, 4096})
      add(std::to_string(bits) + " bits of " + std::to_string(channels), [&](WavHeader& h) {
        h.bits = static_cast<std::uint16_t>(bits);
        h.channels = static_cast<std::uint16_t>(channels);
      });
  add("all zero", [](WavHeader& h) { h = {0, 0, 0, 0, 0, 0, 0, 0, 0}; });
  lies.push_back({"wav end after its header", wav({}).substr(0, 44)});
  return lies;
}

std::vector<Lie> lyingBoxes(const std::string& mp4, const std::vector<std::string>& boxes) {
  constexpr std::array<std::uint32_t, 3> kAbsurd{0, 0x7fffffff, 0xffffffff};
  std::vector<Lie> lies;
  for (const std::string& box : boxes) {
    for (std::size_t at = mp4.find(box); at != std::string::npos && at >= 4; at = mp4.find(box, at + 1)) {
      for (const std::uint32_t value : kAbsurd) {
        for (const std::size_t place : {at - 4, at + 4, at + 8, at + 12, at + 16, at + 20}) {
          std::string bytes = mp4;
          overwrite(bytes, place, number32(value, true));
          lies.push_back({box + " at " + std::to_string(place) + " says " + std::to_string(value), std::move(bytes)});
        }
      }
    }
  }
  return lies;
}

std::vector<Lie> lyingHeaders() {
  using namespace std::string_literals;
  std::vector<Lie> lies;
  for (const std::uint32_t value : {0U, 1U, 65535U, 1000000U, 0x7fffffffU, 0xffffffffU}) {
    const std::string says = " " + std::to_string(value);
    const std::string big = number32(value, true);
    const std::string little = number32(value, false);
    lies.push_back({"png size" + says, "\x89PNG\r\n\x1a\n\0\0\0\rIHDR"s + big + big + "\x08\x02\0\0\0\0\0\0\0\0\0\0\x10IDAT"s +
                                           std::string(64, 'x')});
    lies.push_back({"gif size" + says, "GIF89a"s + little.substr(0, 2) + little.substr(0, 2) + "\x80\0\0\0\0\0\xff\xff\xff,\0\0\0\0"s +
                                           little.substr(0, 2) + little.substr(0, 2) + "\0\x02\x02\x44\x01\0;"s});
    lies.push_back({"bmp size" + says, "BM"s + little + "\0\0\0\0\x36\0\0\0\x28\0\0\0"s + little + little + "\x01\0\x18\0"s +
                                           std::string(128, '\0')});
    lies.push_back({"sun audio" + says, ".snd\0\0\0\x18"s + big + "\0\0\0\x03"s + big + big + std::string(400, 'x')});
    lies.push_back({"flac block" + says, "fLaC\0\0\0\x22"s + big + big + big + big + std::string(400, 'x')});
    lies.push_back({"aiff" + says, "FORM"s + big + "AIFFCOMM\0\0\0\x12\0\x02"s + big + "\0\x10\x40\x0e\xac\x44\0\0\0\0\0\0SSND"s + big +
                                       std::string(400, 'x')});
    lies.push_back({"avi" + says, "RIFF"s + little + "AVI LIST"s + little + "hdrlavih"s + little + std::string(200, 'x')});
    lies.push_back({"matroska" + says, "\x1a\x45\xdf\xa3\x93\x42\x82\x88matroska\x18\x53\x80\x67\x01"s + big + "\x16\x54\xae\x6b\x01"s +
                                           big + std::string(200, 'x')});
    lies.push_back({"caf" + says, "caff\0\x01\0\0desc\0\0\0\0\0\0\0 "s + big + big + "lpcm\0\0\0\0"s + big + big + big + big +
                                      "data\0\0\0\0"s + big + std::string(400, 'x')});
  }
  return lies;
}

}  // namespace chladni::test
