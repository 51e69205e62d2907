#include "app/cli/instrument_examples.h"

#include <algorithm>
#include <cmath>

#include "core/dsp/augment.h"
#include "core/synth/sound_colour.h"

namespace chladni::cli {
namespace {

double levelOf(const std::vector<float>& samples) {
  double energy = 0.0;
  for (const float s : samples) energy += static_cast<double>(s) * s;
  return std::sqrt(energy / static_cast<double>(std::max<std::size_t>(samples.size(), 1)));
}

}  // namespace

InstrumentExamples::InstrumentExamples(const synth::PhraseAssembler& assembler, dsp::Frontend frontend,
                                       std::vector<std::string> classes, const std::map<std::string, bool>& recorded,
                                       ExampleOptions options)
    : assembler_(assembler), frontend_(std::move(frontend)), classes_(std::move(classes)), options_(options),
      fields_{{"input", {frontend_.spec().targetFrames, frontend_.bins()}}, {"target", {static_cast<std::int64_t>(classes_.size())}}} {
  double sum = 0.0;
  for (const auto& label : classes_) {
    const auto found = recorded.find(label);
    sum += found != recorded.end() && found->second ? 1.0 : options_.renderedWeight;
    cumulative_.push_back(sum);
  }
}

std::size_t InstrumentExamples::drawClass(synth::Random& random) const {
  const double draw = random.uniform() * cumulative_.back();
  const auto found = std::upper_bound(cumulative_.begin(), cumulative_.end(), draw);
  return std::min(static_cast<std::size_t>(found - cumulative_.begin()), classes_.size() - 1);
}

std::vector<float> InstrumentExamples::sound(std::span<float> target, synth::Random& random) const {
  const double seconds = frontend_.spec().clipSeconds();
  const auto first = drawClass(random);
  auto samples = assembler_.phrase(classes_[first], seconds, options_.recordedShare, random);
  target[first] = 1.0F;
  if (random.chance(options_.mixture)) {
    const auto second = drawClass(random);
    const auto other = assembler_.phrase(classes_[second], seconds, options_.recordedShare, random);
    const double level = levelOf(other);
    if (second != first && level > 0.0) {
      const auto share = static_cast<float>(std::pow(10.0, random.uniform(-15.0, -1.0) / 20.0));
      const auto gain = share * static_cast<float>(levelOf(samples) / level);
      for (std::size_t n = 0; n < samples.size() && n < other.size(); ++n) samples[n] += gain * other[n];
      target[first] = 1.0F / (1.0F + share);
      target[second] = share / (1.0F + share);
    }
  }
  return samples;
}

void InstrumentExamples::mask(Matrix& features, synth::Random& random) const {
  const auto draw = [&](std::int64_t length, std::int64_t widest) {
    return dsp::drawMask(length, widest, static_cast<float>(random.uniform()), static_cast<float>(random.uniform()));
  };
  for (int n = 0; n < 2; ++n) {
    if (random.chance(options_.masking)) dsp::maskBins(features, draw(features.columns, features.columns / 7));
    if (random.chance(options_.masking)) dsp::maskFrames(features, draw(features.rows, features.rows / 8));
  }
}

Result<void> InstrumentExamples::make(const training::ExampleDraw& draw, std::span<const std::span<float>> values) const {
  const auto input = values[0], target = values[1];
  auto random = synth::Random::forItem(0x43484C41, draw.seed);
  std::fill(target.begin(), target.end(), 0.0F);
  auto samples = sound(target, random);
  synth::colour(samples, frontend_.spec().rate, options_.colour * random.uniform(0.2, 1.0), random);
  if (random.chance(0.05)) {  // clips that begin late or end early
    const auto cut = random.below(static_cast<std::int64_t>(samples.size()) / 2);
    if (random.chance(0.5)) {
      std::fill_n(samples.begin(), cut, 0.0F);
    } else {
      std::fill_n(samples.end() - cut, cut, 0.0F);
    }
  }
  auto features = frontend_.modelInput(samples);
  if (!features) return fail(features.error());
  mask(*features, random);
  std::copy(features->values.begin(), features->values.end(), input.begin());
  if (draw.augment)
    for (auto& value : target)
      value = static_cast<float>(value * (1.0 - options_.labelSmoothing) + options_.labelSmoothing / static_cast<double>(target.size()));
  return {};
}

}  // namespace chladni::cli
