// Log-mel filter bank with the options and the arithmetic order of Kaldi's feature extraction: per frame DC removal,
// pre-emphasis, window, zero-padded real FFT, power, triangular mel bands, natural logarithm floored at ln 2^-23.
// Input: mono samples in -1..1 at options.rate. Output [frame, column], time first; the frame's log energy is an extra
// first or last column when asked for. Immutable after create(); any thread may compute. No dither.
// create() fails with invalidArgument; compute() with invalidArgument when the sound is shorter than one frame.
// Reference: Kaldi's feature-window and mel-computations, without vocal-tract warping.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "core/base/result.h"
#include "core/base/units.h"
#include "core/data/frontend_spec.h"
#include "core/data/matrix.h"
#include "core/dsp/mel.h"
#include "core/dsp/window.h"

namespace chladni::dsp {

enum class EnergyColumn { none, first, last };

struct KaldiFbankOptions {
  SampleRate rate{16000};
  double frameLengthMs = 25.0;
  double frameShiftMs = 10.0;
  WindowKind window = WindowKind::povey;  // symmetric
  double blackmanCoefficient = 0.42;
  int melBins = 23;
  double lowHz = 20.0;
  double highHz = 0.0;  // 0 or less: added to Nyquist
  double preemphasis = 0.97;
  bool removeDc = true;
  bool snipEdges = true;          // false: the sound is mirrored at both ends and every shift gives a frame
  bool roundToPowerOfTwo = true;  // FFT length
  bool usePower = true;           // false: magnitude
  bool useLog = true;
  EnergyColumn energy = EnergyColumn::none;
  bool rawEnergy = true;     // energy before pre-emphasis and window
  double energyFloor = 1.0;  // 0: none
  bool subtractColumnMeans = false;
};

// Of a model's front end of kind "kaldi-fbank". Fails with invalidArgument when the window's name is unknown.
Result<KaldiFbankOptions> kaldiFbankOptions(const FrontendSpec& spec);

class FftPlan;

class KaldiFbank {
 public:
  static Result<KaldiFbank> create(const KaldiFbankOptions& options);

  [[nodiscard]] const KaldiFbankOptions& options() const { return options_; }
  [[nodiscard]] std::int64_t frameSamples() const { return frameSamples_; }
  [[nodiscard]] std::int64_t shiftSamples() const { return shiftSamples_; }
  [[nodiscard]] std::int64_t fftSize() const;
  [[nodiscard]] std::int64_t frames(std::int64_t samples) const;  // 0 when too short
  [[nodiscard]] std::int64_t columns() const;
  [[nodiscard]] const MelBank& melBank() const { return mel_; }
  [[nodiscard]] const std::vector<float>& window() const { return window_; }

  // All frames. `offset` is subtracted from every sample first (the mean of a whole clip, say).
  [[nodiscard]] Result<Matrix> compute(std::span<const float> sound, float offset = 0.0F) const;

 private:
  KaldiFbank(const KaldiFbankOptions& options, MelBank mel, std::shared_ptr<const FftPlan> plan);
  float prepareFrame(std::span<const float> sound, float offset, std::int64_t frame, float* destination) const;
  void copyFrame(std::span<const float> sound, float offset, std::int64_t frame, float* destination) const;

  KaldiFbankOptions options_;
  std::int64_t frameSamples_ = 0;
  std::int64_t shiftSamples_ = 0;
  std::vector<float> window_;
  MelBank mel_;
  std::shared_ptr<const FftPlan> plan_;
};

}  // namespace chladni::dsp
