// Hearing what a model attended to: the recording's own sound, each patch as loud as the attention paid to it (a soft mask in
// the short-time spectrum, between the centres of patches linear), beside the same stretch as it is. Blocking; for workers.
#pragma once

#include <filesystem>
#include <stop_token>

#include "core/analysis/recording.h"
#include "core/data/attention_map.h"
#include "core/data/frontend_spec.h"

namespace chladni::analysis {

struct AttendedSound {
  // Mono at the file's rate, as long as the map's span. `attended` has the root mean square of `original`
  // where a gain of at most kMostAttendedGain does it; both are made softer when a peak would exceed full scale.
  AudioBuffer original, attended;
  double gain = 1.0;  // that matched the levels
};

inline constexpr double kMostAttendedGain = 30.0;

// Gain of each bin of the model's input [column, bin], 0 .. 1: the least attended patch is silent, the most attended whole.
// All 1 when every patch got the same.
Matrix attentionGains(const AttentionMap& map, std::int64_t row, std::int64_t columns, std::int64_t bins);

// `row` of the map's weights; `frontend` of the model that attended. What the model cannot hear is silent. Fails with
// unsupported (the map is not about sound), cancelled, and as reading does.
Result<AttendedSound> attendedSound(const Recording& recording, const AttentionMap& map, std::int64_t row, const FrontendSpec& frontend,
                                    std::stop_token stop);

// original.wav and attended.wav in a folder that exists.
Result<void> writeAttended(const AttendedSound& sounds, const std::filesystem::path& folder);

}  // namespace chladni::analysis
