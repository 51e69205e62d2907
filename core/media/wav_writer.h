// WavWriter: streams samples into a WAV file that appears whole at commit() or not at all. Little-endian PCM of 16 or 24
// bits (clipped to -1..1, rounded to nearest, no dither) or 32-bit float. Beyond 4 GB the file becomes RF64.
// Ownership: owns the file under way; dropping the writer before commit() leaves nothing behind. Thread-safety: one
// thread at a time. Fails with io (disk full, no permission) or invalidArgument (no rate, no or too many channels).
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>

#include "core/base/result.h"
#include "core/base/units.h"
#include "core/data/audio_buffer.h"

namespace chladni::media {

enum class WavFormat { pcm16, pcm24, float32 };

class WavWriter {
 public:
  static Result<WavWriter> create(const std::filesystem::path& path, SampleRate rate, int channels,
                                  WavFormat format = WavFormat::pcm16);
  WavWriter(WavWriter&&) noexcept;
  ~WavWriter();

  // Appends the block; its rate and channel count must be the writer's.
  Result<void> write(const AudioBuffer& block);
  [[nodiscard]] std::int64_t samplesWritten() const;
  Result<void> commit();

 private:
  struct State;
  explicit WavWriter(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

// One buffer as one file.
Result<void> writeWav(const std::filesystem::path& path, const AudioBuffer& sound, WavFormat format = WavFormat::pcm16);

}  // namespace chladni::media
