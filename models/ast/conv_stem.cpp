#include "models/ast/conv_stem.h"

#include <torch/types.h>

namespace chladni::models::ast {

ConvStem::ConvStem(const AstConfig& config) : rows_(config.rows()), columns_(config.columns()) {
  std::int64_t in = 1, out = config.stemChannels;
  for (std::int64_t side = 2; side < config.patch; side *= 2) {
    const auto place = std::to_string(down_.size());
    down_.push_back(register_module("down" + place, std::make_shared<nn::ConvStep>(nn::ConvStep::Shape{in, out, 3, 2})));
    if (in > 1) same_.push_back(register_module("same" + place, std::make_shared<nn::ConvStep>(nn::ConvStep::Shape{out, out, 3, 1})));
    in = out;
    out *= 2;
  }
  weight_ = register_parameter("weight", torch::zeros({config.width, in, 2, 2}));
  bias_ = register_parameter("bias", torch::zeros({config.width}));
}

at::Tensor ConvStem::forward(const at::Tensor& spectrogram) const {
  auto x = down_.front()->forward(spectrogram);
  for (std::size_t n = 1; n < down_.size(); ++n) {
    x = down_[n]->forward(x);
    x = x + same_[n - 1]->forward(x);
  }
  // Where the input is no whole number of patches the steps round up, patches round down.
  const auto tokens = at::conv2d(x, weight_, bias_, 2).narrow(2, 0, rows_).narrow(3, 0, columns_);
  return tokens.flatten(2).transpose(1, 2);
}

void ConvStem::initialise() {
  at::NoGradGuard guard;
  for (const auto& steps : {down_, same_})
    for (const auto& step : steps) step->initialise();
  weight_.zero_();
  bias_.zero_();
}

}  // namespace chladni::models::ast
