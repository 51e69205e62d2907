// Every number of ASiT's pre-training, in two readings: what the authors' code does and what their paper says. Plain
// data, tensor-free. Source: as asit_config.h.
// Departure: the paper resizes its random chunks to the clip's length and gives no momentum for its temperature,
// centre and teacher; both readings crop without resizing and share the code's momenta.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/data/frontend_spec.h"
#include "models/asit/asit_config.h"
#include "models/asit/asit_loss_settings.h"
#include "models/asit/asit_masking.h"
#include "models/asit/asit_schedule.h"

namespace chladni::models::asit {

enum class OptimiserKind { adamW, adam };

struct PretrainSettings {
  AsitConfig architecture;
  FrontendSpec frontend;
  double clipSeconds = 6.0;      // a little more than the columns need; the rest is left out
  double rotationChance = 0.5;  // of turning the whole sound in a circle before two clips are cut from it
  GroupMaskOptions mask;
  double alienRatio = 0.3;      // 0: every hidden pixel is zero
  double dropPath = 0.1;        // of the student
  LossSettings losses;
  TemperatureSchedule teacherTemperature;
  double centreMomentum = 0.9;
  OptimiserKind optimiser = OptimiserKind::adamW;
  double baseRate = 5e-4;       // for a batch of 256; see rates()
  double lastRate = 1e-6;
  double firstDecay = 0.04, lastDecay = 0.4;
  double firstMomentum = 0.996, lastMomentum = 1.0;  // of the teacher
  double gradientLimit = 3.0;   // of the norm of each tensor by itself
  std::int64_t batch = 32;      // clips of one step, all devices together
  std::int64_t epochs = 100;
  std::int64_t warmupEpochs = 10;

  [[nodiscard]] CosineSchedule rates(std::int64_t iterationsPerEpoch) const;
  [[nodiscard]] CosineSchedule decays(std::int64_t iterationsPerEpoch) const;
  [[nodiscard]] CosineSchedule momenta(std::int64_t iterationsPerEpoch) const;
};

enum class AsitSize { small, base };  // 384 wide with 6 heads, 768 wide with 12

PretrainSettings codeSettings(AsitSize size);
PretrainSettings paperSettings(AsitSize size);

// "asit-code", "asit-code-small", "asit-paper", "asit-paper-small".
std::optional<PretrainSettings> pretrainPreset(std::string_view name);
std::vector<std::string> pretrainPresetNames();

// Fine-tuning of the paper, one row a data set ("audioset-2m", "audioset-20k", "esc-50", "speech-commands-v2",
// "speech-commands-v1", "voxceleb1"). 60 epochs, batch 64.
struct FineTuneSettings {
  std::string name;
  bool weightedSampling = false;
  std::int64_t timeMask = 0, frequencyMask = 0;  // columns, bins
  double mixup = 0.0;
  bool multiLabel = false;
  double rate = 1e-3;
  float mean = 0.0F, deviation = 1.0F;
};
const std::vector<FineTuneSettings>& fineTunePresets();

}  // namespace chladni::models::asit
