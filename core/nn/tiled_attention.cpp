#include "core/nn/tiled_attention.h"

#include <ATen/Parallel.h>
#include <torch/autograd.h>
#include <torch/types.h>

#include "core/nn/cpu_kernels.h"

namespace chladni::nn {
namespace {

std::uint16_t* halves(const at::Tensor& tensor) { return reinterpret_cast<std::uint16_t*>(tensor.data_ptr<at::BFloat16>()); }

struct TiledResult {
  at::Tensor mixed;    // [clip, query, width]
  at::Tensor logSums;  // [clip, head, query], fp32; undefined when no gradient will be asked for
};

kernels::HalfAttentionJob jobOf(const at::Tensor& qkv, const TiledResult& attended, std::int64_t heads, std::int64_t clip) {
  kernels::HalfAttentionJob job;
  job.tokens = qkv.size(1);
  job.heads = heads;
  job.size = qkv.size(2) / 3 / heads;
  job.queries = attended.mixed.size(1);
  job.qkv = halves(qkv) + clip * job.tokens * qkv.size(2);
  job.out = halves(attended.mixed) + clip * job.queries * attended.mixed.size(2);
  if (attended.logSums.defined()) job.logSums = attended.logSums.data_ptr<float>() + clip * heads * job.queries;
  return job;
}

// `work` of every head of every clip, shared out to the cores.
template <class Work>
void forEachTiledHead(const at::Tensor& qkv, std::int64_t heads, const Work& work) {
  at::parallel_for(0, qkv.size(0) * heads, 1, [&](std::int64_t from, std::int64_t to) {
    for (auto n = from; n < to; ++n) work(n / heads, n % heads);
  });
}

TiledResult attendTiled(const at::Tensor& qkv, std::int64_t heads, std::int64_t queries, bool gradients) {
  TiledResult result{at::empty({qkv.size(0), queries, qkv.size(2) / 3}, qkv.options()), {}};
  if (gradients) result.logSums = at::empty({qkv.size(0), heads, queries}, qkv.options().dtype(at::kFloat));
  forEachTiledHead(qkv, heads, [&](std::int64_t clip, std::int64_t head) { kernels::attendHeadHalf(jobOf(qkv, result, heads, clip), head); });
  return result;
}

struct Tiled : torch::autograd::Function<Tiled> {
  static at::Tensor forward(torch::autograd::AutogradContext* context, const at::Tensor& qkv, std::int64_t heads, std::int64_t queries) {
    auto attended = attendTiled(qkv, heads, queries, true);
    context->save_for_backward({qkv, attended.mixed, attended.logSums});
    context->saved_data["heads"] = heads;
    return attended.mixed;
  }

  static torch::autograd::variable_list backward(torch::autograd::AutogradContext* context, const torch::autograd::variable_list& slopes) {
    const auto kept = context->get_saved_variables();
    const auto& qkv = kept[0];
    const TiledResult attended{kept[1], kept[2]};
    const auto heads = context->saved_data["heads"].toInt();
    const auto ofResult = slopes.front().to(at::kBFloat16).contiguous();
    auto back = attended.mixed.size(1) < qkv.size(1) ? at::zeros_like(qkv) : at::empty_like(qkv);
    forEachTiledHead(qkv, heads, [&](std::int64_t clip, std::int64_t head) {
      kernels::attendHeadHalfBack(jobOf(qkv, attended, heads, clip), halves(ofResult[clip]), head, halves(back[clip]));
    });
    return {back, at::Tensor(), at::Tensor()};
  }
};

}  // namespace

bool suitsTiled(const at::Tensor& qkv, std::int64_t heads) {
  return qkv.is_cpu() && qkv.scalar_type() == at::kBFloat16 && kernels::canAttendHalf(qkv.size(2) / 3 / heads);
}

at::Tensor tiledAttention(const at::Tensor& qkv, std::int64_t heads, std::int64_t queries) {
  const auto fused = qkv.contiguous();
  const auto rows = queries > 0 ? queries : fused.size(1);
  if (at::GradMode::is_enabled() && fused.requires_grad()) return Tiled::apply(fused, heads, rows);
  return attendTiled(fused, heads, rows, false).mixed;
}

}  // namespace chladni::nn
