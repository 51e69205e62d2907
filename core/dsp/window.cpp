#include "core/dsp/window.h"

#include <array>
#include <cmath>
#include <numbers>
#include <utility>

#include "core/base/assert.h"

namespace chladni::dsp {

namespace {

constexpr std::array<std::pair<std::string_view, WindowKind>, 8> kNames{{{"hann", WindowKind::hann},
                                                                         {"hanning", WindowKind::hann},
                                                                         {"hamming", WindowKind::hamming},
                                                                         {"blackman", WindowKind::blackman},
                                                                         {"blackman-harris", WindowKind::blackmanHarris},
                                                                         {"povey", WindowKind::povey},
                                                                         {"sine", WindowKind::sine},
                                                                         {"rectangular", WindowKind::rectangular}}};

double valueAt(WindowKind kind, double turn, double blackman) {
  const double x = 2.0 * std::numbers::pi * turn;
  switch (kind) {
    case WindowKind::hann: return 0.5 - 0.5 * std::cos(x);
    case WindowKind::hamming: return 0.54 - 0.46 * std::cos(x);
    case WindowKind::blackman: return blackman - 0.5 * std::cos(x) + (0.5 - blackman) * std::cos(2.0 * x);
    case WindowKind::blackmanHarris:
      return 0.35875 - 0.48829 * std::cos(x) + 0.14128 * std::cos(2.0 * x) - 0.01168 * std::cos(3.0 * x);
    case WindowKind::povey: return std::pow(0.5 - 0.5 * std::cos(x), 0.85);
    case WindowKind::sine: return std::sin(0.5 * x);
    case WindowKind::rectangular: return 1.0;
  }
  return 1.0;
}

}  // namespace

std::vector<float> makeWindow(WindowKind kind, std::int64_t length, WindowSymmetry symmetry,
                              double blackmanCoefficient) {
  CHLADNI_ASSERT(length >= 1);
  std::vector<float> window(static_cast<std::size_t>(length), 1.0F);
  if (length == 1) return window;
  const auto circle = static_cast<double>(symmetry == WindowSymmetry::symmetric ? length - 1 : length);
  for (std::int64_t i = 0; i < length; ++i) {
    window[static_cast<std::size_t>(i)] =
        static_cast<float>(valueAt(kind, static_cast<double>(i) / circle, blackmanCoefficient));
  }
  return window;
}

std::optional<WindowKind> windowFromName(std::string_view wanted) {
  for (const auto& [text, kind] : kNames) {
    if (text == wanted) return kind;
  }
  return std::nullopt;
}

std::string_view name(WindowKind wanted) {
  for (const auto& [text, kind] : kNames) {
    if (kind == wanted) return text;
  }
  return "rectangular";
}

}  // namespace chladni::dsp
