// Attention: what is shown of it, and the kernels against products of the same numbers.
#include <torch/types.h>

#include "core/nn/attention.h"
#include "core/nn/cpu_kernels.h"
#include "core/nn/tiled_attention.h"
#include "tests/support/catch.h"

using namespace chladni;
using namespace chladni::nn;

TEST_CASE("Attention rows sum to one and the mean of heads is their mean") {
  torch::manual_seed(8);
  const auto qkv = torch::randn({2, 10, 36});
  Tap tap;
  at::Tensor seen;
  tap.attention = [&](std::int64_t, const at::Tensor& weights) { seen = weights.clone(); };
  showAttention(qkv, 3, 0, tap);
  REQUIRE(seen.sizes() == at::IntArrayRef({2, 3, 10, 10}));
  CHECK((seen.sum(-1) - 1.0).abs().max().item<double>() < 1e-5);
  const auto mean = seen.mean(1, true);
  tap.meanOfHeads = true;
  tap.queries = {4, 7};
  showAttention(qkv, 3, 0, tap);
  CHECK((seen - mean.index_select(2, torch::tensor({4L, 7L}))).abs().max().item<double>() < 1e-6);
}

TEST_CASE("Attention by kernel equals attention by products, for every head size and odd counts") {
  torch::manual_seed(9);
  for (const std::int64_t size : {16, 32, 48, 64}) {
    if (!kernels::canAttend(size)) continue;
    for (const std::int64_t tokens : {1, 7, 64, 65, 130}) {
      INFO(size << " wide, " << tokens << " tokens");
      const auto qkv = torch::randn({1, tokens, 3 * 2 * size});
      const auto expected = fusedAttention(qkv.to(at::kDouble), 2);
      auto out = torch::zeros({1, tokens, 2 * size});
      kernels::AttentionJob job;
      job.qkv = qkv.data_ptr<float>();
      job.out = out.data_ptr<float>();
      job.tokens = job.queries = tokens;
      job.heads = 2;
      job.size = size;
      for (std::int64_t head = 0; head < 2; ++head) kernels::attendHead(job, head);
      CHECK((out - expected).abs().max().item<double>() < 1e-5);
    }
  }
}

TEST_CASE("Attention by tiles of bf16 has the result and slopes of products of the same numbers, for odd counts and fewer queries") {
  torch::manual_seed(9);
  for (const std::int64_t size : {32, 64}) {
    if (!kernels::canAttendHalf(size)) continue;
    for (const std::int64_t tokens : {1, 7, 32, 33, 65, 130}) {
      for (const std::int64_t queries : {tokens, (tokens + 1) / 2}) {
        INFO(size << " wide, " << tokens << " tokens, " << queries << " queries");
        auto qkv = torch::randn({2, tokens, 3 * 2 * size}).mul_(1.5).to(at::kBFloat16);
        auto exact = qkv.to(at::kDouble).requires_grad_();
        qkv.requires_grad_();
        const auto slopes = torch::randn({2, queries, 2 * size}).to(at::kBFloat16);
        const auto expected = fusedAttention(exact, 2, queries), found = tiledAttention(qkv, 2, queries);
        expected.backward(slopes.to(at::kDouble));
        found.backward(slopes);
        // Roundings to eight bits, of the weights, their slopes and the results.
        const auto furthest = [](const at::Tensor& a, const at::Tensor& b) {
          return (a.to(at::kDouble) - b).abs().max().item<double>() / std::max(1.0, b.abs().max().item<double>());
        };
        CHECK(furthest(found.detach(), expected.detach()) < 0.01);
        CHECK(furthest(qkv.grad(), exact.grad()) < 0.015);
        CHECK(at::equal(tiledAttention(qkv.detach(), 2, queries), found.detach()));
      }
    }
  }
}
