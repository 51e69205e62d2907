#include "core/analysis/localisation.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <limits>
#include <utility>

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

std::string shapeText(const std::vector<std::int64_t>& shape) {
  std::string joined;
  for (const auto size : shape) joined += (joined.empty() ? "" : " x ") + std::to_string(size);
  return joined;
}

// The first output of that shape.
Result<std::string> tapFor(const inference::LoadedModel& backbone, const std::vector<std::int64_t>& shape) {
  const auto* extractor = backbone.featureExtractor();
  if (!extractor)
    return fail(ErrorCode::incompatibleModel, backbone.spec().name + ": this model gives no features and cannot be a backbone");
  std::string known;
  for (const auto& tap : extractor->taps()) {
    if (tap.shape == shape) return tap.name;
    known += (known.empty() ? "" : ", ") + tap.name + " " + shapeText(tap.shape);
  }
  return fail(ErrorCode::incompatibleModel, backbone.spec().name + " gives " + known + "; the model needs features of " +
                                                shapeText(shape) + ", use the backbone it was trained on");
}

Result<std::shared_ptr<const inference::LoadedModel>> backbone(const std::string& package,
                                                               const std::vector<std::int64_t>& shape, const ModelLoader& load) {
  if (package.empty()) return std::shared_ptr<const inference::LoadedModel>();
  auto model = load(package);
  if (!model) return fail(std::move(model).error(), "loading the backbone " + package);
  if (const auto tap = tapFor(**model, shape); !tap) return fail(tap.error());
  return model;
}

Result<const inference::Localiser*> localiserOf(const inference::LoadedModel& model) {
  const auto* localiser = model.localiser();
  if (!localiser) return fail(ErrorCode::unsupported, model.spec().name + ": this model localises nothing; choose another");
  return localiser;
}

Result<inference::FeatureBlock> extracted(const Recording& recording, const inference::LoadedModel* backbone,
                                          const std::vector<std::int64_t>& shape, const ProgressSink& progress,
                                          const std::stop_token& stop) {
  if (!backbone) return fail(ErrorCode::invalidArgument, "a backbone that the model needs was not loaded");
  const auto tap = tapFor(*backbone, shape);
  if (!tap) return fail(tap.error());
  auto block = allFeatures(recording, *backbone, {*tap, 0, -1}, progress, stop);
  if (!block) return fail(std::move(block).error(), "features of " + backbone->spec().name);
  return block;
}

Result<void> checkTogether(const LocaliserFeatures& features) {
  if (!features.sound || !features.picture) return {};
  const double sound = features.sound->hopSeconds, picture = features.picture->hopSeconds;
  if (std::abs(sound - picture) < 1e-6) return {};
  return fail(ErrorCode::incompatibleModel, "rows of sound are " + std::to_string(sound) + " s apart, those of picture " +
                                                std::to_string(picture) + " s; use backbones with the same step");
}

// One stretch of rows, as the model sees it.
Result<inference::Localisation> localisedRows(const LocaliserFeatures& features, const inference::Localiser& localiser,
                                              std::int64_t first, std::int64_t last, const std::stop_token& stop) {
  std::optional<inference::FeatureBlock> sound, picture;
  if (features.sound) sound = part(*features.sound, first, last);
  if (features.picture) picture = part(*features.picture, first, last);
  return localiser.localise(sound ? &*sound : nullptr, picture ? &*picture : nullptr, stop);
}

TimeRange timeOf(std::int64_t first, std::int64_t last, double hop) {
  return {MediaTime::fromSeconds(static_cast<double>(first) * hop), MediaTime::fromSeconds(static_cast<double>(last) * hop)};
}

}  // namespace

std::int64_t LocaliserFeatures::rows() const {
  if (sound && picture) return std::min(sound->rows, picture->rows);
  return sound ? sound->rows : picture ? picture->rows : 0;
}

double LocaliserFeatures::hopSeconds() const { return sound ? sound->hopSeconds : picture ? picture->hopSeconds : 1.0; }

std::string backboneFolder(const std::string& package, const inference::ModelSpec& localiser) {
  const auto own = localiser.folder.lexically_normal();
  std::error_code ignored;
  for (const auto& folder : {own / package, own.parent_path() / package})
    if (std::filesystem::exists(folder / "model.json", ignored)) return folder.string();
  return package;
}

Result<Backbones> loadBackbones(const inference::LoadedModel& model, const ModelLoader& load, const LocaliserFeatures& given) {
  const auto localiser = localiserOf(model);
  if (!localiser) return fail(localiser.error());
  const auto needs = (*localiser)->needs();
  const auto place = [&](const std::string& package) { return package.empty() ? package : backboneFolder(package, model.spec()); };
  auto sound = backbone(given.sound ? "" : place(needs.soundBackbone), {needs.soundWidth}, load);
  if (!sound) return fail(sound.error());
  auto picture = backbone(given.picture ? "" : place(needs.pictureBackbone), needs.pictureShape, load);
  if (!picture) return fail(picture.error());
  return Backbones{std::move(*sound), std::move(*picture)};
}

Result<LocaliserFeatures> localiserFeatures(const Recording& recording, const inference::LoadedModel& model,
                                            const Backbones& backbones, LocaliserFeatures given,
                                            const ProgressSink& progress, std::stop_token stop) {
  const auto localiser = localiserOf(model);
  if (!localiser) return fail(localiser.error());
  const auto needs = (*localiser)->needs();
  if (!given.sound && !needs.soundBackbone.empty()) {
    auto block = extracted(recording, backbones.sound.get(), {needs.soundWidth}, progress, stop);
    if (!block) return fail(block.error());
    given.sound = std::move(*block);
  }
  if (!given.picture && !needs.pictureBackbone.empty()) {
    auto block = extracted(recording, backbones.picture.get(), needs.pictureShape, progress, stop);
    if (!block) return fail(block.error());
    given.picture = std::move(*block);
  }
  return given;
}

Result<LocalisedRecording> localise(const LocaliserFeatures& features, const inference::LoadedModel& model,
                                    std::stop_token stop) {
  const auto started = std::chrono::steady_clock::now();
  const auto localiser = localiserOf(model);
  if (!localiser) return fail(localiser.error());
  if (auto fit = checkTogether(features); !fit) return fail(fit.error());
  const std::int64_t rows = features.rows();
  if (rows < 1) return fail(ErrorCode::invalidArgument, "there are no features; give at least one row");
  const double hop = features.hopSeconds();
  const std::int64_t stretch = std::clamp<std::int64_t>((*localiser)->needs().segments, 1, rows);
  LocalisedRecording result;
  result.classes = model.spec().classes;
  result.provenance = {model.spec().name, model.spec().weights.sha256, model.device(), model.precision(), CHLADNI_VERSION};
  for (std::int64_t done = 0; done < rows;) {
    const std::int64_t first = std::min(done, rows - stretch);
    auto found = localisedRows(features, **localiser, first, first + stretch, stop);
    if (!found) return fail(found.error());
    append(result.scores, found->scores, done - first);
    if (found->attention.rows > 0) append(result.attention, found->attention, done - first);
    if (!found->clip.empty()) {
      result.stretches.push_back(timeOf(first, first + stretch, hop));
      Matrix clip(1, static_cast<std::int64_t>(found->clip.size()));
      clip.values = std::move(found->clip);
      append(result.clips, clip, 0);
    }
    result.gridRows = found->gridRows;
    result.gridColumns = found->gridColumns;
    done = first + stretch;
  }
  for (std::int64_t row = 0; row < rows; ++row) result.segments.push_back(timeOf(row, row + 1, hop));
  result.secondsOfMedia = static_cast<double>(rows) * hop;
  result.secondsOfCompute = std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count();
  return result;
}

Result<LocalisedRecording> localise(const Recording& recording, const inference::LoadedModel& model,
                                    const Backbones& backbones, const ProgressSink& progress, std::stop_token stop,
                                    LocaliserFeatures given) {
  const auto started = std::chrono::steady_clock::now();
  auto features = localiserFeatures(recording, model, backbones, std::move(given), progress, stop);
  if (!features) return fail(features.error());
  auto result = localise(*features, model, std::move(stop));
  if (!result) return result;
  result->secondsOfMedia = recording.durationSeconds();
  result->secondsOfCompute = std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count();
  return result;
}

Prediction predictionOf(const LocalisedRecording& found) {
  Prediction made;
  made.classes = found.classes;
  made.windows = found.segments;
  made.silent.assign(found.segments.size(), false);
  made.scores = found.scores;
  made.logits = found.scores;
  for (float& value : made.logits.values) value = std::log(std::max(value, std::numeric_limits<float>::min()));
  const Matrix& rows = found.clips.rows > 0 ? found.clips : found.scores;
  made.clip.assign(static_cast<std::size_t>(rows.columns), 0.0F);
  for (std::int64_t row = 0; row < rows.rows; ++row)
    for (std::size_t n = 0; n < made.clip.size(); ++n) made.clip[n] += rows.row(row)[n] / static_cast<float>(rows.rows);
  made.provenance = found.provenance;
  made.secondsOfMedia = found.secondsOfMedia;
  made.secondsOfCompute = found.secondsOfCompute;
  return made;
}

std::shared_ptr<const RegionAttention> regionsOf(const LocalisedRecording& found, const inference::ModelSpec& spec) {
  RegionAttention made{spec.title.empty() ? spec.name : spec.title, found.segments, found.attention, found.gridRows, found.gridColumns};
  return made.usable() ? std::make_shared<const RegionAttention>(std::move(made)) : nullptr;
}

}  // namespace chladni::analysis
