// Mel-frequency cepstral coefficients: the orthonormal type-2 cosine transform along the bands of a log-mel table.
// Input [column, band] (decibel or natural log), output [column, coefficient]; coefficients beyond the bands are an
// invalidArgument. liftering > 0 multiplies coefficient n by 1 + liftering/2 sin(pi (n + 1) / liftering).
#pragma once

#include "core/base/result.h"
#include "core/data/matrix.h"

namespace chladni::dsp {

Result<Matrix> mfcc(const Matrix& logMel, int coefficients, double liftering = 0.0);

}  // namespace chladni::dsp
