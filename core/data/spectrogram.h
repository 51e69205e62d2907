// Spectrogram: values[column, bin]; column c is centred at startTime + c * hopSeconds (see core/dsp/stft.h).
// `scale` says what the numbers are. binHz[b] is the centre frequency of bin b, ascending.
#pragma once

#include <vector>

#include "core/base/units.h"
#include "core/data/matrix.h"

namespace chladni {

enum class SpectrogramScale {
  decibel,     // 20 log10 of magnitude relative to a full-scale sine
  naturalLog,  // ln of mel power, as the models see it
  linear,
  coefficient,  // MFCC
  chroma,       // 0..1
  normalised    // as a model is given it, without a unit
};

struct Spectrogram {
  Matrix values;  // [column, bin]
  SpectrogramScale scale = SpectrogramScale::decibel;
  std::vector<float> binHz;
  MediaTime startTime;
  double hopSeconds = 0.0;
};

}  // namespace chladni
