// Making rows of features narrower or wider without learning anything: the mean of groups of consecutive channels, and
// layers or backbones side by side. Any thread may call. Fails with invalidArgument (sizes that do not fit).
#pragma once

#include "core/base/result.h"
#include "core/data/matrix.h"
#include "core/reduction/rows.h"

namespace chladni::reduction {

// [row, width / group]: channel c is the mean of channels c * group to c * group + group - 1; summed in double.
Result<Matrix> meanOfGroups(const Rows& rows, std::int64_t group);

// [row, sum of the widths], in the order given; all parts have equally many rows.
Result<Matrix> sideBySide(std::span<const Rows> parts);

}  // namespace chladni::reduction
