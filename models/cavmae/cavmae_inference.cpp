#include "models/cavmae/cavmae_inference.h"

#include <algorithm>

#include <torch/types.h>

#include "core/nn/weights.h"

namespace chladni::models::cavmae {
namespace {

struct Stopped {};

// Everything but the blocks, which the engines hold in their own form.
std::shared_ptr<CavmaeNet> surroundings(const CavmaeNet& net, const nn::Runtime& runtime) {
  at::NoGradGuard guard;
  auto copy = std::make_shared<CavmaeNet>(net.config(), CavmaeNet::Blocks::none);
  const auto source = net.named_parameters();
  for (auto& item : copy->named_parameters()) item.value().copy_(source[item.key()]);
  copy->to(runtime.device);
  return copy;
}

at::Tensor onCpu(const at::Tensor& tensor) { return tensor.to(at::kCPU, at::kFloat); }

// Runs `work`; nothing when a stack was stopped within.
template <class Work>
auto unlessStopped(Work&& work) -> std::optional<decltype(work())> {
  at::NoGradGuard guard;
  nn::takeThreads();
  try {
    return work();
  } catch (const Stopped&) {
    return std::nullopt;
  }
}

// Weights of one modality's layer, to be set beside the other's.
using LayerWeights = std::vector<at::Tensor>;

std::vector<std::int64_t> queriesWithin(const std::vector<std::int64_t>& queries, std::int64_t first, std::int64_t count) {
  std::vector<std::int64_t> own;
  for (const auto query : queries)
    if (query >= first && query < first + count) own.push_back(query - first);
  return own;
}

// A tap for one branch, which keeps what the whole tap wants of tokens first .. first + count - 1.
nn::Tap partTap(const nn::Tap& whole, std::int64_t first, std::int64_t count, LayerWeights& kept) {
  nn::Tap tap;
  tap.layers = whole.layers;
  tap.meanOfHeads = whole.meanOfHeads;
  tap.queries = queriesWithin(whole.queries, first, count);
  if (whole.queries.empty() || !tap.queries.empty())
    tap.attention = [&kept](std::int64_t layer, const at::Tensor& weights) {
      kept[static_cast<std::size_t>(layer)] = weights.to(at::kCPU, at::kFloat, /*non_blocking=*/false, /*copy=*/true);
    };
  return tap;
}

// [batch, head, query of either, key of either] of two sets that do not see each other; either may be undefined, for a
// branch that has no such layer (each of its tokens then keeps to itself) or no such query.
at::Tensor sideBySide(const nn::Tap& tap, const at::Tensor& sound, std::int64_t soundCount, const at::Tensor& picture,
                      std::int64_t pictureCount, std::int64_t heads) {
  const auto total = soundCount + pictureCount;
  std::vector<at::Tensor> rows;
  const auto add = [&](const at::Tensor& weights, std::int64_t first, std::int64_t count) {
    const auto own = queriesWithin(tap.queries, first, count);
    const auto wanted = tap.queries.empty() ? count : static_cast<std::int64_t>(own.size());
    if (wanted == 0) return;
    auto part = weights;
    if (!part.defined()) {
      part = torch::eye(count).expand({1, tap.meanOfHeads ? 1 : heads, count, count});
      if (!tap.queries.empty()) part = part.index_select(2, torch::tensor(own, torch::kLong));
    }
    auto wide = torch::zeros({part.size(0), part.size(1), part.size(2), total}, part.options());
    wide.narrow(3, first, count).copy_(part);
    rows.push_back(wide);
  };
  add(sound, 0, soundCount);
  add(picture, soundCount, pictureCount);
  return torch::cat(rows, 2);
}

}  // namespace

class CavmaeInference::Stacks final : public StackRunner {
 public:
  // With taps the stacks are run to be looked at, and remembered.
  Stacks(const CavmaeInference& model, std::stop_token stop, TapFor tapFor = {})
      : model_(model), stop_(std::move(stop)), tapFor_(std::move(tapFor)) {}

  at::Tensor run(const StackRun& run, const at::Tensor& tokens) const override {
    const auto& engine = engineOf(run);
    nn::EngineRun how{nullptr, stop_, -1, 0};
    if (tapFor_) {
      how.tap = tapFor_(run.stack, run.norms);
      how.memory = memoryOf(run.stack);
    }
    if (run.lastOnly) how.first = engine.depth() - 1;
    auto result = engine.run(tokens, how);
    if (!result) throw Stopped{};
    return *result;
  }

 private:
  [[nodiscard]] const nn::VitEngine& engineOf(const StackRun& run) const {
    switch (run.stack) {
      case Stack::sound: return model_.sound_;
      case Stack::picture: TORCH_CHECK(model_.picture_, "this model sees no pictures"); return *model_.picture_;
      case Stack::decoder: TORCH_CHECK(model_.decoder_, "this model does not paint"); return *model_.decoder_;
      case Stack::unified: break;
    }
    return run.norms == nn::Norms::plain ? model_.unified_
           : run.norms == nn::Norms::a   ? model_.unifiedSound_
                                         : model_.unifiedPicture_;
  }

  [[nodiscard]] nn::BlockMemory* memoryOf(Stack stack) const {
    auto& looked = *model_.looked_;
    return stack == Stack::sound ? &looked.sound : stack == Stack::picture ? &looked.picture : &looked.unified;
  }

  const CavmaeInference& model_;
  std::stop_token stop_;
  TapFor tapFor_;
};

CavmaeInference::CavmaeInference(const CavmaeNet& net, const nn::Runtime& runtime)
    : runtime_(runtime),
      net_(surroundings(net, runtime)),
      sound_(*net.blocks_a, nn::Norms::plain, runtime),
      unified_(*net.blocks_u, nn::Norms::plain, runtime),
      unifiedSound_(unified_.withNorms(*net.blocks_u, nn::Norms::a)),
      unifiedPicture_(unified_.withNorms(*net.blocks_u, nn::Norms::v)) {
  if (net.blocks_v) picture_.emplace(*net.blocks_v, nn::Norms::plain, runtime);
  if (net.decoder_blocks) decoder_.emplace(*net.decoder_blocks, nn::Norms::plain, runtime);
  parameters_ = nn::countParameters(net);
}

at::Tensor CavmaeInference::onDevice(const at::Tensor& tensor) const {
  return tensor.defined() ? tensor.to(runtime_.device) : tensor;
}

std::optional<at::Tensor> CavmaeInference::logits(Mode mode, const at::Tensor& sound, const at::Tensor& picture,
                                                  std::stop_token stop) const {
  return unlessStopped([&] {
    return onCpu(classify(*net_, Stacks(*this, stop), mode, onDevice(sound), onDevice(picture)));
  });
}

std::optional<at::Tensor> CavmaeInference::tokens(Branch branch, const at::Tensor& input, std::stop_token stop) const {
  return unlessStopped([&] { return onCpu(features(*net_, Stacks(*this, stop), branch, onDevice(input))); });
}

std::optional<at::Tensor> CavmaeInference::jointTokens(const at::Tensor& sound, const at::Tensor& picture,
                                                       std::stop_token stop) const {
  return unlessStopped(
      [&] { return onCpu(jointFeatures(*net_, Stacks(*this, stop), onDevice(sound), onDevice(picture))); });
}

std::optional<Predicted> CavmaeInference::paint(const MaskedInput& input, std::stop_token stop) const {
  return unlessStopped([&] {
    const Stacks stacks(*this, stop);
    const MaskedInput there{onDevice(input.sound), onDevice(input.picture), input.soundMask.to(runtime_.device),
                            input.pictureMask.to(runtime_.device)};
    const auto encoded = encode(*net_, stacks, there, /*alone=*/false);
    const auto predicted = decode(*net_, stacks, encoded.joint, there);
    return Predicted{onCpu(predicted.sound), onCpu(predicted.picture)};
  });
}

std::int64_t CavmaeInference::branchLayers() const { return std::max(config().audioDepth, config().imageDepth); }

bool CavmaeInference::look(const at::Tensor& sound, const at::Tensor& picture, const nn::Tap& tap,
                           std::stop_token stop) const {
  const auto branches = branchLayers();
  const auto heard = sound.defined() ? config().soundPatches() : 0;
  const auto seen = picture.defined() ? config().picturePatches() : 0;
  LayerWeights ofSound(static_cast<std::size_t>(branches)), ofPicture(static_cast<std::size_t>(branches));
  const auto soundTap = partTap(tap, 0, heard, ofSound);
  const auto pictureTap = partTap(tap, heard, seen, ofPicture);
  nn::Tap unifiedTap = tap;
  unifiedTap.stream = {};
  for (auto& layer : unifiedTap.layers) layer -= branches;
  unifiedTap.attention = [&](std::int64_t layer, const at::Tensor& weights) { tap.attention(layer + branches, onCpu(weights)); };
  const auto tapFor = [&](Stack stack, nn::Norms) {
    return stack == Stack::sound ? &soundTap : stack == Stack::picture ? &pictureTap : &unifiedTap;
  };
  const auto showBranches = [&] {
    for (std::int64_t layer = 0; layer < branches; ++layer) {
      if (!tap.wantsAttention(layer)) continue;
      const auto i = static_cast<std::size_t>(layer);
      tap.attention(layer, sideBySide(tap, ofSound[i], heard, ofPicture[i], seen, config().heads));
    }
  };
  return unlessStopped([&] {
           const Stacks stacks(*this, stop, tapFor);
           const auto tokens = branchTokensOf(*net_, stacks, onDevice(sound), onDevice(picture));
           showBranches();
           const bool branchesOnly = !tap.layers.empty() && *std::max_element(tap.layers.begin(), tap.layers.end()) < branches;
           if (branchesOnly) return true;
           const auto norms = seen == 0 ? nn::Norms::a : heard == 0 ? nn::Norms::v : nn::Norms::plain;
           stacks.run({Stack::unified, norms}, tokens);
           return true;
         })
      .has_value();
}

}  // namespace chladni::models::cavmae
