// Teaching the linear head of a classifier from few examples without losing what it knew: maximum a posteriori
// estimation under a Gaussian prior around the old weights (L2-SP), by L-BFGS. The loss is convex, so the result depends
// on nothing but the examples. Plain data; any thread may call; the call blocks.
// Fails with invalidArgument (tables that do not fit together, values not finite) or cancelled.
// Sources: Li, Grandvalet, Davoine 2018, "Explicit Inductive Bias for Transfer Learning"; Nocedal and Wright 2006,
// algorithm 7.5.
#pragma once

#include <stop_token>
#include <vector>

#include "core/base/result.h"
#include "core/data/matrix.h"

namespace chladni::reduction {

struct LinearClassifier {
  Matrix weight;            // [class, width]
  std::vector<float> bias;  // [class]
};

struct TaughtRows {
  Matrix features;              // [row, width]
  Matrix targets;               // [row, class] probabilities; rows sum to 1 unless multiLabel
  std::vector<double> weights;  // [row]; how much a row counts, 1 for a whole example
};

struct TeachOptions {
  bool multiLabel = false;
  double temperature = 1.0;  // logits are divided by this before softmax or sigmoid
  // How far a logit may move: its standard deviation under the prior, for a feature of the mean length of `features`.
  double reach = 1.0;
  int mostSteps = 100;
};

// `near`: where to begin looking, the result for nearly the same rows; null: at the old head.
Result<LinearClassifier> teach(const LinearClassifier& start, const TaughtRows& rows, const TeachOptions& options,
                               const LinearClassifier* near = nullptr, std::stop_token stop = {});

// Logits [row, class].
Matrix apply(const LinearClassifier& classifier, const Matrix& features);

}  // namespace chladni::reduction
