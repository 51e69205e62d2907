#include "core/nn/headwise_attention.h"

#include <cmath>

#include <ATen/Parallel.h>
#include <torch/autograd.h>
#include <torch/types.h>

#include "core/nn/torch_compat.h"

namespace chladni::nn {
namespace {

// One head of one clip in a fused projection [batch, token, 3 * width]: [token, width / heads] each, views.
struct Head {
  at::Tensor query, key, value;
};

struct Layout {
  std::int64_t clips = 0, tokens = 0, heads = 0, size = 0, queries = 0;
  [[nodiscard]] std::int64_t units() const { return clips * heads; }
  [[nodiscard]] double scale() const { return 1.0 / std::sqrt(static_cast<double>(size)); }
  // What the queries look at and what they bring, of unit `n`.
  [[nodiscard]] Head headOf(const at::Tensor& qkv, std::int64_t n) const {
    const auto clip = qkv.select(0, n / heads);
    const auto part = [&](std::int64_t which, std::int64_t rows) {
      return clip.narrow(1, which * heads * size + n % heads * size, size).narrow(0, 0, rows);
    };
    return {part(0, queries), part(1, tokens), part(2, tokens)};
  }
  // [query, width / heads] of the result, a view.
  [[nodiscard]] at::Tensor mixedOf(const at::Tensor& mixed, std::int64_t n) const {
    return mixed.select(0, n / heads).narrow(1, n % heads * size, size);
  }
};

Layout layoutOf(const at::Tensor& qkv, std::int64_t heads, std::int64_t queries) {
  return {qkv.size(0), qkv.size(1), heads, qkv.size(2) / 3 / heads, queries > 0 ? queries : qkv.size(1)};
}

// `work` of every head of every clip, shared out to the cores.
template <class Work>
void forEachHead(const Layout& layout, const Work& work) {
  at::parallel_for(0, layout.units(), 1, [&](std::int64_t from, std::int64_t to) {
    const at::NoGradGuard guard;
    for (auto n = from; n < to; ++n) work(n);
  });
}

struct Attended {
  at::Tensor mixed;    // [clip, query, width]
  at::Tensor weights;  // [unit, query, token]
};

Attended attend(const at::Tensor& qkv, const Layout& layout) {
  Attended result{at::empty({layout.clips, layout.queries, layout.heads * layout.size}, qkv.options()),
                  at::empty({layout.units(), layout.queries, layout.tokens}, qkv.options())};
  forEachHead(layout, [&](std::int64_t n) {
    const Head head = layout.headOf(qkv, n);
    auto weights = result.weights.select(0, n), mixed = layout.mixedOf(result.mixed, n);
    const auto likeness = at::mm(head.query * layout.scale(), head.key.t());
    at::_softmax_out(weights, likeness, -1, false);
    at::mm_out(mixed, weights, head.value);
  });
  return result;
}

at::Tensor slopesOf(const at::Tensor& qkv, const at::Tensor& weights, const at::Tensor& mixedSlopes, const Layout& layout) {
  auto slopes = layout.queries < layout.tokens ? at::zeros_like(qkv) : at::empty_like(qkv);
  forEachHead(layout, [&](std::int64_t n) {
    const Head head = layout.headOf(qkv, n);
    Head slope = layout.headOf(slopes, n);
    const auto rows = weights.select(0, n), from = layout.mixedOf(mixedSlopes, n);
    at::mm_out(slope.value, rows.t(), from);
    const auto likeness = at::_softmax_backward_data(at::mm(from, head.value.t()), rows, -1, at::kFloat);
    at::mm_out(slope.query, likeness, head.key * layout.scale());
    at::mm_out(slope.key, likeness.t(), head.query * layout.scale());
  });
  return slopes;
}

struct Headwise : torch::autograd::Function<Headwise> {
  static at::Tensor forward(torch::autograd::AutogradContext* context, const at::Tensor& qkv, std::int64_t heads, std::int64_t queries) {
    auto [mixed, weights] = attend(qkv, layoutOf(qkv, heads, queries));
    context->save_for_backward({qkv, weights});
    context->saved_data["heads"] = heads;
    context->saved_data["queries"] = queries;
    return mixed;
  }

  static torch::autograd::variable_list backward(torch::autograd::AutogradContext* context, const torch::autograd::variable_list& slopes) {
    const auto kept = context->get_saved_variables();
    const auto layout = layoutOf(kept[0], context->saved_data["heads"].toInt(), context->saved_data["queries"].toInt());
    return {slopesOf(kept[0], kept[1], slopes.front().contiguous(), layout), at::Tensor(), at::Tensor()};
  }
};

}  // namespace

bool suitsHeadwise(const at::Tensor& qkv) { return qkv.is_cpu() && qkv.scalar_type() == at::kFloat && !autocastEnabled(at::kCPU); }

at::Tensor headwiseAttention(const at::Tensor& qkv, std::int64_t heads, std::int64_t queries) {
  const auto fused = qkv.contiguous();
  if (at::GradMode::is_enabled() && fused.requires_grad()) return Headwise::apply(fused, heads, queries);
  return attend(fused, layoutOf(fused, heads, queries)).mixed;
}

}  // namespace chladni::nn
