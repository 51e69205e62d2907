// PictureLoader: what a model is shown of a video at a time, through the cache of a SoundLoader: the square of the frame
// in 8 bits is kept, under the checksum of the file, the time and the picture's settings. Times are rounded down to
// kStep, so that random moments come back. Borrows the loader; thread-safe. Fails with notFound for a file without moving
// pictures, and with what decoding fails with.
#pragma once

#include <vector>

#include "core/data/picture_spec.h"
#include "core/training/sound_loader.h"

namespace chladni::training {

class PictureLoader {
 public:
  static constexpr double kStep = 0.25;  // seconds

  PictureLoader(PictureSpec spec, const SoundLoader& sounds) : spec_(std::move(spec)), sounds_(sounds) {}
  [[nodiscard]] const PictureSpec& spec() const { return spec_; }
  // [3, size, size], normalised; `seconds` from the start of the file.
  Result<std::vector<float>> picture(const SoundItem& item, double seconds) const;

 private:
  PictureSpec spec_;
  const SoundLoader& sounds_;
};

}  // namespace chladni::training
