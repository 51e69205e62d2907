// MovieWriter: pictures and sound as one MP4 file that appears whole at commit() or not at all. H.264 when libavcodec has
// an encoder for it, else MPEG-4 part 2, 4:2:0, BT.709 from HD on and BT.601 below, as players take it; sound is AAC. One thread and no dates inside: the same pictures and sound
// give the same bytes with the same libraries. Pictures are VideoFrame (their times are passed over: picture n is at
// n / fps), sound is AudioBuffer of the stated rate and channels; what was written is encoded at once, and the two may
// come in any order, interleaved is smaller in memory. Ownership: owns the file under way; dropping the writer before
// commit() leaves nothing behind. One thread at a time.
// Fails with io (disk full, no permission), invalidArgument (odd or unreasonable sizes), unsupported (no encoder).
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>

#include "core/base/result.h"
#include "core/base/units.h"
#include "core/data/audio_buffer.h"
#include "core/data/video_frame.h"

namespace chladni::media {

struct MovieForm {
  int width = 224;  // even, 16 to 8192
  int height = 224;
  int fps = 16;     // 1 to 240
  SampleRate rate{44100};
  int channels = 1;  // 1 or 2; 0: pictures alone, without a track of sound
  int quality = 23;  // H.264's constant rate factor, 0 (best) to 51
};

class MovieWriter {
 public:
  static Result<MovieWriter> create(const std::filesystem::path& path, const MovieForm& form);
  MovieWriter(MovieWriter&&) noexcept;
  ~MovieWriter();

  Result<void> write(const VideoFrame& picture);
  Result<void> write(const AudioBuffer& sound);
  Result<void> commit();

 private:
  struct State;
  explicit MovieWriter(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace chladni::media
