#include "core/training/sound_examples.h"

#include <algorithm>
#include <cmath>

#include "core/dsp/augment.h"
#include "core/metrics/class_balance.h"

namespace chladni::training {
namespace {

constexpr double kLongestCrop = 120.0;  // seconds of an item among which a random clip is chosen

// A gamma variate of shape 10, which is a sum of ten exponential ones.
double gammaOfTen(Random& random) {
  double sum = 0.0;
  for (int n = 0; n < 10; ++n) sum -= std::log(1.0 - random.uniform());
  return sum;
}

}  // namespace

double drawMixShare(Random& random) {
  const double first = gammaOfTen(random);
  return first / (first + gammaOfTen(random));
}

std::vector<double> balancedWeights(const std::vector<SoundItem>& items, std::int64_t classes) {
  metrics::LabelTable labels(static_cast<std::int64_t>(items.size()), classes);
  for (std::size_t n = 0; n < items.size(); ++n)
    for (const auto label : items[n].labels) labels.row(static_cast<std::int64_t>(n))[static_cast<std::size_t>(label)] = 1;
  return metrics::balanceWeights(labels).ofClip;
}

std::vector<float> targetOf(const SoundItem& item, std::int64_t classes, bool multiLabel, float smoothing) {
  auto target = dsp::labelVector(classes, item.labels, smoothing);
  if (!multiLabel && smoothing > 0.0F)
    for (const auto label : item.labels) target[static_cast<std::size_t>(label)] += smoothing / static_cast<float>(classes);
  return target;
}

Result<CutSound> cutSound(const SoundItem& item, const SoundLoader& loader, bool randomCrop, Random& random) {
  auto sound = loader.sound(item, randomCrop ? kLongestCrop : loader.clipSeconds());
  if (!sound) return fail(sound.error());
  if (!randomCrop) return CutSound{std::move(*sound)};
  const auto rate = loader.frontend().spec().rate;
  const auto clip = rate.samples(MediaTime::fromSeconds(loader.clipSeconds()));
  const auto spare = static_cast<std::int64_t>(sound->size()) - clip;
  if (spare <= 0) return CutSound{std::move(*sound)};
  const auto offset = random.below(spare + 1);
  const auto first = sound->begin() + offset;
  return CutSound{std::vector<float>(first, first + clip), static_cast<double>(offset) / rate.hz()};
}

SoundExamples::SoundExamples(std::vector<SoundItem> items, const SoundLoader& loader, std::int64_t classes, bool multiLabel,
                             Augmentation augmentation, bool balanced)
    : items_(std::move(items)), loader_(loader), classes_(classes), multiLabel_(multiLabel), augmentation_(augmentation),
      balanced_(balanced),
      fields_{{"input", {loader.frontend().spec().targetFrames, loader.frontend().bins()}}, {"target", {classes}}} {}

std::vector<double> SoundExamples::drawWeights() const {
  if (!balanced_ || classes_ == 0) return {};
  return balancedWeights(items_, classes_);
}

Result<SoundExamples::Drawn> SoundExamples::mixed(const SoundItem& item, Random& random) const {
  const auto& partner = items_[static_cast<std::size_t>(random.below(size()))];
  const auto lambda = static_cast<float>(drawMixShare(random));
  auto own = cutSound(item, loader_, augmentation_.randomCrop, random);
  if (!own) return fail(own.error());
  auto other = cutSound(partner, loader_, augmentation_.randomCrop, random);
  if (!other) return fail(other.error());
  auto input = loader_.frontend().modelInput(dsp::mixWaveforms(own->samples, other->samples, lambda));
  if (!input) return fail(input.error());
  return Drawn{std::move(*input), dsp::mixedLabelVector(classes_, item.labels, partner.labels, lambda, static_cast<float>(augmentation_.labelSmoothing))};
}

Result<SoundExamples::Drawn> SoundExamples::drawn(const SoundItem& item, bool augment, Random& random) const {
  if (augment && augmentation_.mixup > 0.0 && random.chance(augmentation_.mixup)) return mixed(item, random);
  const float smoothing = augment ? static_cast<float>(augmentation_.labelSmoothing) : 0.0F;
  auto target = targetOf(item, classes_, multiLabel_, smoothing);
  if (!augment || !augmentation_.randomCrop) {
    auto input = loader_.features(item);
    if (!input) return fail(input.error());
    return Drawn{std::move(*input), std::move(target)};
  }
  auto clip = cutSound(item, loader_, true, random);
  if (!clip) return fail(clip.error());
  auto input = loader_.frontend().modelInput(clip->samples);
  if (!input) return fail(input.error());
  return Drawn{std::move(*input), std::move(target)};
}

void changeFeatures(Matrix& features, const FrontendSpec& frontend, const Augmentation& augmentation, Random& random) {
  // Masks fill with 0 before normalising.
  const float fill = (0.0F - frontend.mean) / (frontend.deviationFactor * frontend.deviation);
  const auto mask = [&](std::int64_t length, std::int64_t widest) {
    const auto first = static_cast<float>(random.uniform());
    return dsp::drawMask(length, std::min(widest, length), first, static_cast<float>(random.uniform()));
  };
  if (augmentation.maskBins > 0) dsp::maskBins(features, mask(features.columns, augmentation.maskBins), fill);
  if (augmentation.maskFrames > 0) dsp::maskFrames(features, mask(features.rows, augmentation.maskFrames), fill);
  if (augmentation.noise) {
    std::vector<float> uniforms(features.values.size());
    for (auto& value : uniforms) value = static_cast<float>(random.uniform());
    dsp::addNoise(features, uniforms, static_cast<float>(random.uniform()));
  }
  if (augmentation.roll > 0) dsp::rollFrames(features, random.between(-augmentation.roll, augmentation.roll - 1));
}

Result<void> SoundExamples::make(const ExampleDraw& draw, std::span<const std::span<float>> values) const {
  CHLADNI_ASSERT(values.size() == 2);
  const auto& item = items_[static_cast<std::size_t>(draw.item)];
  Random random(draw.seed);
  auto made = drawn(item, draw.augment, random);
  if (!made) return fail(made.error(), item.name);
  if (draw.augment) changeFeatures(made->input, loader_.frontend().spec(), augmentation_, random);
  if (made->input.values.size() != values[0].size() || made->target.size() != values[1].size())
    return fail(ErrorCode::internal, item.name + ": features of another size than the model's");
  std::copy(made->input.values.begin(), made->input.values.end(), values[0].begin());
  std::copy(made->target.begin(), made->target.end(), values[1].begin());
  return {};
}

}  // namespace chladni::training
