#include "core/nn/painting_strip.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <cstdio>
#include <utility>
#include <vector>

#include "core/data/colormap.h"
#include "core/nn/patches.h"
#include "core/serial/png_writer.h"

namespace chladni::nn {

namespace {

constexpr double kGrey = 0.5;

std::string stepName(std::int64_t step) {
  char text[32];
  std::snprintf(text, sizeof text, "step-%08lld", static_cast<long long>(step));
  return text;
}

std::uint8_t byteOf(float share) { return static_cast<std::uint8_t>(std::clamp(share, 0.0F, 1.0F) * 255.0F + 0.5F); }

}  // namespace

void PaintingStrip::begin(std::int64_t step) {
  step_ = step;
  sound_ = picture_ = false;
  written_.clear();
}

void PaintingStrip::add(const std::string& name, const PaintedPatches& patches) {
  bool& done = patches.channels == 1 ? sound_ : picture_;
  if (std::exchange(done, true)) return;
  const auto count = std::min(kExamples, patches.truth.size(0));
  const auto first = [&](const at::Tensor& tensor) { return tensor.slice(0, 0, count).to(at::kCPU, at::kFloat); };
  const auto truth = first(patches.truth), painted = first(patches.painted);
  const auto hidden = first(patches.mask).unsqueeze(2).gt(0.5);
  const auto pictureOf = [&](const at::Tensor& values) { return unpatchify(values, patches.rows, patches.columns, patches.channels); };
  const auto whole = pictureOf(truth), mixed = pictureOf(at::where(hidden, painted, truth));
  std::error_code ignored;
  std::filesystem::create_directories(folder_, ignored);
  for (std::int64_t n = 0; n < count; ++n) {
    const std::string example = name + "-" + std::to_string(n + 1) + "-";
    std::optional<std::pair<double, double>> range;
    if (patches.channels == 1) range = {truth[n].min().item<double>(), truth[n].max().item<double>()};
    const double grey = range ? range->first + kGrey * (range->second - range->first) : kGrey;
    if (!std::filesystem::exists(folder_ / (example + "true.png"), ignored)) {
      write(example + "true.png", whole[n], range);
      write(example + "hidden.png", pictureOf(at::where(hidden, at::full_like(truth, grey), truth))[n], range);
    }
    const auto file = example + stepName(step_) + ".png";
    if (write(file, mixed[n], range)) written_.push_back(folder_ / file);
  }
}

bool PaintingStrip::write(const std::string& name, const at::Tensor& picture, std::optional<std::pair<double, double>> range) const {
  const auto height = picture.size(1), width = picture.size(2);
  // Low rows of a table are at the bottom of its picture.
  const auto values = (range ? picture.flip({1}).sub(range->first).div(std::max(range->second - range->first, 1e-6)) : picture).permute({1, 2, 0}).contiguous();
  const float* from = values.data_ptr<float>();
  std::vector<std::uint8_t> bytes;
  bytes.reserve(static_cast<std::size_t>(3 * height * width));
  for (std::int64_t i = 0; i < values.numel(); ++i) {
    if (!range) {
      bytes.push_back(byteOf(from[i]));
      continue;
    }
    const Rgb colour = colourAt(Colormap::magma, from[i]);
    bytes.insert(bytes.end(), {colour.red, colour.green, colour.blue});
  }
  return serial::writePng(folder_ / name, width, height, serial::PngPixels::rgb, bytes).has_value();
}

}  // namespace chladni::nn
