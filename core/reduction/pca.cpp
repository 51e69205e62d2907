#include "core/reduction/pca.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <numeric>
#include <string>

#include <Eigen/QR>
#include <Eigen/SVD>

namespace chladni::reduction {
namespace {

using RowMajor = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
using TableMap = Eigen::Map<const RowMajor>;

Unexpected refuse(const std::string& what) { return fail(ErrorCode::invalidArgument, "PCA: " + what); }

Result<std::int64_t> componentsFor(const Rows& rows, std::int64_t wanted) {
  if (rows.width < 1 || rows.count < 2) return refuse("at least two rows are needed to find axes");
  const auto most = std::min(rows.count, rows.width);
  if (wanted < 0 || wanted > most)
    return refuse(std::to_string(wanted) + " components cannot come from " + std::to_string(rows.count) + " rows of width " +
                  std::to_string(rows.width) + "; ask for at most " + std::to_string(most));
  return wanted == 0 ? most : wanted;
}

Eigen::MatrixXd asMatrix(const Rows& rows) {
  return Eigen::Map<const Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>>(rows.values, rows.count,
                                                                                                 rows.width)
      .cast<double>();
}

struct Decomposition {
  Eigen::MatrixXd axes;  // [width, component]
  Eigen::VectorXd singularValues;
};

// By way of an orthogonal factor of the longer side, so that the decomposition proper is square and small.
Decomposition decompose(const Eigen::MatrixXd& centred) {
  const bool tall = centred.rows() >= centred.cols();
  const auto least = std::min(centred.rows(), centred.cols());
  const Eigen::HouseholderQR<Eigen::MatrixXd> factor(tall ? centred : Eigen::MatrixXd(centred.transpose()));
  const Eigen::MatrixXd triangle = factor.matrixQR().topRows(least).template triangularView<Eigen::Upper>();
  if (tall) {
    const Eigen::BDCSVD<Eigen::MatrixXd> svd(triangle, Eigen::ComputeThinV);
    return {svd.matrixV(), svd.singularValues()};
  }
  const Eigen::BDCSVD<Eigen::MatrixXd> svd(triangle, Eigen::ComputeThinU);
  Eigen::MatrixXd axes = Eigen::MatrixXd::Zero(centred.cols(), least);
  axes.topRows(least) = svd.matrixU();
  axes.applyOnTheLeft(factor.householderQ());
  return {std::move(axes), svd.singularValues()};
}

void settleScoreSigns(Pca& pca, const Eigen::MatrixXd& centred) {
  const Eigen::MatrixXd scores = centred * TableMap(pca.axes.values.data(), pca.axes.rows, pca.axes.columns).transpose();
  for (std::int64_t c = 0; c < pca.components(); ++c) {
    Eigen::Index largest = 0;
    scores.col(c).cwiseAbs().maxCoeff(&largest);
    if (scores(largest, c) < 0.0) flipAxis(pca, c);
  }
}

}  // namespace

void flipAxis(Pca& pca, std::int64_t component) {
  double* axis = pca.axes.row(component);
  std::transform(axis, axis + pca.width(), axis, std::negate<>());
}

void settleAxisSigns(Pca& pca) {
  for (std::int64_t c = 0; c < pca.components(); ++c) {
    const double* axis = pca.axes.row(c);
    const double* largest =
        std::max_element(axis, axis + pca.width(), [](double a, double b) { return std::abs(a) < std::abs(b); });
    if (*largest < 0.0) flipAxis(pca, c);
  }
}

Result<Pca> fitPca(const Rows& rows, const PcaOptions& options) {
  const auto components = componentsFor(rows, options.components);
  if (!components) return fail(components.error());
  Eigen::MatrixXd centred = asMatrix(rows);
  if (!centred.allFinite()) return refuse("a row holds a value that is not finite; leave such rows out");
  const Eigen::RowVectorXd mean = centred.colwise().mean();
  centred.rowwise() -= mean;
  const Decomposition found = decompose(centred);

  Pca pca;
  pca.rows = rows.count;
  pca.mean.assign(mean.data(), mean.data() + mean.size());
  pca.axes = Table(*components, rows.width);
  const Eigen::VectorXd variance = found.singularValues.array().square() / static_cast<double>(rows.count - 1);
  const double total = variance.sum();
  for (std::int64_t c = 0; c < *components; ++c) {
    std::copy_n(found.axes.col(c).data(), rows.width, pca.axes.row(c));
    pca.variance.push_back(variance[c]);
    pca.varianceShare.push_back(total > 0.0 ? variance[c] / total : 0.0);
    pca.singularValues.push_back(found.singularValues[c]);
  }
  const auto rest = variance.size() - *components;
  pca.noiseVariance = rest > 0 ? variance.tail(rest).mean() : 0.0;
  if (options.signs == SignRule::scores)
    settleScoreSigns(pca, centred);
  else
    settleAxisSigns(pca);
  return pca;
}

Result<Table> project(const Pca& pca, const Rows& rows, bool whiten) {
  if (rows.width != pca.width())
    return refuse("the rows are " + std::to_string(rows.width) + " wide, the basis was fitted on width " +
                  std::to_string(pca.width()));
  Table scores(rows.count, pca.components());
  const TableMap axes(pca.axes.values.data(), pca.axes.rows, pca.axes.columns);
  const Eigen::Map<const Eigen::RowVectorXd> mean(pca.mean.data(), pca.width());
  Eigen::VectorXd factor = Eigen::VectorXd::Ones(pca.components());
  if (whiten)
    for (std::int64_t c = 0; c < pca.components(); ++c)
      factor[c] = 1.0 / std::sqrt(std::max(pca.variance[static_cast<std::size_t>(c)], std::numeric_limits<double>::min()));
  constexpr std::int64_t kBlock = 1024;  // rows in double at once
  for (std::int64_t first = 0; first < rows.count; first += kBlock) {
    const auto some = rows.part(first, std::min(kBlock, rows.count - first));
    Eigen::MatrixXd block = asMatrix(some);
    block.rowwise() -= mean;
    Eigen::Map<RowMajor>(scores.row(first), some.count, scores.columns).noalias() =
        block * axes.transpose() * factor.asDiagonal();
  }
  return scores;
}

Result<Table> unproject(const Pca& pca, const Table& scores) {
  if (scores.columns != pca.components())
    return refuse(std::to_string(scores.columns) + " scores for a basis of " + std::to_string(pca.components()) +
                  " components");
  Table rows(scores.rows, pca.width());
  Eigen::Map<RowMajor> out(rows.values.data(), rows.rows, rows.columns);
  out.noalias() = TableMap(scores.values.data(), scores.rows, scores.columns) *
                  TableMap(pca.axes.values.data(), pca.axes.rows, pca.axes.columns);
  out.rowwise() += Eigen::Map<const Eigen::RowVectorXd>(pca.mean.data(), pca.width());
  return rows;
}

Result<Table> projectEachClip(const Rows& rows, std::int64_t rowsPerClip, const PcaOptions& options) {
  if (rowsPerClip < 1 || rows.count % rowsPerClip != 0)
    return refuse(std::to_string(rows.count) + " rows do not make whole clips of " + std::to_string(rowsPerClip));
  Table all;
  for (std::int64_t first = 0; first < rows.count; first += rowsPerClip) {
    const auto clip = rows.part(first, rowsPerClip);
    const auto pca = fitPca(clip, options);
    if (!pca) return fail(pca.error());
    const auto scores = project(*pca, clip);
    if (!scores) return fail(scores.error());
    if (all.rows == 0) all = Table(rows.count, scores->columns);
    std::copy(scores->values.begin(), scores->values.end(), all.row(first));
  }
  return all;
}

}  // namespace chladni::reduction
