#include "models/asit/asit_model.h"

#include <algorithm>

#include <torch/types.h>

#include "core/nn/linear_map.h"
#include "core/nn/tensor_exchange.h"
#include "core/nn/translate.h"

namespace chladni::models::asit {
namespace {

Unexpected stopped() { return fail(ErrorCode::cancelled, "stopped"); }

// Tokens [batch, 1 + patches, width] to rows of one tap.
at::Tensor tapped(const at::Tensor& tokens, const std::string& tap, const AsitConfig& config) {
  const auto batch = tokens.size(0);
  if (tap == "class") return tokens.select(1, 0);
  const auto patches = tokens.narrow(1, 1, config.patches());
  if (tap == "mean") return patches.mean(1);
  if (tap == "patches") return patches.reshape({batch, -1});
  return patches.reshape({batch, config.columns(), config.rows(), config.width}).mean(2).flatten(1);
}

std::int64_t product(const std::vector<std::int64_t>& shape) {
  std::int64_t count = 1;
  for (const auto side : shape) count *= side;
  return count;
}

}  // namespace

AsitModel::AsitModel(inference::ModelSpec spec, dsp::Frontend frontend, AsitInference inference)
    : spec_(std::move(spec)), frontend_(std::move(frontend)), inference_(std::move(inference)) {}

const inference::Classifier* AsitModel::classifier() const { return inference_.config().classes > 0 ? this : nullptr; }

const inference::Reconstructor* AsitModel::reconstructor() const {
  return inference_.config().reconstruction.hidden > 0 ? this : nullptr;
}

PatchGrid AsitModel::grid() const { return inference_.config().grid(spec_.frontend.frameShiftMs / 1000.0); }

nn::TokenLayout AsitModel::layout() const {
  return {grid(), nn::PatchOrder::columnByColumn, inference_.config().depth, inference_.config().heads};
}

// On the CPU a batch pays until one activation no longer fits the cache.
std::size_t AsitModel::batchSize() const {
  if (!inference_.runtime().device.is_cpu()) return 64;
  const auto perClip = inference_.config().tokens() * inference_.config().width;
  return static_cast<std::size_t>(std::clamp<std::int64_t>(400'000 / perClip, 1, 32));
}

Result<Matrix> AsitModel::spectrogram(const inference::ModelInput& input) const {
  if (input.sound.empty())
    return fail(ErrorCode::invalidArgument, spec_.name + " needs sound, and there is none; choose a recording with sound");
  auto table = frontend_.modelInput(input.sound);
  if (!table) return fail(std::move(table).error(), "preparing a clip for " + spec_.name);
  return table;
}

Result<Matrix> AsitModel::inBatches(std::span<const inference::ModelInput> inputs, std::int64_t width, const Run& run,
                                    std::stop_token stop) const {
  Matrix all(static_cast<std::int64_t>(inputs.size()), width);
  const auto size = batchSize();
  for (std::size_t first = 0; first < inputs.size(); first += size) {
    std::vector<Matrix> prepared;
    for (const auto& input : inputs.subspan(first, std::min(size, inputs.size() - first))) {
      if (stop.stop_requested()) return stopped();
      auto table = spectrogram(input);
      if (!table) return table;
      prepared.push_back(std::move(*table));
    }
    const auto rows = run(nn::toTensor(std::span<const Matrix>(prepared)));
    if (!rows) return stopped();
    const auto part = nn::toMatrix(*rows);
    std::copy(part.values.begin(), part.values.end(), all.values.begin() + static_cast<std::ptrdiff_t>(first) * width);
  }
  return all;
}

Result<Matrix> AsitModel::logitsOf(std::span<const inference::ModelInput> inputs, std::stop_token stop) const {
  if (!classifier())
    return fail(ErrorCode::unsupported, spec_.name + " has no fine-tuned head; import a fine-tuned model to classify");
  return nn::translated("classifying with " + spec_.name, [&] {
    return inBatches(inputs, inference_.config().classes, [&](const at::Tensor& x) { return inference_.logits(x, stop); }, stop);
  });
}

inference::LinearMap AsitModel::head() const { return nn::linearMap(inference_.head(), "head"); }

Result<Matrix> AsitModel::headInputs(std::span<const inference::ModelInput> inputs, std::stop_token stop) const {
  return nn::translated("features of " + spec_.name, [&] {
    return inBatches(inputs, inference_.config().width, [&](const at::Tensor& x) -> std::optional<at::Tensor> {
      const auto tokens = inference_.tokens(x, true, stop);
      if (!tokens) return std::nullopt;
      return tokens->select(1, 0);
    }, stop);
  });
}

Result<AttentionMap> AsitModel::attention(const inference::ModelInput& input, const inference::AttentionRequest& request,
                                          std::stop_token stop) const {
  if (auto checked = nn::checkAttentionRequest(layout(), request); !checked) return fail(std::move(checked).error());
  return nn::translated("attention of " + spec_.name, [&]() -> Result<AttentionMap> {
    const auto table = spectrogram(input);
    if (!table) return fail(table.error());
    const auto clip = nn::toTensor(*table).unsqueeze(0);
    return nn::viewAttention(layout(), request, [&](const nn::Tap& tap) {
      return inference_.look(clip, tap, stop);
    });
  });
}

Result<AttentionMap> AsitModel::attentionOverview(const inference::ModelInput& input, std::stop_token stop) const {
  return nn::translated("attention of " + spec_.name, [&]() -> Result<AttentionMap> {
    const auto table = spectrogram(input);
    if (!table) return fail(table.error());
    const auto clip = nn::toTensor(*table).unsqueeze(0);
    return nn::viewEveryHead(layout(), [&](const nn::Tap& tap) {
      return inference_.look(clip, tap, stop);
    });
  });
}

std::vector<inference::FeatureTap> AsitModel::taps() const {
  const auto& config = inference_.config();
  return {{"class", {config.width}},
          {"mean", {config.width}},
          {"columns", {config.columns(), config.width}},
          {"patches", {config.patches(), config.width}}};
}

double AsitModel::hopSeconds() const { return spec_.hopSeconds > 0.0 ? spec_.hopSeconds : windowSeconds(); }

Result<inference::FeatureBlock> AsitModel::features(std::span<const inference::ModelInput> windows, const std::string& tap,
                                                    std::stop_token stop) const {
  const auto known = taps();
  const auto wanted = tap.empty() ? known.begin() : std::find_if(known.begin(), known.end(), [&](const auto& one) { return one.name == tap; });
  if (wanted == known.end())
    return fail(ErrorCode::invalidArgument, spec_.name + " has no features '" + tap + "'; it has class, mean, columns, patches");
  const bool classToken = wanted->name == "class";
  return nn::translated("features of " + spec_.name, [&]() -> Result<inference::FeatureBlock> {
    const auto run = [&](const at::Tensor& x) -> std::optional<at::Tensor> {
      const auto tokens = inference_.tokens(x, classToken, stop);
      if (!tokens) return std::nullopt;
      return tapped(*tokens, wanted->name, inference_.config());
    };
    auto rows = inBatches(windows, product(wanted->shape), run, stop);
    if (!rows) return fail(std::move(rows).error());
    return inference::FeatureBlock{rows->rows, wanted->shape, std::move(rows->values), hopSeconds(), windowSeconds()};
  });
}

}  // namespace chladni::models::asit
