#include "app/cli/event_examples.h"

#include <algorithm>
#include <optional>

#include "core/analysis/features.h"
#include "core/base/random.h"
#include "core/dsp/frontend.h"
#include "core/picture/motion_picture.h"
#include "core/serial/sha256.h"

namespace chladni::cli {
namespace {

constexpr std::int64_t kSegments = datasets::kAveSegments;
constexpr char kTables[] = "tables";
constexpr char kPlanes[] = "planes";
constexpr char kPlaces[] = "places";
constexpr std::int64_t kPlaceValues = 3;  // x, y, radius

// The last axis turned round.
void mirror(std::span<float> planes, std::int64_t width) {
  for (auto at = planes.begin(); at != planes.end(); at += width) std::reverse(at, at + width);
}

void mirrorPlaces(std::span<float> places) {
  for (std::size_t at = 0; at < places.size(); at += kPlaceValues)
    if (places[at + 2] >= 0.0F) places[at] = 1.0F - places[at];
}

void changeTables(std::span<float> tables, std::int64_t bands, const EventChanges& changes, Random& random) {
  const auto shift = static_cast<float>(random.uniform(-changes.level, changes.level));
  for (float& value : tables) value += shift;
  const std::int64_t wide = changes.maskBins > 0 ? random.between(0, std::min(changes.maskBins, bands - 1)) : 0;
  const std::int64_t first = random.below(bands - wide + 1);
  for (std::size_t at = 0; at < tables.size(); at += static_cast<std::size_t>(bands))
    std::fill_n(tables.begin() + static_cast<std::ptrdiff_t>(at) + first, wide, 0.0F);
}

class SecondInputs final : public inference::LoadedModel, public inference::FeatureExtractor {
 public:
  SecondInputs(const FrontendSpec& frontend, bool sound) {
    spec_.name = sound ? kTables : kPlanes;
    spec_.frontend = frontend;
    spec_.frontend.sound = sound;
    if (sound) spec_.frontend.picture.reset();
    if (!sound) return;
    if (auto made = dsp::Frontend::create(spec_.frontend)) frontend_.emplace(std::move(*made));
  }
  [[nodiscard]] const inference::ModelSpec& spec() const override { return spec_; }
  [[nodiscard]] std::string device() const override { return "cpu"; }
  [[nodiscard]] std::string precision() const override { return "fp32"; }
  [[nodiscard]] std::int64_t parameters() const override { return 0; }
  [[nodiscard]] const inference::FeatureExtractor* featureExtractor() const override { return this; }
  [[nodiscard]] double hopSeconds() const override { return 1.0; }
  [[nodiscard]] double windowSeconds() const override { return 1.0; }

  [[nodiscard]] std::vector<inference::FeatureTap> taps() const override {
    if (frontend_) return {{kTables, {spec_.frontend.targetFrames, frontend_->bins()}}};
    const std::int64_t size = spec_.frontend.picture ? spec_.frontend.picture->size : 0;
    return {{kPlanes, {picture::kMotionPlanes, size, size}}};
  }

  Result<inference::FeatureBlock> features(std::span<const inference::ModelInput> windows, const std::string&,
                                           std::stop_token stop) const override {
    inference::FeatureBlock block{static_cast<std::int64_t>(windows.size()), taps().front().shape, {}, 1.0, 1.0};
    for (const auto& window : windows) {
      if (stop.stop_requested()) return fail(ErrorCode::cancelled, "stopped");
      auto row = valuesOf(window);
      if (!row) return fail(row.error());
      block.values.insert(block.values.end(), row->begin(), row->end());
    }
    return block;
  }

 private:
  [[nodiscard]] Result<std::vector<float>> valuesOf(const inference::ModelInput& window) const {
    if (!frontend_) return picture::motionPicture(window.frames, *spec_.frontend.picture);
    auto table = frontend_->modelInput(window.sound);
    if (!table) return fail(table.error());
    return std::move(table->values);
  }

  inference::ModelSpec spec_;
  std::optional<dsp::Frontend> frontend_;
};

}  // namespace

EventExamples::EventExamples(std::shared_ptr<const datasets::AveAnnotations> annotations, std::vector<std::int64_t> rows,
                             std::vector<EventModality> modalities, EventChanges changes)
    : annotations_(std::move(annotations)), rows_(std::move(rows)), modalities_(std::move(modalities)), changes_(changes) {
  fields_.push_back({"target", {kSegments, static_cast<std::int64_t>(annotations_->classes.size())}});
  for (const auto& modality : modalities_) fields_.push_back(modality.field);
}

std::string EventExamples::nameOf(std::int64_t item) const {
  return annotations_->rows[static_cast<std::size_t>(rows_[static_cast<std::size_t>(item)])].id;
}

Result<void> EventExamples::make(const training::ExampleDraw& draw, std::span<const std::span<float>> values) const {
  const auto row = rows_[static_cast<std::size_t>(draw.item)];
  const auto classes = static_cast<std::int64_t>(annotations_->classes.size());
  std::fill(values[0].begin(), values[0].end(), 0.0F);
  const auto segments = annotations_->segmentClasses(static_cast<std::size_t>(row));
  for (std::int64_t segment = 0; segment < kSegments; ++segment)
    values[0][static_cast<std::size_t>(segment * classes + segments[static_cast<std::size_t>(segment)])] = 1.0F;
  for (std::size_t n = 0; n < modalities_.size(); ++n) {
    auto read = modalities_[n].read(row);
    if (!read) return fail(read.error(), nameOf(draw.item));
    std::copy(read->begin(), read->end(), values[n + 1].begin());
  }
  if (!draw.augment) return {};
  Random random(draw.seed);
  const bool mirrored = changes_.mirror && random.chance(0.5);
  for (std::size_t n = 1; n < fields_.size(); ++n) {
    const auto& field = fields_[n];
    if (field.name == kTables) changeTables(values[n], field.shape.back(), changes_, random);
    if (field.name == kPlanes && mirrored) mirror(values[n], field.shape.back());
    if (field.name == kPlaces && mirrored) mirrorPlaces(values[n]);
  }
  const std::int64_t turn = changes_.roll && random.chance(0.5) ? random.below(kSegments) : 0;
  for (const auto& field : values)
    std::rotate(field.begin(), field.begin() + static_cast<std::ptrdiff_t>(field.size()) / kSegments * turn, field.end());
  return {};
}

std::shared_ptr<const inference::LoadedModel> secondInputs(const FrontendSpec& frontend, bool sound) {
  return std::make_shared<SecondInputs>(frontend, sound);
}

EventModality mediaModality(const std::string& name, std::shared_ptr<const inference::LoadedModel> backbone,
                            const inference::FeatureTap& tap, std::shared_ptr<const std::vector<std::filesystem::path>> paths,
                            std::shared_ptr<training::BlobCache> cache, const std::string& settings) {
  EventModality modality;
  modality.field.name = name;
  modality.field.shape = tap.shape;
  modality.field.shape.insert(modality.field.shape.begin(), kSegments);
  const auto wanted = static_cast<std::size_t>(modality.field.values());
  modality.read = [=](std::int64_t row) -> Result<std::vector<float>> {
    const auto& path = (*paths)[static_cast<std::size_t>(row)];
    auto sum = serial::sha256OfFile(path);
    if (!sum) return fail(sum.error());
    const auto key = "events|" + name + "|" + *sum + "|" + settings;
    if (auto known = cache->find(key); known && known->values.size() == wanted) return std::move(known->values);
    auto recording = analysis::Recording::open(path);
    if (!recording) return fail(recording.error());
    auto block = analysis::allFeatures(**recording, *backbone, {tap.name, 0, -1}, {}, {});
    if (!block) return fail(block.error());
    Matrix table(kSegments, static_cast<std::int64_t>(wanted) / kSegments);
    std::copy_n(block->values.begin(), std::min(wanted, block->values.size()), table.values.begin());
    cache->keep(key, table);
    return std::move(table.values);
  };
  return modality;
}

EventModality placesModality(std::shared_ptr<const analysis::SourcePlaces> places, std::vector<std::string> paths) {
  EventModality modality;
  modality.field = {kPlaces, {kSegments, kPlaceValues}};
  modality.read = [places = std::move(places), paths = std::move(paths)](std::int64_t row) -> Result<std::vector<float>> {
    std::vector<float> values;
    for (int segment = 0; segment < static_cast<int>(kSegments); ++segment) {
      const auto found = places->find({paths[static_cast<std::size_t>(row)], segment});
      const auto place = found == places->end() ? analysis::SourcePlace{0.0, 0.0, -1.0} : found->second;
      for (const double value : {place.x, place.y, place.radius}) values.push_back(static_cast<float>(value));
    }
    return values;
  };
  return modality;
}

}  // namespace chladni::cli
