// CavmaeConfig: every free size and choice of a CAV-MAE / DualMAE, parsed from ModelSpec::architecture and checked before
// anything is allocated. Defaults: the published base model. Keys of `architecture` are the field names below in
// snake_case. Fails with incompatibleModel naming the bad field.
// Sources: Gong et al., "Contrastive Audio-Visual Masked Autoencoder", 2023; the DualMAE thesis (ITU Copenhagen 2024).
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/data/attention_map.h"
#include "core/inference/model_spec.h"

namespace chladni::models::cavmae {

enum class Task { pretrain, classify };
enum class Positions { sincosFixed, sincosTrained, sincos1d };  // the last: fixed too, one index over all patches
// What unified blocks do with one modality alone while pretraining: the published code feeds each of them with the
// branch and keeps the last one's answer; the sensible reading chains them. With one block they are the same.
enum class SingleModality { lastBlockOnly, chained };
enum class TrainedOn { both, sound, picture };

struct CavmaeConfig {
  Task task = Task::pretrain;
  std::int64_t audioDepth = 11, imageDepth = 11, unifiedDepth = 1, decoderDepth = 8;
  std::int64_t width = 768, heads = 12;
  double mlpRatio = 4.0;
  std::int64_t decoderWidth = 512, decoderHeads = 16;
  std::int64_t patch = 16;
  std::int64_t melBands = 128;
  std::int64_t frames = 1024;
  std::int64_t imageSize = 224;
  Positions positions = Positions::sincosFixed;
  double normEpsilon = 1e-5;
  bool pixelNorm = true;
  SingleModality unifiedSingleModality = SingleModality::lastBlockOnly;
  bool contrastBothWays = false;
  double contrastiveWeight = 0.01, reconstructionWeight = 1.0;
  std::int64_t classes = 0;                // of Task::classify
  TrainedOn trainedOn = TrainedOn::both;  // of Task::classify
  bool picture = true;                    // false: the published class that hears only (no parameters for pictures)

  [[nodiscard]] std::int64_t soundRows() const { return melBands / patch; }
  [[nodiscard]] std::int64_t soundColumns() const { return frames / patch; }
  [[nodiscard]] std::int64_t soundPatches() const { return soundRows() * soundColumns(); }
  [[nodiscard]] std::int64_t pictureRows() const { return imageSize / patch; }
  [[nodiscard]] std::int64_t picturePatches() const { return pictureRows() * pictureRows(); }
  [[nodiscard]] std::int64_t hidden(std::int64_t ofWidth) const {
    return static_cast<std::int64_t>(static_cast<double>(ofWidth) * mlpRatio);
  }
  [[nodiscard]] PatchGrid soundGrid(double columnSeconds) const;
  [[nodiscard]] PatchGrid pictureGrid() const;

  bool operator==(const CavmaeConfig&) const = default;
};

Result<void> check(const CavmaeConfig& config);
// The task follows from spec.family, the classes from spec.classes; sizes must agree with spec.frontend.
Result<CavmaeConfig> configFromSpec(const inference::ModelSpec& spec);
std::map<std::string, inference::Attribute> toArchitecture(const CavmaeConfig& config);

inline constexpr std::string_view kPretrainFamily = "cavmae-pretrain";
inline constexpr std::string_view kClassifyFamily = "cavmae-classify";

// "cav-mae" (loads every published file), "dualmae-as-run" (what the thesis ran: 57 classes), "dualmae-as-written" (its
// text: 12 + 12 + 12 blocks, no contrastive loss, positions over one index; no published file fits).
std::optional<CavmaeConfig> preset(std::string_view name, Task task);
std::vector<std::string> presetNames();

}  // namespace chladni::models::cavmae
