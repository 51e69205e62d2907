#include "app/cli/score_examples.h"

#include <algorithm>

#include "core/picture/picture_input.h"
#include "core/synth/score_animation.h"
#include "core/synth/sound_colour.h"
#include "core/training/clip_examples.h"

namespace chladni::cli {
namespace {

constexpr double kColour = 0.4;  // strength of room, equaliser and noise, at most
constexpr std::uint64_t kTrainSeries = 0x5C02E5, kHeldOutSeries = 0x0DD5C0;
constexpr double kLead = 1.0;  // seconds of a piece before the clip, so that clips do not all begin with a beginning

}  // namespace

ScoreExamples::ScoreExamples(const synth::PieceWriter& writer, dsp::Frontend frontend, std::int64_t examples, bool heldOut)
    : writer_(writer), frontend_(std::move(frontend)), examples_(examples), heldOut_(heldOut),
      fields_(training::clipFields(frontend_, 0)) {}

Result<void> ScoreExamples::make(const training::ExampleDraw& draw, std::span<const std::span<float>> values) const {
  auto random = heldOut_ ? Random::forItem(kHeldOutSeries, static_cast<std::uint64_t>(draw.item)) : Random::forItem(kTrainSeries, draw.seed);
  const auto& spec = frontend_.spec();
  const double seconds = spec.clipSeconds();
  const auto piece = writer_.write(seconds + kLead, random);
  const synth::ScoreAnimation animation(piece, random);
  auto samples = writer_.play(piece);
  samples.erase(samples.begin(), samples.begin() + spec.rate.samples(MediaTime::fromSeconds(random.uniform(0.0, kLead))));
  const double lead = kLead - (static_cast<double>(samples.size()) / spec.rate.hz() - seconds);
  samples.resize(static_cast<std::size_t>(spec.rate.samples(MediaTime::fromSeconds(seconds))));
  synth::colour(samples, spec.rate, kColour * random.uniform(), random);
  // The middle of the clip, which is what a model is shown in use, or near it.
  const double moment = lead + seconds * (heldOut_ ? 0.5 : random.uniform(0.3, 0.7));
  auto features = frontend_.modelInput(samples);
  if (!features) return fail(features.error());
  const auto picture = picture::normalisedPicture(animation.paint(moment, spec.picture->size), *spec.picture);
  std::copy(features->values.begin(), features->values.end(), values[0].begin());
  std::copy(picture.begin(), picture.end(), values[1].begin());
  values[2][0] = values[2][1] = 1.0F;
  return {};
}

}  // namespace chladni::cli
