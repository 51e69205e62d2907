// BatchQueue: batches of an ExampleSource, made ahead of time by a few threads. Batch b holds the examples
// b * batch ... , so what is learned does not depend on the number of threads. Joins its threads when destroyed.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include <ATen/core/Tensor.h>

#include "core/base/result.h"
#include "core/training/example_source.h"

namespace chladni::nn {

struct Batch {
  at::Tensor input;   // [batch, row, column]
  at::Tensor target;  // [batch, class]
};

class BatchQueue {
 public:
  BatchQueue(const training::ExampleSource& source, std::int64_t batch, std::int64_t threads, std::uint64_t seed,
             std::int64_t firstBatch);
  ~BatchQueue();
  BatchQueue(const BatchQueue&) = delete;
  BatchQueue& operator=(const BatchQueue&) = delete;

  Result<Batch> next();  // in order; waits

 private:
  void work(std::stop_token stop);
  Result<Batch> make(std::int64_t index) const;

  const training::ExampleSource& source_;
  const std::int64_t batch_;
  const std::uint64_t seed_;
  // Guarded by mutex_.
  std::mutex mutex_;
  std::condition_variable_any changed_;
  std::map<std::int64_t, Result<Batch>> ready_;
  std::int64_t started_;
  std::int64_t taken_;
  // Last, so that the threads end before what they use.
  std::vector<std::jthread> threads_;
};

}  // namespace chladni::nn
