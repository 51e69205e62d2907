#include "core/nn/recompute.h"

#include <ATen/core/ivalue.h>
#include <torch/autograd.h>
#include <torch/types.h>

#include "core/nn/torch_compat.h"

namespace chladni::nn {
namespace {

thread_local bool recomputing = false;

struct BlockCall : torch::CustomClassHolder {
  std::function<at::Tensor(const at::Tensor&)> block;
  bool autocast = false;
};

// `anchor` asks for gradients, so that the block's parameters get theirs even when its input wants none.
struct Recompute : torch::autograd::Function<Recompute> {
  static at::Tensor forward(torch::autograd::AutogradContext* context, const at::Tensor& x, const at::Tensor& /*anchor*/,
                            const c10::intrusive_ptr<BlockCall>& call) {
    context->save_for_backward({x});
    context->saved_data["call"] = c10::IValue::make_capsule(call);
    return call->block(x);  // gradients are off in here
  }

  static torch::autograd::variable_list backward(torch::autograd::AutogradContext* context, const torch::autograd::variable_list& slopes) {
    const auto kept = context->get_saved_variables().front();
    const auto capsule = context->saved_data["call"].toCapsule();
    const auto& call = static_cast<const BlockCall&>(*capsule);
    auto x = kept.detach();
    x.set_requires_grad(kept.requires_grad());
    at::Tensor y;
    {
      const at::AutoGradMode learning(true);
      const AutocastGuard guard(x.device().type(), call.autocast);
      y = call.block(x);
    }
    torch::autograd::backward({y}, {slopes.front()});
    return {x.grad(), at::Tensor(), at::Tensor()};
  }
};

}  // namespace

RecomputeScope::RecomputeScope(bool wanted) : before_(recomputing) { recomputing = wanted; }
RecomputeScope::~RecomputeScope() { recomputing = before_; }

at::Tensor throughBlock(const at::Tensor& x, std::function<at::Tensor(const at::Tensor&)> block) {
  if (!recomputing || !at::GradMode::is_enabled()) return block(x);
  const auto call = c10::make_intrusive<BlockCall>();
  call->block = std::move(block);
  call->autocast = autocastEnabled(x.device().type());
  return Recompute::apply(x, torch::zeros({1}).requires_grad_(), call);
}

}  // namespace chladni::nn
