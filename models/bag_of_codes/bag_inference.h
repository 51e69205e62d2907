// BagInference: a bag of codes prepared for a device and a number format. Codes are always computed in fp32, also where
// the head runs in bf16: an index is right or wrong, and rounding a code to eight bits makes many of them wrong.
// Immutable; run state is local to each call; any thread may call. No gradients. Throws c10::Error.
#pragma once

#include <optional>
#include <stop_token>
#include <vector>

#include "core/nn/device.h"
#include "core/nn/prepared_linear.h"
#include "models/bag_of_codes/bag_codebook.h"
#include "models/bag_of_codes/bag_net.h"

namespace chladni::models::bag {

class PreparedLayers {
 public:
  PreparedLayers(const DenseLayers& layers, const nn::Runtime& runtime);
  [[nodiscard]] at::Tensor forward(const at::Tensor& x) const;  // [row, in] to [row, out]

 private:
  std::vector<nn::PreparedLinear> layers_;
};

class BagInference {
 public:
  BagInference(const BagNet& net, Codebook codebook, const nn::Runtime& runtime);

  // Pictures [second, bin, frame], on any device; results on the CPU. Nothing when stop was requested; it is looked at
  // between kinds.
  struct Codes {
    std::vector<std::vector<std::int32_t>> indices;  // [kind][second * patch]
    Matrix counts;                                   // [second, kind * cluster]
  };
  Result<Codes> codes(const at::Tensor& pictures, std::stop_token stop) const;
  [[nodiscard]] at::Tensor logits(const Matrix& counts) const;  // [second, class], fp32

  // Patches [patch, value] of one picture painted from their codes, or from the centres nearest to them.
  Result<at::Tensor> paint(PatchKind kind, const at::Tensor& patches, bool fromCentres) const;

  [[nodiscard]] const BagConfig& config() const { return config_; }
  [[nodiscard]] const nn::Runtime& runtime() const { return runtime_; }
  [[nodiscard]] std::int64_t parameters() const { return parameters_; }

 private:
  BagConfig config_;
  Codebook codebook_;
  nn::Runtime runtime_;
  std::vector<PreparedLayers> encoders_, decoders_;  // by kind
  PreparedLayers head_;
  std::int64_t parameters_ = 0;  // centres included
};

}  // namespace chladni::models::bag
