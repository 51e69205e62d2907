#include "models/bag_of_codes/bag_seconds.h"

#include <algorithm>
#include <cmath>

namespace chladni::models::bag {

using training::SoundItem;

SecondExamples::SecondExamples(std::vector<SoundItem> recordings, const training::SoundLoader& loader, Items items, SecondOptions options)
    : recordings_(std::move(recordings)), loader_(loader), options_(options),
      fields_{{"input", {loader.frontend().spec().targetFrames, loader.frontend().bins()}}, {"target", {options.classes}}} {
  for (std::size_t n = 0; n < recordings_.size(); ++n) {
    if (items == Items::recordings) {
      items_.push_back({n, -1});
      continue;
    }
    const auto made = pictures(recordings_[n]);
    const auto seconds = made ? made->rows / fields_[0].shape[0] : 1;
    for (std::int64_t second = 0; second < seconds; ++second) items_.push_back({n, second});
  }
}

std::string SecondExamples::nameOf(std::int64_t item) const {
  const auto& [recording, second] = items_[static_cast<std::size_t>(item)];
  const auto& name = recordings_[recording].name;
  return second < 0 ? name : name + " second " + std::to_string(second + 1);
}

std::vector<double> SecondExamples::drawWeights() const {
  if (!options_.balanced) return {};
  std::vector<SoundItem> drawn;
  for (const auto& item : items_) drawn.push_back(recordings_[item.recording]);
  return training::balancedWeights(drawn, options_.classes);
}

Result<Matrix> SecondExamples::pictures(const SoundItem& recording) const {
  auto sum = loader_.contentSum(recording.media);
  if (!sum) return fail(sum.error());
  const auto& spec = loader_.frontend().spec();
  const auto key = "seconds|" + *sum + "|" + loader_.settings() + "|" + std::to_string(recording.start) + "|" + std::to_string(recording.end.value_or(-1.0));
  if (auto known = loader_.cache().find(key)) return std::move(*known);
  const double length = static_cast<double>(spec.targetFrames) * spec.frameShiftMs / 1000.0;
  auto sound = loader_.sound(recording, length * static_cast<double>(kMostSeconds));
  if (!sound) return fail(sound.error());
  const auto samples = static_cast<std::size_t>(std::max(1.0, std::round(length * spec.rate.hz())));
  const auto seconds = std::max<std::size_t>(1, sound->size() / samples);
  Matrix all(0, loader_.frontend().bins());
  for (std::size_t n = 0; n < seconds; ++n) {
    const std::span<const float> whole(*sound);
    auto picture = loader_.frontend().modelInput(whole.subspan(n * samples, std::min(samples, whole.size() - n * samples)));
    if (!picture) return fail(picture.error());
    all.values.insert(all.values.end(), picture->values.begin(), picture->values.end());
    all.rows += picture->rows;
  }
  loader_.cache().keep(key, all);
  return all;
}

Result<void> SecondExamples::make(const training::ExampleDraw& draw, std::span<const std::span<float>> values) const {
  CHLADNI_ASSERT(values.size() == 2);
  const auto& item = items_[static_cast<std::size_t>(draw.item)];
  const auto& recording = recordings_[item.recording];
  auto all = pictures(recording);
  if (!all) return fail(all.error(), recording.name);
  const auto frames = fields_[0].shape[0];
  if (all->rows < frames || all->columns != fields_[0].shape[1]) return fail(ErrorCode::internal, recording.name + ": features of another size than the model's");
  Random random(draw.seed);
  const auto seconds = all->rows / frames;
  const auto second = std::min(item.second >= 0 ? item.second : draw.augment ? random.below(seconds) : 0, seconds - 1);
  Matrix picture(frames, all->columns);
  std::copy_n(all->values.begin() + second * frames * all->columns, frames * all->columns, picture.values.begin());
  if (draw.augment) training::changeFeatures(picture, loader_.frontend().spec(), options_.augmentation, random);
  const auto smoothing = draw.augment ? static_cast<float>(options_.augmentation.labelSmoothing) : 0.0F;
  const auto target = training::targetOf(recording, options_.classes, options_.multiLabel, smoothing);
  std::copy(picture.values.begin(), picture.values.end(), values[0].begin());
  std::copy(target.begin(), target.end(), values[1].begin());
  return {};
}

}  // namespace chladni::models::bag
