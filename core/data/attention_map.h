// AttentionMap: what one or more queries attended to, on the grid of patches that the model saw.
// Only the rows that were asked for are held: weights[query, key]; the keys are the leading tokens, the patches of the
// sound row by row, then those of the picture row by row (models that see none: rows and columns are 0).
// Grid rows run from low to high frequency, columns in time. Values are softmax weights in 0..1; a full row sums to 1.
#pragma once

#include <string>
#include <vector>

#include "core/base/units.h"
#include "core/data/matrix.h"

namespace chladni {

struct PatchGrid {
  int rows = 0;     // frequency
  int columns = 0;  // time
  int leadingTokens = 0;
  // Where a patch lies: patch (r, c) covers spectrogram columns [c*strideColumns, +patchColumns) and mel bins
  // [r*strideBins, +patchBins).
  int patchColumns = 16;
  int patchBins = 16;
  int strideColumns = 16;
  int strideBins = 16;
  double columnSeconds = 0.01;  // one spectrogram column
  [[nodiscard]] int patches() const { return rows * columns; }
};

struct AttentionMap {
  PatchGrid grid;
  PatchGrid picture;  // of the video frame: rows are y, columns x; no leading tokens of its own
  TimeRange span;     // the media the clip was cut from; padding beyond the media is not part of it
  Matrix weights;     // [query or (layer * heads + head), key], see `rowNames`
  std::vector<std::string> rowNames;
  std::string title;  // "layer 11 · mean of heads · query: class token"
};

}  // namespace chladni
