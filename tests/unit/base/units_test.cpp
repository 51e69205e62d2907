#include "core/base/units.h"

#include "tests/support/catch.h"

using namespace chladni;

TEST_CASE("units: times are exact in nanoseconds") {
  CHECK(MediaTime::fromSeconds(1.5).nanoseconds() == 1'500'000'000);
  CHECK(MediaTime::fromSeconds(-0.25).nanoseconds() == -250'000'000);
  CHECK(MediaTime::fromSeconds(1e-9).nanoseconds() == 1);
  CHECK((MediaTime::fromSeconds(2.0) - MediaTime::fromSeconds(0.5)).seconds() == 1.5);
  CHECK(-MediaTime::fromSeconds(1.0) < MediaTime{});
  CHECK(TimeRange{MediaTime::fromSeconds(1.0), MediaTime::fromSeconds(3.0)}.length().seconds() == 2.0);
}

TEST_CASE("units: samples and times agree for days at every rate") {
  for (const int hz : {8000, 11'025, 44'100, 48'000, 192'000}) {
    const SampleRate rate(hz);
    for (const std::int64_t sample :
         {std::int64_t{0}, std::int64_t{1}, std::int64_t{-1}, std::int64_t{44'099}, std::int64_t{hz} * 86'400 * 30 + 7})
      CHECK(rate.samples(rate.time(sample)) == sample);
  }
  CHECK(SampleRate(44'100).samples(MediaTime::fromSeconds(1.0)) == 44'100);
  CHECK_FALSE(SampleRate().valid());
}
