#include "tests/support/fake_family.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <stdexcept>
#include <thread>

#include "core/base/atomic_file.h"
#include "core/inference/model_package.h"

namespace chladni::test {

using namespace chladni::inference;

namespace {

constexpr int kPatch = 16;

// Crossings per sample, 0..1: twice the frequency of a sine over its rate.
double crossingRate(Clip clip) {
  std::int64_t crossings = 0;
  for (std::size_t i = 1; i < clip.size(); ++i) crossings += (clip[i - 1] < 0.0F) != (clip[i] < 0.0F) ? 1 : 0;
  return clip.empty() ? 0.0 : static_cast<double>(crossings) / static_cast<double>(clip.size());
}

class FakeModel final : public LoadedModel, public Classifier, public AttentionSource {
 public:
  FakeModel(ModelSpec spec, FakeOptions options, std::shared_ptr<std::atomic<int>> clips)
      : spec_(std::move(spec)), options_(options), clips_(std::move(clips)) {}

  [[nodiscard]] const ModelSpec& spec() const override { return spec_; }
  [[nodiscard]] std::string device() const override { return "cpu"; }
  [[nodiscard]] std::string precision() const override { return "fp32"; }
  [[nodiscard]] std::int64_t parameters() const override { return 4; }
  [[nodiscard]] const Classifier* classifier() const override { return this; }
  [[nodiscard]] const AttentionSource* attentionSource() const override { return this; }

  Result<Matrix> logitsOf(std::span<const ModelInput> inputs, std::stop_token stop) const override {
    const auto classes = static_cast<std::int64_t>(spec_.classes.size());
    Matrix result(static_cast<std::int64_t>(inputs.size()), classes);
    for (std::size_t i = 0; i < inputs.size(); ++i) {
      if (auto ok = work(stop); !ok) return fail(ok.error());
      const double place = crossingRate(inputs[i].sound) * static_cast<double>(classes) - 0.5;
      for (std::int64_t c = 0; c < classes; ++c)
        result.row(static_cast<std::int64_t>(i))[static_cast<std::size_t>(c)] =
            static_cast<float>(-2.0 * std::abs(place - static_cast<double>(c)));
    }
    return result;
  }

  [[nodiscard]] int layers() const override { return options_.layers; }
  [[nodiscard]] int heads() const override { return options_.heads; }
  [[nodiscard]] PatchGrid grid() const override {
    PatchGrid grid;
    grid.rows = std::max(1, spec_.frontend.melBins / kPatch);
    grid.columns = std::max(1, static_cast<int>(spec_.frontend.targetFrames) / kPatch);
    grid.leadingTokens = 1;
    grid.columnSeconds = spec_.frontend.frameShiftMs / 1000.0;
    return grid;
  }

  Result<AttentionMap> attention(const ModelInput& input, const AttentionRequest& request, std::stop_token stop) const override {
    if (request.layer >= layers() || request.layer < -1)
      return fail(ErrorCode::invalidArgument, "layer " + std::to_string(request.layer) + ": the model has " +
                                                  std::to_string(layers()) + " layers");
    return map(input.sound, {"query"}, stop);
  }

  Result<AttentionMap> attentionOverview(const ModelInput& input, std::stop_token stop) const override {
    std::vector<std::string> rows;
    for (int layer = 0; layer < layers(); ++layer)
      for (int head = 0; head < heads(); ++head)
        rows.push_back("layer " + std::to_string(layer) + " head " + std::to_string(head));
    return map(input.sound, std::move(rows), stop);
  }

 private:
  Result<void> work(const std::stop_token& stop) const {
    ++*clips_;
    for (auto left = options_.delayPerClip; left.count() > 0; --left) {
      if (stop.stop_requested()) break;
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    if (stop.stop_requested()) return fail(ErrorCode::cancelled, "stopped");
    return {};
  }

  Result<AttentionMap> map(Clip clip, std::vector<std::string> rows, const std::stop_token& stop) const {
    if (auto ok = work(stop); !ok) return fail(ok.error());
    AttentionMap result;
    result.grid = grid();
    result.rowNames = std::move(rows);
    result.title = "energy";
    std::vector<double> energy(static_cast<std::size_t>(result.grid.columns), 1e-6);
    for (std::size_t i = 0; i < clip.size(); ++i)
      energy[i * energy.size() / clip.size()] += static_cast<double>(clip[i]) * clip[i];
    double total = 0.0;
    for (const double e : energy) total += e * result.grid.rows;
    result.weights = Matrix(static_cast<std::int64_t>(result.rowNames.size()), 1 + result.grid.patches());
    for (std::int64_t r = 0; r < result.weights.rows; ++r)
      for (int p = 0; p < result.grid.patches(); ++p)
        result.weights.row(r)[static_cast<std::size_t>(1 + p)] =
            static_cast<float>(energy[static_cast<std::size_t>(p % result.grid.columns)] / total);
    return result;
  }

  const ModelSpec spec_;
  const FakeOptions options_;
  const std::shared_ptr<std::atomic<int>> clips_;
};

}  // namespace

Result<std::shared_ptr<const LoadedModel>> FakeFamily::load(const ModelSpec& spec, const RuntimeOptions& options) const {
  if (options.device != "auto" && options.device != "cpu")
    return fail(ErrorCode::deviceUnavailable, options.device + ": the fake family has only cpu");
  return std::shared_ptr<const LoadedModel>(std::make_shared<FakeModel>(spec, options_, clips_));
}

Result<ImportReport> FakeFamily::importCheckpoint(const ImportOptions& options) const {
  return fail(ErrorCode::unsupported, options.source.string() + ": the fake family imports nothing");
}

ModelSpec fakeSpec(int classes) {
  ModelSpec spec;
  spec.family = "fake";
  spec.title = "Counts zero crossings";
  spec.licence = "GPL-3.0-or-later";
  spec.tasks = {"instruments"};
  spec.frontend.targetFrames = 98;  // one second
  for (int c = 0; c < classes; ++c) spec.classes.push_back("class " + std::to_string(c));
  spec.architecture["layers"] = 3.0;
  spec.windowSeconds = 1.0;
  spec.hopSeconds = 0.5;
  return spec;
}

ModelSpec writeFakePackage(const std::filesystem::path& folder, const ModelSpec& spec) {
  std::filesystem::create_directories(folder);
  const float values[] = {1.0F, -2.0F, 0.5F, 4.0F};
  TensorBlob tensor{"layer.weight", DType::f32, {2, 2}, std::vector<std::byte>(sizeof values)};
  std::memcpy(tensor.bytes.data(), values, sizeof values);
  auto wrote = serial::writeSafetensors(folder / spec.weights.file, {{std::move(tensor)}, {}});
  if (wrote) wrote = writeFileAtomically(folder / "CARD.md", "# " + spec.title + "\n");
  if (!wrote) throw std::runtime_error(wrote.error().describe());
  auto written = writeModelManifest(spec, folder);
  if (!written) throw std::runtime_error(written.error().describe());
  return *std::move(written);
}

}  // namespace chladni::test
