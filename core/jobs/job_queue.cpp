#include "core/jobs/job_queue.h"

#include <algorithm>
#include <optional>
#include <utility>

namespace chladni::jobs {

namespace {

void tellDropped(const Job& job) {
  if (job.dropped) job.dropped();
}

}  // namespace

JobQueue::JobQueue(QueueOrder order, std::size_t workers, std::size_t capacity)
    : order_(order), capacity_(std::max<std::size_t>(capacity, 1)) {
  for (std::size_t i = 0; i < std::max<std::size_t>(workers, 1); ++i)
    threads_.emplace_back([this](std::stop_token stop) { work(stop); });
}

JobQueue::~JobQueue() {
  for (auto& thread : threads_) thread.request_stop();
  cancelAll();
}

void JobQueue::submit(Job job) {
  std::optional<Job> dropped;
  {
    const std::lock_guard lock(mutex_);
    waiting_.push_back(std::move(job));
    if (order_ == QueueOrder::newestFirst && waiting_.size() > capacity_) {
      dropped = std::move(waiting_.front());
      waiting_.pop_front();
    }
  }
  wake_.notify_one();
  if (dropped) tellDropped(*dropped);
}

void JobQueue::cancelAll() {
  std::deque<Job> dropped;
  std::stop_source stopped(std::nostopstate);
  {
    const std::lock_guard lock(mutex_);
    dropped.swap(waiting_);
    stopped = std::exchange(stopRunning_, std::stop_source());
  }
  stopped.request_stop();
  idle_.notify_all();
  for (const Job& job : dropped) tellDropped(job);
}

std::size_t JobQueue::pending() const {
  const std::lock_guard lock(mutex_);
  return waiting_.size() + running_;
}

void JobQueue::drain() {
  std::unique_lock lock(mutex_);
  idle_.wait(lock, [&] { return waiting_.empty() && running_ == 0; });
}

void JobQueue::work(const std::stop_token& stop) {
  std::unique_lock lock(mutex_);
  while (wake_.wait(lock, stop, [&] { return !waiting_.empty(); }) && !stop.stop_requested()) {
    Job job;
    if (order_ == QueueOrder::newestFirst) {
      job = std::move(waiting_.back());
      waiting_.pop_back();
    } else {
      job = std::move(waiting_.front());
      waiting_.pop_front();
    }
    ++running_;
    const std::stop_token token = stopRunning_.get_token();
    lock.unlock();
    job.run(token);
    job = {};
    lock.lock();
    --running_;
    if (waiting_.empty() && running_ == 0) idle_.notify_all();
  }
}

}  // namespace chladni::jobs
