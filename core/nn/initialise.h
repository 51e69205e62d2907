// Starting values of parameters. All draw from torch's default generator (seed it first); all work in place, without
// gradient.
#pragma once

#include <cstdint>

#include <torch/nn/module.h>

namespace chladni::nn {

// Normal of the given deviation, cut at +-2 as the reference does it, and at six deviations so that a uniform of
// exactly zero cannot become an outlier.
void truncatedNormal(at::Tensor parameter, double deviation = 0.02);
// Uniform in +-sqrt(6 / (rows + rest)), the tensor seen as [rows, rest].
void xavierUniform(at::Tensor parameter);
// What PyTorch gives a fresh Linear or convolution: uniform in +-1/sqrt(fan in), weight and bias.
void libraryDefault(at::Tensor weight, at::Tensor bias, std::int64_t fanIn);
// Every Linear of `module`: truncated normal weight, bias 0; every LayerNorm gain 1, bias 0.
void initialiseTruncatedNormal(torch::nn::Module& module);
// Every Linear of `module`: Xavier uniform weight, bias 0; every LayerNorm gain 1, bias 0; patch kernels Xavier uniform
// as one matrix, their biases left at the library default.
void initialiseXavier(torch::nn::Module& module);

}  // namespace chladni::nn
