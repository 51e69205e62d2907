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

double betaOfTen(Random& random) {
  const double first = gammaOfTen(random);
  return first / (first + gammaOfTen(random));
}

}  // namespace

SoundExamples::SoundExamples(std::vector<SoundItem> items, const SoundLoader& loader, std::int64_t classes, bool multiLabel,
                             Augmentation augmentation, bool balanced)
    : items_(std::move(items)), loader_(loader), classes_(classes), multiLabel_(multiLabel), augmentation_(augmentation),
      balanced_(balanced),
      fields_{{"input", {loader.frontend().spec().targetFrames, loader.frontend().bins()}}, {"target", {classes}}} {}

std::vector<double> SoundExamples::drawWeights() const {
  if (!balanced_ || classes_ == 0) return {};
  metrics::LabelTable labels(size(), classes_);
  for (std::int64_t n = 0; n < size(); ++n)
    for (const auto label : items_[static_cast<std::size_t>(n)].labels) labels.row(n)[static_cast<std::size_t>(label)] = 1;
  return metrics::balanceWeights(labels).ofClip;
}

Result<std::vector<float>> SoundExamples::clipOf(const SoundItem& item, Random& random) const {
  auto sound = loader_.sound(item, augmentation_.randomCrop ? kLongestCrop : loader_.clipSeconds());
  if (!sound || !augmentation_.randomCrop) return sound;
  const auto clip = loader_.frontend().spec().rate.samples(MediaTime::fromSeconds(loader_.clipSeconds()));
  const auto spare = static_cast<std::int64_t>(sound->size()) - clip;
  if (spare <= 0) return sound;
  const auto first = sound->begin() + random.below(spare + 1);
  return std::vector<float>(first, first + clip);
}

Result<SoundExamples::Drawn> SoundExamples::mixed(const SoundItem& item, Random& random) const {
  const auto& partner = items_[static_cast<std::size_t>(random.below(size()))];
  const auto lambda = static_cast<float>(betaOfTen(random));
  auto own = clipOf(item, random);
  if (!own) return fail(own.error());
  auto other = clipOf(partner, random);
  if (!other) return fail(other.error());
  auto input = loader_.frontend().modelInput(dsp::mixWaveforms(*own, *other, lambda));
  if (!input) return fail(input.error());
  return Drawn{std::move(*input), dsp::mixedLabelVector(classes_, item.labels, partner.labels, lambda, static_cast<float>(augmentation_.labelSmoothing))};
}

Result<SoundExamples::Drawn> SoundExamples::drawn(const SoundItem& item, bool augment, Random& random) const {
  if (augment && augmentation_.mixup > 0.0 && random.chance(augmentation_.mixup)) return mixed(item, random);
  const float smoothing = augment ? static_cast<float>(augmentation_.labelSmoothing) : 0.0F;
  auto target = dsp::labelVector(classes_, item.labels, smoothing);
  // Smoothed softmax targets of a single clip sum to 1, as cross-entropy wants them.
  if (!multiLabel_ && smoothing > 0.0F)
    for (const auto label : item.labels) target[static_cast<std::size_t>(label)] += smoothing / static_cast<float>(classes_);
  if (!augment || !augmentation_.randomCrop) {
    auto input = loader_.features(item);
    if (!input) return fail(input.error());
    return Drawn{std::move(*input), std::move(target)};
  }
  auto clip = clipOf(item, random);
  if (!clip) return fail(clip.error());
  auto input = loader_.frontend().modelInput(*clip);
  if (!input) return fail(input.error());
  return Drawn{std::move(*input), std::move(target)};
}

void SoundExamples::change(Matrix& input, Random& random) const {
  const auto& spec = loader_.frontend().spec();
  // Masks fill with 0 before normalising.
  const float fill = (0.0F - spec.mean) / (spec.deviationFactor * spec.deviation);
  const auto mask = [&](std::int64_t length, std::int64_t widest) {
    const auto first = static_cast<float>(random.uniform());
    return dsp::drawMask(length, std::min(widest, length), first, static_cast<float>(random.uniform()));
  };
  if (augmentation_.maskBins > 0) dsp::maskBins(input, mask(input.columns, augmentation_.maskBins), fill);
  if (augmentation_.maskFrames > 0) dsp::maskFrames(input, mask(input.rows, augmentation_.maskFrames), fill);
  if (augmentation_.noise) {
    std::vector<float> uniforms(input.values.size());
    for (auto& value : uniforms) value = static_cast<float>(random.uniform());
    dsp::addNoise(input, uniforms, static_cast<float>(random.uniform()));
  }
  if (augmentation_.roll > 0) dsp::rollFrames(input, random.between(-augmentation_.roll, augmentation_.roll - 1));
}

Result<void> SoundExamples::make(const ExampleDraw& draw, std::span<const std::span<float>> values) const {
  CHLADNI_ASSERT(values.size() == 2);
  const auto& item = items_[static_cast<std::size_t>(draw.item)];
  Random random(draw.seed);
  auto made = drawn(item, draw.augment, random);
  if (!made) return fail(made.error(), item.name);
  if (draw.augment) change(made->input, random);
  if (made->input.values.size() != values[0].size() || made->target.size() != values[1].size())
    return fail(ErrorCode::internal, item.name + ": features of another size than the model's");
  std::copy(made->input.values.begin(), made->input.values.end(), values[0].begin());
  std::copy(made->target.begin(), made->target.end(), values[1].begin());
  return {};
}

}  // namespace chladni::training
