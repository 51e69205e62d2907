// The paper's and the studies' settings by name, for training recipes and for telling what a figure belongs to.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "models/ave/ave_config.h"

namespace chladni::models::ave {

// How the authors' program learns. Batches are taken in the order of the file; what does not fill one is dropped.
struct AveSchedule {
  std::int64_t epochs = 300;
  std::int64_t batch = 64;
  double rate = 1e-3;                 // of Adam, library defaults otherwise
  double decay = 0.1;                 // the rate is multiplied by this every `decayEvery` iterations
  std::int64_t decayEvery = 15000;
  std::int64_t validateEvery = 5;     // epochs, from the first
  bool shuffle = false;
  bool dropLast = true;
  bool keepBest = true;               // by accuracy on the validation set; false: the last that was validated
  std::string startFrom;              // preset whose trained weights this one starts from; empty: random

  // The rate of an iteration, counted from 0 over all epochs.
  [[nodiscard]] double rateAt(std::int64_t iteration) const;
};

struct AvePreset {
  AveConfig config;
  AveSchedule schedule;
  std::string about;  // one line
};

// av-att, av-att-gru, av-att-weak, av-att-paper, dmrn, dmrn-gru, audio-only, audio-only-gru, visual-only, visual-only-gru,
// visual-only-self-attention.
std::optional<AvePreset> avePreset(std::string_view name);
std::vector<std::string> avePresetNames();

// Pieces of the matching network's training that its weights do not say.
struct MatchingSchedule {
  std::int64_t epochs = 20;
  std::int64_t batch = 8;
  double rate = 1e-3;
  double margin = 2.0;
};

}  // namespace chladni::models::ave
