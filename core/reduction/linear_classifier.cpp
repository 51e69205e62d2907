#include "core/reduction/linear_classifier.h"

#include <Eigen/Dense>
#include <algorithm>
#include <cmath>
#include <deque>

namespace chladni::reduction {
namespace {

// Products in single precision, which is what they cost; sums that decide in double.
using Dense = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
using Vector = Eigen::VectorXf;
using Floats = Eigen::Map<const Dense>;

Floats view(const Matrix& table) { return {table.values.data(), table.rows, table.columns}; }

bool finite(const std::vector<float>& values) {
  return std::all_of(values.begin(), values.end(), [](float value) { return std::isfinite(value); });
}

Result<void> check(const LinearClassifier& start, const TaughtRows& rows, const TeachOptions& options) {
  const auto classes = start.weight.rows;
  const auto count = rows.features.rows;
  if (count < 1 || rows.targets.rows != count || static_cast<std::int64_t>(rows.weights.size()) != count ||
      rows.targets.columns != classes || rows.features.columns != start.weight.columns ||
      static_cast<std::int64_t>(start.bias.size()) != classes)
    return fail(ErrorCode::invalidArgument, "teaching a classifier: examples and weights do not fit together");
  if (!finite(rows.features.values) || !finite(rows.targets.values) || !finite(start.weight.values) || !finite(start.bias))
    return fail(ErrorCode::invalidArgument, "teaching a classifier: a value is not a finite number");
  if (!(options.temperature > 0.0) || !(options.reach > 0.0))
    return fail(ErrorCode::invalidArgument, "teaching a classifier: temperature and reach must be positive");
  return {};
}

// The unknown is how far weights and biases lie from the old ones, in units of the prior, so that the prior's part of
// the loss is half the squared length.
class Posterior {
 public:
  Posterior(const LinearClassifier& start, const TaughtRows& rows, const TeachOptions& options)
      : classes_(start.weight.rows), width_(start.weight.columns), multiLabel_(options.multiLabel),
        targets_(view(rows.targets)), weights_(Eigen::Map<const Eigen::VectorXd>(rows.weights.data(), rows.targets.rows).cast<float>()) {
    const Dense features = view(rows.features);
    const double length = std::sqrt(std::max(features.cast<double>().squaredNorm() / static_cast<double>(features.rows()), 1e-12));
    weightUnit_ = static_cast<float>(options.reach / length);
    biasUnit_ = static_cast<float>(options.reach);
    const auto temperature = static_cast<float>(options.temperature);
    base_ = view(apply(start, rows.features)) / temperature;
    inputs_.resize(features.rows(), width_ + 1);
    inputs_.leftCols(width_) = features * (weightUnit_ / temperature);
    inputs_.col(width_).setConstant(biasUnit_ / temperature);
  }

  [[nodiscard]] Eigen::Index size() const { return classes_ * (width_ + 1); }

  double operator()(const Vector& step, Vector& gradient) const {
    const Eigen::Map<const Dense> moved(step.data(), classes_, width_ + 1);
    Dense logits = base_ + inputs_ * moved.transpose();
    const double loss = multiLabel_ ? sigmoidLoss(logits) : softmaxLoss(logits);
    gradient = step;
    Eigen::Map<Dense>(gradient.data(), classes_, width_ + 1).noalias() += logits.transpose() * inputs_;
    return loss + 0.5 * step.cast<double>().squaredNorm();
  }

  // The step that moved() turns into `to`.
  [[nodiscard]] Vector stepTo(const LinearClassifier& start, const LinearClassifier& to) const {
    Vector step(size());
    Eigen::Map<Dense> delta(step.data(), classes_, width_ + 1);
    delta.leftCols(width_) = (view(to.weight) - view(start.weight)) / weightUnit_;
    delta.col(width_) = (Eigen::Map<const Vector>(to.bias.data(), classes_) - Eigen::Map<const Vector>(start.bias.data(), classes_)) / biasUnit_;
    return step;
  }

  [[nodiscard]] LinearClassifier moved(const LinearClassifier& start, const Vector& step) const {
    const Eigen::Map<const Dense> delta(step.data(), classes_, width_ + 1);
    LinearClassifier out = start;
    for (Eigen::Index k = 0; k < classes_; ++k) {
      const auto row = out.weight.row(k);
      for (Eigen::Index j = 0; j < width_; ++j)
        row[static_cast<std::size_t>(j)] += delta(k, j) * weightUnit_;
      out.bias[static_cast<std::size_t>(k)] += delta(k, width_) * biasUnit_;
    }
    return out;
  }

 private:
  // Both turn logits into the loss's slope by them.
  double softmaxLoss(Dense& logits) const {
    double loss = 0.0;
    for (Eigen::Index r = 0; r < logits.rows(); ++r) {
      auto row = logits.row(r);
      const float largest = row.maxCoeff();
      const float norm = largest + std::log((row.array() - largest).exp().sum());
      loss += double{weights_[r]} * (double{targets_.row(r).sum()} * norm - targets_.row(r).dot(row));
      row = weights_[r] * (targets_.row(r).sum() * (row.array() - norm).exp().matrix() - targets_.row(r));
    }
    return loss;
  }
  double sigmoidLoss(Dense& logits) const {
    double loss = 0.0;
    for (Eigen::Index r = 0; r < logits.rows(); ++r) {
      auto row = logits.row(r);
      // log(1 + e^z) - t z, without overflow.
      loss += double{weights_[r]} * ((1.0F + (-row.array().abs()).exp()).log() + row.array().max(0.0F) -
                                     targets_.row(r).array() * row.array()).sum();
      row = weights_[r] * (1.0F / (1.0F + (-row.array()).exp()) - targets_.row(r).array()).matrix();
    }
    return loss;
  }

  Eigen::Index classes_;
  Eigen::Index width_;
  bool multiLabel_;
  Dense targets_;
  Vector weights_;
  Dense base_;    // logits of the old head
  Dense inputs_;  // features and a one, in units of the prior
  float weightUnit_ = 1.0F;
  float biasUnit_ = 1.0F;
};

// The last pairs of steps and changes of the gradient, which stand for the inverse curvature.
class Memory {
 public:
  void add(const Vector& step, const Vector& change) {
    const float bend = step.dot(change);
    if (bend <= 1e-6F * step.norm() * change.norm()) return;
    pairs_.push_back({step, change, 1.0F / bend});
    if (pairs_.size() > kMost) pairs_.pop_front();
  }
  [[nodiscard]] Vector direction(const Vector& gradient) const {
    Vector q = -gradient;
    std::vector<float> share(pairs_.size());
    for (std::size_t i = pairs_.size(); i-- > 0;) {
      share[i] = pairs_[i].inverse * pairs_[i].step.dot(q);
      q -= share[i] * pairs_[i].change;
    }
    if (!pairs_.empty()) q /= pairs_.back().inverse * pairs_.back().change.squaredNorm();
    for (std::size_t i = 0; i < pairs_.size(); ++i)
      q += (share[i] - pairs_[i].inverse * pairs_[i].change.dot(q)) * pairs_[i].step;
    return q;
  }

 private:
  static constexpr std::size_t kMost = 12;
  struct Pair {
    Vector step, change;
    float inverse;
  };
  std::deque<Pair> pairs_;
};

Result<Vector> minimise(const Posterior& loss, Vector at, int mostSteps, const std::stop_token& stop) {
  constexpr float kEnough = 1e-3F;  // of the slope at the old head
  Vector gradient;
  const float enough = kEnough * (loss(Vector::Zero(loss.size()), gradient), gradient.norm());
  double value = loss(at, gradient);
  Memory memory;
  for (int step = 0; step < mostSteps && gradient.norm() > enough; ++step) {
    if (stop.stop_requested()) return fail(ErrorCode::cancelled, "stopped");
    const Vector direction = memory.direction(gradient);
    const double slope = gradient.dot(direction);
    float length = step == 0 ? std::min(1.0F, 1.0F / gradient.norm()) : 1.0F;
    Vector next, nextGradient;
    double nextValue = 0.0;
    for (int halving = 0; halving < 24; ++halving, length /= 2.0F) {
      next = at + length * direction;
      nextValue = loss(next, nextGradient);
      if (nextValue <= value + 1e-4 * length * slope) break;
    }
    if (!(nextValue < value)) break;  // at the limit of precision
    memory.add(next - at, nextGradient - gradient);
    at.swap(next);
    gradient.swap(nextGradient);
    value = nextValue;
  }
  return at;
}

}  // namespace

Result<LinearClassifier> teach(const LinearClassifier& start, const TaughtRows& rows, const TeachOptions& options,
                               const LinearClassifier* near, std::stop_token stop) {
  if (auto fine = check(start, rows, options); !fine) return fail(fine.error());
  if (stop.stop_requested()) return fail(ErrorCode::cancelled, "stopped");
  const Posterior loss(start, rows, options);
  const auto step = minimise(loss, near ? loss.stepTo(start, *near) : Vector::Zero(loss.size()), options.mostSteps, stop);
  if (!step) return fail(step.error());
  return loss.moved(start, *step);
}

Matrix apply(const LinearClassifier& classifier, const Matrix& features) {
  Matrix logits(features.rows, classifier.weight.rows);
  Eigen::Map<Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>> out(logits.values.data(), logits.rows, logits.columns);
  const Eigen::Map<const Eigen::RowVectorXf> bias(classifier.bias.data(), classifier.weight.rows);
  out.noalias() = view(features) * view(classifier.weight).transpose();
  out.rowwise() += bias;
  return logits;
}

}  // namespace chladni::reduction
