// inspect(): what a person should know about labelled sound before a training starts: files that cannot be decoded,
// silence, the same content twice, the same recording or content on both sides of a split, classes without examples and
// uneven ones. Decodes every item once, in threads, through the loader's cache. Unusable items are taken out of the set.
// Fails with cancelled, or corruptData when nothing usable is left.
#pragma once

#include <cstdint>
#include <stop_token>
#include <string>
#include <vector>

#include "core/base/progress.h"
#include "core/metrics/class_balance.h"
#include "core/serial/json_value.h"
#include "core/training/picture_loader.h"

namespace chladni::training {

struct NamedReason {
  std::string item;
  std::string reason;
};

struct DataReport {
  std::int64_t items = 0;  // of the list
  double seconds = 0.0;    // of the clips that are learned from
  std::vector<NamedReason> broken;
  std::vector<std::string> silent;
  std::vector<std::string> soundOnly, pictureOnly;  // used, of a set for models that see and hear
  std::vector<std::vector<std::string>> duplicates;      // items of equal content and stretch
  std::vector<std::vector<std::string>> contradictions;  // duplicates with different labels
  std::vector<std::string> leaks;                        // items of the held-out part whose content or source is trained on
  std::int64_t train = 0, validation = 0, test = 0;
  std::vector<std::string> classes;
  metrics::Imbalance balance;  // of the training part
  std::vector<std::string> notes;
  std::string signature;  // of the items, their content, labels and parts: a resumed run must find the same

  [[nodiscard]] std::vector<std::string> warnings() const;  // one line each
  [[nodiscard]] serial::JsonValue json() const;
};

struct InspectOptions {
  double validationShare = 0.1;
  std::uint64_t seed = 1;
  std::int64_t threads = 2;
  std::int64_t folds = 0, fold = 0;  // above 0: this fold is held out instead of a share
  // Given: items may have pictures, sound or both (SoundItem::hears, sees are set). Borrowed.
  const PictureLoader* pictures = nullptr;
  bool needsSound = true, needsPicture = false;  // what an item without it is left out for
};

// Also gives every item its part (holdOut).
Result<DataReport> inspect(SoundSet& set, const SoundLoader& loader, const InspectOptions& options,
                           const ProgressSink& progress = {}, std::stop_token stop = {});

}  // namespace chladni::training
