#include "core/nn/train_batches.h"

#include <span>

#include <ATen/ATen.h>

namespace chladni::nn {
namespace {

constexpr std::int64_t kAhead = 12;  // batches

}  // namespace

BatchQueue::BatchQueue(const training::ExampleSource& source, std::int64_t batch, std::int64_t threads,
                       std::uint64_t seed, std::int64_t firstBatch)
    : source_(source), batch_(batch), seed_(seed), started_(firstBatch), taken_(firstBatch) {
  for (std::int64_t n = 0; n < threads; ++n) threads_.emplace_back([this](std::stop_token stop) { work(stop); });
}

BatchQueue::~BatchQueue() {
  for (auto& thread : threads_) thread.request_stop();
  changed_.notify_all();
}

Result<Batch> BatchQueue::make(std::int64_t index) const {
  Batch batch{at::empty({batch_, source_.rows(), source_.columns()}), at::zeros({batch_, source_.classes()})};
  const auto inputSize = static_cast<std::size_t>(source_.rows() * source_.columns());
  const auto targetSize = static_cast<std::size_t>(source_.classes());
  for (std::int64_t n = 0; n < batch_; ++n) {
    auto* input = batch.input.data_ptr<float>() + static_cast<std::size_t>(n) * inputSize;
    auto* target = batch.target.data_ptr<float>() + static_cast<std::size_t>(n) * targetSize;
    const auto example = seed_ * 0x9E3779B9ULL + static_cast<std::uint64_t>(index * batch_ + n);
    if (auto made = source_.example(example, {input, inputSize}, {target, targetSize}); !made) return fail(made.error());
  }
  return batch;
}

void BatchQueue::work(std::stop_token stop) {
  for (;;) {
    std::int64_t index = 0;
    {
      std::unique_lock lock(mutex_);
      if (!changed_.wait(lock, stop, [this] { return started_ - taken_ < kAhead; })) return;
      index = started_++;
    }
    auto batch = make(index);
    const std::scoped_lock lock(mutex_);
    ready_.emplace(index, std::move(batch));
    changed_.notify_all();
  }
}

Result<Batch> BatchQueue::next() {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return ready_.contains(taken_); });
  auto node = ready_.extract(taken_++);
  changed_.notify_all();
  return std::move(node.mapped());
}

}  // namespace chladni::nn
