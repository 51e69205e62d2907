// TrainKeeper: the checkpoints of a running training: everything that is learned goes into one and comes back out of it,
// and the best weights can be fetched in the end. Waits, saying so, when the disk has no room. Borrows what it is made
// of. One thread. Fails with io, corruptData or incompatibleModel.
#pragma once

#include <optional>

#include "core/nn/train_average.h"
#include "core/nn/train_optimiser.h"
#include "core/training/checkpoint_store.h"
#include "core/training/run_state.h"
#include "core/training/training_job.h"

namespace chladni::nn {

class TrainKeeper {
 public:
  TrainKeeper(Trainable& trainable, const training::TrainingJob& job, Optimiser& optimiser,
              std::optional<WeightAverage>& ema, std::optional<WeightAverage>& mean,
              training::CheckpointStore::FreeBytes freeBytes);

  // `figures`: what was measured with these weights, null if nothing. `generators`: the states of the random generators
  // of all processes.
  Result<void> keep(const training::RunState& state, bool endsEpoch, bool best, const serial::JsonValue& figures,
                    const std::vector<at::Tensor>& generators);
  struct Restored {
    training::RunState state;
    serial::JsonValue figures;  // null: none
    std::vector<at::Tensor> generators;
  };
  // All that is learned, borrowed.
  [[nodiscard]] NamedTensors everything();
  // Nothing when there is no checkpoint yet. Also takes back what was said after it.
  Result<std::optional<Restored>> restore();
  // The best weights into the module, their figures back; nothing when none was kept.
  Result<std::optional<serial::JsonValue>> loadBest();
  // Returns once the disk has room for so many bytes; fails with io when asked to stop before.
  Result<void> waitForRoom(std::uintmax_t bytes, std::int64_t step);
  // Seconds spent waiting for the disk.
  [[nodiscard]] double waited() const { return waited_; }

 private:
  void warn(const std::vector<std::string>& notes) const;
  Trainable& trainable_;
  const training::TrainingJob& job_;
  Optimiser& optimiser_;
  std::optional<WeightAverage>& ema_;
  std::optional<WeightAverage>& mean_;
  training::CheckpointStore store_;
  std::int64_t keptAt_ = -1;
  double waited_ = 0.0;
};

}  // namespace chladni::nn
