// Blocks: gradients against finite differences, the GELU trap, initial values, taps.
#include <functional>

#include <torch/types.h>

#include "core/nn/attention.h"
#include "core/nn/blocks.h"
#include "core/nn/gelu.h"
#include "core/nn/headwise_attention.h"
#include "core/nn/initialise.h"
#include "core/nn/linear_product.h"
#include "core/nn/modal_blocks.h"
#include "core/nn/recompute.h"
#include "core/nn/vit_engine.h"
#include "tests/support/catch.h"

using namespace chladni;
using namespace chladni::nn;

namespace {

constexpr BlockShape kShape{12, 3, 20, 1e-6};

double gradientAgainstDifference(const Block& block, at::Tensor parameter, const at::Tensor& x, std::int64_t index) {
  const auto weights = torch::linspace(-1.0, 1.0, x.numel(), at::kDouble).view(x.sizes());
  const auto loss = [&] { return (block.forward(x) * weights).sum(); };
  parameter.mutable_grad() = at::Tensor();
  loss().backward();
  const double gradient = parameter.grad().view(-1)[index].item<double>();
  at::NoGradGuard guard;
  const double step = 1e-5;
  auto element = parameter.view(-1)[index];
  element.add_(step);
  const double above = loss().item<double>();
  element.sub_(2 * step);
  const double below = loss().item<double>();
  element.add_(step);
  return std::abs(gradient - (above - below) / (2 * step)) / std::max(1.0, std::abs(gradient));
}

}  // namespace

TEST_CASE("Gradients of a block agree with finite differences") {
  torch::manual_seed(3);
  Block block(kShape);
  block.to(at::kDouble);
  const auto x = torch::randn({2, 5, 12}, at::kDouble);
  for (auto& item : block.named_parameters()) {
    INFO(item.key());
    CHECK(gradientAgainstDifference(block, item.value(), x, item.value().numel() / 2) < 1e-7);
    CHECK(gradientAgainstDifference(block, item.value(), x, 0) < 1e-7);
  }
}

TEST_CASE("What is computed again on the way back gives the very gradients, also where the input wants none") {
  torch::manual_seed(9);
  Block block(kShape);
  ModalBlock modal(kShape);
  const auto base = torch::randn({4, 5, 12});
  const auto slope = torch::randn({4, 5, 12});
  const auto gradients = [&](bool again, bool inputLearns) {
    torch::manual_seed(11);
    const RecomputeScope scope(again);
    auto x = base.clone().set_requires_grad(inputLearns);
    for (auto* module : std::initializer_list<torch::nn::Module*>{&block, &modal}) module->zero_grad();
    const auto y = modal.forward(block.forward(x, 0, nullptr, 0.5), Norms::v);
    y.backward(slope);
    std::vector<at::Tensor> all{y.detach()};
    if (inputLearns) all.push_back(x.grad());
    for (const auto& parameter : block.parameters()) all.push_back(parameter.grad().clone());
    for (const auto& parameter : modal.parameters())
      if (parameter.grad().defined()) all.push_back(parameter.grad().clone());
    return all;
  };
  for (const bool inputLearns : {true, false}) {
    const auto plain = gradients(false, inputLearns), again = gradients(true, inputLearns);
    REQUIRE(plain.size() == again.size());
    for (std::size_t n = 0; n < plain.size(); ++n) CHECK(at::equal(plain[n], again[n]));
  }
  // Once forward, once more on the way back; once only without gradients.
  int calls = 0;
  const auto counted = [&](const at::Tensor& in) {
    ++calls;
    return block.forward(in);
  };
  {
    const RecomputeScope scope(true);
    throughBlock(base, counted).sum().backward();
    CHECK(calls == 2);
    at::NoGradGuard guard;
    throughBlock(base, counted);
  }
  CHECK(calls == 3);
  throughBlock(base, counted).sum().backward();
  CHECK(calls == 4);
}

namespace {

// Result and gradients of `function` of float inputs, all of it against the same in double; `slopes` arrive transposed in memory.
void requireAsInDouble(const std::vector<at::Tensor>& inputs, const std::function<at::Tensor(const std::vector<at::Tensor>&)>& function) {
  const auto run = [&](at::ScalarType type) {
    std::vector<at::Tensor> own;
    for (const auto& input : inputs) own.push_back(input.detach().to(type).set_requires_grad(true));
    std::vector<at::Tensor> results{function(own)};
    const auto& y = results.front();
    torch::manual_seed(8);
    const auto slopes = torch::randn({y.size(-1), y.numel() / y.size(-1)}, at::kDouble).t().reshape(y.sizes()).to(type);
    (y * slopes).sum().backward();
    for (const auto& one : own) results.push_back(one.grad());
    return results;
  };
  const auto exact = run(at::kDouble), fast = run(at::kFloat);
  for (std::size_t n = 0; n < exact.size(); ++n) {
    INFO(n);
    REQUIRE(fast[n].sizes() == exact[n].sizes());
    CHECK((fast[n].to(at::kDouble) - exact[n]).abs().max().item<double>() < 1e-5 * exact[n].abs().max().item<double>());
  }
}

}  // namespace

TEST_CASE("Large products by oneDNN have the values and gradients of plain ones, also of views") {
  torch::manual_seed(3);
  const auto weight = torch::randn({192, 96}), bias = torch::randn({192});
  const auto product = [](const auto& in) { return linearProduct(in[0], in[1], in[2]); };
  requireAsInDouble({torch::randn({3, 100, 96}), weight, bias}, product);
  requireAsInDouble({torch::randn({300, 96}), weight, bias}, product);
  requireAsInDouble({torch::randn({96, 5, 70}), weight, bias}, [](const auto& in) { return linearProduct(in[0].permute({2, 1, 0}), in[1], in[2]); });
  requireAsInDouble({torch::randn({2, 96}), weight, bias}, product);  // too small for it
}

TEST_CASE("Attention head by head has the values and gradients of batched products, whole or of the leading queries") {
  torch::manual_seed(4);
  const auto qkv = torch::randn({3, 37, 3 * 24});
  REQUIRE(suitsHeadwise(qkv));
  REQUIRE_FALSE(suitsHeadwise(qkv.to(at::kDouble)));
  for (const std::int64_t heads : {1, 3, 12})
    for (const std::int64_t queries : {0, 1, 5, 37}) {
      INFO(heads << " heads, " << queries << " queries");
      requireAsInDouble({qkv}, [&](const auto& in) { return fusedAttention(in[0], heads, queries); });
    }
  const at::NoGradGuard guard;
  CHECK(at::equal(fusedAttention(qkv, 3), headwiseAttention(qkv.clone().requires_grad_(), 3)));
}

TEST_CASE("The gradient of exact GELU is right when it arrives non-contiguous") {
  torch::manual_seed(4);
  for (int trial = 0; trial < 20; ++trial) {
    auto x = torch::randn({8, 33, 64}).requires_grad_();
    const auto weights = torch::randn({64, 33, 8});
    (exactGelu(x).transpose(0, 2) * weights).sum().backward();
    const auto wide = x.detach().to(at::kDouble);
    const auto density = at::exp(wide.pow(2) * -0.5) / std::sqrt(2.0 * 3.14159265358979323846);
    const auto slope = at::erf(wide / std::sqrt(2.0)).add(1.0).mul(0.5) + wide * density;
    const auto expected = slope * weights.transpose(0, 2).to(at::kDouble);
    REQUIRE((x.grad() - expected).abs().max().item<double>() < 1e-5);
  }
}

TEST_CASE("GELU of a view equals GELU of its copy") {
  const auto x = torch::randn({7, 9}).t();
  CHECK(at::equal(exactGelu(x), exactGelu(x.contiguous())));
}

TEST_CASE("Initial values follow their recipes") {
  torch::manual_seed(5);
  Block block({48, 4, 96, 1e-6});
  initialiseTruncatedNormal(block);
  CHECK(std::abs(block.mlp->fc1->weight.std().item<double>() - 0.02) < 0.002);
  CHECK(block.mlp->fc1->bias.abs().max().item<double>() == 0.0);
  initialiseXavier(block);
  const double bound = std::sqrt(6.0 / (48 + 3 * 48));
  const double largest = block.attn->qkv->weight.abs().max().item<double>();
  CHECK(largest <= bound);
  CHECK(largest > 0.95 * bound);
  auto extreme = torch::empty({200000});
  truncatedNormal(extreme);
  CHECK(at::isfinite(extreme).all().item<bool>());
  CHECK(extreme.abs().max().item<double>() < 0.2);
}

TEST_CASE("Stochastic depth leaves out whole branches and keeps the mean") {
  torch::manual_seed(6);
  const Block block(kShape);
  at::NoGradGuard guard;
  const auto x = torch::randn({1, 4, 12}).expand({4000, 4, 12});
  const auto y = block.forward(x, 0, nullptr, 0.999999);
  CHECK((y - x).abs().max().item<double>() < 1e-6);
}

TEST_CASE("The engine gives what the blocks give, whole or leading tokens only") {
  torch::manual_seed(7);
  const BlockStack stack(3, {32, 4, 64, 1e-6});
  const auto x = torch::randn({3, 21, 32});
  at::NoGradGuard guard;
  auto expected = x;
  for (std::int64_t i = 0; i < 3; ++i) expected = stack.at(i)->forward(expected);
  const VitEngine engine(stack, Runtime{});
  const auto all = engine.run(x, {});
  REQUIRE(all);
  CHECK((*all - expected).abs().max().item<double>() < 1e-5);
  const auto two = engine.run(x, {nullptr, {}, -1, 2});
  REQUIRE(two);
  REQUIRE(two->sizes() == at::IntArrayRef({3, 2, 32}));
  CHECK((*two - expected.narrow(1, 0, 2)).abs().max().item<double>() < 1e-5);
  Runtime half;
  half.type = at::kBFloat16;
  const auto rough = VitEngine(stack, half).run(x, {});
  REQUIRE(rough);
  CHECK((*rough - expected).abs().max().item<double>() < 0.1);
  CHECK((*rough - expected).abs().mean().item<double>() < 0.01);
}

TEST_CASE("A stopped engine gives nothing back, also between blocks") {
  const BlockStack stack(3, kShape);
  const VitEngine engine(stack, Runtime{});
  std::stop_source stop;
  int blocks = 0;
  Tap tap;
  tap.stream = [&](std::string_view, std::int64_t, const at::Tensor&) {
    ++blocks;
    stop.request_stop();
  };
  CHECK_FALSE(engine.run(torch::zeros({1, 4, 12}), {&tap, stop.get_token(), -1, 0}).has_value());
  CHECK(blocks == 1);
}

TEST_CASE("A second look at a clip is answered from memory, with the same rows as a whole pass") {
  at::NoGradGuard guard;
  torch::manual_seed(9);
  BlockStack stack(3, kShape);
  const VitEngine engine(stack, Runtime{});
  BlockMemory memory;
  const auto rowsOf = [&](const at::Tensor& clip, std::int64_t layer, std::int64_t query, BlockMemory* remembered) {
    at::Tensor rows;
    Tap tap;
    tap.layers = {layer};
    tap.queries = {query};
    tap.attention = [&](std::int64_t shown, const at::Tensor& weights) {
      REQUIRE(shown == layer);
      rows = weights.clone();
    };
    REQUIRE(engine.run(clip, {&tap, {}, -1, 1, 0, remembered}));
    return rows;
  };
  const auto clip = torch::randn({1, 5, 12});
  const auto other = torch::randn({1, 5, 12});
  static_cast<void>(rowsOf(clip, 2, 0, &memory));
  const auto record = memory.find(clip, 1);
  REQUIRE(record);
  for (std::int64_t layer = 0; layer < 3; ++layer)
    for (std::int64_t query = 0; query < 5; ++query)
      CHECK((rowsOf(clip, layer, query, &memory) - rowsOf(clip, layer, query, nullptr)).abs().max().item<double>() < 1e-6);
  CHECK(memory.find(clip, 1) == record);  // nothing was run again
  CHECK((rowsOf(other, 1, 3, &memory) - rowsOf(other, 1, 3, nullptr)).abs().max().item<double>() < 1e-6);
  CHECK_FALSE(memory.find(clip, 1));
}

TEST_CASE("A look that was stopped leaves nothing behind") {
  torch::manual_seed(9);
  BlockStack stack(2, kShape);
  const VitEngine engine(stack, Runtime{});
  BlockMemory memory;
  std::stop_source stop;
  stop.request_stop();
  const auto clip = torch::randn({1, 5, 12});
  CHECK_FALSE(engine.run(clip, {nullptr, stop.get_token(), -1, 1, 0, &memory}));
  CHECK_FALSE(memory.find(clip, 1));
}
