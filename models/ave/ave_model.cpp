#include "models/ave/ave_model.h"

#include <cstring>

#include <torch/types.h>

#include "core/nn/tensor_exchange.h"
#include "core/nn/translate.h"
#include "core/nn/weights.h"
#include "models/ave/ave_training.h"
#include "models/ave/feature_tensors.h"

namespace chladni::models::ave {
namespace {

Unexpected cancelled() { return fail(ErrorCode::cancelled, "stopped"); }

Unexpected lacking(const inference::ModelSpec& spec, const std::string& what) {
  return fail(ErrorCode::invalidArgument, spec.name + " needs " + what + " features; give zeros of the right shape to leave it out");
}

std::vector<float> toVector(const at::Tensor& row) { return nn::toMatrix(row.reshape({1, -1})).values; }

// Picture features as [row, width], regions averaged.
Result<at::Tensor> meanOfRegions(const inference::FeatureBlock& block, std::int64_t width) {
  auto shape = block.shape;
  if (shape.empty() || shape.back() != width) shape = {width};
  auto tensor = featureTensor(block, shape, "picture");
  if (!tensor || shape.size() == 1) return tensor;
  return tensor->reshape({block.rows, -1, width}).mean(1);
}

}  // namespace

AveModel::AveModel(inference::ModelSpec spec, AveInference inference)
    : spec_(std::move(spec)), inference_(std::move(inference)) {}

inference::LocaliserNeeds AveModel::needs() const {
  const auto& config = inference_.config();
  inference::LocaliserNeeds needs;
  needs.segments = static_cast<int>(config.segments);
  if (config.hears()) {
    needs.soundBackbone = spec_.text(kSoundBackbone).value_or(kUsualSoundBackbone);
    needs.soundWidth = config.soundWidth;
  }
  if (config.sees()) {
    needs.pictureBackbone = spec_.text(kPictureBackbone).value_or(kUsualPictureBackbone);
    needs.pictureShape = {config.gridRows, config.gridColumns, config.pictureWidth};
  }
  return needs;
}

Result<inference::Localisation> AveModel::localise(const inference::FeatureBlock* sound, const inference::FeatureBlock* picture,
                                                   std::stop_token stop) const {
  const auto& config = inference_.config();
  if (config.hears() && sound == nullptr) return lacking(spec_, "sound");
  if (config.sees() && picture == nullptr) return lacking(spec_, "picture");
  if (config.fuses() && sound->rows != picture->rows)
    return fail(ErrorCode::invalidArgument, std::to_string(sound->rows) + " segments of sound and " +
                                                std::to_string(picture->rows) + " of picture; " + spec_.name +
                                                " needs as many of each");
  return nn::translated("localising with " + spec_.name, [&]() -> Result<inference::Localisation> {
    const auto needed = needs();
    at::Tensor heard, viewed;  // [1, segment, ...]
    if (config.hears()) {
      auto made = featureTensor(*sound, {needed.soundWidth}, "sound");
      if (!made) return fail(std::move(made).error());
      heard = made->unsqueeze(0);
    }
    if (config.sees()) {
      auto made = featureTensor(*picture, needed.pictureShape, "picture");
      if (!made) return fail(std::move(made).error());
      viewed = made->flatten(1, 2).unsqueeze(0);
    }
    AveSeen seen;
    const auto logits = inference_.logits(heard, viewed, stop, &seen);
    if (!logits) return cancelled();
    inference::Localisation found;
    found.scores = nn::toMatrix(at::softmax(logits->squeeze(0), -1));
    if (config.weak) found.clip = toVector(clipScores(*logits));
    if (seen.attention.defined()) {
      found.attention = nn::toMatrix(seen.attention);
      found.gridRows = static_cast<int>(config.gridRows);
      found.gridColumns = static_cast<int>(config.gridColumns);
    }
    return found;
  });
}

MatchingModel::MatchingModel(inference::ModelSpec spec, std::shared_ptr<const MatchingNet> net)
    : spec_(std::move(spec)), net_(std::move(net)) {}

std::int64_t MatchingModel::parameters() const { return nn::countParameters(*net_); }

inference::MatcherNeeds MatchingModel::needs() const {
  return {spec_.text(kSoundBackbone).value_or(kUsualSoundBackbone), spec_.text(kPictureBackbone).value_or(kUsualPictureBackbone),
          net_->config().soundWidth, net_->config().pictureWidth};
}

Result<inference::Distances> MatchingModel::distances(const inference::FeatureBlock& sound,
                                                      const inference::FeatureBlock& picture, std::stop_token stop) const {
  return nn::translated("matching with " + spec_.name, [&]() -> Result<inference::Distances> {
    at::NoGradGuard guard;
    auto heard = featureTensor(sound, {net_->config().soundWidth}, "sound");
    if (!heard) return fail(std::move(heard).error());
    auto viewed = meanOfRegions(picture, net_->config().pictureWidth);
    if (!viewed) return fail(std::move(viewed).error());
    if (stop.stop_requested()) return cancelled();
    const auto table = allDistances(net_->embedPicture(*viewed), net_->embedSound(*heard)).contiguous();
    inference::Distances distances{table.size(0), table.size(1), std::vector<double>(static_cast<std::size_t>(table.numel()))};
    std::memcpy(distances.values.data(), table.data_ptr<double>(), distances.values.size() * sizeof(double));
    return distances;
  });
}

}  // namespace chladni::models::ave
