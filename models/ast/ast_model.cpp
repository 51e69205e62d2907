#include "models/ast/ast_model.h"

#include <torch/types.h>

#include "core/nn/tensor_exchange.h"
#include "core/nn/translate.h"

namespace chladni::models::ast {
namespace {

Unexpected cancelled() { return fail(ErrorCode::cancelled, "stopped"); }

std::string queryText(const inference::AttentionRequest& request) {
  if (request.classToken) return "class token";
  return "patch (row " + std::to_string(request.patchRow) + ", column " + std::to_string(request.patchColumn) + ")";
}

std::string mapTitle(const inference::AttentionRequest& request, std::int64_t layer) {
  std::string what = "mean of heads";
  if (request.reduction == inference::HeadReduction::single) what = "head " + std::to_string(request.head);
  if (request.reduction == inference::HeadReduction::rollout) what = "rollout";
  return "layer " + std::to_string(layer) + " · " + what + " · query: " + queryText(request);
}

Result<void> checkRequest(const inference::AttentionRequest& request, const AstConfig& config) {
  if (request.layer < -1 || request.layer >= config.depth)
    return fail(ErrorCode::invalidArgument, "layer " + std::to_string(request.layer) + " is not there; the model has layers 0 to " +
                                                std::to_string(config.depth - 1));
  if (request.reduction == inference::HeadReduction::single && (request.head < 0 || request.head >= config.heads))
    return fail(ErrorCode::invalidArgument, "head " + std::to_string(request.head) + " is not there; the model has heads 0 to " +
                                                std::to_string(config.heads - 1));
  const bool inside = request.patchRow >= 0 && request.patchRow < config.rows() && request.patchColumn >= 0 &&
                      request.patchColumn < config.columns();
  if (!request.classToken && !inside)
    return fail(ErrorCode::invalidArgument, queryText(request) + " lies outside the grid of " + std::to_string(config.rows()) +
                                                " rows and " + std::to_string(config.columns()) + " columns");
  return {};
}

}  // namespace

AstModel::AstModel(inference::ModelSpec spec, dsp::Frontend frontend, AstInference inference)
    : spec_(std::move(spec)), frontend_(std::move(frontend)), inference_(std::move(inference)) {}

PatchGrid AstModel::grid() const { return inference_.config().grid(spec_.frontend.frameShiftMs / 1000.0); }

Result<at::Tensor> AstModel::spectrograms(std::span<const inference::ModelInput> inputs, std::stop_token stop) const {
  std::vector<Matrix> prepared;
  prepared.reserve(inputs.size());
  for (const auto& clip : inputs) {
    if (stop.stop_requested()) return cancelled();
    auto spectrogram = frontend_.modelInput(clip.sound);
    if (!spectrogram) return fail(std::move(spectrogram).error(), "preparing a clip for " + spec_.name);
    prepared.push_back(std::move(*spectrogram));
  }
  return nn::toTensor(std::span<const Matrix>(prepared));
}

Result<Matrix> AstModel::logitsOf(std::span<const inference::ModelInput> inputs, std::stop_token stop) const {
  const auto classes = inference_.config().classes;
  Matrix all(static_cast<std::int64_t>(inputs.size()), classes);
  return nn::translated("classifying with " + spec_.name, [&]() -> Result<Matrix> {
    const std::size_t batch = batchSize();
    for (std::size_t first = 0; first < inputs.size(); first += batch) {
      const auto part = inputs.subspan(first, std::min(batch, inputs.size() - first));
      auto input = spectrograms(part, stop);
      if (!input) return fail(std::move(input).error());
      const auto result = inference_.logits(*input, stop);
      if (!result) return cancelled();
      const auto rows = nn::toMatrix(*result);
      std::copy(rows.values.begin(), rows.values.end(),
                all.values.begin() + static_cast<std::ptrdiff_t>(first) * classes);
    }
    return std::move(all);
  });
}

// On the CPU a batch pays until one activation no longer fits the cache: a base model is a fifth faster clip by clip.
std::size_t AstModel::batchSize() const {
  if (!inference_.runtime().device.is_cpu()) return 64;
  const auto& config = inference_.config();
  const std::int64_t perClip = (config.leadingTokens() + config.rows() * config.columns()) * config.width;
  return static_cast<std::size_t>(std::clamp<std::int64_t>(400'000 / perClip, 1, 32));
}

std::vector<std::int64_t> AstModel::queryTokens(const inference::AttentionRequest& request) const {
  const auto& config = inference_.config();
  std::vector<std::int64_t> tokens;
  if (request.classToken)
    for (std::int64_t token = 0; token < config.leadingTokens(); ++token) tokens.push_back(token);
  else
    tokens.push_back(config.leadingTokens() + request.patchRow * config.columns() + request.patchColumn);
  return tokens;
}

Result<Matrix> AstModel::layerRow(const at::Tensor& spectrogram, std::int64_t layer,
                                  const inference::AttentionRequest& request, std::stop_token stop) const {
  const bool single = request.reduction == inference::HeadReduction::single;
  nn::Tap tap;
  at::Tensor row;
  tap.layers = {layer};
  tap.queries = queryTokens(request);
  tap.meanOfHeads = !single;
  tap.attention = [&](std::int64_t, const at::Tensor& weights) {
    row = weights[0][single ? request.head : 0].mean(0, /*keepdim=*/true).to(at::kCPU);  // [1, key]
  };
  if (!inference_.look(spectrogram, layer + 1, tap, stop)) return cancelled();
  return nn::toMatrix(row);
}

// Attention rollout (Abnar, Zuidema 2020): each layer mixes half the stream and half the mean of its heads.
Result<Matrix> AstModel::rolloutRow(const at::Tensor& spectrogram, std::int64_t layer,
                                    const inference::AttentionRequest& request, std::stop_token stop) const {
  nn::Tap tap;
  at::Tensor mixed;  // [token, token], from the input to the layer reached
  tap.meanOfHeads = true;
  tap.attention = [&](std::int64_t, const at::Tensor& weights) {
    const auto mean = weights[0][0];
    const auto step = (mean + torch::eye(mean.size(0), mean.options())) * 0.5;
    mixed = mixed.defined() ? at::matmul(step, mixed) : step;
  };
  if (!inference_.look(spectrogram, layer + 1, tap, stop)) return cancelled();
  const auto rows = torch::tensor(queryTokens(request), torch::kLong).to(mixed.device());
  return nn::toMatrix(mixed.index_select(0, rows).mean(0, /*keepdim=*/true));
}

Result<AttentionMap> AstModel::attention(const inference::ModelInput& input, const inference::AttentionRequest& request,
                                         std::stop_token stop) const {
  if (auto checked = checkRequest(request, inference_.config()); !checked) return fail(std::move(checked).error());
  return nn::translated("attention of " + spec_.name, [&]() -> Result<AttentionMap> {
    auto spectrogram = spectrograms({&input, 1}, stop);
    if (!spectrogram) return fail(std::move(spectrogram).error());
    const auto layer = request.layer < 0 ? inference_.config().depth - 1 : request.layer;
    const bool rollout = request.reduction == inference::HeadReduction::rollout;
    auto weights = rollout ? rolloutRow(*spectrogram, layer, request, stop) : layerRow(*spectrogram, layer, request, stop);
    if (!weights) return fail(std::move(weights).error());
    AttentionMap map;
    map.grid = grid();
    map.weights = std::move(*weights);
    map.title = mapTitle(request, layer);
    map.rowNames = {map.title};
    return map;
  });
}

Result<AttentionMap> AstModel::attentionOverview(const inference::ModelInput& input, std::stop_token stop) const {
  return nn::translated("attention of " + spec_.name, [&]() -> Result<AttentionMap> {
    auto spectrogram = spectrograms({&input, 1}, stop);
    if (!spectrogram) return fail(std::move(spectrogram).error());
    AttentionMap map;
    map.grid = grid();
    map.title = "every layer and head · query: class token";
    std::vector<at::Tensor> rows;
    nn::Tap tap;
    inference::AttentionRequest classToken;
    tap.queries = queryTokens(classToken);
    tap.attention = [&](std::int64_t layer, const at::Tensor& weights) {
      rows.push_back(weights[0].mean(1).to(at::kCPU));  // [head, key]
      for (int head = 0; head < heads(); ++head)
        map.rowNames.push_back("layer " + std::to_string(layer) + " · head " + std::to_string(head));
    };
    if (!inference_.look(*spectrogram, inference_.config().depth, tap, stop)) return cancelled();
    map.weights = nn::toMatrix(torch::cat(rows, 0));
    return map;
  });
}

}  // namespace chladni::models::ast
