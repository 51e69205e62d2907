// Where a loss that is not a number comes from: a parameter, an example, or a layer that an example drives over the edge.
// Runs examples one by one without gradients; one thread. Throws c10::Error.
#pragma once

#include <string>

#include "core/nn/train_team.h"
#include "core/nn/trainable.h"
#include "core/training/examples.h"

namespace chladni::nn {

struct Diagnosis {
  std::string sample;     // name of the first example to blame; empty: none by itself
  std::string layer;      // first place that is not finite: "input", "v.blocks.3", ""
  std::string parameter;  // first parameter that is not finite
  [[nodiscard]] std::string text() const;  // "sample x.wav, layer v.blocks.3"
};

Diagnosis diagnose(Trainable& trainable, const TrainBatch& batch, const training::Examples& examples,
                   const training::TrainPlace& place);

// The same in words, as the process says whose rows are to blame.
std::string diagnose(Trainable& trainable, const TrainBatch& batch, const training::Examples& examples,
                     const training::TrainPlace& place, const TrainTeam& team);

}  // namespace chladni::nn
