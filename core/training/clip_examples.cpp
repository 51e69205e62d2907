#include "core/training/clip_examples.h"

#include <algorithm>

#include "core/base/assert.h"
#include "core/dsp/augment.h"
#include "core/picture/picture_augment.h"

namespace chladni::training {

std::vector<ExampleField> clipFields(const dsp::Frontend& frontend, std::int64_t classes) {
  CHLADNI_ASSERT(frontend.spec().picture);
  const auto size = frontend.spec().picture->size;
  std::vector<ExampleField> fields{{"sound", {frontend.spec().targetFrames, frontend.bins()}}, {"picture", {3, size, size}}, {"has", {2}}};
  if (classes > 0) fields.push_back({"target", {classes}});
  return fields;
}

ClipExamples::ClipExamples(std::vector<SoundItem> items, const SoundLoader& loader, ClipOptions options)
    : items_(std::move(items)), loader_(loader), pictures_(*loader.frontend().spec().picture, loader),
      options_(options), fields_(clipFields(loader.frontend(), options.classes)) {}

std::vector<double> ClipExamples::drawWeights() const {
  if (!options_.balanced || options_.classes == 0) return {};
  return balancedWeights(items_, options_.classes);
}

Result<ClipExamples::Clip> ClipExamples::clipOf(const SoundItem& item, bool augment, Random& random) const {
  Clip clip;
  double offset = 0.0;
  double length = std::min(loader_.clipSeconds(), item.end.value_or(1e9) - item.start);
  if (item.hears) {
    auto cut = cutSound(item, loader_, augment && options_.augmentation.randomCrop, random);
    if (!cut) return fail(cut.error());
    clip.samples = std::move(cut->samples);
    offset = cut->offset;
    length = std::min(length, static_cast<double>(clip.samples.size()) / loader_.frontend().spec().rate.hz());
  }
  if (item.sees) {
    const double share = augment ? static_cast<double>(random.below(kMoments)) / static_cast<double>(kMoments) : 0.5;
    auto picture = pictures_.picture(item, item.start + offset + share * length);
    if (!picture) return fail(picture.error());
    clip.picture = std::move(*picture);
  }
  if (augment && !clip.samples.empty() && !clip.picture.empty() && random.chance(options_.modalityDropout))
    (random.chance(0.5) ? clip.samples : clip.picture).clear();
  const float smoothing = augment ? static_cast<float>(options_.augmentation.labelSmoothing) : 0.0F;
  if (options_.classes > 0) clip.target = targetOf(item, options_.classes, options_.multiLabel, smoothing);
  return clip;
}

Result<void> ClipExamples::mixIn(Clip& clip, const SoundItem& item, Random& random) const {
  const auto& partner = items_[static_cast<std::size_t>(random.below(size()))];
  const auto lambda = static_cast<float>(drawMixShare(random));
  auto other = clipOf(partner, true, random);
  if (!other) return fail(other.error(), partner.name);
  if (clip.samples.empty() != other->samples.empty() || clip.picture.empty() != other->picture.empty()) return {};  // no two of a kind
  if (!clip.samples.empty()) clip.samples = dsp::mixWaveforms(clip.samples, other->samples, lambda);
  if (!clip.picture.empty()) clip.picture = picture::mixPictures(clip.picture, other->picture, lambda);
  if (options_.classes > 0)
    clip.target = dsp::mixedLabelVector(options_.classes, item.labels, partner.labels, lambda, static_cast<float>(options_.augmentation.labelSmoothing));
  return {};
}

Result<void> ClipExamples::make(const ExampleDraw& draw, std::span<const std::span<float>> values) const {
  CHLADNI_ASSERT(values.size() == fields_.size());
  const auto& item = items_[static_cast<std::size_t>(draw.item)];
  Random random(draw.seed);
  auto clip = clipOf(item, draw.augment, random);
  if (!clip) return fail(clip.error(), item.name);
  if (draw.augment && options_.augmentation.mixup > 0.0 && random.chance(options_.augmentation.mixup))
    if (auto mixed = mixIn(*clip, item, random); !mixed) return fail(mixed.error(), item.name);
  for (const auto& table : values) std::fill(table.begin(), table.end(), 0.0F);
  if (!clip->samples.empty()) {
    auto features = loader_.frontend().modelInput(clip->samples);
    if (!features) return fail(features.error(), item.name);
    if (draw.augment) changeFeatures(*features, loader_.frontend().spec(), options_.augmentation, random);
    CHLADNI_ASSERT(features->values.size() == values[0].size());
    std::copy(features->values.begin(), features->values.end(), values[0].begin());
  }
  if (!clip->picture.empty()) {
    CHLADNI_ASSERT(clip->picture.size() == values[1].size());
    std::copy(clip->picture.begin(), clip->picture.end(), values[1].begin());
  }
  values[2][0] = clip->samples.empty() ? 0.0F : 1.0F;
  values[2][1] = clip->picture.empty() ? 0.0F : 1.0F;
  if (options_.classes > 0) std::copy(clip->target.begin(), clip->target.end(), values[3].begin());
  return {};
}

}  // namespace chladni::training
