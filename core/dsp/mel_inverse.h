// MelInverse: back from what a model is shown to the magnitudes of a short-time spectrum: normalisation and compression are
// undone exactly, mel bands by non-negative least squares (many spectra have the same bands; this is a smooth one of them).
// Magnitudes are those of the sound after the front end's pre-emphasis; deemphasise() takes that off a sound. What was lost
// stays lost: level (FrontendSpec::levelTarget, "decibel" relative to the clip's maximum), phases, values below the floor.
// Immutable, any thread. create() fails with invalidArgument or unsupported.
#pragma once

#include <cstdint>
#include <span>
#include <stop_token>
#include <vector>

#include "core/base/result.h"
#include "core/data/frontend_spec.h"
#include "core/data/matrix.h"

namespace chladni::dsp {

// Centre of each bin of a model's input in Hz, ascending; empty when the specification makes no sense.
std::vector<float> binHz(const FrontendSpec& spec);

class MelInverse {
 public:
  static Result<MelInverse> create(const FrontendSpec& spec);

  [[nodiscard]] std::int64_t shiftSamples() const { return shiftSamples_; }
  [[nodiscard]] std::int64_t fftSize() const { return fftSize_; }
  [[nodiscard]] const std::vector<float>& window() const { return window_; }

  // Model input [frame, band] to band energies (power, or magnitude where the front end has that) [frame, band]; at the floor
  // of the compression they are 0.
  [[nodiscard]] Matrix bands(const Matrix& input) const;
  // Band energies to magnitudes [frame, bin]. Fails with cancelled, looked at between frames.
  [[nodiscard]] Result<Matrix> magnitudes(const Matrix& bands, std::stop_token stop) const;
  // Mean error of the bands that the magnitudes have, relative to the bands: || W x - m || / || m ||.
  [[nodiscard]] double misfit(const Matrix& bands, const Matrix& magnitudes) const;
  void deemphasise(std::vector<float>& sound) const;

 private:
  struct Band {
    std::size_t firstBin = 0;
    std::vector<float> weights;
  };
  MelInverse() = default;
  void solve(std::span<const float> bands, std::span<float> spectrum) const;
  void spread(std::span<const float> bands, std::span<float> spectrum) const;   // W^T
  void gather(std::span<const float> spectrum, std::span<float> bands) const;   // W

  FrontendSpec spec_;
  bool magnitude_ = false;  // bands are of magnitude, not of power
  std::int64_t shiftSamples_ = 0;
  std::int64_t fftSize_ = 0;
  std::vector<float> window_;
  std::vector<Band> bands_;  // empty: the spectrum's own bins
};

}  // namespace chladni::dsp
