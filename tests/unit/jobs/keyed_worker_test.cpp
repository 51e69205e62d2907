#include "core/jobs/keyed_worker.h"

#include <atomic>
#include <memory>
#include <string>
#include <vector>

#include "tests/support/catch.h"
#include "tests/unit/jobs/gate.h"

using chladni::jobs::KeyedWorker;
using chladni::jobs::Supersede;
using chladni::test::Gate;

namespace {

struct Done {
  std::string slot;
  std::uint64_t generation;
  int value;
  bool stopped;
  bool operator==(const Done&) const = default;
};

// A worker whose first request signals `started` and waits at `gate` (or for its stop).
struct Bench {
  Gate started;
  Gate gate;
  std::vector<Done> done;  // worker only, read after drain()
  KeyedWorker<std::string, int> worker{
      [this](const std::string& slot, std::uint64_t generation, int& value, std::stop_token stop) {
        started.open();
        const bool passed = gate.wait(stop);
        done.push_back({slot, generation, value, !passed});
      }};
};

}  // namespace

TEST_CASE("the newest request of a slot wins and slots take turns") {
  Bench bench;
  CHECK(bench.worker.submit("a", 1) == 1);
  bench.started.wait();
  CHECK(bench.worker.submit("a", 2) == 2);
  CHECK(bench.worker.submit("b", 10) == 1);
  CHECK(bench.worker.submit("c", 20) == 1);
  CHECK(bench.worker.submit("a", 3) == 3);
  CHECK(bench.worker.submit("b", 11) == 2);
  CHECK(bench.worker.pending() == 4);
  CHECK(bench.worker.generation("b") == 2);
  CHECK(bench.worker.generation("never") == 0);
  bench.gate.open();
  bench.worker.drain();
  CHECK(bench.worker.pending() == 0);
  CHECK(bench.done ==
        std::vector<Done>{{"a", 1, 1, false}, {"a", 3, 3, false}, {"b", 2, 11, false}, {"c", 1, 20, false}});
}

TEST_CASE("a busy slot goes to the end of the turns") {
  Gate gate, started;
  std::vector<std::string> order;
  KeyedWorker<std::string, int>* self = nullptr;
  KeyedWorker<std::string, int> worker([&](const std::string& slot, std::uint64_t, int& left, std::stop_token) {
    started.open();
    gate.wait();
    order.push_back(slot);
    if (slot == "busy" && left > 0) self->submit("busy", left - 1);  // a view that always wants more
  });
  self = &worker;
  worker.submit("busy", 3);
  started.wait();
  worker.submit("quiet", 0);
  worker.submit("other", 0);
  gate.open();
  worker.drain();
  CHECK(order == std::vector<std::string>{"busy", "quiet", "other", "busy", "busy", "busy"});
}

TEST_CASE("finishRunning lets the running request finish, cancelRunning stops it") {
  SECTION("finishRunning") {
    Bench bench;
    bench.worker.submit("a", 1);
    bench.started.wait();
    bench.worker.submit("a", 2, Supersede::finishRunning);
    bench.gate.open();
    bench.worker.drain();
    CHECK(bench.done == std::vector<Done>{{"a", 1, 1, false}, {"a", 2, 2, false}});
  }
  SECTION("cancelRunning of the same slot") {
    Bench bench;
    bench.worker.submit("a", 1);
    bench.started.wait();
    bench.worker.submit("a", 2, Supersede::cancelRunning);
    bench.worker.submit("a", 3, Supersede::cancelRunning);  // may also stop number 2
    while (bench.worker.pending() > 1) std::this_thread::yield();
    bench.gate.open();
    bench.worker.drain();
    REQUIRE(!bench.done.empty());
    CHECK(bench.done.front() == Done{"a", 1, 1, true});
    CHECK(bench.done.back() == Done{"a", 3, 3, false});
  }
  SECTION("cancelRunning leaves other slots alone") {
    Bench bench;
    bench.worker.submit("a", 1);
    bench.started.wait();
    bench.worker.submit("b", 2, Supersede::cancelRunning);
    bench.gate.open();
    bench.worker.drain();
    CHECK(bench.done == std::vector<Done>{{"a", 1, 1, false}, {"b", 1, 2, false}});
  }
}

TEST_CASE("cancel stops the running request of a slot and forgets the waiting one") {
  Bench bench;
  bench.worker.submit("a", 1);
  bench.started.wait();
  bench.worker.submit("a", 2);
  bench.worker.submit("b", 3);
  bench.worker.cancel("b");
  bench.worker.cancel("a");
  bench.worker.cancel("unknown");
  bench.worker.drain();
  CHECK(bench.done == std::vector<Done>{{"a", 1, 1, true}});
  bench.gate.open();
  CHECK(bench.worker.submit("b", 4) == 2);  // generations go on after a cancel
  bench.worker.drain();
  CHECK(bench.done.back() == Done{"b", 2, 4, false});
}

TEST_CASE("cancelAll and the destructor leave nothing behind") {
  const auto shared = std::make_shared<int>(0);
  std::atomic<int> ran{0};
  {
    Gate started;
    KeyedWorker<int, std::shared_ptr<int>> worker(
        [&](int, std::uint64_t, std::shared_ptr<int>&, std::stop_token stop) {
          ++ran;
          started.open();
          while (!stop.stop_requested()) std::this_thread::yield();
        });
    for (int slot = 0; slot < 20; ++slot) worker.submit(slot, shared);
    started.wait();
    worker.cancelAll();
    worker.drain();
    CHECK(shared.use_count() == 1);
    CHECK(worker.pending() == 0);
    for (int slot = 0; slot < 20; ++slot) worker.submit(slot, shared);
  }
  CHECK(shared.use_count() == 1);
  CHECK(ran <= 3);
}

TEST_CASE("under stress every slot ends on its newest request and generations never go back") {
  constexpr int kSlots = 5, kThreads = 4, kRequests = 3000;
  std::vector<std::uint64_t> last(kSlots, 0);
  std::atomic<bool> backwards{false};
  std::vector<std::atomic<int>> delivered(kSlots);
  {
    KeyedWorker<int, int> worker([&](int slot, std::uint64_t generation, int&, std::stop_token stop) {
      for (int spin = 0; spin < 200 && !stop.stop_requested(); ++spin) std::this_thread::yield();
      auto& previous = last[static_cast<std::size_t>(slot)];
      if (generation <= previous) backwards = true;
      previous = generation;
      ++delivered[static_cast<std::size_t>(slot)];
    });
    {
      std::vector<std::jthread> threads;
      for (int t = 0; t < kThreads; ++t)
        threads.emplace_back([&worker, t] {
          for (int i = 0; i < kRequests; ++i) {
            const int slot = (i * 7 + t) % kSlots;
            worker.submit(slot, i, i % 3 ? Supersede::finishRunning : Supersede::cancelRunning);
            if (i % 501 == 0) worker.cancel((slot + 1) % kSlots);
            if (i % 16 == 0) std::this_thread::yield();
          }
        });
    }
    for (int slot = 0; slot < kSlots; ++slot) worker.submit(slot, -1);
    worker.drain();
    for (int slot = 0; slot < kSlots; ++slot) {
      CHECK(last[static_cast<std::size_t>(slot)] == worker.generation(slot));
      CHECK(delivered[static_cast<std::size_t>(slot)] > 0);
    }
  }
  CHECK_FALSE(backwards);
}
