#include "core/dsp/window.h"

#include "tests/support/catch.h"

using namespace chladni::dsp;

TEST_CASE("symmetric windows mirror, periodic ones lose their last sample") {
  for (const WindowKind kind : {WindowKind::hann, WindowKind::hamming, WindowKind::blackman, WindowKind::blackmanHarris,
                                WindowKind::povey, WindowKind::sine, WindowKind::rectangular}) {
    const auto symmetric = makeWindow(kind, 9, WindowSymmetry::symmetric);
    const auto periodic = makeWindow(kind, 8, WindowSymmetry::periodic);
    for (std::size_t i = 0; i < 9; ++i) CHECK(symmetric[i] == Approx(symmetric[8 - i]).margin(1e-6));
    for (std::size_t i = 0; i < 8; ++i) CHECK(periodic[i] == Approx(symmetric[i]).margin(1e-6));
    CHECK(symmetric[4] == Approx(1.0).margin(1e-5));
    CHECK(windowFromName(name(kind)) == kind);
  }
}

TEST_CASE("known window values") {
  CHECK(makeWindow(WindowKind::hann, 5, WindowSymmetry::symmetric)[1] == Approx(0.5));
  CHECK(makeWindow(WindowKind::hamming, 5, WindowSymmetry::symmetric)[0] == Approx(0.08));
  CHECK(makeWindow(WindowKind::blackman, 5, WindowSymmetry::symmetric)[1] == Approx(0.34));
  CHECK(makeWindow(WindowKind::hann, 1, WindowSymmetry::periodic)[0] == 1.0F);
  CHECK(windowFromName("hanning") == WindowKind::hann);
  CHECK_FALSE(windowFromName("kaiserish"));
}
