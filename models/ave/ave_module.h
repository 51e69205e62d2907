// AveModule: what a localiser's training teaches together: the net, the small ear and eye where it learns from media, and
// two heads that only help learning (what is heard, what is attended to). Batches hold either features, "sound" [batch,
// segment, width] and "picture" [batch, segment, row, column, width], or what the small backbones look at, "tables"
// [batch, segment, column, band] and "planes" [batch, segment, plane, size, size]. Throws c10::Error.
#pragma once

#include <memory>
#include <optional>

#include "core/nn/trainable.h"
#include "models/ave/ave_net.h"
#include "models/ave/stem_net.h"

namespace chladni::models::ave {

struct AveModuleForm {
  AveConfig config;
  bool small = false;           // ear and eye learn along
  std::int64_t columns = 0;     // of a second's table
  std::int64_t bands = 0;
  bool auxiliary = false;
};

class AveModule : public torch::nn::Module {
 public:
  explicit AveModule(const AveModuleForm& form);

  struct Outputs {
    at::Tensor logits;                // [batch, segment, class]
    std::vector<at::Tensor> further;  // of the heads that only help
    at::Tensor attentionLogits;       // [batch * segment, region]; undefined where nothing is attended to
  };
  Outputs forward(const nn::TrainBatch& batch) const;
  // Name of the first part of a forward pass that is not finite; empty when all are.
  std::string firstNotFinite(const nn::TrainBatch& batch) const;

  std::shared_ptr<AveNet> net;
  std::shared_ptr<EarNet> ear;
  std::shared_ptr<EyeNet> eye;

 private:
  struct Inputs {
    at::Tensor sound, picture;  // [batch, segment, width], [batch, segment, region, width]; undefined where not used
  };
  [[nodiscard]] Inputs inputsOf(const nn::TrainBatch& batch) const;
  std::shared_ptr<nn::Linear> ear_head, eye_head;
};

}  // namespace chladni::models::ave
