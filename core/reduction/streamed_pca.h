// StreamedPca: principal components of rows that never lie in memory together: add() block after block, in any cut, then
// fit(). Holds width x width doubles and one block. The products are summed in double around the running mean, so a large
// common offset costs no digits. SignRule::axes holds at once; for SignRule::scores show the rows to ScoreSigns a second
// time. One thread at a time per object; inside, add() uses several. Limits: width up to kMaxWidth.
// Fails with invalidArgument as pca.h says; a refused block leaves the object as it was.
// Source of the merge: Chan, Golub, LeVeque 1979.
#pragma once

#include "core/reduction/pca.h"

namespace chladni::reduction {

class StreamedPca {
 public:
  static constexpr std::int64_t kMaxWidth = 16384;  // 2 GiB of sums

  static Result<StreamedPca> create(std::int64_t width, int threads = 0);
  Result<void> add(const Rows& rows);
  [[nodiscard]] std::int64_t rows() const { return rows_; }
  // components 0: as many as there can be.
  [[nodiscard]] Result<Pca> fit(std::int64_t components) const;

 private:
  StreamedPca(std::int64_t width, int threads);
  void addPart(const Rows& rows);

  std::int64_t width_;
  std::int64_t stride_;  // width rounded up to whole vectors
  int threads_;
  std::int64_t rows_ = 0;
  std::vector<double> mean_;     // [width]
  std::vector<double> scatter_;  // [stride, stride], the upper triangle: sum of products of deviations from the mean
};

// The second look: remembers each component's largest score.
class ScoreSigns {
 public:
  explicit ScoreSigns(const Pca& pca) : pca_(pca), largest_(static_cast<std::size_t>(pca.components())) {}
  Result<void> add(const Rows& rows);
  // The basis with the signs of SignRule::scores.
  [[nodiscard]] Pca settled() const;

 private:
  Pca pca_;
  std::vector<double> largest_;  // with its sign
};

}  // namespace chladni::reduction
