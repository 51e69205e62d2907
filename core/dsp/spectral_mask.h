// A sound weighed in time and frequency: short-time spectra times gains, put together again by overlap-add. Root-Hann windows
// on both sides with hops of a quarter, so that gains of 1 give the sound back and gains may change from column to column.
// The result is as long as the sound. Pure function, any thread; fails with cancelled (between columns) or outOfMemory.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <stop_token>
#include <vector>

#include "core/base/result.h"
#include "core/base/units.h"

namespace chladni::dsp {

// Fills the gains of the bins (bin k at k * rate / windowSamples Hz) at a moment, in seconds from the start of the sound.
using ColumnGains = std::function<void(double seconds, std::span<float> gains)>;

Result<std::vector<float>> weighSpectrum(std::span<const float> sound, SampleRate rate, std::int64_t windowSamples, const ColumnGains& gains,
                                         std::stop_token stop);

}  // namespace chladni::dsp
