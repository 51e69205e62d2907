// BatchQueue: batches of Examples, made ahead of time by a few threads while the model learns. What a batch holds
// depends on its number alone (DataOrder), not on the threads, so a run goes on exactly where a checkpoint says.
// EpochBatches counts them; batches never reach over the end of an epoch. Joins its threads when destroyed.
// next() is for one thread and fails with what the examples fail with.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "core/nn/trainable.h"
#include "core/training/data_order.h"
#include "core/training/examples.h"

namespace chladni::nn {

struct BatchPlan {
  std::int64_t batch = 1;  // of all processes together
  std::int64_t threads = 1;
  std::uint64_t seed = 0;
  bool augment = true;
  bool shuffle = true;   // false: items in their order, one epoch
  bool dropLast = false;  // only when an epoch has at least one whole batch
  std::int64_t process = 0, processes = 1;  // each makes its equal share of the rows
};

// Batches of an epoch of `items`.
std::int64_t batchesPerEpoch(std::int64_t items, std::int64_t batch, bool dropLast);

class BatchQueue {
 public:
  BatchQueue(const training::Examples& examples, const BatchPlan& plan, std::int64_t firstBatch = 0);
  ~BatchQueue();
  BatchQueue(const BatchQueue&) = delete;
  BatchQueue& operator=(const BatchQueue&) = delete;

  [[nodiscard]] std::int64_t perEpoch() const { return perEpoch_; }
  // In order; waits. Without shuffling, batches past the first epoch are empty.
  Result<TrainBatch> next();
  // Seconds that next() has waited.
  [[nodiscard]] double waited() const { return waited_; }

 private:
  void work(const std::stop_token& stop);
  Result<TrainBatch> make(std::int64_t index);
  std::shared_ptr<const std::vector<std::int64_t>> itemsOf(std::int64_t epoch);

  const training::Examples& examples_;
  const BatchPlan plan_;
  const training::DataOrder order_;
  const std::int64_t perEpoch_;
  double waited_ = 0.0;
  // Guarded by mutex_.
  std::mutex mutex_;
  std::condition_variable_any changed_;
  std::map<std::int64_t, Result<TrainBatch>> ready_;
  std::map<std::int64_t, std::shared_ptr<const std::vector<std::int64_t>>> orders_;  // of epochs
  std::int64_t started_;
  std::int64_t taken_;
  // Last, so that the threads end before what they use.
  std::vector<std::jthread> threads_;
};

}  // namespace chladni::nn
