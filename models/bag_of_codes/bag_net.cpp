#include "models/bag_of_codes/bag_net.h"

#include <torch/types.h>

namespace chladni::models::bag {

DenseLayers::DenseLayers(std::int64_t in, std::int64_t hidden, std::int64_t out)
    : layers_{register_module("0", std::make_shared<nn::Linear>(in, hidden)),
              register_module("2", std::make_shared<nn::Linear>(hidden, hidden)),
              register_module("4", std::make_shared<nn::Linear>(hidden, out))} {}

at::Tensor DenseLayers::forward(const at::Tensor& x, double dropout) const {
  const auto dropped = [&](const at::Tensor& y) { return dropout > 0.0 ? at::dropout(y, dropout, /*train=*/true) : y; };
  const auto first = dropped(layers_[0]->forward(x).relu());
  return layers_[2]->forward(dropped(layers_[1]->forward(first).relu()));
}

AutoEncoder::AutoEncoder(std::int64_t values, std::int64_t hidden, std::int64_t code)
    : enc(register_module("enc", std::make_shared<DenseLayers>(values, hidden, code))),
      dec(register_module("dec", std::make_shared<DenseLayers>(code, hidden, values))) {}

BagNet::BagNet(const BagConfig& config) : config_(config) {
  const auto ae = register_module("ae", std::make_shared<torch::nn::Module>());
  for (const auto kind : kPatchKinds)
    coders_[static_cast<std::size_t>(kind)] = ae->register_module(
        nameOf(kind), std::make_shared<AutoEncoder>(config.shape(kind).values(), config.hidden, config.code(kind)));
  mlp = register_module("mlp", std::make_shared<DenseLayers>(config.counts(), config.headHidden, config.classes));
}

at::Tensor BagNet::encode(PatchKind kind, const at::Tensor& patches, double dropout) const {
  return coder(kind).enc->forward(patches, dropout);
}

at::Tensor BagNet::decode(PatchKind kind, const at::Tensor& codes, double dropout) const {
  return coder(kind).dec->forward(codes, dropout);
}

}  // namespace chladni::models::bag
