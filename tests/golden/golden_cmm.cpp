// golden.cmm: the published matching network: embeddings, distances, losses and windows in both directions. Vectors and
// weights are somebody else's and not part of this repository: they are looked for in $CHLADNI_GOLDEN_DIR and in
// $CHLADNI_SHARED_DIR/golden, and without them the test reports itself skipped.
#include <cstdio>
#include <cstdlib>

#include "core/analysis/matching.h"
#include "core/inference/model_package.h"
#include "models/ave/ave_family.h"
#include "models/ave/matching_net.h"
#include "tests/golden/golden_ave.h"
#include "tests/support/scratch.h"

using namespace chladni;
using namespace chladni::test;
namespace fs = std::filesystem;

namespace {

constexpr int kSkipped = 77;  // as the CTest property says

fs::path firstThat(const std::string& name) {
  std::vector<fs::path> folders{goldenDir()};
  if (const char* shared = std::getenv("CHLADNI_SHARED_DIR"); shared != nullptr && *shared != 0)
    folders.push_back(fs::path(shared) / "golden");
  std::error_code ignored;
  for (const auto& folder : folders)
    if (fs::exists(folder / name, ignored)) return folder / name;
  return {};
}

// Vectors of another folder than tests/golden, or the end of this program.
void useVectors() {
  const auto vectors = firstThat("cmm.safetensors");
  if (vectors.empty()) {
    std::puts("skipped: no cmm.safetensors in CHLADNI_GOLDEN_DIR or CHLADNI_SHARED_DIR/golden");
    std::exit(kSkipped);
  }
  ::setenv("CHLADNI_GOLDEN_DIR", vectors.parent_path().c_str(), 1);
}

inference::FeatureBlock blockOf(GoldenLedger& file, const std::string& name) {
  const auto shape = file.shape(name);
  return {shape[0], {shape[1]}, file.floats(name), 1.0, 1.0};
}

void requireExact(const at::Tensor& actual, const at::Tensor& expected, const std::string& what) {
  INFO(what);
  REQUIRE(actual.scalar_type() == at::kDouble);
  REQUIRE(at::allclose(actual.reshape(expected.sizes()), expected, 1e-9, 1e-12));
}

// The published file goes the whole way: imported to a package, loaded.
std::shared_ptr<const inference::LoadedModel> imported(const Scratch& scratch, const fs::path& weights) {
  const MatchingFamily family;
  inference::ImportOptions options;
  options.source = weights;
  options.destination = scratch / "matching";
  auto report = family.importCheckpoint(options);
  if (!report) FAIL(report.error().describe());
  for (const auto& line : report->lines) UNSCOPED_INFO(line);
  REQUIRE(report->accepted);
  auto model = family.load(report->spec, {});
  if (!model) FAIL(model.error().describe());
  return *model;
}

void requireWindow(GoldenLedger& file, const inference::Distances& distances, const std::string& given,
                   analysis::GivenModality modality) {
  INFO("given " << given);
  const auto match = analysis::matchWindow(distances, file.integers("in.event_segments"), modality);
  REQUIRE(match);
  REQUIRE(beyond(match->scores, file.doubles("out.scores_given_" + given), 1e-9) < 1e-12);
  REQUIRE(match->start == file.integers("out.start_given_" + given).front());
}

}  // namespace

TEST_CASE("The published matching network gives the recorded distances and windows") {
  useVectors();
  GoldenLedger file("cmm");
  const auto weights = firstThat("ave_formats/cmm_model_weights.h5");
  INFO("the vectors are of the weights ave_formats/cmm_model_weights.h5, which are missing");
  REQUIRE_FALSE(weights.empty());
  const Scratch scratch;
  const auto model = imported(scratch, weights);
  REQUIRE(model->matcher() != nullptr);

  // The net itself, from the package.
  const auto config = matchingFromSpec(model->spec());
  REQUIRE(config);
  const auto stored = inference::readModelWeights(model->spec());
  REQUIRE(stored);
  const auto tensors = nn::toNamedTensors(stored->tensors);
  REQUIRE(tensors);
  MatchingNet net(*config);
  REQUIRE(nn::loadWeights(net, *tensors));
  at::NoGradGuard guard;
  const auto pictures = net.embedPicture(tensorOf(file, "in.video")), sounds = net.embedSound(tensorOf(file, "in.audio"));
  requireExact(pictures, tensorOf(file, "out.video_embedding"), "embedding of the picture");
  requireExact(sounds, tensorOf(file, "out.audio_embedding"), "embedding of the sound");
  const auto together = tensorOf(file, "in.match_label").to(at::kDouble);
  int margins = 0;
  for (const auto& name : file.names("out.contrastive_loss_margin")) {
    const double margin = std::stod(name.substr(std::string("out.contrastive_loss_margin").size()));
    requireExact(contrastiveLoss(pairDistances(pictures, sounds), together, margin), tensorOf(file, name), name);
    ++margins;
  }
  REQUIRE(margins > 0);

  // What the program sees.
  const auto distances = model->matcher()->distances(blockOf(file, "in.audio"), blockOf(file, "in.video"), {});
  REQUIRE(distances);
  REQUIRE(beyond(distances->values, file.doubles("out.distance_matrix_video_by_audio"), 1e-9) < 1e-12);
  requireWindow(file, *distances, "audio", analysis::GivenModality::sound);
  requireWindow(file, *distances, "video", analysis::GivenModality::picture);
  file.requireAllRead();
}
