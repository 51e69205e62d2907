#include "tests/support/fake_family.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <numeric>
#include <random>
#include <stdexcept>
#include <thread>

#include "core/base/atomic_file.h"
#include "core/dsp/frontend.h"
#include "core/inference/model_package.h"
#include "core/inference/reconstructor.h"

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

class FakeModel final : public LoadedModel, public Classifier, public AttentionSource, public Reconstructor {
 public:
  FakeModel(ModelSpec spec, FakeOptions options, std::shared_ptr<std::atomic<int>> clips)
      : spec_(std::move(spec)), options_(options), clips_(std::move(clips)) {}

  [[nodiscard]] const ModelSpec& spec() const override { return spec_; }
  [[nodiscard]] std::string device() const override { return "cpu"; }
  [[nodiscard]] std::string precision() const override { return "fp32"; }
  [[nodiscard]] std::int64_t parameters() const override { return 4; }
  [[nodiscard]] const Classifier* classifier() const override { return this; }
  [[nodiscard]] const AttentionSource* attentionSource() const override { return this; }
  [[nodiscard]] const Reconstructor* reconstructor() const override { return options_.reconstructs ? this : nullptr; }

  [[nodiscard]] std::vector<std::string> modes() const override { return {"unstructured", "time", "frequency"}; }
  Result<Reconstruction> reconstruct(const ModelInput& input, const MaskRequest& request, std::stop_token stop) const override {
    if (auto ok = work(stop); !ok) return fail(ok.error());
    auto frontend = dsp::Frontend::create(spec_.frontend);
    if (!frontend) return fail(frontend.error());
    auto table = frontend->modelInput(input.sound);
    if (!table) return fail(table.error());
    Reconstruction result;
    result.sound.grid = grid();
    auto mask = maskOf(result.sound.grid, request.mode, request.soundRatio, request.seed, request.soundMask);
    if (!mask) return fail(mask.error());
    result.sound.mask = std::move(*mask);
    result.soundInput = std::move(*table);
    result.soundPredicted = painted(result.soundInput, result.sound);
    measure(result.soundInput, result.soundPredicted, result.sound);
    result.trueStatistics = options_.patchNormalised;
    result.losses = {{"mae", result.sound.loss}};
    result.title = request.soundMask.empty() ? request.mode + " masking" : "masked by hand";
    return result;
  }

  Result<Matrix> logitsOf(std::span<const ModelInput> inputs, std::stop_token stop) const override {
    const auto classes = static_cast<std::int64_t>(spec_.classes.size());
    Matrix result(static_cast<std::int64_t>(inputs.size()), classes);
    for (std::size_t i = 0; i < inputs.size(); ++i) {
      if (++classified_ == options_.lostAtClip)
        return fail(ErrorCode::deviceUnavailable, "the CUDA device failed: unspecified launch failure");
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
    grid.leadingTokens = spec_.frontend.sound ? 1 : 0;  // one that only sees has none
    grid.columnSeconds = spec_.frontend.frameShiftMs / 1000.0;
    return grid;
  }

  Result<AttentionMap> attention(const ModelInput& input, const AttentionRequest& request, std::stop_token stop) const override {
    if (request.layer >= layers() || request.layer < -1)
      return fail(ErrorCode::invalidArgument, "layer " + std::to_string(request.layer) + ": the model has " +
                                                  std::to_string(layers()) + " layers");
    auto heard = map(input.sound, {"query"}, stop);
    if (!heard || input.frames.empty() || !spec_.frontend.picture) return heard;
    return withPicture(*std::move(heard), input.sound.empty(), request);
  }

  Result<AttentionMap> attentionOverview(const ModelInput& input, std::stop_token stop) const override {
    std::vector<std::string> rows;
    for (int layer = 0; layer < layers(); ++layer)
      for (int head = 0; head < heads(); ++head)
        rows.push_back("layer " + std::to_string(layer) + " head " + std::to_string(head));
    return map(input.sound, std::move(rows), stop);
  }

 private:
  static Result<std::vector<std::uint8_t>> maskOf(const PatchGrid& grid, const std::string& mode, double ratio,
                                                  std::uint64_t seed, const std::vector<std::uint8_t>& given) {
    const auto patches = static_cast<std::size_t>(grid.patches());
    if (!given.empty() && given.size() != patches)
      return fail(ErrorCode::invalidArgument, "the mask does not fit the grid of " + std::to_string(patches) + " patches");
    if (!given.empty()) return given;
    const int units = mode == "time" ? grid.columns : mode == "frequency" ? grid.rows : grid.patches();
    std::vector<int> order(static_cast<std::size_t>(units));
    std::iota(order.begin(), order.end(), 0);
    std::mt19937_64 random(seed);
    for (std::size_t i = order.size(); i > 1; --i) std::swap(order[i - 1], order[random() % i]);
    order.resize(static_cast<std::size_t>(std::lround(ratio * units)));
    std::vector<std::uint8_t> mask(patches, 0);
    for (int p = 0; p < grid.patches(); ++p) {
      const int unit = mode == "time" ? p % grid.columns : mode == "frequency" ? p / grid.columns : p;
      mask[static_cast<std::size_t>(p)] = std::find(order.begin(), order.end(), unit) != order.end() ? 1 : 0;
    }
    return mask;
  }

  static Matrix painted(const Matrix& input, const ReconstructedPlane& plane) {
    const PatchGrid& grid = plane.grid;
    Matrix result = input;
    const auto hidden = [&](int row, int column) { return plane.mask[static_cast<std::size_t>(row * grid.columns + column)] != 0; };
    for (int row = 0; row < grid.rows; ++row)
      for (int bin = row * kPatch; bin < (row + 1) * kPatch; ++bin) {
        double sum = 0.0;
        double count = 0.0;
        for (int column = 0; column < grid.columns; ++column)
          for (int t = column * kPatch; !hidden(row, column) && t < (column + 1) * kPatch; ++t) {
            sum += input.at(t, bin);
            ++count;
          }
        for (int column = 0; column < grid.columns; ++column)
          for (int t = column * kPatch; hidden(row, column) && t < (column + 1) * kPatch; ++t)
            result.row(t)[static_cast<std::size_t>(bin)] = static_cast<float>(count > 0.0 ? sum / count : 0.0);
      }
    return result;
  }

  static void measure(const Matrix& input, const Matrix& predicted, ReconstructedPlane& plane) {
    plane.patchLoss.assign(plane.mask.size(), 0.0F);
    double total = 0.0;
    double count = 0.0;
    for (int p = 0; p < plane.grid.patches(); ++p) {
      const int row = p / plane.grid.columns;
      const int column = p % plane.grid.columns;
      double sum = 0.0;
      for (int t = column * kPatch; t < (column + 1) * kPatch; ++t)
        for (int bin = row * kPatch; bin < (row + 1) * kPatch; ++bin)
          sum += std::pow(static_cast<double>(predicted.at(t, bin)) - input.at(t, bin), 2.0);
      plane.patchLoss[static_cast<std::size_t>(p)] = static_cast<float>(sum / (kPatch * kPatch));
      if (plane.mask[static_cast<std::size_t>(p)] == 0) continue;
      total += sum / (kPatch * kPatch);
      ++count;
    }
    plane.loss = count > 0.0 ? total / count : 0.0;
  }

  Result<void> work(const std::stop_token& stop) const {
    ++*clips_;
    for (auto left = options_.delayPerClip; left.count() > 0; --left) {
      if (stop.stop_requested()) break;
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    if (stop.stop_requested()) return fail(ErrorCode::cancelled, "stopped");
    return {};
  }

  static AttentionMap withPicture(AttentionMap map, bool deaf, const AttentionRequest& request) {
    map.picture.rows = map.picture.columns = 2;
    std::vector<float> row(map.weights.row(0).begin(), map.weights.row(0).end());
    for (float& weight : row) weight *= 0.75F;
    if (deaf) {
      map.grid = PatchGrid{};
      row.clear();
    }
    for (int patch = 0; patch < 4; ++patch) {
      const bool asks = !request.classToken && request.pictureQuery && patch == 2 * request.patchRow + request.patchColumn;
      row.push_back(!request.classToken && request.pictureQuery ? (asks ? 0.25F : 0.0F) : 0.0625F);
    }
    map.weights = Matrix(1, static_cast<std::int64_t>(row.size()));
    map.weights.values = std::move(row);
    return map;
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
  mutable std::atomic<int> classified_{0};
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
