// JobQueue: a few worker threads and one queue. newestFirst is for pictures that scroll past (tiles): the last job asked
// for is done first and, beyond the capacity, the oldest waiting one is dropped and told so. inOrder is for work that
// must all be done (export, file after file): nothing is ever dropped but by cancelAll() and the destructor.
// All members may be called from any thread; drain() and the destructor not from inside a job. Jobs run on a worker,
// should look at their stop_token and must not throw. The destructor drops what waits, stops what runs and joins.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <stop_token>
#include <thread>
#include <vector>

namespace chladni::jobs {

enum class QueueOrder { newestFirst, inOrder };

struct Job {
  std::function<void(std::stop_token)> run;
  std::function<void()> dropped;  // may be empty; called once instead of `run`, on the thread that caused it
};

class JobQueue {
 public:
  // capacity: of waiting jobs, for newestFirst only.
  explicit JobQueue(QueueOrder order, std::size_t workers = 2, std::size_t capacity = 256);
  ~JobQueue();
  JobQueue(const JobQueue&) = delete;
  JobQueue& operator=(const JobQueue&) = delete;

  void submit(Job job);
  void submit(std::function<void(std::stop_token)> run) { submit(Job{std::move(run), {}}); }
  // Drops what waits and stops what runs; jobs submitted later run as usual.
  void cancelAll();
  // Waiting plus running.
  [[nodiscard]] std::size_t pending() const;
  // Waits until nothing waits or runs.
  void drain();

 private:
  void work(const std::stop_token& stop);

  // immutable
  const QueueOrder order_;
  const std::size_t capacity_;
  // guarded by mutex_
  mutable std::mutex mutex_;
  std::condition_variable_any wake_;
  std::condition_variable idle_;
  std::deque<Job> waiting_;
  std::size_t running_ = 0;
  std::stop_source stopRunning_;  // of all jobs started since the last cancelAll()
  // last, so that they are joined before anything above dies
  std::vector<std::jthread> threads_;
};

}  // namespace chladni::jobs
