#include "tests/support/linear_family.h"

#include <cmath>
#include <cstring>
#include <stdexcept>
#include <thread>

#include "core/base/atomic_file.h"
#include "core/inference/model_package.h"
#include "tests/support/fake_family.h"

namespace chladni::test {

using namespace chladni::inference;

namespace {

constexpr int kBumps = 32;
constexpr double kRate = 16000.0;

double bumpAt(double hertz) { return hertz / (kRate / 2.0) * kBumps; }

std::vector<float> heard(Clip clip) {
  std::int64_t crossings = 0;
  for (std::size_t i = 1; i < clip.size(); ++i) crossings += (clip[i - 1] < 0.0F) != (clip[i] < 0.0F) ? 1 : 0;
  const double at = clip.empty() ? 0.0 : static_cast<double>(crossings) / static_cast<double>(clip.size()) * kBumps;
  std::vector<float> row(kBumps);
  for (int j = 0; j < kBumps; ++j) row[static_cast<std::size_t>(j)] = static_cast<float>(3.0 * std::exp(-0.5 * (at - j) * (at - j)));
  return row;
}

class LinearModel final : public LoadedModel, public Classifier, public LinearHead {
 public:
  LinearModel(ModelSpec spec, LinearMap head, std::chrono::milliseconds delay) : spec_(std::move(spec)), head_(std::move(head)), delay_(delay) {}
  [[nodiscard]] const ModelSpec& spec() const override { return spec_; }
  [[nodiscard]] std::string device() const override { return "cpu"; }
  [[nodiscard]] std::string precision() const override { return "fp32"; }
  [[nodiscard]] std::int64_t parameters() const override { return static_cast<std::int64_t>(head_.weight.values.size()); }
  [[nodiscard]] const Classifier* classifier() const override { return this; }
  [[nodiscard]] LinearMap head() const override { return head_; }

  Result<Matrix> headInputs(std::span<const ModelInput> inputs, std::stop_token stop) const override {
    Matrix rows(0, kBumps);
    for (const ModelInput& input : inputs) {
      for (auto left = delay_.count(); left > 0 && !stop.stop_requested(); --left) std::this_thread::sleep_for(std::chrono::milliseconds(1));
      if (stop.stop_requested()) return fail(ErrorCode::cancelled, "stopped");
      const auto row = heard(input.sound);
      rows.values.insert(rows.values.end(), row.begin(), row.end());
      ++rows.rows;
    }
    return rows;
  }

  Result<Matrix> logitsOf(std::span<const ModelInput> inputs, std::stop_token stop) const override {
    auto features = headInputs(inputs, std::move(stop));
    if (!features) return features;
    Matrix logits(features->rows, head_.weight.rows);
    for (std::int64_t r = 0; r < logits.rows; ++r)
      for (std::int64_t k = 0; k < logits.columns; ++k) {
        double sum = head_.bias[static_cast<std::size_t>(k)];
        for (int j = 0; j < kBumps; ++j) sum += static_cast<double>(features->at(r, j)) * static_cast<double>(head_.weight.at(k, j));
        logits.row(r)[static_cast<std::size_t>(k)] = static_cast<float>(sum);
      }
    return logits;
  }

 private:
  const ModelSpec spec_;
  const LinearMap head_;
  const std::chrono::milliseconds delay_;
};

std::vector<float> valuesOf(const TensorBlob& blob) {
  std::vector<float> values(blob.bytes.size() / sizeof(float));
  std::memcpy(values.data(), blob.bytes.data(), values.size() * sizeof(float));
  return values;
}

TensorBlob blobOf(const std::string& name, std::vector<std::int64_t> shape, const std::vector<float>& values) {
  TensorBlob blob{name, DType::f32, std::move(shape), std::vector<std::byte>(values.size() * sizeof(float))};
  std::memcpy(blob.bytes.data(), values.data(), blob.bytes.size());
  return blob;
}

}  // namespace

Result<std::shared_ptr<const LoadedModel>> LinearFamily::load(const ModelSpec& spec, const RuntimeOptions&) const {
  auto weights = readModelWeights(spec);
  if (!weights) return fail(weights.error());
  const auto classes = static_cast<std::int64_t>(spec.classes.size());
  LinearMap head{Matrix(classes, kBumps), {}, "head.weight", "head.bias"};
  for (const TensorBlob& blob : weights->tensors) (blob.name == "head.weight" ? head.weight.values : head.bias) = valuesOf(blob);
  if (head.weight.values.size() != static_cast<std::size_t>(classes * kBumps) || head.bias.size() != spec.classes.size())
    return fail(ErrorCode::incompatibleModel, spec.name + ": the head has another size");
  return std::shared_ptr<const LoadedModel>(std::make_shared<LinearModel>(spec, std::move(head), delay_));
}

Result<ImportReport> LinearFamily::importCheckpoint(const ImportOptions& options) const {
  return fail(ErrorCode::unsupported, options.source.string() + ": the linear family imports nothing");
}

ModelSpec writeLinearPackage(const std::filesystem::path& folder, const std::vector<Band>& bands) {
  std::filesystem::create_directories(folder);
  ModelSpec spec = fakeSpec(0);
  spec.family = "linear";
  spec.title = "Low and high";
  spec.hopSeconds = 1.0;
  std::vector<float> weight;
  for (const Band& band : bands) {
    spec.classes.push_back(band.name);
    for (int j = 0; j < kBumps; ++j) weight.push_back(j >= bumpAt(band.low) && j <= bumpAt(band.high) ? 0.5F : 0.0F);
  }
  const auto classes = static_cast<std::int64_t>(bands.size());
  auto wrote = serial::writeSafetensors(folder / spec.weights.file,
                                        {{blobOf("head.weight", {classes, kBumps}, weight), blobOf("head.bias", {classes}, std::vector<float>(bands.size(), 0.0F))}, {}});
  if (wrote) wrote = writeFileAtomically(folder / "CARD.md", "# " + spec.title + "\n");
  if (!wrote) throw std::runtime_error(wrote.error().describe());
  auto written = writeModelManifest(spec, folder);
  if (!written) throw std::runtime_error(written.error().describe());
  return *std::move(written);
}

}  // namespace chladni::test
