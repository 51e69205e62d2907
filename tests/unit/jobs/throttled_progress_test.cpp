#include "core/jobs/throttled_progress.h"

#include <atomic>
#include <thread>
#include <vector>

#include "tests/support/catch.h"

using namespace chladni;
using jobs::ThrottledProgress;

namespace {

struct Seen {
  std::vector<Progress> all;
  std::chrono::steady_clock::time_point now{};
  ProgressSink sink() {
    return [this](const Progress& p) { all.push_back(p); };
  }
  ThrottledProgress::Clock clock() {
    return [this] { return now; };
  }
  void sleep(int milliseconds) { now += std::chrono::milliseconds(milliseconds); }
};

}  // namespace

TEST_CASE("at most twenty a second, and always the last") {
  Seen seen;
  {
    ThrottledProgress throttled(seen.sink(), 20.0, seen.clock());
    for (int i = 0; i < 2000; ++i) {  // two seconds
      throttled({"decoding", i, 0});
      seen.sleep(1);
    }
    CHECK(seen.all.size() == 40);
  }
  REQUIRE(seen.all.size() == 41);
  CHECK(seen.all.back().done == 1999);
}

TEST_CASE("a finished stage and a new stage are passed at once, in order") {
  Seen seen;
  ThrottledProgress throttled(seen.sink(), 20.0, seen.clock());
  throttled({"reading", 0, 10});
  throttled({"reading", 5, 10});
  throttled({"reading", 10, 10});
  throttled({"writing", 0, 3});
  throttled({"writing", 2, 3});
  throttled({"closing", 0, 0});
  throttled.flush();
  std::vector<std::pair<std::string, std::int64_t>> got;
  for (const auto& p : seen.all) got.emplace_back(p.stage, p.done);
  CHECK(got == std::vector<std::pair<std::string, std::int64_t>>{
                   {"reading", 0}, {"reading", 10}, {"writing", 0}, {"writing", 2}, {"closing", 0}});
}

TEST_CASE("without a sink nothing happens") {
  ThrottledProgress throttled(nullptr);
  throttled({"x", 1, 2});
  throttled.flush();
  SUCCEED();
}

TEST_CASE("many threads may report; the sink is never entered twice at once") {
  std::atomic<int> inside{0}, calls{0};
  std::atomic<bool> overlapped{false};
  {
    ThrottledProgress throttled(
        [&](const Progress&) {
          if (++inside != 1) overlapped = true;
          ++calls;
          --inside;
        },
        1e9);
    std::vector<std::jthread> threads;
    for (int t = 0; t < 4; ++t)
      threads.emplace_back([&] {
        for (int i = 0; i < 2000; ++i) throttled({"s", i, 0});
      });
  }
  CHECK_FALSE(overlapped);
  CHECK(calls > 0);
}
