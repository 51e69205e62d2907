// Principal components in double precision. Rows are centred by the mean of the columns; variance = s^2 / (rows - 1);
// at most min(rows, width) components. The sign of an axis is free: a rule settles it. Results do not depend on the
// number of threads. Plain data; any thread may call.
// Fails with invalidArgument (fewer than two rows, too many components, widths that differ, values not finite) or
// corruptData (a saved basis that is not one).
// Source: Pearson 1901; sign rules and noise variance as scikit-learn (1.2 and 1.5) documents them.
#pragma once

#include <cstdint>
#include <vector>

#include "core/base/result.h"
#include "core/data/tensor_blob.h"
#include "core/reduction/rows.h"

namespace chladni::reduction {

enum class SignRule {
  scores,  // the largest of a component's scores over all rows of the fit is positive (scikit-learn up to 1.4)
  axes     // the largest entry of the axis is positive (scikit-learn from 1.5); needs no second look at the rows
};

struct PcaOptions {
  std::int64_t components = 0;  // 0: as many as there can be
  SignRule signs = SignRule::scores;
};

struct Pca {
  std::vector<double> mean;           // [width]
  Table axes;                         // [component, width], of length 1, largest variance first
  std::vector<double> variance;       // [component]
  std::vector<double> varianceShare;  // of the variance of all components there could be
  std::vector<double> singularValues;
  double noiseVariance = 0.0;  // mean variance of the components left out; 0 when there are none
  std::int64_t rows = 0;       // of the fit

  [[nodiscard]] std::int64_t components() const { return axes.rows; }
  [[nodiscard]] std::int64_t width() const { return axes.columns; }
};

// All rows at once, by a singular value decomposition. For rows that do not fit into memory: streamed_pca.h.
Result<Pca> fitPca(const Rows& rows, const PcaOptions& options);

// Scores [row, component] = (row - mean) axes^T; whitened: divided by the deviation of each component.
Result<Table> project(const Pca& pca, const Rows& rows, bool whiten = false);
// Rows [row, width] that the scores stand for.
Result<Table> unproject(const Pca& pca, const Table& scores);

// A fit for each clip of `rowsPerClip` consecutive rows, each projected on its own axes; [row, component].
Result<Table> projectEachClip(const Rows& rows, std::int64_t rowsPerClip, const PcaOptions& options);

void flipAxis(Pca& pca, std::int64_t component);
// Gives every axis the sign of SignRule::axes.
void settleAxisSigns(Pca& pca);

// The basis as the tensors of pca.safetensors: mean, components, explained_variance, explained_variance_ratio,
// singular_values, noise_variance (all F64) and rows (I64).
std::vector<TensorBlob> toBlobs(const Pca& pca);
Result<Pca> pcaFromBlobs(const std::vector<TensorBlob>& blobs);

}  // namespace chladni::reduction
