#include "models/ast/ast_trainer.h"

#include <cmath>

#include <ATen/Parallel.h>
#include <torch/types.h>

#include "core/nn/blas_kernels.h"
#include "core/nn/initialise.h"
#include "core/nn/tensor_exchange.h"
#include "core/nn/train_classifier.h"
#include "core/nn/translate.h"
#include "core/nn/weights.h"
#include "models/ast/ast_net.h"

namespace chladni::models::ast {
namespace {

constexpr std::int64_t kWhiteningExamples = 256;
constexpr std::int64_t kScoringBatch = 32;
// Whitened patches have a size of about 0.6 a value: positions must be of that size to be seen from the first step on.
constexpr double kPositionScale = 0.7;

// The net and what learning adds to it.
class TrainingForm : public torch::nn::Module {
 public:
  TrainingForm(const AstConfig& config, double patchout) : patchout_(patchout) {
    net = register_module("net", std::make_shared<AstNet>(config));
    patch_norm = register_module("patch_norm", std::make_shared<nn::LayerNorm>(config.width, config.headEpsilon));
    patch_head = register_module("patch_head", std::make_shared<nn::Linear>(config.width, config.classes));
  }

  std::vector<at::Tensor> forward(const at::Tensor& input) const {
    auto tokens = keepSome(net->embed(input));
    for (std::int64_t layer = 0; layer < net->config().depth; ++layer) tokens = net->v->blocks->at(layer)->forward(tokens, layer);
    tokens = net->v->norm->forward(tokens);
    const auto leading = net->config().leadingTokens();
    const auto patches = tokens.narrow(1, leading, tokens.size(1) - leading).mean(1);
    return {net->mlp_head->forward(tokens.narrow(1, 0, leading).mean(1)), patch_head->forward(patch_norm->forward(patches))};
  }

  std::shared_ptr<AstNet> net;
  std::shared_ptr<nn::LayerNorm> patch_norm;
  std::shared_ptr<nn::Linear> patch_head;

 private:
  [[nodiscard]] at::Tensor keepSome(const at::Tensor& tokens) const {
    const auto leading = net->config().leadingTokens();
    const auto patches = tokens.size(1) - leading;
    const auto kept = static_cast<std::int64_t>(std::lround(static_cast<double>(patches) * (1.0 - patchout_)));
    if (kept >= patches || kept < 1) return tokens;
    const auto chosen = torch::randperm(patches).narrow(0, 0, kept) + leading;
    return tokens.index_select(1, torch::cat({torch::arange(leading), chosen}));
  }
  double patchout_;
};

// A patch kernel whose outputs are uncorrelated on real spectrograms: principal components, each brought to the same
// variance, then rotated at random so that no output is special.
void whitenPatches(AstNet& net, const at::Tensor& spectrograms) {
  const auto& config = net.config();
  const auto size = config.patch * config.patch;
  auto patches = spectrograms.transpose(1, 2)
                     .unfold(1, config.patch, config.patch)
                     .unfold(2, config.patch, config.patch)
                     .reshape({-1, size});
  patches = patches - patches.mean(0, true);
  const auto covariance = patches.t().mm(patches) / patches.size(0);
  const auto [variance, vectors] = at::linalg_eigh(covariance, "L");
  const auto kept = std::min(config.width, size);
  const auto components = vectors.flip(1).narrow(1, 0, kept);
  const auto scale = (variance.flip(0).narrow(0, 0, kept) + variance.mean() * 0.02).rsqrt();
  auto whitening = (components * scale.unsqueeze(0)).t();
  if (kept < config.width) whitening = torch::cat({whitening, torch::zeros({config.width - kept, size})});
  const auto rotation = std::get<0>(at::linalg_qr(torch::randn({config.width, config.width}), "reduced"));
  net.v->patch_embed->proj->weight.copy_((rotation.mm(whitening) * 0.6).view_as(net.v->patch_embed->proj->weight));
  net.v->patch_embed->proj->bias.zero_();
}

// Half of the width says the row (frequency), half the column (time), in sines of falling wavelength.
void layOutPositions(AstNet& net) {
  const auto& config = net.config();
  const auto quarter = config.width / 4;
  const auto frequencies = torch::pow(100.0, -torch::arange(quarter).to(at::kFloat) / static_cast<double>(quarter));
  const auto waves = [&](std::int64_t count) {
    const auto angles = torch::arange(count).to(at::kFloat).unsqueeze(1) * frequencies.unsqueeze(0) * 1.5;
    return torch::cat({angles.sin(), angles.cos()}, 1);
  };
  const auto rows = waves(config.rows()).unsqueeze(1).expand({-1, config.columns(), -1});
  const auto columns = (0.5 * waves(config.columns())).unsqueeze(0).expand({config.rows(), -1, -1});
  const auto grid = torch::cat({rows, columns}, 2).reshape({1, config.rows() * config.columns(), 4 * quarter});
  net.v->pos_embed.zero_();
  net.v->pos_embed.narrow(1, config.leadingTokens(), grid.size(1)).narrow(2, 0, 4 * quarter).copy_(grid * kPositionScale);
}

Result<void> startFromNothing(AstNet& net, const training::ExampleSource& source) {
  at::NoGradGuard guard;
  net.initialise(AstStart::truncatedNormal);
  layOutPositions(net);
  auto spectrograms = torch::empty({kWhiteningExamples, source.rows(), source.columns()});
  std::vector<float> target(static_cast<std::size_t>(source.classes()));
  const auto size = static_cast<std::size_t>(source.rows() * source.columns());
  for (std::int64_t n = 0; n < kWhiteningExamples; ++n) {
    auto* input = spectrograms.data_ptr<float>() + static_cast<std::size_t>(n) * size;
    const auto index = ~std::uint64_t{0} - static_cast<std::uint64_t>(n);  // examples that training never reaches
    if (auto made = source.example(index, {input, size}, target); !made) return fail(made.error());
  }
  whitenPatches(net, spectrograms);
  return {};
}

Matrix score(const AstNet& net, const std::vector<Matrix>& inputs) {
  at::NoGradGuard guard;
  std::vector<at::Tensor> tables;
  for (std::size_t first = 0; first < inputs.size(); first += kScoringBatch) {
    const auto count = std::min<std::size_t>(kScoringBatch, inputs.size() - first);
    tables.push_back(net.forward(nn::toTensor(std::span(inputs).subspan(first, count))));
  }
  return nn::toMatrix(torch::cat(tables));
}

}  // namespace

Result<std::vector<TensorBlob>> halfPrecision(const std::vector<TensorBlob>& weights) {
  std::vector<TensorBlob> halves;
  for (const auto& blob : weights) {
    auto tensor = nn::toTensor(blob);
    if (!tensor) return fail(tensor.error());
    halves.push_back(nn::toBlob(blob.name, *tensor, DType::f16));
  }
  return halves;
}

Result<std::vector<TensorBlob>> trainAst(const AstTraining& training, const training::ExampleSource& source,
                                         std::stop_token stop) {
  if (auto ok = check(training.architecture); !ok) return fail(ok.error());
  nn::useFastBlasKernels();
  using Weights = std::vector<TensorBlob>;
  return nn::translated("training", [&]() -> Result<Weights> {
    at::set_num_threads(static_cast<int>(training.config.threads));
    torch::manual_seed(static_cast<std::uint64_t>(training.config.seed));
    TrainingForm form(training.architecture, training.patchout);
    if (auto started = startFromNothing(*form.net, source); !started) return fail(started.error());
    if (!training.startWeights.empty()) {
      auto tensors = nn::toNamedTensors(training.startWeights);
      if (!tensors) return fail(tensors.error());
      if (auto loaded = nn::loadWeights(*form.net, *tensors); !loaded) return fail(loaded.error());
    }
    nn::ClassifierTraining loop;
    loop.module = &form;
    loop.logits = [&](const at::Tensor& batch) { return form.forward(batch); };
    loop.report = training.report;
    loop.evaluate = [&](const training::TrainProgress& progress) -> Result<void> {
      if (!training.evaluate) return {};
      return training.evaluate(progress, [&](const std::vector<Matrix>& inputs) { return score(*form.net, inputs); });
    };
    loop.checkpoint = [&](const training::TrainProgress& progress) -> Result<void> {
      return training.checkpoint ? training.checkpoint(progress, nn::weightsOf(*form.net, DType::f32)) : Result<void>{};
    };
    auto done = nn::trainClassifier(training.config, source, loop, stop);
    if (!done) return fail(done.error());
    return nn::weightsOf(*form.net, DType::f32);
  });
}

}  // namespace chladni::models::ast
