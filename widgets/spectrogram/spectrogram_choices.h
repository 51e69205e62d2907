// SpectrogramChoices: what a person can choose of a spectrogram: its kind, what is computed, how it is shown. Plain values.
#pragma once

#include "core/data/colormap.h"
#include "widgets/spectrogram/spectrogram_views.h"

namespace chladni::widgets {

struct SpectrogramChoices {
  SpectrogramView view = SpectrogramView::logarithmic;
  int windowSamples = 2048;
  Colormap colours = Colormap::magma;
  double rangeDb = 80.0;
  int overlap = 4;             // hops in a window
  double gainDb = 0.0;         // what is this much softer than the loudest is as bright
  bool evenColumns = false;    // every moment relative to its own loudest frequency
  bool notes = false;          // octaves and piano keys instead of hertz at the axis
  int oversampling = 1;        // the transform is so many times as long as its window
  int binsPerOctave = 24;      // of constant-Q
  int melBins = 128;
  bool operator==(const SpectrogramChoices&) const = default;
};

// Whether the same values serve both.
bool sameAnalysis(const SpectrogramChoices& a, const SpectrogramChoices& b);

}  // namespace chladni::widgets
