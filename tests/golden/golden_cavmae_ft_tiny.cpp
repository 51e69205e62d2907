// golden.cavmae_ft_tiny: small classifiers of the reference, every group of the file: five modes of what there is to hear
// and see, losses, attention, features, gradients and three steps of Adam with a rate of its own for the head.
#include <torch/nn/functional/loss.h>

#include "models/cavmae/cavmae_inference.h"
#include "tests/golden/cavmae_golden.h"

using namespace chladni;
using namespace chladni::models::cavmae;
using chladni::test::CavmaeFile;

namespace {

constexpr const char* kStem = "cavmae_ft_tiny";
constexpr double kLogits = 2e-5;
constexpr double kTokens = 5e-5;
constexpr double kLoss = 1e-5;
constexpr double kAttention = 1e-5;
constexpr std::array<Mode, 5> kModes{Mode::multimodal, Mode::audioOnly, Mode::videoOnly, Mode::missingAudioOnly,
                                     Mode::missingVideoOnly};

struct Group {
  const CavmaeFile& file;
  std::string name;
  CavmaeConfig config = file.config(name);
  std::unique_ptr<CavmaeNet> net = test::recordedNet(file, name, config);
  at::Tensor sound = file.take(name + "/audio"), picture = file.take(name + "/image");
  at::Tensor soft = file.take(name + "/soft_labels"), hard = file.take(name + "/hard_index");

  Group(const CavmaeFile& from, std::string group) : file(from), name(std::move(group)) {}
  [[nodiscard]] std::string at(const std::string& rest) const { return name + "/" + rest; }
  // The modality that a mode does without is not even handed in.
  [[nodiscard]] at::Tensor logits(Mode mode, const StackRunner& stacks) const {
    const bool sees = mode == Mode::multimodal || mode == Mode::videoOnly || mode == Mode::missingVideoOnly;
    const bool hears = mode == Mode::multimodal || mode == Mode::audioOnly || mode == Mode::missingAudioOnly;
    return classify(*net, stacks, mode, hears ? sound : at::Tensor{}, sees ? picture : at::Tensor{});
  }
};

void forEachGroup(const std::function<void(Group&)>& look) {
  const CavmaeFile file(kStem);
  const auto groups = file.groups();
  REQUIRE_FALSE(groups.empty());
  for (const auto& name : groups) {
    INFO("group " << name);
    Group group(file, name);
    look(group);
  }
}

at::Tensor softCrossEntropy(const at::Tensor& logits, const at::Tensor& target) {
  return torch::nn::functional::cross_entropy(logits, target);
}
at::Tensor binaryCrossEntropy(const at::Tensor& logits, const at::Tensor& target) {
  return torch::nn::functional::binary_cross_entropy_with_logits(logits, target);
}

// Passes of the unified blocks are numbered in the order they run.
std::map<std::string, std::vector<at::Tensor>> attentionOf(const Group& group, Mode mode) {
  std::map<std::string, std::vector<at::Tensor>> seen;
  std::vector<std::unique_ptr<nn::Tap>> taps;
  const NetStacks stacks(*group.net, [&](Stack stack, nn::Norms) {
    const std::string blocks = stack == Stack::sound ? "blocks_a." : stack == Stack::picture ? "blocks_v." : "blocks_u.";
    taps.push_back(std::make_unique<nn::Tap>());
    taps.back()->attention = [&seen, blocks](std::int64_t layer, const at::Tensor& weights) {
      seen[blocks + std::to_string(layer)].push_back(weights.clone());
    };
    return taps.back().get();
  });
  at::NoGradGuard guard;
  static_cast<void>(group.logits(mode, stacks));
  return seen;
}

void train(Group& group, Mode mode, at::Tensor (*loss)(const at::Tensor&, const at::Tensor&)) {
  const auto& file = group.file;
  const auto prefix = group.at("train_" + std::string(modeName(mode)) + "/");
  if (file.names(prefix).empty()) return;
  auto& net = *group.net;
  const auto adam = test::recordedAdam(net, 1e-4, 1e-3);
  int step = 0;
  for (; file.has(prefix + "step" + std::to_string(step) + "/loss"); ++step) {
    INFO(prefix << " step " << step);
    adam->zero_grad();
    const auto value = loss(group.logits(mode, NetStacks(net)), group.soft);
    file.requireClose(prefix + "step" + std::to_string(step) + "/loss", value, kLoss);
    value.backward();
    if (step == 0) {
      file.requireGradients(net, prefix + "grad/");
      file.requireWithoutGradient(net, group.name + "_" + std::string(modeName(mode)) + "_params_without_gradient");
    }
    adam->step();
    const auto after = prefix + "param_after_step" + std::to_string(step + 1) + "/";
    if (!file.names(after).empty()) file.requireParameters(net, after);
  }
  REQUIRE(step == 3);
  REQUIRE_FALSE(file.names(prefix + "param_after_step1/").empty());
  REQUIRE_FALSE(file.names(prefix + "param_after_step3/").empty());
}

}  // namespace

TEST_CASE("Five modes give the recorded logits and losses") {
  forEachGroup([](Group& group) {
    at::NoGradGuard guard;
    for (const auto mode : kModes) {
      const auto prefix = group.at(std::string(modeName(mode)) + "/");
      INFO(prefix);
      const auto logits = group.logits(mode, NetStacks(*group.net));
      group.file.requireClose(prefix + "logits", logits, kLogits);
      group.file.requireClose(prefix + "ce_soft", softCrossEntropy(logits, group.soft), kLoss);
      group.file.requireClose(prefix + "ce_hard", torch::nn::functional::cross_entropy(logits, group.hard), kLoss);
      group.file.requireClose(prefix + "bce", binaryCrossEntropy(logits, group.soft), kLoss);
    }
  });
}

TEST_CASE("Attention of every pass that is recorded") {
  int compared = 0;
  forEachGroup([&](Group& group) {
    for (const auto mode : kModes) {
      const auto prefix = group.at(std::string(modeName(mode)) + "/attn/");
      const auto recorded = group.file.names(prefix);
      if (recorded.empty()) continue;
      auto seen = attentionOf(group, mode);
      for (const auto& name : recorded) {
        auto block = name.substr(prefix.size());
        std::size_t pass = 0;
        if (const auto at = block.find(".pass"); at != std::string::npos) {
          pass = static_cast<std::size_t>(std::stoul(block.substr(at + 5)));
          block.resize(at);
        }
        INFO(name);
        REQUIRE(seen[block].size() > pass);
        group.file.requireClose(name, seen[block][pass], kAttention);
        ++compared;
      }
    }
  });
  CHECK(compared > 0);
}

TEST_CASE("Features for retrieval") {
  forEachGroup([](Group& group) {
    at::NoGradGuard guard;
    const NetStacks stacks(*group.net);
    const auto heard = features(*group.net, stacks, Branch::sound, group.sound);
    group.file.requireClose(group.at("feat_av/a"), heard, kTokens);
    group.file.requireClose(group.at("feat_a/a"), heard, kTokens);
    group.file.requireClose(group.at("feat_av/v"), features(*group.net, stacks, Branch::picture, group.picture), kTokens);
  });
}

TEST_CASE("Gradients and three steps of Adam, both modalities") {
  forEachGroup([](Group& group) { train(group, Mode::multimodal, softCrossEntropy); });
}

TEST_CASE("Gradients and three steps of Adam, sound alone") {
  forEachGroup([](Group& group) { train(group, Mode::audioOnly, binaryCrossEntropy); });
}

TEST_CASE("Inference gives what is recorded") {
  forEachGroup([](Group& group) {
    const CavmaeInference inference(*group.net, nn::Runtime{});
    for (const auto mode : kModes) {
      INFO(modeName(mode));
      const auto logits = inference.logits(mode, group.sound, group.picture, {});
      REQUIRE(logits);
      group.file.requireClose(group.at(std::string(modeName(mode)) + "/logits"), *logits, kLogits);
    }
    const auto heard = inference.tokens(Branch::sound, group.sound, {});
    REQUIRE(heard);
    group.file.requireClose(group.at("feat_a/a"), *heard, kTokens);

    // The tap of inference shows the unified block's weights of both modalities together, as recorded.
    const auto name = group.at("multimodal/attn/blocks_u.0");
    if (!group.file.has(name)) return;
    nn::Tap tap;
    at::Tensor weights;
    tap.layers = {group.config.audioDepth};
    tap.attention = [&](std::int64_t, const at::Tensor& got) { weights = got.clone(); };
    REQUIRE(inference.look(group.sound, group.picture, tap, {}));
    group.file.requireClose(name, weights, kAttention);
  });
}

// The last case: Catch runs them in the order of the file.
TEST_CASE("No tensor of the file was left out") { CavmaeFile(kStem).requireAllTaken(); }
