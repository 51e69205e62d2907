// Sample rate divided by a whole number, through a windowed-sinc low-pass filter (about 80 dB). Any thread.
#pragma once

#include <vector>

namespace chladni::synth {

std::vector<float> decimate(const std::vector<float>& samples, int factor);

}  // namespace chladni::synth
