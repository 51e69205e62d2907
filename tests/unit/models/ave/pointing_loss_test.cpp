// Which regions count as the source, and what the loss makes of attention on and beside it.
#include <cmath>

#include <torch/types.h>

#include "core/analysis/pointing.h"
#include "models/ave/pointing_loss.h"
#include "tests/support/catch.h"

namespace chladni::models::ave {

TEST_CASE("The regions that are taught are those that an evaluation counts as hits") {
  constexpr int kRows = 5, kColumns = 7;
  for (const auto& place : {analysis::SourcePlace{0.5, 0.5, 0.1}, {0.05, 0.95, 0.0}, {0.72, 0.31, 0.33}, {0.999, 0.001, 0.04}}) {
    const auto hits = regionsOfSource(torch::tensor({{place.x, place.y, place.radius}}, at::kDouble), kRows, kColumns);
    REQUIRE(hits.sizes() == at::IntArrayRef({1, kRows * kColumns}));
    for (std::int64_t region = 0; region < hits.size(1); ++region) {
      std::vector<float> attention(kRows * kColumns, 0.0F);
      attention[static_cast<std::size_t>(region)] = 1.0F;
      analysis::PointingScore score;
      score.add(attention, kRows, kColumns, place);
      CHECK(hits[0][region].item<bool>() == (score.hits == 1));
    }
  }
  CHECK_FALSE(regionsOfSource(torch::tensor({{0.0, 0.0, -1.0}}, at::kDouble), kRows, kColumns).any().item<bool>());
}

TEST_CASE("The loss is what attention misses, over the seconds that have a source") {
  const auto hits = torch::tensor({{1, 0, 0, 1}, {0, 0, 0, 0}, {0, 1, 0, 0}}, at::kBool);
  const auto even = torch::zeros({3, 4}, at::kDouble);
  CHECK(pointingLoss(even, hits).item<double>() == Approx((std::log(2.0) + std::log(4.0)) / 2.0));
  const auto sure = torch::tensor({{40.0, 0.0, 0.0, 0.0}, {0.0, 0.0, 9.0, 0.0}, {0.0, 40.0, 0.0, 0.0}}, at::kDouble);
  CHECK(pointingLoss(sure, hits).item<double>() == Approx(0.0).margin(1e-12));
  auto logits = even.clone().set_requires_grad(true);
  pointingLoss(logits, hits).backward();
  CHECK(at::isfinite(logits.grad()).all().item<bool>());
  CHECK(logits.grad()[0][0].item<double>() < 0.0);
  CHECK(logits.grad()[0][1].item<double>() > 0.0);
  CHECK(logits.grad()[1].abs().max().item<double>() == 0.0);
  CHECK(pointingLoss(even, torch::zeros({3, 4}, at::kBool)).item<double>() == 0.0);
}

}  // namespace chladni::models::ave
