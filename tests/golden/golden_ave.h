// Shared by the golden tests of the event localisers: a section's net, comparison of everything recorded, through the
// trainable net and through what inference runs; gradients and one step of Adam.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include <torch/types.h>

#include "core/nn/tensor_exchange.h"
#include "models/ave/ave_detect.h"
#include "models/ave/ave_inference.h"
#include "models/ave/ave_training.h"
#include "tests/golden/golden_ledger.h"

namespace chladni::test {

using namespace models::ave;

inline at::Tensor tensorOf(GoldenLedger& file, const std::string& name) {
  auto made = nn::toTensor(file.blob(name));
  REQUIRE(made);
  return *made;
}

// rtol 1e-4, atol 1e-5.
inline void requireClose(const at::Tensor& actual, const at::Tensor& expected, const std::string& what) {
  INFO(what);
  REQUIRE(actual.defined());
  REQUIRE(actual.numel() == expected.numel());
  const auto a = actual.detach().to(at::kDouble).reshape(expected.sizes()), b = expected.to(at::kDouble);
  REQUIRE(at::isfinite(a).all().item<bool>());
  REQUIRE(((a - b).abs() - 1e-4 * b.abs()).max().item<double>() <= 1e-5);
}

// Gradients may be far smaller than atol, so they are held to their own size besides.
inline void requireCloseGradient(const at::Tensor& actual, const at::Tensor& expected, const std::string& what) {
  requireClose(actual, expected, what);
  INFO(what << " relative to its largest entry");
  const auto largest = expected.abs().max().item<double>();
  REQUIRE((actual.to(at::kDouble) - expected.to(at::kDouble)).abs().max().item<double>() <= 1e-3 * largest + 1e-9);
}

// "official_lstm", "generic_gru_nb3": every first part of a name.
inline std::vector<std::string> sections(const GoldenLedger& file) {
  std::vector<std::string> found;
  for (const auto& name : file.names()) {
    const auto section = name.substr(0, name.find('.'));
    if (std::find(found.begin(), found.end(), section) == found.end()) found.push_back(section);
  }
  REQUIRE_FALSE(found.empty());
  return found;
}

class AveSection {
 public:
  AveSection(GoldenLedger& file, std::string name, AveKind kind, const Settings& settings)
      : file_(file), name_(std::move(name)) {
    const std::string prefix = name_ + ".state.";
    nn::NamedTensors published;
    for (const auto& tensor : file.names(prefix)) published[tensor.substr(prefix.size())] = tensorOf(file, tensor);
    const auto config = detectConfig(kind, published, settings);
    if (!config) FAIL(config.error().describe());
    net_ = std::make_shared<AveNet>(*config);
    const auto loaded = nn::loadWeights(*net_, published);
    if (!loaded) FAIL(loaded.error().describe());
    auto copy = std::make_shared<AveNet>(*config);
    REQUIRE(nn::loadWeights(*copy, published));
    inference_ = std::make_unique<AveInference>(std::move(copy), nn::Runtime{});
  }

  [[nodiscard]] AveNet& net() { return *net_; }
  [[nodiscard]] const AveInference& inference() const { return *inference_; }
  [[nodiscard]] bool has(const std::string& what) const { return file_.has(name_ + "." + what); }
  at::Tensor operator()(const std::string& what) { return tensorOf(file_, name_ + "." + what); }
  void compare(const std::string& what, const at::Tensor& actual) { requireClose(actual, (*this)(what), name_ + "." + what); }

  void compareSeen(const AveSeen& seen) {
    compare("out.attention_logits", seen.attentionLogits);
    compare("out.attention", seen.attention);
    compare("out.attended_video", seen.attended);
    compare("out.rnn_audio", seen.recurrentSound);
    compare("out.rnn_video", seen.recurrentPicture);
  }

  void compareScores(const at::Tensor& logits) {
    compare("out.scores", at::softmax(logits, -1));
    const auto labels = (*this)("in.labels");
    compare("out.loss", segmentLoss(logits, labels));
    if (!has("out.pred")) return;
    REQUIRE(at::equal(logits.argmax(-1), (*this)("out.pred")));
    REQUIRE(std::abs(segmentAccuracy(logits, labels) - (*this)("out.segment_accuracy").item<double>()) < 1e-6);
  }

  // Every recorded gradient, then every parameter after one step, then the loss.
  void compareLearning(const AveBatch& batch) {
    auto optimiser = aveOptimiser(*net_, 1e-3);
    const double loss = learn(*net_, *optimiser, batch);
    REQUIRE(std::abs(loss - (*this)("out.loss").item<double>()) < 1e-5);
    const auto parameters = net_->named_parameters();
    const auto each = [&](const std::string& kind, auto compareOne) {
      const std::string prefix = name_ + "." + kind + ".";
      const auto names = file_.names(prefix);
      for (const auto& full : names) {
        const auto* parameter = parameters.find(full.substr(prefix.size()));
        INFO(full);
        REQUIRE(parameter != nullptr);
        compareOne(*parameter, tensorOf(file_, full), full);
      }
      return names.size();
    };
    REQUIRE(each("grad", [](const at::Tensor& parameter, const at::Tensor& expected, const std::string& what) {
              requireCloseGradient(parameter.grad(), expected, what);
            }) > 0);
    each("adam1", [](const at::Tensor& parameter, const at::Tensor& expected, const std::string& what) {
      requireClose(parameter, expected, what);
    });
    if (has("out.loss_after_adam1")) compare("out.loss_after_adam1", lossOf(*net_, batch));
  }

 private:
  GoldenLedger& file_;
  std::string name_;
  std::shared_ptr<AveNet> net_;
  std::unique_ptr<AveInference> inference_;
};

// Regions as the net takes them: [batch, segment, row, column, width] to [batch, segment, region, width].
inline at::Tensor regionsOf(const at::Tensor& video) { return video.flatten(2, 3); }
inline std::string gridOf(const std::vector<std::int64_t>& videoShape) {
  return std::to_string(videoShape.at(2)) + "x" + std::to_string(videoShape.at(3));
}

// One supervised section with sound and picture: everything that it records.
inline void requireSupervised(GoldenLedger& file, const std::string& name, AveKind kind, Settings settings) {
  INFO("section " << name);
  settings["grid"] = gridOf(file.shape(name + ".in.video"));
  AveSection section(file, name, kind, settings);
  const AveBatch batch{section("in.audio"), regionsOf(section("in.video")), section("in.labels")};
  AveSeen seen;
  section.compareScores(section.net().forward(batch.sound, batch.picture, {&seen, {}}));
  section.compareSeen(seen);
  AveSeen inferred;
  const auto logits = section.inference().logits(batch.sound, batch.picture, {}, &inferred);
  REQUIRE(logits);
  section.compareScores(*logits);
  section.compareSeen(inferred);
  section.compareLearning(batch);
}

}  // namespace chladni::test
