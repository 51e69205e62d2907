#include "models/backbones/backbone_model.h"

#include <algorithm>
#include <cstring>
#include <limits>
#include <numeric>

#include <torch/types.h>

#include "core/nn/translate.h"

namespace chladni::models::backbones {
namespace {

constexpr std::size_t kAll = std::numeric_limits<std::size_t>::max();
constexpr const char* kLogits = "logits";

const inference::FeatureTap* find(const std::vector<inference::FeatureTap>& taps, const std::string& name) {
  const auto it = std::find_if(taps.begin(), taps.end(), [&](const auto& tap) { return tap.name == name; });
  return it == taps.end() ? nullptr : &*it;
}

Result<inference::FeatureTap> wantedTap(const std::vector<inference::FeatureTap>& taps, const std::string& name) {
  if (name.empty()) return taps.front();
  if (const auto* tap = find(taps, name)) return *tap;
  std::string known;
  for (const auto& tap : taps) known += (known.empty() ? "" : ", ") + tap.name;
  return fail(ErrorCode::invalidArgument, "the backbone has no tap '" + name + "'; it has: " + known);
}

}  // namespace

BackboneModel::BackboneModel(inference::ModelSpec spec, const Kind& kind, BackboneInput input, std::unique_ptr<FeatureNet> net,
                             std::int64_t parameters)
    : spec_(std::move(spec)), sound_(kind.sound), input_(std::move(input)), net_(std::move(net)), parameters_(parameters) {}

const inference::Classifier* BackboneModel::classifier() const {
  return find(net_->taps(), kLogits) != nullptr ? this : nullptr;
}

Result<std::vector<at::Tensor>> BackboneModel::rows(std::span<const inference::ModelInput> inputs, const std::string& tap,
                                                    std::size_t mostExamples, std::stop_token stop) const {
  const std::int64_t batch = net_->runtime().device.is_cpu() ? (sound_ ? 16 : 8) : 128;
  std::vector<at::Tensor> rows, waiting;
  std::vector<std::int64_t> counts;
  const auto flush = [&]() -> bool {
    std::vector<at::Tensor> results;
    const auto examples = at::cat(waiting, 0);
    for (const auto& part : examples.split(batch)) {
      const auto result = net_->run(part, tap, stop);
      if (!result) return false;
      results.push_back(*result);
    }
    for (const auto& own : at::cat(results, 0).split_with_sizes(counts)) rows.push_back(own.mean(0));
    waiting.clear();
    counts.clear();
    return true;
  };
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    if (stop.stop_requested()) return fail(ErrorCode::cancelled, "stopped");
    auto examples = input_.examples(inputs[i], mostExamples);
    if (!examples) return fail(std::move(examples).error(), "preparing input " + std::to_string(i) + " for " + spec_.name);
    waiting.push_back(*examples);
    counts.push_back(examples->size(0));
    const auto total = std::accumulate(counts.begin(), counts.end(), std::int64_t{0});
    if ((total >= batch || i + 1 == inputs.size()) && !flush()) return fail(ErrorCode::cancelled, "stopped");
  }
  return rows;
}

Result<inference::FeatureBlock> BackboneModel::features(std::span<const inference::ModelInput> windows, const std::string& tap,
                                                        std::stop_token stop) const {
  const auto wanted = wantedTap(net_->taps(), tap);
  if (!wanted) return fail(wanted.error());
  return nn::translated("features of " + spec_.name, [&]() -> Result<inference::FeatureBlock> {
    at::NoGradGuard guard;
    const auto made = rows(windows, wanted->name, kAll, stop);
    if (!made) return fail(made.error());
    inference::FeatureBlock block;
    block.rows = static_cast<std::int64_t>(made->size());
    block.shape = wanted->shape;
    block.hopSeconds = hopSeconds();
    block.windowSeconds = windowSeconds();
    for (const auto& row : *made) {
      const auto plain = row.contiguous();
      CHLADNI_ASSERT(plain.sizes() == at::IntArrayRef(wanted->shape));
      block.values.insert(block.values.end(), plain.data_ptr<float>(), plain.data_ptr<float>() + plain.numel());
    }
    return block;
  });
}

Result<Matrix> BackboneModel::logitsOf(std::span<const inference::ModelInput> inputs, std::stop_token stop) const {
  return nn::translated("classifying with " + spec_.name, [&]() -> Result<Matrix> {
    at::NoGradGuard guard;
    const auto made = rows(inputs, kLogits, sound_ ? 1 : kAll, stop);
    if (!made) return fail(made.error());
    Matrix all(static_cast<std::int64_t>(inputs.size()), static_cast<std::int64_t>(spec_.classes.size()));
    for (std::size_t i = 0; i < made->size(); ++i) {
      const auto row = (*made)[i].contiguous();
      std::copy_n(row.data_ptr<float>(), row.numel(), all.row(static_cast<std::int64_t>(i)).begin());
    }
    return all;
  });
}

}  // namespace chladni::models::backbones
