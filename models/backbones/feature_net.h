// FeatureNet: a finished convolutional network that can show every stage of what it computes. Examples and results are
// fp32 on the CPU; maps come out channels last ([example, row, column, channel]), as the published features are stored.
// Immutable; any thread may call. run() enters no-grad mode itself, looks at the stop token between stages, returns
// nothing when stopped, and throws c10::Error.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include <ATen/core/Tensor.h>

#include "core/inference/feature_extractor.h"
#include "core/nn/device.h"
#include "core/nn/prepared_conv.h"
#include "core/nn/prepared_linear.h"
#include "core/nn/weights.h"

namespace chladni::models::backbones {

// The free sizes of a network by their names in "architecture" ("width", "classes"); switches are 0 and 1.
using Sizes = std::map<std::string, std::int64_t>;

// What a network is built from. The tensors fit its parameter list already.
struct NetMaterial {
  const nn::NamedTensors& tensors;
  const Sizes& sizes;
  std::int64_t rows = 0;     // of one example: frames of sound, or rows of the picture
  std::int64_t columns = 0;  // bands, or columns of the picture
  nn::Runtime runtime;

  [[nodiscard]] const at::Tensor& tensor(const std::string& name) const { return tensors.at(name); }
  [[nodiscard]] std::int64_t size(const std::string& name) const { return sizes.at(name); }
  [[nodiscard]] nn::ConvWeights conv(const std::string& name) const;  // bias undefined when there is none
  [[nodiscard]] nn::BatchNormWeights norm(const std::string& name, double epsilon) const;
  [[nodiscard]] nn::PreparedLinear linear(const std::string& name) const;
};

// One run's way through a network: keeps the stage that is wanted.
class Walk {
 public:
  Walk(std::string wanted, std::stop_token stop) : wanted_(std::move(wanted)), stop_(std::move(stop)) {}
  // Both say whether the walk ends here, because the stage was wanted or a stop was asked for.
  [[nodiscard]] bool endsAtMap(std::string_view stage, const at::Tensor& map);  // [example, channel, row, column]
  [[nodiscard]] bool endsAt(std::string_view stage, const at::Tensor& values);  // kept as it is
  [[nodiscard]] const std::optional<at::Tensor>& kept() const { return kept_; }

 private:
  std::string wanted_;
  std::stop_token stop_;
  std::optional<at::Tensor> kept_;
};

class FeatureNet {
 public:
  explicit FeatureNet(const nn::Runtime& runtime) : runtime_(runtime) {}
  virtual ~FeatureNet() = default;
  // [example, frame, band] of sound, [example, 3, row, column] of pictures.
  [[nodiscard]] std::optional<at::Tensor> run(const at::Tensor& examples, const std::string& tap,
                                              std::stop_token stop) const;
  [[nodiscard]] const std::vector<inference::FeatureTap>& taps() const { return taps_; }
  [[nodiscard]] const nn::Runtime& runtime() const { return runtime_; }

 protected:
  virtual void walk(const at::Tensor& examples, Walk& walk) const = 0;
  void addTap(std::string name, std::vector<std::int64_t> shape) { taps_.push_back({std::move(name), std::move(shape)}); }
  [[nodiscard]] at::Tensor convInput(const at::Tensor& pictures) const { return nn::toConvInput(pictures, runtime_); }

 private:
  nn::Runtime runtime_;
  std::vector<inference::FeatureTap> taps_;
};

// Zeros before and after so that the output has ceil(size / stride) places: TensorFlow's SAME.
std::array<std::int64_t, 2> samePadding(std::int64_t size, std::int64_t kernel, std::int64_t stride);
// Appends "name.weight", "name.bias", and the norm's running statistics.
void addConv(std::vector<nn::NamedShape>& list, const std::string& name, std::vector<std::int64_t> weight, bool bias);
void addNorm(std::vector<nn::NamedShape>& list, const std::string& name, std::int64_t channels);
void addLinear(std::vector<nn::NamedShape>& list, const std::string& name, std::int64_t out, std::int64_t in);

// Size `dimension` of a tensor, 0 when it is missing or has fewer dimensions: for finding sizes from shapes.
std::int64_t sizeOf(const nn::NamedTensors& tensors, const std::string& name, std::int64_t dimension = 0);

}  // namespace chladni::models::backbones
