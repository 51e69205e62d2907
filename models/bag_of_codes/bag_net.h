// BagNet: the trainable parts of a bag of codes: one auto-encoder per kind of patch and the head over the counts.
// Parameter names: ae.<kind>.enc.{0,2,4}, ae.<kind>.dec.{0,2,4}, mlp.{0,2,4}, each with weight and bias. What lies between
// codes and counts, the codebook, is learnt by k-means and is no parameter (bag_codebook.h).
// Keeps no run state; one thread trains, any number may run fixed parameters. Throws c10::Error.
// Three dense layers with ReLU between, dropout after each ReLU while training: our reading of the study.
#pragma once

#include <memory>

#include "core/nn/blocks.h"
#include "models/bag_of_codes/bag_config.h"

namespace chladni::models::bag {

class DenseLayers : public torch::nn::Module {
 public:
  DenseLayers(std::int64_t in, std::int64_t hidden, std::int64_t out);
  at::Tensor forward(const at::Tensor& x, double dropout = 0.0) const;  // dropout 0 when not training
  [[nodiscard]] const std::array<std::shared_ptr<nn::Linear>, 3>& layers() const { return layers_; }

 private:
  std::array<std::shared_ptr<nn::Linear>, 3> layers_;  // "0", "2", "4"
};

class AutoEncoder : public torch::nn::Module {
 public:
  AutoEncoder(std::int64_t values, std::int64_t hidden, std::int64_t code);
  std::shared_ptr<DenseLayers> enc, dec;
};

class BagNet : public torch::nn::Module {
 public:
  explicit BagNet(const BagConfig& config);  // precondition: check(config)

  [[nodiscard]] const AutoEncoder& coder(PatchKind kind) const { return *coders_[static_cast<std::size_t>(kind)]; }
  // Patches [..., value] to codes [..., code].
  at::Tensor encode(PatchKind kind, const at::Tensor& patches, double dropout = 0.0) const;
  at::Tensor decode(PatchKind kind, const at::Tensor& codes, double dropout = 0.0) const;
  // Counts [batch, kind * cluster] to logits [batch, class]; probabilities are their sigmoids.
  at::Tensor classify(const at::Tensor& counts, double dropout = 0.0) const { return mlp->forward(counts, dropout); }
  [[nodiscard]] const BagConfig& config() const { return config_; }

  std::shared_ptr<DenseLayers> mlp;

 private:
  BagConfig config_;
  std::array<std::shared_ptr<AutoEncoder>, kPatchKinds.size()> coders_;
};

}  // namespace chladni::models::bag
