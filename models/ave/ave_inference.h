// AveInference: a net for event localisation prepared once for a device and number format. The products over all regions,
// nearly all of the work, run in the runtime's type; the recurrent layers and the heads stay in fp32.
// Immutable and shareable. Inputs fp32 on the CPU as in ave_net.h; results fp32 on the CPU. Enters no-grad mode itself;
// nothing comes back when stopped; throws c10::Error.
#pragma once

#include <optional>
#include <stop_token>

#include "core/nn/prepared_linear.h"
#include "models/ave/ave_net.h"

namespace chladni::models::ave {

class AveInference {
 public:
  // Takes the net over: it is moved to the device and never changed again.
  AveInference(std::shared_ptr<AveNet> net, const nn::Runtime& runtime);

  // [batch, segment, class]
  [[nodiscard]] std::optional<at::Tensor> logits(const at::Tensor& sound, const at::Tensor& picture, std::stop_token stop,
                                                 AveSeen* seen = nullptr) const;
  [[nodiscard]] const AveConfig& config() const { return net_->config(); }
  [[nodiscard]] const nn::Runtime& runtime() const { return runtime_; }
  [[nodiscard]] std::int64_t parameters() const;

 private:
  [[nodiscard]] at::Tensor pictureTerm(const at::Tensor& regions) const;
  nn::Runtime runtime_;
  std::shared_ptr<const AveNet> net_;
  std::optional<nn::PreparedLinear> video_, term_;  // affine_video and affine_v, where the net attends
};

}  // namespace chladni::models::ave
