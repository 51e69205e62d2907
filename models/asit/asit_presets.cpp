#include "models/asit/asit_presets.h"

namespace chladni::models::asit {
namespace {

AsitConfig architectureOf(AsitSize size) {
  AsitConfig config;
  if (size == AsitSize::small) {
    config.width = 384;
    config.heads = 6;
  }
  return config;
}

FrontendSpec frontendAt(int hertz) {
  FrontendSpec spec;  // filter bank and normalisation of AudioSet are the defaults
  spec.rate = SampleRate{hertz};
  spec.targetFrames = 592;
  return spec;
}

CosineSchedule schedule(const PretrainSettings& settings, double base, double last, std::int64_t perEpoch, std::int64_t warmup) {
  return {base, last, settings.epochs, perEpoch, warmup};
}

}  // namespace

CosineSchedule PretrainSettings::rates(std::int64_t iterationsPerEpoch) const {
  return schedule(*this, baseRate * static_cast<double>(batch) / 256.0, lastRate, iterationsPerEpoch, warmupEpochs);
}
CosineSchedule PretrainSettings::decays(std::int64_t iterationsPerEpoch) const {
  return schedule(*this, firstDecay, lastDecay, iterationsPerEpoch, 0);
}
CosineSchedule PretrainSettings::momenta(std::int64_t iterationsPerEpoch) const {
  return schedule(*this, firstMomentum, lastMomentum, iterationsPerEpoch, 0);
}

PretrainSettings codeSettings(AsitSize size) {
  PretrainSettings settings;
  settings.architecture = architectureOf(size);
  settings.architecture.projection = {2048, 256, 8192, 1024};
  settings.architecture.reconstruction = {settings.architecture.width, 128, true};
  settings.frontend = frontendAt(32000);
  return settings;
}

PretrainSettings paperSettings(AsitSize size) {
  PretrainSettings settings;
  settings.architecture = architectureOf(size);
  settings.architecture.projection = {2048, 256, 8192, 8192};
  settings.architecture.reconstruction = {2048, 256, false};
  settings.frontend = frontendAt(16000);
  settings.rotationChance = 0.0;
  settings.mask.leastRatio = settings.mask.ratio;
  settings.losses.sumOfViews = true;
  settings.losses.maskedTokensOnly = true;
  settings.losses.reconstructionWeight = 1.0;
  settings.teacherTemperature.warmupEpochs = 0;
  settings.optimiser = OptimiserKind::adam;
  settings.batch = 160;  // 40 on each of four devices
  settings.epochs = 40;
  return settings;
}

std::optional<PretrainSettings> pretrainPreset(std::string_view name) {
  if (name == "asit-code") return codeSettings(AsitSize::base);
  if (name == "asit-code-small") return codeSettings(AsitSize::small);
  if (name == "asit-paper") return paperSettings(AsitSize::base);
  if (name == "asit-paper-small") return paperSettings(AsitSize::small);
  return std::nullopt;
}

std::vector<std::string> pretrainPresetNames() {
  return {"asit-code", "asit-code-small", "asit-paper", "asit-paper-small"};
}

const std::vector<FineTuneSettings>& fineTunePresets() {
  static const std::vector<FineTuneSettings> rows{
      {"audioset-2m", true, 192, 48, 0.5, true, 1e-4, -4.268F, 4.569F},
      {"audioset-20k", false, 192, 48, 0.5, true, 1e-3, -4.268F, 4.569F},
      {"esc-50", false, 96, 24, 0.0, false, 1e-3, -6.627F, 5.358F},
      {"speech-commands-v2", false, 48, 48, 0.0, false, 1e-3, -6.846F, 5.565F},
      {"speech-commands-v1", false, 48, 48, 0.0, false, 1e-3, -6.702F, 5.448F},
      {"voxceleb1", false, 192, 48, 0.0, false, 1e-3, -6.370F, 3.074F}};
  return rows;
}

}  // namespace chladni::models::asit
