#include "core/media/wav_writer.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstring>
#include <string>

#include "core/base/atomic_file.h"

namespace chladni::media {

namespace {

static_assert(std::endian::native == std::endian::little, "samples are written as they lie in memory");

constexpr int kMostWavChannels = 256;
constexpr std::uint32_t kSizeInDs64 = 0xFFFFFFFFU;
constexpr std::int64_t kLargestRiff = 0xFFFFFFFFLL - 1024;
constexpr std::uint16_t kTagPcm = 1;
constexpr std::uint16_t kTagFloat = 3;
constexpr std::uint16_t kTagExtensible = 0xFFFE;
constexpr std::uint32_t kDs64Bytes = 28;

int bytesPerSample(WavFormat format) {
  switch (format) {
    case WavFormat::pcm16: return 2;
    case WavFormat::pcm24: return 3;
    case WavFormat::float32: return 4;
  }
  return 0;
}

class HeaderBytes {
 public:
  void text(const char* four) { bytes_.append(four, 4); }
  template <class Number>
  void number(Number value) {
    bytes_.append(reinterpret_cast<const char*>(&value), sizeof value);
  }
  [[nodiscard]] const std::string& bytes() const { return bytes_; }

 private:
  std::string bytes_;
};

// Speakers of the usual arrangements; 0 (unspecified) for other counts.
std::uint32_t speakerMask(int channels) {
  constexpr std::array<std::uint32_t, 9> kMasks{0, 0x4, 0x3, 0x7, 0x33, 0x37, 0x3F, 0x13F, 0x63F};
  return channels < static_cast<int>(kMasks.size()) ? kMasks[static_cast<std::size_t>(channels)] : 0;
}

void addFormatChunk(HeaderBytes& header, WavFormat format, SampleRate rate, int channels) {
  const int width = bytesPerSample(format);
  const std::uint16_t tag = format == WavFormat::float32 ? kTagFloat : kTagPcm;
  const bool extensible = channels > 2;
  header.text("fmt ");
  header.number<std::uint32_t>(extensible ? 40 : 18);
  header.number<std::uint16_t>(extensible ? kTagExtensible : tag);
  header.number<std::uint16_t>(static_cast<std::uint16_t>(channels));
  header.number<std::uint32_t>(static_cast<std::uint32_t>(rate.hz()));
  header.number<std::uint32_t>(static_cast<std::uint32_t>(rate.hz()) * static_cast<std::uint32_t>(channels * width));
  header.number<std::uint16_t>(static_cast<std::uint16_t>(channels * width));
  header.number<std::uint16_t>(static_cast<std::uint16_t>(width * 8));
  header.number<std::uint16_t>(extensible ? 22 : 0);
  if (!extensible) return;
  header.number<std::uint16_t>(static_cast<std::uint16_t>(width * 8));
  header.number<std::uint32_t>(speakerMask(channels));
  // The GUID of a format tag: the tag, then these bytes.
  header.number<std::uint16_t>(tag);
  constexpr std::array<unsigned char, 14> kGuidTail{0x00, 0x00, 0x00, 0x00, 0x10, 0x00, 0x80,
                                                    0x00, 0x00, 0xAA, 0x00, 0x38, 0x9B, 0x71};
  for (unsigned char byte : kGuidTail) header.number(byte);
}

// The whole header for so many samples. Its length does not depend on them.
std::string wavHeader(WavFormat format, SampleRate rate, int channels, std::int64_t samples) {
  const std::int64_t dataBytes = samples * channels * bytesPerSample(format);
  HeaderBytes body;
  addFormatChunk(body, format, rate, channels);
  const bool hasFact = format == WavFormat::float32 || channels > 2;
  const std::int64_t riffBytes = 4 + 8 + kDs64Bytes + static_cast<std::int64_t>(body.bytes().size()) +
                                 (hasFact ? 12 : 0) + 8 + dataBytes + dataBytes % 2;
  const bool big = riffBytes > kLargestRiff;
  const auto shortSize = [big](std::int64_t size) { return big ? kSizeInDs64 : static_cast<std::uint32_t>(size); };

  HeaderBytes header;
  header.text(big ? "RF64" : "RIFF");
  header.number(shortSize(riffBytes));
  header.text("WAVE");
  header.text(big ? "ds64" : "JUNK");  // room kept for the 64-bit sizes
  header.number(kDs64Bytes);
  header.number<std::int64_t>(big ? riffBytes : 0);
  header.number<std::int64_t>(big ? dataBytes : 0);
  header.number<std::int64_t>(big ? samples : 0);
  header.number<std::uint32_t>(0);
  std::string bytes = header.bytes() + body.bytes();
  HeaderBytes rest;
  if (hasFact) {
    rest.text("fact");
    rest.number<std::uint32_t>(4);
    rest.number(shortSize(samples));
  }
  rest.text("data");
  rest.number(shortSize(dataBytes));
  return bytes + rest.bytes();
}

std::int32_t quantise(float value, double fullScale) {
  if (std::isnan(value)) return 0;
  const double scaled = std::nearbyint(static_cast<double>(value) * fullScale);
  return static_cast<std::int32_t>(std::clamp(scaled, -fullScale, fullScale - 1.0));
}

void interleave(const AudioBuffer& block, WavFormat format, std::vector<char>& bytes) {
  const std::size_t channels = block.channels.size();
  const auto samples = static_cast<std::size_t>(block.samples());
  const auto width = static_cast<std::size_t>(bytesPerSample(format));
  bytes.resize(samples * channels * width);
  for (std::size_t c = 0; c < channels; ++c) {
    const float* in = block.channels[c].data();
    char* out = bytes.data() + c * width;
    for (std::size_t n = 0; n < samples; ++n, out += channels * width) {
      if (format == WavFormat::float32) {
        std::memcpy(out, in + n, 4);
      } else {
        const std::int32_t value = quantise(in[n], format == WavFormat::pcm16 ? 32768.0 : 8388608.0);
        std::memcpy(out, &value, width);  // little-endian: the low bytes come first
      }
    }
  }
}

}  // namespace

struct WavWriter::State {
  AtomicFile file;
  SampleRate rate;
  int channels;
  WavFormat format;
  std::int64_t samples = 0;
  std::vector<char> bytes = {};
};

WavWriter::WavWriter(std::unique_ptr<State> state) : state_(std::move(state)) {}
WavWriter::WavWriter(WavWriter&&) noexcept = default;
WavWriter::~WavWriter() = default;

Result<WavWriter> WavWriter::create(const std::filesystem::path& path, SampleRate rate, int channels,
                                    WavFormat format) {
  if (!rate.valid() || channels < 1 || channels > kMostWavChannels)
    return fail(ErrorCode::invalidArgument, "a WAV file cannot have " + std::to_string(channels) + " channels at " +
                                                std::to_string(rate.hz()) + " Hz; choose 1 to 256 channels and a rate");
  auto file = AtomicFile::create(path);
  if (!file) return fail(std::move(file.error()));
  auto written = file->write(wavHeader(format, rate, channels, 0));
  if (!written) return fail(std::move(written.error()));
  return WavWriter(std::unique_ptr<State>(new State{std::move(*file), rate, channels, format}));
}

Result<void> WavWriter::write(const AudioBuffer& block) {
  State& state = *state_;
  const bool fits = block.rate == state.rate && static_cast<int>(block.channels.size()) == state.channels &&
                    std::all_of(block.channels.begin(), block.channels.end(), [&](const std::vector<float>& channel) {
                      return channel.size() == block.channels.front().size();
                    });
  CHLADNI_ASSERT(fits);
  interleave(block, state.format, state.bytes);
  auto written = state.file.write(state.bytes.data(), state.bytes.size());
  if (written) state.samples += block.samples();
  return written;
}

std::int64_t WavWriter::samplesWritten() const { return state_->samples; }

Result<void> WavWriter::commit() {
  State& state = *state_;
  const std::int64_t dataBytes = state.samples * state.channels * bytesPerSample(state.format);
  if (dataBytes % 2 != 0) {
    auto padded = state.file.write("\0", 1);
    if (!padded) return padded;
  }
  const std::string header = wavHeader(state.format, state.rate, state.channels, state.samples);
  auto patched = state.file.overwrite(0, header.data(), header.size());
  return patched ? state.file.commit() : patched;
}

Result<void> writeWav(const std::filesystem::path& path, const AudioBuffer& sound, WavFormat format) {
  auto writer = WavWriter::create(path, sound.rate, static_cast<int>(sound.channels.size()), format);
  if (!writer) return fail(std::move(writer.error()));
  auto written = writer->write(sound);
  return written ? writer->commit() : written;
}

}  // namespace chladni::media
