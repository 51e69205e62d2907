// Analysis windows. values[i], i = 0 .. length-1, in 0..1. `symmetric` divides the circle by length-1 (Kaldi,
// filter design), `periodic` by length (spectrograms). povey is hann to the power 0.85; the general blackman window is
// a - 0.5 cos x + (0.5 - a) cos 2x with a = blackmanCoefficient. A window of length 1 is {1}. Pure functions.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace chladni::dsp {

enum class WindowKind { hann, hamming, blackman, blackmanHarris, povey, sine, rectangular };
enum class WindowSymmetry { symmetric, periodic };

std::vector<float> makeWindow(WindowKind kind, std::int64_t length, WindowSymmetry symmetry,
                              double blackmanCoefficient = 0.42);

// "hann" and "hanning", "hamming", "blackman", "blackman-harris", "povey", "sine", "rectangular".
std::optional<WindowKind> windowFromName(std::string_view name);
std::string_view name(WindowKind kind);

}  // namespace chladni::dsp
