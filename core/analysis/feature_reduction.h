// Making features smaller before they are written: the mean over the regions of a row, the mean over groups of consecutive
// channels, or principal components fitted over all rows that go through (in two passes over a scratch file, so that a data
// set never lies in memory). A row of shape [..., channel] keeps its leading axes in the last two cases: each region is one
// observation. One thread at a time.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/data/tensor_blob.h"

namespace chladni::analysis {

struct FeatureReduction {
  enum class Kind { none, meanOfRegions, meanOfChannels, pca };
  Kind kind = Kind::none;
  std::int64_t number = 0;  // channels of a group, or components

  // "mean", "mean:G", "pca:N"; empty: none. Fails with invalidArgument.
  static Result<FeatureReduction> parse(const std::string& text);
};

// Takes rows, gives them on reduced. With pca nothing comes out before finish().
class FeatureReducer {
 public:
  using RowSink = std::function<Result<void>(std::span<const float> rows)>;

  // `scratch`: a file that may be written and is removed at the end; used by pca only.
  static Result<FeatureReducer> create(const FeatureReduction& reduction, std::vector<std::int64_t> rowShape,
                                       const std::filesystem::path& scratch, RowSink sink);
  FeatureReducer(FeatureReducer&&) noexcept;
  FeatureReducer& operator=(FeatureReducer&&) noexcept;
  ~FeatureReducer();

  [[nodiscard]] const std::vector<std::int64_t>& reducedShape() const;
  Result<void> add(std::span<const float> rows);  // whole rows
  Result<void> finish();
  // After finish() of a pca: the basis, as pca.safetensors holds it.
  [[nodiscard]] const std::vector<TensorBlob>& basis() const;

 private:
  struct State;
  explicit FeatureReducer(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace chladni::analysis
