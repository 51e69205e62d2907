// The HDF5 files that go with AVE annotations: order files (row numbers of a split), labels one-hot per segment or clip,
// features per second. Rows are streamed: a file of features is never read whole.
// Failures as in core/serial/hdf5_file.h, and corruptData when files do not fit each other. One thread at a time.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/datasets/ave_annotations.h"
#include "core/serial/hdf5_file.h"

namespace chladni::datasets {

// Row numbers below `rows`, none of them twice.
Result<std::vector<std::int64_t>> readOrder(const std::filesystem::path& path, std::int64_t rows);

struct AveSplits {
  std::vector<std::int64_t> train, validation, test;
};

// train_order<suffix>.h5, val_order<suffix>.h5 and test_order<suffix>.h5 of a folder; the suffix "_match" names the split
// for matching across modalities. No row may be in two splits.
Result<AveSplits> readAveSplits(const std::filesystem::path& folder, std::int64_t rows, const std::string& suffix = {});

// Segments (or clips) of one-hot rows as class indices: [rows, segments, classes] gives `segments` numbers a row,
// [rows, classes] one.
struct ClassRows {
  std::int64_t rows = 0;
  std::int64_t perRow = 1;
  std::int64_t classes = 0;
  std::vector<int> indices;  // [row, perRow]
};
Result<ClassRows> readOneHot(const std::filesystem::path& path);

// A folder of the published layout. Features are optional; those that are there have a row for each annotation.
class AveFolder {
 public:
  // Annotations.txt, orders, labels.h5, audio_feature.h5 and visual_feature.h5. Without labels.h5 the annotations give
  // them; labels.h5 that differ from the annotations fail.
  static Result<AveFolder> open(const std::filesystem::path& folder);

  [[nodiscard]] const AveAnnotations& annotations() const { return annotations_; }
  [[nodiscard]] const AveSplits& splits() const { return splits_; }
  [[nodiscard]] std::array<int, kAveSegments> segmentClasses(std::int64_t row) const {
    return annotations_.segmentClasses(static_cast<std::size_t>(row));
  }
  // [row, segment, ...]; nothing when the file is not there.
  [[nodiscard]] const std::optional<serial::Hdf5Reader>& sound() const { return sound_; }
  [[nodiscard]] const std::optional<serial::Hdf5Reader>& pictures() const { return pictures_; }

 private:
  AveFolder() = default;
  AveAnnotations annotations_;
  AveSplits splits_;
  std::optional<serial::Hdf5Reader> sound_;
  std::optional<serial::Hdf5Reader> pictures_;
};

}  // namespace chladni::datasets
