// The one lock of FFTW's planner in this program: making and destroying plans takes it, executing does not.
// Private to core/dsp.
#pragma once

#include <mutex>

namespace chladni::dsp {

std::mutex& fftwPlanner();

}  // namespace chladni::dsp
