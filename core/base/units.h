// Strong units. MediaTime is a point or span of media time in nanoseconds, signed (streams may start below zero).
// SampleRate is in Hz. Indices and counts of samples are plain std::int64_t.
#pragma once

#include <cmath>
#include <compare>
#include <cstdint>

namespace chladni {

class MediaTime {
 public:
  constexpr MediaTime() = default;
  static constexpr MediaTime fromNanoseconds(std::int64_t ns) { return MediaTime(ns); }
  static MediaTime fromSeconds(double seconds) { return MediaTime(std::llround(seconds * 1e9)); }

  [[nodiscard]] constexpr std::int64_t nanoseconds() const { return ns_; }
  [[nodiscard]] constexpr double seconds() const { return static_cast<double>(ns_) / 1e9; }

  constexpr auto operator<=>(const MediaTime&) const = default;
  constexpr MediaTime operator+(MediaTime other) const { return MediaTime(ns_ + other.ns_); }
  constexpr MediaTime operator-(MediaTime other) const { return MediaTime(ns_ - other.ns_); }
  constexpr MediaTime operator-() const { return MediaTime(-ns_); }

 private:
  constexpr explicit MediaTime(std::int64_t ns) : ns_(ns) {}
  std::int64_t ns_ = 0;
};

class SampleRate {
 public:
  constexpr SampleRate() = default;
  constexpr explicit SampleRate(int hz) : hz_(hz) {}
  [[nodiscard]] constexpr int hz() const { return hz_; }
  [[nodiscard]] constexpr bool valid() const { return hz_ > 0; }
  constexpr auto operator<=>(const SampleRate&) const = default;

  // Nearest sample to a time; sample n is at n / rate seconds.
  [[nodiscard]] std::int64_t samples(MediaTime time) const {
    return std::llround(static_cast<long double>(time.nanoseconds()) * hz_ / 1e9L);
  }
  [[nodiscard]] MediaTime time(std::int64_t samples) const {
    return MediaTime::fromNanoseconds(std::llround(static_cast<long double>(samples) * 1e9L / hz_));
  }

 private:
  int hz_ = 0;
};

struct TimeRange {
  MediaTime start;
  MediaTime end;  // exclusive
  [[nodiscard]] constexpr MediaTime length() const { return end - start; }
  constexpr bool operator==(const TimeRange&) const = default;
};

}  // namespace chladni
