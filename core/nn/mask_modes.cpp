#include "core/nn/mask_modes.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include <ATen/CPUGeneratorImpl.h>
#include <torch/types.h>

namespace chladni::nn {
namespace {

constexpr std::array<std::pair<MaskMode, std::string_view>, 6> kModes{{{MaskMode::unstructured, "unstructured"},
                                                                       {MaskMode::time, "time"},
                                                                       {MaskMode::frequency, "frequency"},
                                                                       {MaskMode::timeFrequency, "time-frequency"},
                                                                       {MaskMode::block, "block"},
                                                                       {MaskMode::grid, "grid"}}};
constexpr double kRaised = 1.1;         // above every uniform
constexpr double kShareOfBoth = 0.7;    // of the ratio, for each axis when both are drawn
constexpr double kSmallestBlock = 16.0;  // patches
constexpr double kFlattestBlock = 0.3;   // height over width, and its inverse
constexpr int kAttempts = 10;           // per rectangle

double uniform(at::Generator& generator) {
  return torch::rand({1}, generator, at::TensorOptions(at::kDouble)).item<double>();
}

std::int64_t below(std::int64_t count, at::Generator& generator) {
  return std::min(count - 1, static_cast<std::int64_t>(uniform(generator) * static_cast<double>(count)));
}

std::vector<std::int64_t> sampleOf(std::int64_t count, std::int64_t wanted, at::Generator& generator) {
  const auto order = torch::randperm(count, generator, at::TensorOptions(at::kLong));
  const auto* first = order.data_ptr<std::int64_t>();
  return {first, first + wanted};
}

struct Rectangle {
  std::int64_t top = 0, left = 0, height = 0, width = 0;
};

std::optional<Rectangle> drawRectangle(const MaskPlan& plan, std::int64_t missing, at::Generator& generator) {
  const double largest = std::max(kSmallestBlock, static_cast<double>(missing));
  const double area = kSmallestBlock + uniform(generator) * (largest - kSmallestBlock);
  const double aspect = std::exp((2.0 * uniform(generator) - 1.0) * std::log(1.0 / kFlattestBlock));
  Rectangle box;
  box.height = std::llround(std::sqrt(area * aspect));
  box.width = std::llround(std::sqrt(area / aspect));
  if (box.height < 1 || box.width < 1 || box.height > plan.rows || box.width > plan.columns) return std::nullopt;
  box.top = below(plan.rows - box.height + 1, generator);
  box.left = below(plan.columns - box.width + 1, generator);
  return box;
}

// Covers `hidden` [row, column] with rectangles; true when one was found that hides more.
bool coverOnce(const MaskPlan& plan, at::Tensor& hidden, std::int64_t missing, at::Generator& generator) {
  for (int attempt = 0; attempt < kAttempts; ++attempt) {
    const auto box = drawRectangle(plan, missing, generator);
    if (!box) continue;
    auto part = hidden.narrow(0, box->top, box->height).narrow(1, box->left, box->width);
    if (part.sum().item<double>() >= static_cast<double>(box->height * box->width)) continue;
    part.fill_(1.0);
    return true;
  }
  return false;
}

at::Tensor drawBlocks(const MaskPlan& plan, at::Generator& generator) {
  auto hidden = torch::zeros({plan.rows, plan.columns});
  const auto wanted = plan.patches() - keptCount(plan);
  for (;;) {
    const auto missing = wanted - hidden.sum().item<std::int64_t>();
    if (missing <= 0 || !coverOnce(plan, hidden, missing, generator)) break;
  }
  return hidden.flatten();
}

at::Tensor hiddenByGrid(const MaskPlan& plan) {
  auto hidden = torch::ones({plan.rows, plan.columns});
  hidden.slice(0, 0, plan.rows, 2).slice(1, 0, plan.columns, 2).fill_(0.0);
  return hidden.flatten();
}

void raise(at::Tensor& table, const std::vector<std::vector<std::int64_t>>& lists, std::int64_t axis) {
  if (lists.empty()) return;
  TORCH_CHECK(static_cast<std::int64_t>(lists.size()) == table.size(0), "one list of bands per clip is needed");
  for (std::size_t clip = 0; clip < lists.size(); ++clip) {
    auto one = table[static_cast<std::int64_t>(clip)];
    for (const auto band : lists[clip]) one.select(axis, band).fill_(kRaised);
  }
}

}  // namespace

std::string_view maskModeName(MaskMode mode) {
  return std::find_if(kModes.begin(), kModes.end(), [&](const auto& pair) { return pair.first == mode; })->second;
}

std::optional<MaskMode> maskModeFromName(std::string_view name) {
  for (const auto& [mode, text] : kModes)
    if (text == name) return mode;
  return std::nullopt;
}

std::vector<std::string> maskModeNames() {
  std::vector<std::string> names;
  for (const auto& [mode, text] : kModes) names.emplace_back(text);
  return names;
}

std::int64_t keptCount(const MaskPlan& plan) {
  if (plan.mode == MaskMode::grid) return ((plan.rows + 1) / 2) * ((plan.columns + 1) / 2);
  return keptCount(plan.patches(), plan.ratio);
}

Result<void> checkMask(const MaskPlan& plan) {
  if (!(plan.ratio >= 0.0 && plan.ratio < 1.0))
    return fail(ErrorCode::invalidArgument, "a mask ratio of " + std::to_string(plan.ratio) + " is not in 0 to 1; say 0.75");
  if (plan.rows < 1 || plan.columns < 1 || keptCount(plan) < 1)
    return fail(ErrorCode::invalidArgument, "a mask ratio of " + std::to_string(plan.ratio) + " leaves none of " +
                                                std::to_string(plan.patches()) + " patches visible; lower it");
  return {};
}

BandCounts bandCounts(const MaskPlan& plan) {
  const auto share = [&](std::int64_t count, double factor) {
    return static_cast<std::int64_t>(std::floor(static_cast<double>(count) * plan.ratio * factor));
  };
  switch (plan.mode) {
    case MaskMode::time: return {share(plan.columns, 1.0), 0};
    case MaskMode::frequency: return {0, share(plan.rows, 1.0)};
    case MaskMode::timeFrequency: return {share(plan.columns, kShareOfBoth), share(plan.rows, kShareOfBoth)};
    default: return {};
  }
}

at::Tensor drawNoise(std::int64_t batch, std::int64_t patches, at::Generator generator) {
  return torch::rand({batch, patches}, generator, at::TensorOptions(at::kFloat));
}

BandDraws drawBands(const MaskPlan& plan, std::int64_t batch, at::Generator generator) {
  const auto counts = bandCounts(plan);
  BandDraws draws;
  const bool columns = plan.mode == MaskMode::time || plan.mode == MaskMode::timeFrequency;
  const bool rows = plan.mode == MaskMode::frequency || plan.mode == MaskMode::timeFrequency;
  for (std::int64_t clip = 0; columns && clip < batch; ++clip)
    draws.columns.push_back(sampleOf(plan.columns, counts.columns, generator));
  for (std::int64_t clip = 0; rows && clip < batch; ++clip)
    draws.rows.push_back(sampleOf(plan.rows, counts.rows, generator));
  return draws;
}

at::Tensor raiseBands(const at::Tensor& noise, std::int64_t rows, std::int64_t columns, const BandDraws& draws) {
  auto table = noise.reshape({noise.size(0), rows, columns}).clone();
  raise(table, draws.columns, 1);
  raise(table, draws.rows, 0);
  return table.flatten(1);
}

TokenMask maskByTable(const at::Tensor& hidden) {
  const auto counts = hidden.ne(0).sum(1);
  TORCH_CHECK(counts.eq(counts[0]).all().item<bool>(), "every clip of a batch must hide as many patches");
  return maskByNoise(hidden.ne(0).to(at::kFloat), hidden.size(1) - counts[0].item<std::int64_t>());
}

TokenMask drawMask(const MaskPlan& plan, std::int64_t batch, at::Generator generator) {
  auto noise = drawNoise(batch, plan.patches(), generator);
  // Hidden ones go last, in random order among themselves: too few are topped up, too many given back at random.
  if (plan.mode == MaskMode::grid) noise = noise + hiddenByGrid(plan);
  if (plan.mode == MaskMode::block) {
    std::vector<at::Tensor> hidden;
    for (std::int64_t clip = 0; clip < batch; ++clip) hidden.push_back(drawBlocks(plan, generator));
    noise = noise + torch::stack(hidden);
  }
  const auto raised = raiseBands(noise, plan.rows, plan.columns, drawBands(plan, batch, generator));
  return maskByNoise(raised, keptCount(plan));
}

at::Generator seededGenerator(std::uint64_t seed) { return at::detail::createCPUGenerator(seed); }

}  // namespace chladni::nn
