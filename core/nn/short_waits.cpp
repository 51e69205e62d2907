#include "core/nn/short_waits.h"

#include <atomic>
#include <condition_variable>
#include <cstdlib>
#include <future>
#include <mutex>
#include <thread>

namespace chladni::nn {
namespace {

// Ends with the process; what it waits on is never destroyed. Made without torch, whose number of threads is everybody's.
void keepIdleTeam([[maybe_unused]] int threads, std::promise<void> made) {
#ifdef _OPENMP
  std::atomic<int> here{0};
#pragma omp parallel num_threads(threads)
  here.fetch_add(1);
#endif
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
