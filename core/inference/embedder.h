// Embedder: the capability of models with a space shared by sound, pictures and text. Unit vectors; the dot product of
// two is their similarity. Threads, ownership and failures as in model_family.h.
#pragma once

#include <stop_token>

#include "core/base/result.h"
#include "core/data/matrix.h"
#include "core/inference/model_input.h"

namespace chladni::inference {

enum class Modality { sound, picture, lyrics };

class Embedder {
 public:
  virtual ~Embedder() = default;
  [[nodiscard]] virtual bool embeds(Modality modality) const = 0;
  // [input, width]; looks only at the modality asked for.
  virtual Result<Matrix> embed(std::span<const ModelInput> inputs, Modality modality, std::stop_token stop) const = 0;
};

}  // namespace chladni::inference
