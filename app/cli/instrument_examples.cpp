#include "app/cli/instrument_examples.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "core/dsp/augment.h"
#include "core/synth/event_sounds.h"
#include "core/synth/sound_colour.h"

namespace chladni::cli {
namespace {

double levelOf(const std::vector<float>& samples) {
  double energy = 0.0;
  for (const float s : samples) energy += static_cast<double>(s) * s;
  return std::sqrt(energy / static_cast<double>(std::max<std::size_t>(samples.size(), 1)));
}

constexpr double kPhraseLevel = 0.1;
constexpr double kRecordedNothing = 0.85;  // of the sounds of no instrument in a bank
constexpr double kManySources = 2.0;  // as many recorded sources of a class leave no doubt of it

// What is no instrument: near silence, noise alone, or speech, animals, engines and the like.
std::vector<float> computedSoundOfNone(double seconds, SampleRate rate, synth::Random& random) {
  static const std::array kinds{&synth::engineSounds, &synth::voiceSounds, &synth::objectSounds};
  if (random.chance(0.3)) {
    std::vector<float> samples(static_cast<std::size_t>(seconds * rate.hz()));
    for (auto& s : samples) s = static_cast<float>(1e-3 * random.normal());
    synth::equalise(samples, rate, 1.0, random);
    return samples;
  }
  const auto& recipes = kinds[static_cast<std::size_t>(random.below(static_cast<std::int64_t>(kinds.size())))]();
  return recipes[static_cast<std::size_t>(random.below(static_cast<std::int64_t>(recipes.size())))].recipe(seconds, rate, random);
}

}  // namespace

InstrumentExamples::InstrumentExamples(const synth::PhraseAssembler& assembler, dsp::Frontend frontend,
                                       std::vector<std::string> classes, const std::map<std::string, double>& recordings,
                                       ExampleOptions options)
    : assembler_(assembler), frontend_(std::move(frontend)), classes_(std::move(classes)), options_(options),
      fields_{{"input", {frontend_.spec().targetFrames, frontend_.bins()}},
              {"target", {static_cast<std::int64_t>(classes_.size())}}} {
  if (options_.certainty) fields_.push_back({"certainty", {static_cast<std::int64_t>(classes_.size())}});
  double sum = 0.0;
  for (const auto& label : classes_) {
    const auto found = recordings.find(label);
    const double sources = found == recordings.end() ? 0.0 : found->second;
    sum += sources > 0.0 ? 1.0 : options_.renderedWeight;
    cumulative_.push_back(sum);
    certainties_.push_back(static_cast<float>(std::min(1.0, options_.leastCertainty + (1.0 - options_.leastCertainty) * sources / kManySources)));
  }
}

std::size_t InstrumentExamples::drawClass(synth::Random& random) const {
  const double draw = random.uniform() * cumulative_.back();
  const auto found = std::upper_bound(cumulative_.begin(), cumulative_.end(), draw);
  return std::min(static_cast<std::size_t>(found - cumulative_.begin()), classes_.size() - 1);
}

std::vector<InstrumentExamples::Voice> InstrumentExamples::drawVoices(synth::Random& random) const {
  std::vector<Voice> voices{{drawClass(random), 1.0F}};
  if (!random.chance(options_.mixture)) return voices;
  const auto wanted = 1 + random.between(1, random.chance(0.5) ? 1 : options_.voices - 1);
  for (std::int64_t n = 1; n < wanted; ++n) {
    const auto label = drawClass(random);
    const bool taken = std::any_of(voices.begin(), voices.end(), [&](const Voice& v) { return v.label == label; });
    if (!taken) voices.push_back({label, static_cast<float>(std::pow(10.0, random.uniform(-12.0, 0.0) / 20.0))});
  }
  return voices;
}

std::vector<float> InstrumentExamples::soundOfNone(synth::Random& random) const {
  const double seconds = frontend_.spec().clipSeconds();
  if (!assembler_.canPlay(synth::kNoInstrument) || !random.chance(options_.knownNothing))
    return computedSoundOfNone(seconds, frontend_.spec().rate, random);
  return assembler_.phrase(synth::kNoInstrument, seconds, kRecordedNothing, random).samples;
}

// A dog barks and a train passes where music is recorded, too.
void InstrumentExamples::addBackground(std::vector<float>& samples, synth::Random& random) const {
  const auto other = assembler_.phrase(synth::kNoInstrument, frontend_.spec().clipSeconds(), kRecordedNothing, random).samples;
  const double level = levelOf(other);
  if (level <= 0.0) return;
  const auto gain = static_cast<float>(kPhraseLevel / level * std::pow(10.0, random.uniform(-30.0, -8.0) / 20.0));
  for (std::size_t n = 0; n < std::min(samples.size(), other.size()); ++n) samples[n] += gain * other[n];
}

InstrumentExamples::Scene InstrumentExamples::sound(std::span<float> target, synth::Random& random) const {
  const double seconds = frontend_.spec().clipSeconds();
  if (random.chance(options_.nothing)) return {soundOfNone(random), false};
  Scene scene;
  auto& samples = scene.samples;
  float gains = 0.0F;
  for (const auto& voice : drawVoices(random)) {
    const auto phrase = assembler_.phrase(classes_[voice.label], seconds, options_.recordedShare, random);
    const double level = levelOf(phrase.samples);
    if (level <= 0.0) continue;
    scene.recorded |= phrase.recorded;
    const auto gain = voice.gain * static_cast<float>(kPhraseLevel / level);
    samples.resize(std::max(samples.size(), phrase.samples.size()));
    for (std::size_t n = 0; n < phrase.samples.size(); ++n) samples[n] += gain * phrase.samples[n];
    target[voice.label] = options_.multiLabel ? 1.0F : voice.gain;
    gains += voice.gain;
  }
  if (!options_.multiLabel && gains > 0.0F)
    for (auto& value : target) value /= gains;
  if (samples.empty()) samples.resize(static_cast<std::size_t>(seconds * frontend_.spec().rate.hz()));
  if (assembler_.canPlay(synth::kNoInstrument) && random.chance(options_.background)) addBackground(samples, random);
  return scene;
}

void InstrumentExamples::weigh(std::span<const float> target, bool recorded, std::span<float> certainty) const {
  for (std::size_t n = 0; n < certainty.size(); ++n) certainty[n] = recorded && target[n] == 0.0F ? certainties_[n] : 1.0F;
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
  auto [samples, recorded] = sound(target, random);
  if (options_.certainty) weigh(target, recorded, values[2]);
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
  if (draw.augment && !options_.multiLabel)
    for (auto& value : target)
      value = static_cast<float>(value * (1.0 - options_.labelSmoothing) + options_.labelSmoothing / static_cast<double>(target.size()));
  return {};
}

}  // namespace chladni::cli
