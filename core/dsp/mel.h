// Mel filter banks: triangular bands equally spaced on a mel scale, applied to spectra of fftSize / 2 + 1 bins.
// htk: m(f) = 1127 ln(1 + f / 700). slaney: linear below 1 kHz, logarithmic above (Auditory Toolbox).
// The slopes are straight in hertz (librosa) or in mel (Kaldi, HTK, VGGish); area normalisation divides by the half
// width in hertz. Bands narrower than a bin may be empty; they are kept as they are. Immutable, any thread.
// create() fails with invalidArgument when the edges, the sizes or the rate make no sense.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/base/result.h"
#include "core/base/units.h"
#include "core/data/matrix.h"

namespace chladni::dsp {

enum class MelScale { htk, slaney };
enum class MelSlope { straightInHertz, straightInMel };
enum class MelNorm { none, area };

double hertzToMel(double hertz, MelScale scale);
double melToHertz(double mel, MelScale scale);

struct MelOptions {
  int bands = 128;
  double lowHz = 0.0;
  double highHz = 0.0;  // 0 or less: added to Nyquist
  MelScale scale = MelScale::slaney;
  MelSlope slope = MelSlope::straightInHertz;
  MelNorm norm = MelNorm::area;
  bool dropDirectCurrent = false;  // weight of bin 0 forced to zero
  bool dropNyquist = false;        // weight of the last bin forced to zero
  bool singlePrecision = false;    // slopes in mel computed in float, as the published Kaldi-style models had them
};

class MelBank {
 public:
  static Result<MelBank> create(const MelOptions& options, SampleRate rate, std::int64_t fftSize);

  [[nodiscard]] int bands() const { return static_cast<int>(rows_.size()); }
  [[nodiscard]] std::int64_t bins() const { return bins_; }
  [[nodiscard]] const std::vector<float>& centreHz() const { return centreHz_; }
  [[nodiscard]] Matrix weights() const;  // [band, bin], dense, for display and tests

  // One spectrum [bin] to bands [band].
  void apply(std::span<const float> spectrum, std::span<float> bands) const;
  // kLanes spectra at once, spectra[bin * kLanes + lane] to bands[band * kLanes + lane].
  static constexpr int kLanes = 16;
  void applyLanes(const float* spectra, float* bands) const;

 private:
  struct Row {
    std::int32_t firstBin = 0;
    std::int32_t count = 0;
    std::int32_t firstWeight = 0;
  };
  static void lanesLoop(const Row* rows, std::size_t count, const float* weights, const float* spectra, float* bands);

  std::int64_t bins_ = 0;
  std::vector<Row> rows_;
  std::vector<float> weights_;
  std::vector<float> centreHz_;
};

}  // namespace chladni::dsp
