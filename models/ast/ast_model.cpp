#include "models/ast/ast_model.h"

#include <torch/types.h>

#include "core/nn/linear_map.h"
#include "core/nn/tensor_exchange.h"
#include "core/nn/translate.h"

namespace chladni::models::ast {
namespace {

Unexpected cancelled() { return fail(ErrorCode::cancelled, "stopped"); }

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

Result<Matrix> AstModel::rowsOf(std::span<const inference::ModelInput> inputs, std::int64_t columns, Answer answer,
                                const std::stop_token& stop) const {
  Matrix all(static_cast<std::int64_t>(inputs.size()), columns);
  const std::size_t batch = batchSize();
  for (std::size_t first = 0; first < inputs.size(); first += batch) {
    const auto part = inputs.subspan(first, std::min(batch, inputs.size() - first));
    auto input = spectrograms(part, stop);
    if (!input) return fail(std::move(input).error());
    const auto result = answer(inference_, *input, stop);
    if (!result) return cancelled();
    const auto rows = nn::toMatrix(*result);
    std::copy(rows.values.begin(), rows.values.end(),
              all.values.begin() + static_cast<std::ptrdiff_t>(first) * columns);
  }
  return all;
}

Result<Matrix> AstModel::logitsOf(std::span<const inference::ModelInput> inputs, std::stop_token stop) const {
  return nn::translated("classifying with " + spec_.name, [&] {
    return rowsOf(inputs, inference_.config().classes, [](const AstInference& net, const at::Tensor& input, const std::stop_token& token) {
      return net.logits(input, token);
    }, stop);
  });
}

Result<Matrix> AstModel::headInputs(std::span<const inference::ModelInput> inputs, std::stop_token stop) const {
  return nn::translated("features of " + spec_.name, [&] {
    return rowsOf(inputs, inference_.config().width, [](const AstInference& net, const at::Tensor& input, const std::stop_token& token) {
      return net.headInputs(input, token);
    }, stop);
  });
}

inference::LinearMap AstModel::head() const { return nn::linearMap(inference_.head(), "mlp_head.1"); }

// On the CPU a batch pays until one activation no longer fits the cache: a base model is a fifth faster clip by clip.
std::size_t AstModel::batchSize() const {
  if (!inference_.runtime().device.is_cpu()) return 64;
  const auto& config = inference_.config();
  const std::int64_t perClip = (config.leadingTokens() + config.rows() * config.columns()) * config.width;
  return static_cast<std::size_t>(std::clamp<std::int64_t>(400'000 / perClip, 1, 32));
}

nn::TokenLayout AstModel::layout() const {
  return {grid(), nn::PatchOrder::rowByRow, inference_.config().depth, inference_.config().heads};
}

Result<AttentionMap> AstModel::attention(const inference::ModelInput& input, const inference::AttentionRequest& request,
                                         std::stop_token stop) const {
  if (auto checked = nn::checkAttentionRequest(layout(), request); !checked) return fail(std::move(checked).error());
  return nn::translated("attention of " + spec_.name, [&]() -> Result<AttentionMap> {
    auto spectrogram = spectrograms({&input, 1}, stop);
    if (!spectrogram) return fail(std::move(spectrogram).error());
    return nn::viewAttention(layout(), request, [&](const nn::Tap& tap) {
      return inference_.look(*spectrogram, tap, stop);
    });
  });
}

Result<AttentionMap> AstModel::attentionOverview(const inference::ModelInput& input, std::stop_token stop) const {
  return nn::translated("attention of " + spec_.name, [&]() -> Result<AttentionMap> {
    auto spectrogram = spectrograms({&input, 1}, stop);
    if (!spectrogram) return fail(std::move(spectrogram).error());
    return nn::viewEveryHead(layout(), [&](const nn::Tap& tap) {
      return inference_.look(*spectrogram, tap, stop);
    });
  });
}

}  // namespace chladni::models::ast
