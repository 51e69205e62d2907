// How long a picture is waited for: two minutes, and on a machine that is busy with other things as long as this program still
// gets work done, up to half an hour. Pure.
#pragma once

namespace chladni::ui {

struct Waited {
  double seconds = 0.0;       // since the start
  double worked = 0.0;        // processor time of this program in that time, seconds
  double workedLately = 0.0;  // of that in the last minute
};

inline constexpr double kUsualPatience = 120.0, kLongestPatience = 1800.0;
inline constexpr double kLeastWork = 0.5;  // a minute: less, and nothing is going on

inline bool isWorthWaiting(const Waited& waited) {
  if (waited.seconds <= kUsualPatience) return true;
  // As much work as two minutes of one core alone: it would not have come to rest on an idle machine either.
  return waited.seconds <= kLongestPatience && waited.worked < kUsualPatience && waited.workedLately >= kLeastWork;
}

}  // namespace chladni::ui
