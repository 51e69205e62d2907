#include "core/nn/short_waits.h"

#include <ATen/Parallel.h>

#include <condition_variable>
#include <cstdlib>
#include <future>
#include <mutex>
#include <thread>

namespace chladni::nn {
namespace {

// Ends with the process; what it waits on is never destroyed.
void keepIdleTeam(int threads, std::promise<void> made) {
  at::set_num_threads(threads);  // OpenMP keeps the count per thread
  at::parallel_for(0, threads, 1, [](std::int64_t, std::int64_t) {});
  made.set_value();
  static auto* mutex = new std::mutex;
  static auto* never = new std::condition_variable;
  std::unique_lock lock(*mutex);
  for (;;) never->wait(lock);
}

}  // namespace

void useShortWaits() {
  static std::once_flag once;
  std::call_once(once, [] {
    if (std::getenv("OMP_WAIT_POLICY") != nullptr || std::getenv("GOMP_SPINCOUNT") != nullptr) return;
    const int cores = static_cast<int>(std::thread::hardware_concurrency());
    if (cores < 2) return;
    std::promise<void> made;
    auto ready = made.get_future();
    std::thread(keepIdleTeam, cores, std::move(made)).detach();
    ready.wait();
  });
}

}  // namespace chladni::nn
