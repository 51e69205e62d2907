#include "tests/support/localiser_family.h"

#include <cmath>

#include "core/inference/localiser.h"
#include "tests/support/fake_family.h"

namespace chladni::test {

using namespace chladni::inference;

namespace {

constexpr int kSide = 4;
constexpr float kMain = 0.7F;  // of the attention of a second, on its region

class LocaliserModel final : public LoadedModel, public FeatureExtractor, public Localiser {
 public:
  explicit LocaliserModel(ModelSpec spec) : spec_(std::move(spec)) {}
  [[nodiscard]] const ModelSpec& spec() const override { return spec_; }
  [[nodiscard]] std::string device() const override { return "cpu"; }
  [[nodiscard]] std::string precision() const override { return "fp32"; }
  [[nodiscard]] std::int64_t parameters() const override { return 1; }
  [[nodiscard]] const FeatureExtractor* featureExtractor() const override { return this; }
  [[nodiscard]] const Localiser* localiser() const override { return this; }

  [[nodiscard]] std::vector<FeatureTap> taps() const override { return {{"loudness", {1}}}; }
  [[nodiscard]] double hopSeconds() const override { return 1.0; }
  [[nodiscard]] double windowSeconds() const override { return 1.0; }
  Result<FeatureBlock> features(std::span<const ModelInput> windows, const std::string&, std::stop_token) const override {
    FeatureBlock block{static_cast<std::int64_t>(windows.size()), {1}, {}};
    for (const auto& window : windows) {
      double sum = 0.0;
      for (const float value : window.sound) sum += static_cast<double>(value) * value;
      block.values.push_back(static_cast<float>(std::sqrt(sum)));
    }
    return block;
  }

  [[nodiscard]] LocaliserNeeds needs() const override { return {"ear", "", 1, {}, 100}; }
  Result<Localisation> localise(const FeatureBlock* sound, const FeatureBlock*, std::stop_token) const override {
    const auto classes = static_cast<std::int64_t>(spec_.classes.size());
    Localisation found;
    found.gridRows = found.gridColumns = kSide;
    found.scores = Matrix(sound->rows, classes);
    found.attention = Matrix(sound->rows, kSide * kSide);
    for (std::int64_t second = 0; second < sound->rows; ++second) {
      found.scores.row(second)[static_cast<std::size_t>(second % classes)] = 1.0F;
      for (auto& weight : found.attention.row(second)) weight = (1.0F - kMain) / (kSide * kSide - 1);
      found.attention.row(second)[static_cast<std::size_t>(second % (kSide * kSide))] = kMain;
    }
    return found;
  }

 private:
  const ModelSpec spec_;
};

}  // namespace

Result<std::shared_ptr<const LoadedModel>> LocaliserFamily::load(const ModelSpec& spec, const RuntimeOptions&) const {
  return std::shared_ptr<const LoadedModel>(std::make_shared<LocaliserModel>(spec));
}

Result<ImportReport> LocaliserFamily::importCheckpoint(const ImportOptions& options) const {
  return fail(ErrorCode::unsupported, options.source.string() + ": this family imports nothing");
}

ModelSpec writeLocaliserPackage(const std::filesystem::path& folder, int classes) {
  ModelSpec spec = fakeSpec(classes);
  spec.family = "fake-localiser";
  spec.title = "Looks about";
  spec.tasks = {"audio-visual-events"};
  spec.architecture.clear();
  const ModelSpec made = writeFakePackage(folder, spec);
  (void)writeFakePackage(folder / "ear", spec);
  return made;
}

}  // namespace chladni::test
