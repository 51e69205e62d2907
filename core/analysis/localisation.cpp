#include "core/analysis/localisation.h"

#include <algorithm>
#include <chrono>

#include "core/analysis/features.h"

namespace chladni::analysis {

namespace {

std::int64_t elements(const std::vector<std::int64_t>& shape) {
  std::int64_t count = 1;
  for (const std::int64_t size : shape) count *= size;
  return count;
}

// Rows [first, last) of a block.
inference::FeatureBlock part(const inference::FeatureBlock& block, std::int64_t first, std::int64_t last) {
  const auto width = elements(block.shape);
  return {last - first, block.shape,
          {block.values.begin() + first * width, block.values.begin() + last * width},
          block.hopSeconds, block.windowSeconds};
}

void append(Matrix& table, const Matrix& rows, std::int64_t first) {
  table.columns = rows.columns;
  table.rows += rows.rows - first;
  table.values.insert(table.values.end(), rows.values.begin() + first * rows.columns, rows.values.end());
}

Result<std::shared_ptr<const inference::LoadedModel>> backbone(const std::string& package, const ModelLoader& load) {
  if (package.empty()) return std::shared_ptr<const inference::LoadedModel>();
  auto model = load(package);
  if (!model) return fail(std::move(model).error(), "loading the backbone " + package);
  if (!(*model)->featureExtractor())
    return fail(ErrorCode::incompatibleModel, package + ": this model gives no features and cannot be a backbone");
  return model;
}

// Features of both, as many rows in each; of one alone when the other is not needed.
struct Features {
  std::optional<inference::FeatureBlock> sound, picture;
  [[nodiscard]] std::int64_t rows() const {
    if (sound && picture) return std::min(sound->rows, picture->rows);
    return sound ? sound->rows : picture ? picture->rows : 0;
  }
  [[nodiscard]] double hop() const { return sound ? sound->hopSeconds : picture->hopSeconds; }
};

Result<Features> featuresFor(const Recording& recording, const Backbones& backbones, const ProgressSink& progress,
                             const std::stop_token& stop) {
  Features features;
  for (const bool hears : {true, false}) {
    const auto& model = hears ? backbones.sound : backbones.picture;
    if (!model) continue;
    auto block = allFeatures(recording, *model, {}, progress, stop);
    if (!block) return fail(std::move(block).error(), "features of " + model->spec().name);
    (hears ? features.sound : features.picture) = std::move(*block);
  }
  return features;
}

}  // namespace

Result<Backbones> loadBackbones(const inference::LoadedModel& model, const ModelLoader& load) {
  const auto* localiser = model.localiser();
  if (!localiser) return fail(ErrorCode::unsupported, model.spec().name + ": this model localises nothing; choose another");
  const auto needs = localiser->needs();
  auto sound = backbone(needs.soundBackbone, load);
  if (!sound) return fail(sound.error());
  auto picture = backbone(needs.pictureBackbone, load);
  if (!picture) return fail(picture.error());
  return Backbones{std::move(*sound), std::move(*picture)};
}

Result<LocalisedRecording> localise(const Recording& recording, const inference::LoadedModel& model,
                                    const Backbones& backbones, const ProgressSink& progress, std::stop_token stop) {
  const auto started = std::chrono::steady_clock::now();
  const auto* localiser = model.localiser();
  if (!localiser) return fail(ErrorCode::unsupported, model.spec().name + ": this model localises nothing; choose another");
  auto features = featuresFor(recording, backbones, progress, stop);
  if (!features) return fail(features.error());
  const std::int64_t rows = features->rows();
  const std::int64_t stretch = std::clamp<std::int64_t>(localiser->needs().segments, 1, std::max<std::int64_t>(rows, 1));
  LocalisedRecording result;
  result.classes = model.spec().classes;
  result.provenance = {model.spec().name, model.spec().weights.sha256, model.device(), model.precision(), CHLADNI_VERSION};
  for (std::int64_t done = 0; done < rows;) {
    const std::int64_t first = std::min(done, rows - stretch);
    std::optional<inference::FeatureBlock> sound, picture;
    if (features->sound) sound = part(*features->sound, first, first + stretch);
    if (features->picture) picture = part(*features->picture, first, first + stretch);
    auto found = localiser->localise(sound ? &*sound : nullptr, picture ? &*picture : nullptr, stop);
    if (!found) return fail(found.error());
    append(result.scores, found->scores, done - first);
    if (found->attention.rows > 0) append(result.attention, found->attention, done - first);
    result.gridRows = found->gridRows;
    result.gridColumns = found->gridColumns;
    done = first + stretch;
  }
  const double duration = recording.durationSeconds();
  for (std::int64_t row = 0; row < rows; ++row) {
    const double start = static_cast<double>(row) * features->hop();
    result.segments.push_back({MediaTime::fromSeconds(start), MediaTime::fromSeconds(start + features->hop())});
  }
  result.secondsOfMedia = duration;
  result.secondsOfCompute = std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count();
  return result;
}

}  // namespace chladni::analysis
