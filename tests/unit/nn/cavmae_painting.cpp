// Packages of the CAV-MAE families paint what is hidden: every mask mode, one modality from the other, masks by hand,
// normalised patches.
#include <algorithm>

#include "core/inference/reconstructor.h"
#include "core/nn/mask_modes.h"
#include "tests/unit/nn/cavmae_package.h"

namespace {

using namespace chladni;
using namespace chladni::inference;
using namespace chladni::models::cavmae;
using namespace chladni::test::cavmae;
using test::Scratch;

std::int64_t hiddenOf(const ReconstructedPlane& plane) { return std::count(plane.mask.begin(), plane.mask.end(), 1); }

}  // namespace

TEST_CASE("CAV-MAE: hidden patches are painted in every mode") {
  const Scratch scratch;
  const Footage clip;
  const auto model = loadTiny(scratch, tinyConfig(Task::pretrain));
  CHECK(model->classifier() == nullptr);
  const auto* painter = model->reconstructor();
  REQUIRE(painter != nullptr);
  for (const auto& mode : painter->modes()) {
    INFO(mode);
    MaskRequest request;
    request.mode = mode;
    request.soundRatio = 0.5;
    request.pictureRatio = 0.75;
    request.seed = 4;
    const auto result = painter->reconstruct(clip.both(), request, {});
    if (!result) FAIL(result.error().describe());
    CHECK(result->soundInput.rows == 64);
    CHECK(result->soundInput.columns == 128);
    CHECK(result->pictureInput.rows == 48);
    CHECK(result->pictureInput.columns == 48 * 3);
    CHECK(result->soundPredicted.values.size() == result->soundInput.values.size());
    CHECK(result->picturePredicted.values.size() == result->pictureInput.values.size());
    CHECK(hiddenOf(result->sound) == (mode == "grid" ? 24 : 16));
    CHECK(hiddenOf(result->picture) == (mode == "grid" ? 5 : 7));
    CHECK(result->losses.at("mae") == Approx(result->sound.loss + result->picture.loss));
    const auto again = painter->reconstruct(clip.both(), request, {});
    REQUIRE(again);
    CHECK(again->sound.mask == result->sound.mask);
    request.seed = 5;
    const auto other = painter->reconstruct(clip.both(), request, {});
    REQUIRE(other);
    CHECK((other->sound.mask != result->sound.mask) == (mode != "grid"));

    // The loss is that of the hidden patches, seen in the pictures themselves.
    double sum = 0.0;
    int hidden = 0;
    for (int patch = 0; patch < 9; ++patch) {
      if (result->picture.mask[static_cast<std::size_t>(patch)] == 0) continue;
      for (int y = 0; y < 16; ++y)
        for (int x = 0; x < 48; ++x) {
          const auto row = patch / 3 * 16 + y;
          const auto column = patch % 3 * 48 + x;
          sum += std::pow(result->pictureInput.at(row, column) - result->picturePredicted.at(row, column), 2.0);
          ++hidden;
        }
    }
    CHECK(result->picture.loss == Approx(sum / hidden).epsilon(1e-4));
  }
}

TEST_CASE("CAV-MAE: one modality is painted from the other, and masks are painted by hand") {
  const Scratch scratch;
  const Footage clip;
  const auto model = loadTiny(scratch, tinyConfig(Task::pretrain));
  const auto* painter = model->reconstructor();
  MaskRequest request;
  request.soundRatio = 1.0;
  request.pictureRatio = 0.0;
  const auto sound = painter->reconstruct(clip.both(), request, {});
  if (!sound) FAIL(sound.error().describe());
  CHECK(hiddenOf(sound->sound) == 32);
  CHECK(hiddenOf(sound->picture) == 0);
  CHECK(sound->sound.loss > 0.0);
  const auto alone = painter->reconstruct(clip.seen(), request, {});
  if (!alone) FAIL(alone.error().describe());
  requireClose(alone->soundPredicted.values, sound->soundPredicted.values);
  CHECK(alone->soundInput.rows == 0);
  CHECK_FALSE(alone->losses.contains("mae_a"));
  request.soundRatio = 0.0;
  request.pictureRatio = 1.0;
  const auto picture = painter->reconstruct(clip.heard(), request, {});
  if (!picture) FAIL(picture.error().describe());
  CHECK(hiddenOf(picture->picture) == 9);
  CHECK(picture->picturePredicted.rows == 48);

  request = {};
  request.soundMask.assign(32, 0);
  request.soundMask[7] = 1;
  request.pictureMask.assign(9, 1);
  request.pictureMask[4] = 0;
  const auto byHand = painter->reconstruct(clip.both(), request, {});
  REQUIRE(byHand);
  CHECK(byHand->sound.mask == request.soundMask);
  CHECK(byHand->picture.mask == request.pictureMask);

  const auto code = [&](const ModelInput& input) {
    const auto result = painter->reconstruct(input, request, {});
    REQUIRE_FALSE(result);
    return result.error().code;
  };
  request.soundMask.assign(31, 1);
  CHECK(code(clip.both()) == ErrorCode::invalidArgument);
  request = {};
  request.soundRatio = request.pictureRatio = 1.0;
  CHECK(code(clip.both()) == ErrorCode::invalidArgument);
  request.pictureRatio = 0.5;
  CHECK(code(clip.heard()) == ErrorCode::invalidArgument);
  for (const double ratio : {-0.1, 0.99, 1.5, std::nan("")}) {
    request.soundRatio = ratio;
    CHECK(code(clip.both()) == ErrorCode::invalidArgument);
  }
  request = {};
  request.mode = "spiral";
  CHECK(code(clip.both()) == ErrorCode::invalidArgument);
  CHECK(painter->reconstruct({}, {}, {}).error().code == ErrorCode::invalidArgument);
  std::stop_source stop;
  stop.request_stop();
  CHECK(painter->reconstruct(clip.both(), {}, stop.get_token()).error().code == ErrorCode::cancelled);
}

TEST_CASE("CAV-MAE: patches normalised one by one are brought back with their own statistics") {
  const Scratch scratch;
  const Footage clip;
  auto config = tinyConfig(Task::pretrain);
  config.pixelNorm = true;
  const auto normalised = loadTiny(scratch, config)->reconstructor()->reconstruct(clip.both(), {}, {});
  REQUIRE(normalised);
  CHECK(normalised->trueStatistics);
  config.pixelNorm = false;
  const auto plain = loadTiny(scratch, config)->reconstructor()->reconstruct(clip.both(), {}, {});
  REQUIRE(plain);
  CHECK_FALSE(plain->trueStatistics);
  CHECK(plain->soundPredicted.values != normalised->soundPredicted.values);
}

TEST_CASE("Blocks are rectangles, the grid keeps one patch of four, every clip hides as many") {
  const auto generator = nn::seededGenerator(7);
  const nn::MaskPlan grid{nn::MaskMode::grid, 0.0, 8, 64};
  const auto upperLeft = nn::drawMask(grid, 2, generator).mask.view({2, 8, 64});
  CHECK(upperLeft.sum().item<double>() == 2.0 * 384.0);
  CHECK(upperLeft.slice(1, 0, 8, 2).slice(2, 0, 64, 2).sum().item<double>() == 0.0);
  for (const double ratio : {0.05, 0.25, 0.5, 0.75, 0.95}) {
    INFO(ratio);
    const nn::MaskPlan block{nn::MaskMode::block, ratio, 14, 14};
    const auto mask = nn::drawMask(block, 3, generator);
    const auto hidden = 196 - nn::keptCount(196, ratio);
    for (std::int64_t clip = 0; clip < 3; ++clip) CHECK(mask.mask[clip].sum().item<std::int64_t>() == hidden);
    CHECK_FALSE(at::equal(mask.mask[0], mask.mask[1]));
  }
  // Neighbours are alike far more often than in a mask of single patches.
  const auto alike = [&](nn::MaskMode mode) {
    const auto table = nn::drawMask({mode, 0.5, 14, 14}, 20, generator).mask.view({20, 14, 14});
    return table.narrow(2, 0, 13).eq(table.narrow(2, 1, 13)).to(at::kFloat).mean().item<double>();
  };
  CHECK(alike(nn::MaskMode::unstructured) < 0.6);
  CHECK(alike(nn::MaskMode::block) > 0.65);
}
