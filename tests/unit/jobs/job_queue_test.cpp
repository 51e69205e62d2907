#include "core/jobs/job_queue.h"

#include <atomic>
#include <vector>

#include "tests/support/catch.h"
#include "tests/unit/jobs/gate.h"

using namespace chladni::jobs;
using chladni::test::Gate;

namespace {

// Occupies the only worker until the gate opens.
void occupy(JobQueue& queue, Gate& started, Gate& gate) {
  queue.submit([&](std::stop_token) {
    started.open();
    gate.wait();
  });
  started.wait();
}

}  // namespace

TEST_CASE("newestFirst does the last asked for first and drops the oldest") {
  Gate started, gate;
  std::vector<int> done, dropped;
  JobQueue queue(QueueOrder::newestFirst, 1, 3);
  occupy(queue, started, gate);
  for (int i = 0; i < 5; ++i)
    queue.submit(Job{[&done, i](std::stop_token) { done.push_back(i); }, [&dropped, i] { dropped.push_back(i); }});
  CHECK(queue.pending() == 4);
  gate.open();
  queue.drain();
  CHECK(done == std::vector<int>{4, 3, 2});
  CHECK(dropped == std::vector<int>{0, 1});
}

TEST_CASE("inOrder does everything in order, whatever the capacity") {
  Gate started, gate;
  std::vector<int> done, expected;
  JobQueue queue(QueueOrder::inOrder, 1, 1);
  occupy(queue, started, gate);
  for (int i = 0; i < 500; ++i) {
    queue.submit([&done, i](std::stop_token) { done.push_back(i); });
    expected.push_back(i);
  }
  gate.open();
  queue.drain();
  CHECK(done == expected);
  CHECK(queue.pending() == 0);
}

TEST_CASE("cancelAll drops what waits, stops what runs, and the queue goes on") {
  Gate started;
  std::atomic<bool> stopped{false};
  std::atomic<int> dropped{0}, done{0};
  JobQueue queue(QueueOrder::inOrder, 1);
  queue.submit([&](std::stop_token stop) {
    started.open();
    while (!stop.stop_requested()) std::this_thread::yield();
    stopped = true;
  });
  started.wait();
  for (int i = 0; i < 7; ++i) queue.submit(Job{[&](std::stop_token) { ++done; }, [&] { ++dropped; }});
  queue.cancelAll();
  queue.drain();
  CHECK(stopped);
  CHECK(dropped == 7);
  CHECK(done == 0);
  queue.submit([&](std::stop_token stop) { done += stop.stop_requested() ? 100 : 1; });
  queue.drain();
  CHECK(done == 1);
}

TEST_CASE("the destructor tells every waiting job") {
  std::atomic<int> dropped{0}, ran{0};
  {
    Gate started;
    JobQueue queue(QueueOrder::newestFirst, 2, 50);
    for (int i = 0; i < 2; ++i)
      queue.submit([&](std::stop_token stop) {
        ++ran;
        started.open();
        while (!stop.stop_requested()) std::this_thread::yield();
      });
    while (ran < 2) std::this_thread::yield();
    for (int i = 0; i < 40; ++i) queue.submit(Job{[&](std::stop_token) { ++ran; }, [&] { ++dropped; }});
  }
  CHECK(ran + dropped == 42);
  CHECK(dropped == 40);
}

TEST_CASE("under stress every job is either done or dropped, once") {
  std::atomic<int> done{0}, dropped{0};
  constexpr int kThreads = 4, kJobs = 5000;
  {
    JobQueue queue(QueueOrder::newestFirst, 3, 8);
    {
      std::vector<std::jthread> threads;
      for (int t = 0; t < kThreads; ++t)
        threads.emplace_back([&] {
          for (int i = 0; i < kJobs; ++i) {
            queue.submit(Job{[&](std::stop_token) { ++done; }, [&] { ++dropped; }});
            if (i % 1000 == 999) queue.cancelAll();
          }
        });
    }
    // Nothing drops this one: the queue still works after all that.
    const int before = done;
    queue.submit([&](std::stop_token stop) { done += stop.stop_requested() ? 0 : 1; });
    queue.drain();
    CHECK(done > before);
    CHECK(done + dropped == kThreads * kJobs + 1);
  }
  CHECK(done + dropped == kThreads * kJobs + 1);
}
