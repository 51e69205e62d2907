#include "core/synth/score_animation.h"

#include <algorithm>
#include <cmath>

namespace chladni::synth {
namespace {

constexpr double kDecay = 0.7, kFall = 0.06;  // seconds: of a note that is held, and of one that has ended

double covered(double low, double high, double cell) { return std::clamp(std::min(high, cell + 1.0) - std::max(low, cell), 0.0, 1.0); }

// Places from 0 to 1, from the left and from the top of a square.
void drawBox(Canvas& canvas, double left, double top, double right, double bottom, const Rgb& colour, double strength = 1.0) {
  const double x0 = left * canvas.width, x1 = right * canvas.width, y0 = top * canvas.height, y1 = bottom * canvas.height;
  for (int y = std::max(0, static_cast<int>(y0)); y < std::min<double>(canvas.height, y1); ++y)
    for (int x = std::max(0, static_cast<int>(x0)); x < std::min<double>(canvas.width, x1); ++x)
      canvas.blend(x, y, colour, static_cast<float>(strength * covered(x0, x1, x) * covered(y0, y1, y)));
}

// 0: disc, 1: ring, 2: diamond, 3: square.
void drawForm(Canvas& canvas, int kind, double centreX, double centreY, double radius, const Rgb& colour, double strength) {
  if (kind == 3) return drawBox(canvas, centreX - radius, centreY - radius, centreX + radius, centreY + radius, colour, strength);
  const double cx = centreX * canvas.width, cy = centreY * canvas.height, r = radius * canvas.width;
  for (int y = std::max(0, static_cast<int>(cy - r - 1.0)); y < std::min<double>(canvas.height, cy + r + 1.0); ++y)
    for (int x = std::max(0, static_cast<int>(cx - r - 1.0)); x < std::min<double>(canvas.width, cx + r + 1.0); ++x) {
      const double dx = x + 0.5 - cx, dy = y + 0.5 - cy;
      const double distance = kind == 2 ? std::abs(dx) + std::abs(dy) : std::hypot(dx, dy);
      double inside = std::clamp(r - distance + 0.5, 0.0, 1.0);
      if (kind == 1) inside -= std::clamp(0.6 * r - distance + 0.5, 0.0, 1.0);
      canvas.blend(x, y, colour, static_cast<float>(strength * inside));
    }
}

}  // namespace

double ScoreAnimation::loudnessAt(const PieceNote& note, double seconds) {
  const double since = seconds - note.start;
  if (since < 0.0) return 0.0;
  const double held = std::min(since, note.duration);
  const double level = note.loudness * (0.35 + 0.65 * std::exp(-held / kDecay));
  const double after = since - held;
  return after > 5.0 * kFall ? 0.0 : level * std::exp(-after / kFall);
}

ScoreAnimation::ScoreAnimation(Piece piece, Random& random)
    : ScoreAnimation(std::move(piece), static_cast<AnimationStyle>(random.below(4)), random) {}

ScoreAnimation::ScoreAnimation(Piece piece, AnimationStyle style, Random& random) : piece_(std::move(piece)), style_(style) {
  drawLooks(random);
}

void ScoreAnimation::drawLooks(Random& random) {
  const bool dark = random.chance(0.75);
  const double hue = random.uniform();
  above_ = fromHue(hue, random.uniform(0.0, 0.5), dark ? random.uniform(0.03, 0.25) : random.uniform(0.7, 1.0));
  below_ = random.chance(0.6) ? above_ : fromHue(hue, random.uniform(0.0, 0.5), dark ? random.uniform(0.03, 0.35) : random.uniform(0.6, 1.0));
  double next = random.uniform();
  for (std::size_t n = 0; n < piece_.voices.size(); ++n) {
    colours_.push_back(fromHue(next, random.uniform(0.3, 0.9), dark ? random.uniform(0.7, 1.0) : random.uniform(0.2, 0.7)));
    forms_.push_back(static_cast<int>(random.below(4)));
    next = std::fmod(next + 0.25 + random.uniform(0.0, 0.25), 1.0);
  }
  thickness_ = random.uniform(0.025, 0.06);
  reach_ = random.logUniform(1.2, 5.0);
  dim_ = random.uniform(0.15, 0.5);
  line_ = random.uniform(0.3, 0.8);
  barWidth_ = random.uniform(0.04, 0.1);
  lowest_ = 127.0;
  highest_ = 0.0;
  for (const auto& voice : piece_.voices) {
    if (voice.group != nullptr && voice.group->kind != SoundKind::note) continue;
    lowest_ = std::min(lowest_, voice.lowestKey);
    highest_ = std::max(highest_, voice.highestKey);
  }
  if (lowest_ > highest_) lowest_ = 36.0, highest_ = 84.0;
  const double margin = std::max(2.0, (24.0 - (highest_ - lowest_)) / 2.0);
  lowest_ -= margin;
  highest_ += margin;
}

// 0 at the lowest key, 1 at the highest; strokes have places of their own.
double ScoreAnimation::heightOf(const PieceVoice& voice, const PieceNote& note) const {
  if (voice.group != nullptr && voice.group->kind != SoundKind::note) return 0.08 + 0.08 * note.key;
  return (note.key - lowest_) / (highest_ - lowest_);
}

void ScoreAnimation::rows(Canvas& canvas, double seconds) const {
  const auto count = static_cast<double>(std::max<std::size_t>(piece_.voices.size(), 3));
  const double step = 0.94 / count;
  for (std::size_t v = 0; v < piece_.voices.size(); ++v) {
    const auto& voice = piece_.voices[v];
    const double top = 0.03 + step * static_cast<double>(v) + 0.1 * step;
    for (const auto& note : voice.notes) {
      // Lit as long as it is held, without a fading end.
      if (seconds < note.start || seconds > note.start + note.duration) continue;
      const double left = heightOf(voice, note) * (1.0 - barWidth_);
      drawBox(canvas, left, top, left + barWidth_, top + 0.8 * step, colours_[v]);
    }
  }
}

void ScoreAnimation::roll(Canvas& canvas, double seconds, bool falling) const {
  const Rgb line{0.5F, 0.5F, 0.5F};
  if (falling) drawBox(canvas, 0.0, line_ - 0.004, 1.0, line_ + 0.004, line);
  else drawBox(canvas, line_ - 0.004, 0.0, line_ + 0.004, 1.0, line);
  for (std::size_t v = 0; v < piece_.voices.size(); ++v)
    for (const auto& note : piece_.voices[v].notes) {
      const double from = (note.start - seconds) / reach_, to = (note.start + note.duration - seconds) / reach_;
      const double height = heightOf(piece_.voices[v], note);
      const double half = thickness_ * (0.35 + 0.65 * note.loudness);
      const double strength = loudnessAt(note, seconds) > 0.0 ? 1.0 : dim_;
      if (falling) drawBox(canvas, height - half, line_ - to, height + half, line_ - from, colours_[v], strength);
      else drawBox(canvas, line_ + from, 1.0 - height - half, line_ + to, 1.0 - height + half, colours_[v], strength);
    }
}

void ScoreAnimation::shapes(Canvas& canvas, double seconds) const {
  const auto count = static_cast<double>(piece_.voices.size());
  for (std::size_t v = 0; v < piece_.voices.size(); ++v) {
    const auto& voice = piece_.voices[v];
    const double across = (static_cast<double>(v) + 0.5) / count;
    const double largest = std::min(0.42 / count, 0.2);
    for (const auto& note : voice.notes) {
      const double loudness = loudnessAt(note, seconds);
      if (loudness <= 0.02) continue;
      drawForm(canvas, forms_[v], across, 0.9 - 0.8 * heightOf(voice, note), largest * (0.3 + 0.7 * loudness), colours_[v], std::min(1.0, 0.3 + loudness));
    }
  }
}

VideoFrame ScoreAnimation::paint(double seconds, int size) const {
  Canvas canvas = Canvas::graded(size, size, above_, below_);
  switch (style_) {
    case AnimationStyle::rows: rows(canvas, seconds); break;
    case AnimationStyle::roll: roll(canvas, seconds, false); break;
    case AnimationStyle::falling: roll(canvas, seconds, true); break;
    case AnimationStyle::shapes: shapes(canvas, seconds); break;
  }
  auto frame = canvas.frame();
  frame.time = MediaTime::fromSeconds(seconds);
  return frame;
}

}  // namespace chladni::synth
