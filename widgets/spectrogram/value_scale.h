// ValueScale: from the values of a spectrogram to colours, and back to words: which value is brightest and which darkest, as
// learnt from what was seen, and how a value is written. Decibels have a top and a range below it, chroma runs from 0 to 1,
// cepstral coefficients to both sides of 0 (blue, red), a model's input from the smallest to the largest value.
// GUI thread only (the middle of the two-sided colours is the theme's).
#pragma once

#include <QRgb>
#include <QString>
#include <array>

#include "core/data/colormap.h"
#include "core/data/tile_source.h"

namespace chladni::widgets {

class ValueScale {
 public:
  struct Settings {
    double rangeDb = 80.0;
    double gainDb = 0.0;
    bool evenColumns = false;  // decibels only: relative to the loudest of each column
  };

  explicit ValueScale(SpectrogramScale scale = SpectrogramScale::decibel) : scale_(scale) {}

  // Whether the range moved.
  bool see(const Tile& tile);
  [[nodiscard]] SpectrogramScale scale() const { return scale_; }
  [[nodiscard]] bool known() const { return seen_; }
  [[nodiscard]] double low(const Settings& settings) const;
  [[nodiscard]] double high(const Settings& settings) const;
  [[nodiscard]] std::array<QRgb, 256> pixels(Colormap map) const;
  // "−43.2 dB", "0.83"
  [[nodiscard]] QString text(double value) const;
  // For the ends of the colour bar.
  [[nodiscard]] QString endText(double value) const;
  [[nodiscard]] QString unit() const;

 private:
  SpectrogramScale scale_;
  bool seen_ = false;
  double lowest_ = 0.0;
  double highest_ = 0.0;
};

}  // namespace chladni::widgets
