// SoundLoader: decoded sound and model input of items, through the cache. Keys are content and settings: the checksum of
// the file (which the cache remembers by path, size and time of change) with the stretch, the rate, and for features the
// whole front end. Thread-safe. Fails with what decoding fails with, and corruptData for a stretch without sound.
#pragma once

#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "core/base/random.h"
#include "core/dsp/frontend.h"
#include "core/training/blob_cache.h"
#include "core/training/sound_set.h"

namespace chladni::training {

class SoundLoader {
 public:
  // `settings` says the front end as text, for the keys. Borrows the cache.
  SoundLoader(dsp::Frontend frontend, std::string settings, BlobCache& cache);
  [[nodiscard]] const dsp::Frontend& frontend() const { return frontend_; }

  // Mono at the front end's rate, from the item's start for at most `seconds`; decoded afresh or from the cache.
  Result<std::vector<float>> sound(const SoundItem& item, double seconds) const;
  // frontend().modelInput of the first clip of the item.
  Result<Matrix> features(const SoundItem& item) const;
  // SHA-256 of the file.
  Result<std::string> contentSum(const std::filesystem::path& media) const;
  [[nodiscard]] double clipSeconds() const;
  [[nodiscard]] const std::string& settings() const { return settings_; }
  [[nodiscard]] BlobCache& cache() const { return cache_; }

 private:
  dsp::Frontend frontend_;
  std::string settings_;
  BlobCache& cache_;
  mutable std::mutex mutex_;
  mutable std::map<std::string, std::string> sums_;  // guarded by mutex_: by path
};

}  // namespace chladni::training
