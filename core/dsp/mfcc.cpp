#include "core/dsp/mfcc.h"

#include <cmath>
#include <numbers>
#include <string>

namespace chladni::dsp {

namespace {

// [coefficient, band]; rows are orthonormal.
Matrix cosineTransform(std::int64_t bands, int coefficients, double liftering) {
  Matrix table(coefficients, bands);
  for (int n = 0; n < coefficients; ++n) {
    double scale = std::sqrt((n == 0 ? 1.0 : 2.0) / static_cast<double>(bands));
    if (liftering > 0.0) scale *= 1.0 + liftering / 2.0 * std::sin(std::numbers::pi * (n + 1) / liftering);
    for (std::int64_t b = 0; b < bands; ++b) {
      const double angle = std::numbers::pi * n * (2.0 * static_cast<double>(b) + 1.0) / (2.0 * static_cast<double>(bands));
      table.row(n)[static_cast<std::size_t>(b)] = static_cast<float>(scale * std::cos(angle));
    }
  }
  return table;
}

}  // namespace

Result<Matrix> mfcc(const Matrix& logMel, int coefficients, double liftering) {
  if (coefficients < 1 || coefficients > logMel.columns) {
    return fail(ErrorCode::invalidArgument, std::to_string(coefficients) + " cepstral coefficients asked of " +
                                                std::to_string(logMel.columns) + " mel bands: ask for 1 to that many");
  }
  const Matrix table = cosineTransform(logMel.columns, coefficients, liftering);
  Matrix out(logMel.rows, coefficients);
  for (std::int64_t c = 0; c < logMel.rows; ++c) {
    const std::span<const float> bands = logMel.row(c);
    for (int n = 0; n < coefficients; ++n) {
      const std::span<const float> basis = table.row(n);
      double sum = 0.0;
      for (std::size_t b = 0; b < bands.size(); ++b) sum += static_cast<double>(basis[b]) * bands[b];
      out.row(c)[static_cast<std::size_t>(n)] = static_cast<float>(sum);
    }
  }
  return out;
}

}  // namespace chladni::dsp
