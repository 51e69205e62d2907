// The confirmed labels of a project as a data set to train on: a manifest (core/datasets/manifest.h), or a folder of the
// layout of the AVE data set (Annotations.txt and one order file a split). Everything of one source is on the same side of
// the split, so that a model is never tested on a recording that it was trained on. The split is drawn from a seed and is
// the same on every machine; a file with the tag "train", "validation" or "test" is there whatever is drawn.
// Points have no length and are left out, as are proposals and rejected labels; notes say how many.
// Blocking. Fails as Project does, and with invalidArgument when there is nothing to write or an option makes no sense.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "core/datasets/ave_annotations.h"
#include "core/datasets/data_set.h"
#include "core/store/project.h"

namespace chladni::exchange {

enum class SplitSource { file, folder };  // what may not be torn apart

struct DataSetChoice {
  double trainShare = 0.8;  // of items; what is left of train and validation is for testing
  double validationShare = 0.1;
  SplitSource source = SplitSource::file;
  std::uint64_t seed = 0;
  std::string track;         // only this one; empty: all
  double clipSeconds = 0.0;  // of a manifest: 0: an item a labelled stretch; else clips of that length with all their labels
  bool background = false;   // also clips without a label
};

struct DataSetDraft {
  std::vector<datasets::DataItem> items;
  std::vector<std::string> notes;  // what was left out
};

// Labels with the same stretch are one item with several labels. A label belongs to a clip when it covers half of the clip
// or has half of itself there. `lengths`, in seconds and in the order of `files`, ends the last clip; 0: the last label does.
Result<DataSetDraft> draftManifest(store::Project& project, const std::vector<store::FileId>& files, const DataSetChoice& choice,
                                   const std::vector<double>& lengths = {});

// Recordings are cut into clips of ten seconds from their start; a clip of a longer one is "<name>_<start>". A row is a
// label in a clip, in whole seconds that hold all of it.
struct AveDraft {
  std::vector<datasets::AveRow> rows;
  std::vector<datasets::DataItem> clips;  // one a row: medium, stretch and split
  std::vector<std::string> notes;
};
Result<AveDraft> draftAve(store::Project& project, const std::vector<store::FileId>& files, const DataSetChoice& choice);

// The tables of core/datasets/ave_writer.h, and clips.csv, which says what each id is cut from.
Result<void> writeAve(const AveDraft& draft, const std::filesystem::path& folder);

}  // namespace chladni::exchange
