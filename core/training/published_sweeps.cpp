#include "core/training/published_sweeps.h"

namespace chladni::training {
namespace {

// Losses of the held-out part (mean audio, mean image, total). Only the first and the last epoch's time can be read from
// the figure; the time of an epoch does not depend on the start.
std::vector<PublishedPoint> maskRatios() {
  return {{0.05, "ImageNet", {{"mae_audio", 3.65}, {"mae_visual", 1.84}, {"loss", 5.57}, {"seconds_per_epoch", 1500.0}}},
          {0.25, "ImageNet", {{"mae_audio", 3.76}, {"mae_visual", 2.08}, {"loss", 5.91}}},
          {0.50, "ImageNet", {{"mae_audio", 4.12}, {"mae_visual", 2.74}, {"loss", 6.93}}},
          {0.75, "ImageNet", {{"mae_audio", 4.85}, {"mae_visual", 4.03}, {"loss", 7.42}}},
          {0.95, "ImageNet", {{"mae_audio", 5.06}, {"mae_visual", 4.73}, {"loss", 7.89}, {"seconds_per_epoch", 960.0}}},
          {0.05, "AudioSet", {{"mae_audio", 3.41}, {"mae_visual", 1.78}, {"loss", 5.23}}},
          {0.25, "AudioSet", {{"mae_audio", 3.53}, {"mae_visual", 2.05}, {"loss", 5.61}}},
          {0.50, "AudioSet", {{"mae_audio", 3.84}, {"mae_visual", 2.69}, {"loss", 6.57}}},
          {0.75, "AudioSet", {{"mae_audio", 4.48}, {"mae_visual", 3.95}, {"loss", 8.48}}},
          {0.95, "AudioSet", {{"mae_audio", 6.67}, {"mae_visual", 6.90}, {"loss", 8.87}}}};
}

// Mean average precision after finetuning, and the share of partners that were told.
std::vector<PublishedPoint> lyricsMaskRatios() {
  return {{0.30, "", {{"map", 0.3078}, {"contrastive_accuracy", 0.2674}}},
          {0.50, "", {{"map", 0.3207}, {"contrastive_accuracy", 0.3322}}},
          {0.65, "", {{"map", 0.3137}, {"contrastive_accuracy", 0.2308}}},
          {0.75, "", {{"map", 0.3094}, {"contrastive_accuracy", 0.1667}}},
          {0.85, "", {{"map", 0.2978}, {"contrastive_accuracy", 0.1163}}}};
}

const std::vector<PublishedSweep>& sweeps() {
  static const std::vector<PublishedSweep> all{
      {"cavmae-pretrain", "pretrain", "mask_ratio", "DualMAE study, table 6.2 and figure 6.10 (times read from the figure)", maskRatios()},
      {"lyrics-mae", "pretrain", "mask_ratio", "study of audio and lyrics, masking ratios (after finetuning)", lyricsMaskRatios()}};
  return all;
}

}  // namespace

const PublishedSweep* publishedSweep(std::string_view family, std::string_view task, std::string_view field) {
  for (const auto& sweep : sweeps())
    if (sweep.family == family && sweep.task == task && sweep.field == field) return &sweep;
  return nullptr;
}

}  // namespace chladni::training
