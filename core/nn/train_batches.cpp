#include "core/nn/train_batches.h"

#include <algorithm>
#include <chrono>
#include <numeric>
#include <span>

#include <ATen/ATen.h>

#include "core/nn/translate.h"

namespace chladni::nn {
namespace {

constexpr std::int64_t kAhead = 8;  // batches

}  // namespace

std::int64_t batchesPerEpoch(std::int64_t items, std::int64_t batch, bool dropLast) {
  if (dropLast && items >= batch) return items / batch;
  return (items + batch - 1) / batch;
}

BatchQueue::BatchQueue(const training::Examples& examples, const BatchPlan& plan, std::int64_t firstBatch)
    : examples_(examples), plan_(plan),
      order_(examples.size(), plan.seed, plan.shuffle ? examples.drawWeights() : std::vector<double>{}),
      perEpoch_(batchesPerEpoch(examples.size(), plan.batch, plan.dropLast)), started_(firstBatch), taken_(firstBatch) {
  for (std::int64_t n = 0; n < plan.threads; ++n) threads_.emplace_back([this](const std::stop_token& stop) { work(stop); });
}

BatchQueue::~BatchQueue() {
  for (auto& thread : threads_) thread.request_stop();
  changed_.notify_all();
}

std::shared_ptr<const std::vector<std::int64_t>> BatchQueue::itemsOf(std::int64_t epoch) {
  const std::scoped_lock lock(mutex_);
  if (const auto found = orders_.find(epoch); found != orders_.end()) return found->second;
  std::vector<std::int64_t> items;
  if (plan_.shuffle) {
    items = order_.itemsOf(epoch);
  } else if (epoch == 0) {
    items.resize(static_cast<std::size_t>(examples_.size()));
    std::iota(items.begin(), items.end(), std::int64_t{0});
  }
  const auto shared = std::make_shared<const std::vector<std::int64_t>>(std::move(items));
  orders_.emplace(epoch, shared);
  if (orders_.size() > kAhead + 2) orders_.erase(orders_.begin());  // an old one is made again if it is asked for
  return shared;
}

Result<TrainBatch> BatchQueue::make(std::int64_t index) {
  const auto epoch = index / perEpoch_;
  const auto items = itemsOf(epoch);
  const auto size = static_cast<std::int64_t>(items->size());
  const auto joinedFirst = std::min(index % perEpoch_ * plan_.batch, size);
  const auto joined = std::min(plan_.batch, size - joinedFirst);
  const auto first = joinedFirst + joined * plan_.process / plan_.processes;
  const auto last = joinedFirst + joined * (plan_.process + 1) / plan_.processes;
  TrainBatch batch;
  batch.joined = joined;
  batch.firstRow = first - joinedFirst;
  batch.joinedItem = joined > 0 ? (*items)[static_cast<std::size_t>(joinedFirst)] : 0;
  std::vector<std::pair<float*, std::size_t>> tables;
  for (const auto& field : examples_.fields()) {
    std::vector<std::int64_t> shape{last - first};
    shape.insert(shape.end(), field.shape.begin(), field.shape.end());
    const auto& tensor = batch.fields.emplace(field.name, at::zeros(shape)).first->second;
    tables.emplace_back(tensor.data_ptr<float>(), static_cast<std::size_t>(field.values()));
  }
  for (auto position = first; position < last; ++position) {
    std::vector<std::span<float>> spans;
    for (auto& [data, values] : tables) spans.emplace_back(data + static_cast<std::size_t>(position - first) * values, values);
    const auto item = (*items)[static_cast<std::size_t>(position)];
    const training::ExampleDraw draw{item, order_.seedAt(epoch, position), plan_.augment};
    if (auto made = examples_.make(draw, spans); !made) return fail(made.error());
    batch.items.push_back(item);
  }
  return batch;
}

void BatchQueue::work(const std::stop_token& stop) {
  for (;;) {
    std::int64_t index = 0;
    {
      std::unique_lock lock(mutex_);
      if (!changed_.wait(lock, stop, [this] { return started_ - taken_ < kAhead; })) return;
      index = started_++;
    }
    auto batch = translated("making a batch", [&] { return make(index); });
    const std::scoped_lock lock(mutex_);
    ready_.emplace(index, std::move(batch));
    changed_.notify_all();
  }
}

Result<TrainBatch> BatchQueue::next() {
  const auto start = std::chrono::steady_clock::now();
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return ready_.contains(taken_); });
  waited_ += std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  auto node = ready_.extract(taken_++);
  changed_.notify_all();
  return std::move(node.mapped());
}

}  // namespace chladni::nn
