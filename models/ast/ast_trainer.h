// trainAst(): teaches an AST from nothing and hands out its weights as tensor-free data. What only training has: tokens
// dropped at random (patchout, Koutini et al. 2022), a second head on the mean of the patch tokens, a patch kernel that
// starts as the whitening of real patches, and positions that start as two-dimensional sines. The net that results is an
// ordinary AST. Callbacks run on the calling thread. Fails as nn::trainClassifier does, and with incompatibleModel.
#pragma once

#include <functional>
#include <stop_token>
#include <vector>

#include "core/base/result.h"
#include "core/data/matrix.h"
#include "core/data/tensor_blob.h"
#include "core/training/example_source.h"
#include "core/training/train_config.h"
#include "core/training/train_progress.h"
#include "models/ast/ast_config.h"

namespace chladni::models::ast {

// Logits [input, class] of inputs [frame, bin], with the averaged weights.
using Scorer = std::function<Matrix(const std::vector<Matrix>& inputs)>;

struct AstTraining {
  AstConfig architecture;
  training::TrainConfig config;
  double patchout = 0.0;  // share of patch tokens left out of each training batch
  std::vector<TensorBlob> startWeights;  // empty: from nothing
  std::function<void(const training::TrainProgress&)> report;
  std::function<Result<void>(const training::TrainProgress&, const Scorer&)> evaluate;
  std::function<Result<void>(const training::TrainProgress&, const std::vector<TensorBlob>& weights)> checkpoint;
};

// Weights rounded to half precision, as packages keep them.
Result<std::vector<TensorBlob>> halfPrecision(const std::vector<TensorBlob>& weights);

// The averaged weights at the end.
Result<std::vector<TensorBlob>> trainAst(const AstTraining& training, const training::ExampleSource& source,
                                         std::stop_token stop = {});

}  // namespace chladni::models::ast
