// measure(): the figures of a Trainable on held-out examples. Of several processes the first measures while the others
// follow, and all come back with its figures. Fails as the examples and the family do. Throws c10::Error, PeerLost.
#pragma once

#include <functional>

#include "core/nn/device.h"
#include "core/nn/train_team.h"
#include "core/nn/trainable.h"
#include "core/training/examples.h"

namespace chladni::nn {

// A batch on the device that learning happens on.
TrainBatch onDevice(TrainBatch batch, const Runtime& runtime);

Result<TrainFigures> measure(Trainable& trainable, const training::Examples& held, const training::Recipe& recipe,
                             const Runtime& runtime, const TrainTeam& team);
// Of this process alone.
Result<TrainFigures> measureAlone(Trainable& trainable, const training::Examples& held, const training::Recipe& recipe,
                                  const Runtime& runtime, const std::function<void()>& beforeBatch = {});

}  // namespace chladni::nn
