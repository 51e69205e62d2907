// KeyedWorker: one thread that serves slots in turn, and of each slot only the newest request. A slot is a place that
// shows one result (a view, a batch item); a request waiting in it is replaced by the next, and each gets the slot's
// next generation, from 1. What happens to the request that is already running is said by the new one: finishRunning
// for cheap, cursor-following work (cancelling would show nothing while the user drags), cancelRunning for long work.
// All members may be called from any thread, also from inside the work; only the destructor must not be. The work is
// called on the worker thread, must look at its stop_token now and then, and must not throw. The destructor drops what
// waits, stops what runs and joins.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <stop_token>
#include <thread>
#include <utility>

namespace chladni::jobs {

enum class Supersede { finishRunning, cancelRunning };

template <class SlotId, class Request>
class KeyedWorker {
 public:
  using Work = std::function<void(const SlotId& slot, std::uint64_t generation, Request& request, std::stop_token stop)>;

  explicit KeyedWorker(Work work) : work_(std::move(work)), thread_([this](std::stop_token stop) { run(stop); }) {}
  KeyedWorker(const KeyedWorker&) = delete;
  KeyedWorker& operator=(const KeyedWorker&) = delete;
  ~KeyedWorker() {
    thread_.request_stop();
    cancelAll();
  }

  // Returns the generation of the request.
  std::uint64_t submit(const SlotId& slot, Request request, Supersede policy = Supersede::finishRunning) {
    std::optional<Request> replaced;  // destroyed after unlocking: it may own anything
    std::stop_source superseded(std::nostopstate);
    std::uint64_t generation = 0;
    {
      const std::lock_guard lock(mutex_);
      Slot& entry = slots_[slot];
      generation = ++entry.generation;
      replaced = std::exchange(entry.waiting, std::optional<Request>(std::move(request)));
      if (!replaced) turns_.push_back(slot);
      if (policy == Supersede::cancelRunning && running_ && *running_ == slot) superseded = stopRunning_;
    }
    superseded.request_stop();
    wake_.notify_one();
    return generation;
  }

  // Drops the slot's waiting request and stops its running one.
  void cancel(const SlotId& slot) {
    std::optional<Request> dropped;
    std::stop_source stopped(std::nostopstate);
    {
      const std::lock_guard lock(mutex_);
      if (const auto it = slots_.find(slot); it != slots_.end() && it->second.waiting) {
        dropped = std::exchange(it->second.waiting, std::nullopt);
        std::erase(turns_, slot);
      }
      if (running_ && *running_ == slot) stopped = stopRunning_;
    }
    stopped.request_stop();
    idle_.notify_all();
  }

  void cancelAll() {
    std::deque<Request> dropped;
    std::stop_source stopped(std::nostopstate);
    {
      const std::lock_guard lock(mutex_);
      for (const SlotId& slot : turns_) dropped.push_back(*std::exchange(slots_[slot].waiting, std::nullopt));
      turns_.clear();
      if (running_) stopped = stopRunning_;
    }
    stopped.request_stop();
    idle_.notify_all();
  }

  // Requests not finished yet: waiting plus running.
  [[nodiscard]] int pending() const {
    const std::lock_guard lock(mutex_);
    return static_cast<int>(turns_.size()) + (running_ ? 1 : 0);
  }

  // Of the newest request of the slot; 0 before the first.
  [[nodiscard]] std::uint64_t generation(const SlotId& slot) const {
    const std::lock_guard lock(mutex_);
    const auto it = slots_.find(slot);
    return it == slots_.end() ? 0 : it->second.generation;
  }

  // Waits until nothing waits or runs. Not from inside the work.
  void drain() {
    std::unique_lock lock(mutex_);
    idle_.wait(lock, [&] { return turns_.empty() && !running_; });
  }

 private:
  struct Slot {
    std::uint64_t generation = 0;
    std::optional<Request> waiting;
  };

  void run(const std::stop_token& stop) {
    std::unique_lock lock(mutex_);
    while (wake_.wait(lock, stop, [&] { return !turns_.empty(); }) && !stop.stop_requested()) {
      running_ = std::move(turns_.front());
      turns_.pop_front();
      Slot& entry = slots_[*running_];
      std::optional<Request> request = std::exchange(entry.waiting, std::nullopt);
      const std::uint64_t generation = entry.generation;
      stopRunning_ = std::stop_source();
      const SlotId slot = *running_;
      const std::stop_token token = stopRunning_.get_token();
      lock.unlock();
      work_(slot, generation, *request, token);
      request.reset();
      lock.lock();
      running_.reset();
      if (turns_.empty()) idle_.notify_all();
    }
  }

  // immutable
  const Work work_;
  // guarded by mutex_
  mutable std::mutex mutex_;
  std::condition_variable_any wake_;
  std::condition_variable idle_;
  std::map<SlotId, Slot> slots_;
  std::deque<SlotId> turns_;  // slots with a waiting request, each once
  std::optional<SlotId> running_;
  std::stop_source stopRunning_;
  // last, so that it is joined before anything above dies
  std::jthread thread_;
};

}  // namespace chladni::jobs
