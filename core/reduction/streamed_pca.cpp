#include "core/reduction/streamed_pca.h"

#include <algorithm>
#include <cmath>
#include <string>

#include <Eigen/Eigenvalues>

#include "core/reduction/scatter.h"

namespace chladni::reduction {
namespace {

constexpr std::int64_t kPartRows = 4096;  // of a block, in double at once

Unexpected refuse(const std::string& what) { return fail(ErrorCode::invalidArgument, "PCA: " + what); }

std::string widths(std::int64_t rows, std::int64_t fit) {
  return "the rows are " + std::to_string(rows) + " wide, the fit expects width " + std::to_string(fit);
}

}  // namespace

StreamedPca::StreamedPca(std::int64_t width, int threads)
    : width_(width), stride_((width + kScatterLanes - 1) / kScatterLanes * kScatterLanes), threads_(threads),
      mean_(static_cast<std::size_t>(width)), scatter_(static_cast<std::size_t>(stride_ * stride_)) {}

Result<StreamedPca> StreamedPca::create(std::int64_t width, int threads) {
  if (width < 1 || width > kMaxWidth)
    return refuse("a streamed fit takes rows of width 1 to " + std::to_string(kMaxWidth) + ", not " + std::to_string(width) +
                  "; average groups of channels first");
  return StreamedPca(width, threads);
}

Result<void> StreamedPca::add(const Rows& rows) {
  if (rows.width != width_) return refuse(widths(rows.width, width_));
  if (!std::all_of(rows.values, rows.values + rows.count * rows.width, [](float x) { return std::isfinite(x); }))
    return refuse("a row holds a value that is not finite; leave such rows out");
  for (std::int64_t first = 0; first < rows.count; first += kPartRows)
    addPart(rows.part(first, std::min(kPartRows, rows.count - first)));
  return {};
}

void StreamedPca::addPart(const Rows& rows) {
  const auto width = static_cast<std::size_t>(width_);
  std::vector<double> partMean(width);
  for (std::int64_t r = 0; r < rows.count; ++r)
    for (std::size_t k = 0; k < width; ++k) partMean[k] += static_cast<double>(rows.row(r)[k]);
  for (double& mean : partMean) mean /= static_cast<double>(rows.count);

  // The deviations, and one row more that carries the step from the old mean to that of the part.
  std::vector<double> block(static_cast<std::size_t>((rows.count + 1) * stride_));
  for (std::int64_t r = 0; r < rows.count; ++r)
    for (std::size_t k = 0; k < width; ++k)
      block[static_cast<std::size_t>(r * stride_) + k] = static_cast<double>(rows.row(r)[k]) - partMean[k];
  const auto before = static_cast<double>(rows_), here = static_cast<double>(rows.count);
  const double weight = std::sqrt(before * here / (before + here));
  for (std::size_t k = 0; k < width; ++k) {
    const double step = partMean[k] - mean_[k];
    block[static_cast<std::size_t>(rows.count * stride_) + k] = weight * step;
    mean_[k] += step * here / (before + here);
  }
  addScatter(block.data(), rows.count + 1, stride_, scatter_.data(), threads_);
  rows_ += rows.count;
}

Result<Pca> StreamedPca::fit(std::int64_t components) const {
  if (rows_ < 2) return refuse("at least two rows are needed to find axes");
  const auto most = std::min(rows_, width_);
  if (components < 0 || components > most)
    return refuse(std::to_string(components) + " components cannot come from " + std::to_string(rows_) + " rows of width " +
                  std::to_string(width_) + "; ask for at most " + std::to_string(most));
  const auto wanted = components == 0 ? most : components;
  // The upper triangle of a row-major table is the lower one of a column-major matrix, which is what the solver reads.
  const Eigen::Map<const Eigen::MatrixXd, 0, Eigen::OuterStride<>> scatter(scatter_.data(), width_, width_,
                                                                           Eigen::OuterStride<>(stride_));
  const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solver(scatter);
  if (solver.info() != Eigen::Success)
    return fail(ErrorCode::internal, "PCA: the eigenvalues of the covariance did not settle");

  Pca pca;
  pca.rows = rows_;
  pca.mean = mean_;
  pca.axes = Table(wanted, width_);
  const double total = scatter.diagonal().sum();
  const auto degrees = static_cast<double>(rows_ - 1);
  double kept = 0.0;
  for (std::int64_t c = 0; c < wanted; ++c) {
    const auto index = width_ - 1 - c;  // the solver sorts upwards
    const double energy = std::max(solver.eigenvalues()[index], 0.0);
    std::copy_n(solver.eigenvectors().col(index).data(), width_, pca.axes.row(c));
    pca.variance.push_back(energy / degrees);
    pca.varianceShare.push_back(total > 0.0 ? energy / total : 0.0);
    pca.singularValues.push_back(std::sqrt(energy));
    kept += energy;
  }
  if (most > wanted) pca.noiseVariance = std::max(total - kept, 0.0) / degrees / static_cast<double>(most - wanted);
  settleAxisSigns(pca);
  return pca;
}

Result<void> ScoreSigns::add(const Rows& rows) {
  const auto scores = project(pca_, rows);
  if (!scores) return fail(scores.error());
  for (std::int64_t r = 0; r < scores->rows; ++r)
    for (std::size_t c = 0; c < largest_.size(); ++c) {
      const double score = scores->row(r)[c];
      if (std::abs(score) > std::abs(largest_[c])) largest_[c] = score;
    }
  return {};
}

Pca ScoreSigns::settled() const {
  Pca pca = pca_;
  for (std::size_t c = 0; c < largest_.size(); ++c)
    if (largest_[c] < 0.0) flipAxis(pca, static_cast<std::int64_t>(c));
  return pca;
}

}  // namespace chladni::reduction
