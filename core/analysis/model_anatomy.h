// What a model package is made of, from its manifest and weights alone, without loading the model: modules with their tensors,
// how many numbers they hold, roughly how much they compute for a clip, and the tables that tell a transformer where each
// patch lies. Blocking (it reads the weights); for workers. Fails as reading the weights does, and with cancelled.
#pragma once

#include <cstdint>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/data/attention_map.h"
#include "core/data/matrix.h"
#include "core/inference/model_spec.h"

namespace chladni::analysis {

struct ModelTensor {
  std::string name;                  // "v.blocks.0.attn.qkv.weight"
  std::vector<std::int64_t> shape;
  std::string dtype;                 // "fp16"
  std::int64_t numbers = 0;
  // Multiplications and additions for one clip with every patch visible, each counted as one; empty: not known. Of the
  // qkv weights of a block those of its attention as well. Normalisation, activation and biases are left out.
  std::optional<double> operations;
};

// How alike the places of patches are to a model: cosines of their position vectors.
struct PositionTable {
  std::string name;   // of the tensor
  PatchGrid grid;     // rows are frequency (or y), columns time (or x)
  bool picture = false;
  Matrix cosines;     // [patch, patch], -1..1
};

struct ModelAnatomy {
  std::vector<ModelTensor> tensors;  // as the file has them
  std::int64_t numbers = 0;
  std::int64_t bytes = 0;
  std::optional<double> operations;  // of one clip; empty when the architecture is not one that can be counted
  std::vector<PositionTable> positions;
};

Result<ModelAnatomy> anatomyOf(const inference::ModelSpec& spec, std::stop_token stop);

}  // namespace chladni::analysis
