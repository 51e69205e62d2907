#include "models/ave/ave_presets.h"

#include <cmath>
#include <utility>

namespace chladni::models::ave {
namespace {

using Named = std::pair<std::string, AvePreset>;

AvePreset of(AveKind kind, Cell cell, std::string about) {
  AvePreset preset;
  preset.config.kind = kind;
  preset.config.cell = cell;
  preset.about = std::move(about);
  return preset;
}

AvePreset weak() {
  auto preset = of(AveKind::avAtt, Cell::lstm, "AV-att learnt from one label per clip, 178 clips without events besides");
  preset.config.weak = true;
  preset.schedule.epochs = 250;
  preset.schedule.keepBest = false;
  return preset;
}

AvePreset paperReading() {
  auto preset = of(AveKind::avAtt, Cell::lstm, "AV-att with the attention of the paper's formula; published weights do not fit");
  preset.config.attention = AttentionReading::paper;
  return preset;
}

AvePreset fused(Cell cell, std::string start, std::string about) {
  auto preset = of(AveKind::dmrn, cell, std::move(about));
  preset.schedule.startFrom = std::move(start);
  return preset;
}

AvePreset selfAttention() {
  auto preset = of(AveKind::visualOnly, Cell::lstm, "picture alone, regions weighted by an attention that no sound guides");
  preset.config.pooling = PicturePooling::selfAttention;
  return preset;
}

std::vector<Named> all() {
  return {{"av-att", of(AveKind::avAtt, Cell::lstm, "audio-guided visual attention as published: VGGish, VGG-19, 29 classes")},
          {"av-att-gru", of(AveKind::avAtt, Cell::gru, "AV-att with gated recurrent units")},
          {"av-att-weak", weak()},
          {"av-att-paper", paperReading()},
          {"dmrn", fused(Cell::lstm, "av-att", "dual multimodal residual fusion, one block, fine-tuned from AV-att")},
          {"dmrn-gru", fused(Cell::gru, "av-att-gru", "DMRN with gated recurrent units")},
          {"audio-only", of(AveKind::audioOnly, Cell::lstm, "sound alone")},
          {"audio-only-gru", of(AveKind::audioOnly, Cell::gru, "sound alone, gated recurrent units")},
          {"visual-only", of(AveKind::visualOnly, Cell::lstm, "picture alone, mean over regions")},
          {"visual-only-gru", of(AveKind::visualOnly, Cell::gru, "picture alone, gated recurrent units")},
          {"visual-only-self-attention", selfAttention()}};
}

}  // namespace

double AveSchedule::rateAt(std::int64_t iteration) const {
  // The program steps the schedule before the optimiser, so the count is one ahead.
  return rate * std::pow(decay, static_cast<double>((iteration + 1) / decayEvery));
}

std::optional<AvePreset> avePreset(std::string_view name) {
  for (auto& [known, preset] : all())
    if (known == name) return preset;
  return std::nullopt;
}

std::vector<std::string> avePresetNames() {
  std::vector<std::string> names;
  for (const auto& preset : all()) names.push_back(preset.first);
  return names;
}

}  // namespace chladni::models::ave
