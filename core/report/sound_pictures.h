// What a whole recording looks like, in the size of a report: peaks per pixel, a spectrogram on a logarithmic frequency
// axis, a few video frames. Private to core/report. Blocking.
#pragma once

#include <stop_token>

#include "core/analysis/recording.h"
#include "core/report/report.h"

namespace chladni::report {

// After the scan: waveform and spectrogram of a recording with sound.
Result<void> addSound(const analysis::Recording& recording, FileSection& file, std::stop_token stop);
Result<void> addFrames(const analysis::Recording& recording, FileSection& file, std::stop_token stop);

}  // namespace chladni::report
