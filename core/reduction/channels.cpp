#include "core/reduction/channels.h"

#include <algorithm>
#include <string>

namespace chladni::reduction {

Result<Matrix> meanOfGroups(const Rows& rows, std::int64_t group) {
  if (group < 1 || rows.width < 1 || rows.width % group != 0)
    return fail(ErrorCode::invalidArgument, std::to_string(rows.width) + " channels do not make whole groups of " +
                                                std::to_string(group) + "; use a divisor");
  Matrix means(rows.count, rows.width / group);
  for (std::int64_t r = 0; r < rows.count; ++r)
    for (std::int64_t c = 0; c < means.columns; ++c) {
      double sum = 0.0;
      for (std::int64_t k = 0; k < group; ++k) sum += static_cast<double>(rows.row(r)[c * group + k]);
      means.row(r)[static_cast<std::size_t>(c)] = static_cast<float>(sum / static_cast<double>(group));
    }
  return means;
}

Result<Matrix> sideBySide(std::span<const Rows> parts) {
  if (parts.empty()) return fail(ErrorCode::invalidArgument, "there is nothing to put side by side");
  std::int64_t width = 0;
  for (const auto& part : parts) {
    if (part.count != parts.front().count)
      return fail(ErrorCode::invalidArgument, "features of " + std::to_string(part.count) + " rows do not fit beside those of " +
                                                  std::to_string(parts.front().count) + "; cut them to the same seconds");
    width += part.width;
  }
  Matrix all(parts.front().count, width);
  for (std::int64_t r = 0; r < all.rows; ++r) {
    auto to = all.row(r).begin();
    for (const auto& part : parts) to = std::copy_n(part.row(r), part.width, to);
  }
  return all;
}

}  // namespace chladni::reduction
