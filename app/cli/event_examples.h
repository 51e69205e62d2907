// EventExamples: clips second by second for teaching a localiser: "target" [segment, class], one-hot, and a field for each
// modality, [segment, ...]: features from files or from a backbone, or what the small backbones look at, "tables" and
// "planes", which are changed a little in learning: pictures mirrored, levels moved, bands hidden, clips rolled in time.
// Where a folder tells where sounds come from, "places" [segment, 3]: x and y as shares of the picture and the radius of the
// source as a share of its width, below 0 where nothing is to be seen.
// Immutable after creation; any thread. Fails as the modalities do, naming the clip.
#pragma once

#include <functional>

#include "core/analysis/pointing.h"
#include "core/datasets/ave_annotations.h"
#include "core/inference/feature_extractor.h"
#include "core/inference/model_family.h"
#include "core/training/blob_cache.h"
#include "core/training/examples.h"

namespace chladni::cli {

struct EventModality {
  training::ExampleField field;  // shape [segment, ...]
  // Of one row of the annotations, row-major as the field; called from several threads.
  std::function<Result<std::vector<float>>(std::int64_t row)> read;
};

struct EventChanges {
  bool mirror = false;
  bool roll = false;
  double level = 0.0;         // tables: largest shift, in their own units
  std::int64_t maskBins = 0;  // tables: widest hidden band
};

class EventExamples final : public training::Examples {
 public:
  // Borrows nothing; `rows` are those of the annotations that belong to the part.
  EventExamples(std::shared_ptr<const datasets::AveAnnotations> annotations, std::vector<std::int64_t> rows,
                std::vector<EventModality> modalities, EventChanges changes);

  [[nodiscard]] const std::vector<training::ExampleField>& fields() const override { return fields_; }
  [[nodiscard]] std::int64_t size() const override { return static_cast<std::int64_t>(rows_.size()); }
  [[nodiscard]] std::string nameOf(std::int64_t item) const override;
  Result<void> make(const training::ExampleDraw& draw, std::span<const std::span<float>> values) const override;

 private:
  std::shared_ptr<const datasets::AveAnnotations> annotations_;
  std::vector<std::int64_t> rows_;
  std::vector<EventModality> modalities_;
  EventChanges changes_;
  std::vector<training::ExampleField> fields_;
};

// A backbone that does nothing: its features are what a small ear ("tables") or eye ("planes") is shown of each second, so
// that learning and use cut clips in the same way.
std::shared_ptr<const inference::LoadedModel> secondInputs(const FrontendSpec& frontend, bool sound);

// Features of media through a backbone, kept in the cache by content. `paths` by row; shorter clips end in zeros.
EventModality mediaModality(const std::string& name, std::shared_ptr<const inference::LoadedModel> backbone,
                            const inference::FeatureTap& tap, std::shared_ptr<const std::vector<std::filesystem::path>> paths,
                            std::shared_ptr<training::BlobCache> cache, const std::string& settings);

// `paths` by row, as the table of places has them.
EventModality placesModality(std::shared_ptr<const analysis::SourcePlaces> places, std::vector<std::string> paths);

}  // namespace chladni::cli
