#include "core/synth/score_animation.h"

#include <algorithm>
#include <cmath>

namespace chladni::synth {
namespace {

constexpr double kDecay = 0.7, kFall = 0.06;  // seconds: of a note that is held, and of one that has ended

double covered(double low, double high, double cell) { return std::clamp(std::min(high, cell + 1.0) - std::max(low, cell), 0.0, 1.0); }

std::array<float, 3> colourOf(double hue, double saturation, double value) {
  const auto channel = [&](double shift) {
    const double place = std::fmod(hue * 6.0 + shift, 6.0);
    return static_cast<float>(value - value * saturation * std::clamp(std::min(place, 4.0 - place), 0.0, 1.0));
  };
  return {channel(5.0), channel(3.0), channel(1.0)};
}

}  // namespace

// Places from 0 to 1, from the left and from the top.
class ScoreAnimation::Canvas {
 public:
  Canvas(int size, const Colour& above, const Colour& below) : size_(size), values_(static_cast<std::size_t>(size) * static_cast<std::size_t>(size) * 3) {
    for (int y = 0; y < size; ++y) {
      const float share = static_cast<float>(y) / static_cast<float>(size);
      for (int x = 0; x < size; ++x)
        for (std::size_t c = 0; c < 3; ++c) at(x, y)[c] = above[c] + (below[c] - above[c]) * share;
    }
  }

  void box(double left, double top, double right, double bottom, const Colour& colour, double strength = 1.0) {
    const double x0 = left * size_, x1 = right * size_, y0 = top * size_, y1 = bottom * size_;
    for (int y = std::max(0, static_cast<int>(y0)); y < std::min<double>(size_, y1); ++y)
      for (int x = std::max(0, static_cast<int>(x0)); x < std::min<double>(size_, x1); ++x)
        blend(x, y, colour, strength * covered(x0, x1, x) * covered(y0, y1, y));
  }

  // 0: disc, 1: ring, 2: diamond, 3: square.
  void form(int kind, double centreX, double centreY, double radius, const Colour& colour, double strength) {
    if (kind == 3) return box(centreX - radius, centreY - radius, centreX + radius, centreY + radius, colour, strength);
    const double cx = centreX * size_, cy = centreY * size_, r = radius * size_;
    for (int y = std::max(0, static_cast<int>(cy - r - 1.0)); y < std::min<double>(size_, cy + r + 1.0); ++y)
      for (int x = std::max(0, static_cast<int>(cx - r - 1.0)); x < std::min<double>(size_, cx + r + 1.0); ++x) {
        const double dx = x + 0.5 - cx, dy = y + 0.5 - cy;
        const double distance = kind == 2 ? std::abs(dx) + std::abs(dy) : std::hypot(dx, dy);
        double inside = std::clamp(r - distance + 0.5, 0.0, 1.0);
        if (kind == 1) inside -= std::clamp(0.6 * r - distance + 0.5, 0.0, 1.0);
        blend(x, y, colour, strength * inside);
      }
  }

  [[nodiscard]] VideoFrame frame() const {
    VideoFrame frame;
    frame.width = frame.height = size_;
    frame.rgb.resize(values_.size());
    std::transform(values_.begin(), values_.end(), frame.rgb.begin(),
                   [](float value) { return static_cast<std::uint8_t>(std::lround(std::clamp(value, 0.0F, 1.0F) * 255.0F)); });
    return frame;
  }

 private:
  float* at(int x, int y) { return values_.data() + 3 * (static_cast<std::size_t>(y) * static_cast<std::size_t>(size_) + static_cast<std::size_t>(x)); }
  void blend(int x, int y, const Colour& colour, double share) {
    auto* pixel = at(x, y);
    for (std::size_t c = 0; c < 3; ++c) pixel[c] += static_cast<float>(share) * (colour[c] - pixel[c]);
  }

  int size_;
  std::vector<float> values_;
};

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
  above_ = colourOf(hue, random.uniform(0.0, 0.5), dark ? random.uniform(0.03, 0.25) : random.uniform(0.7, 1.0));
  below_ = random.chance(0.6) ? above_ : colourOf(hue, random.uniform(0.0, 0.5), dark ? random.uniform(0.03, 0.35) : random.uniform(0.6, 1.0));
  double next = random.uniform();
  for (std::size_t n = 0; n < piece_.voices.size(); ++n) {
    colours_.push_back(colourOf(next, random.uniform(0.3, 0.9), dark ? random.uniform(0.7, 1.0) : random.uniform(0.2, 0.7)));
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
      canvas.box(left, top, left + barWidth_, top + 0.8 * step, colours_[v]);
    }
  }
}

void ScoreAnimation::roll(Canvas& canvas, double seconds, bool falling) const {
  const Colour line{0.5F, 0.5F, 0.5F};
  if (falling) canvas.box(0.0, line_ - 0.004, 1.0, line_ + 0.004, line);
  else canvas.box(line_ - 0.004, 0.0, line_ + 0.004, 1.0, line);
  for (std::size_t v = 0; v < piece_.voices.size(); ++v)
    for (const auto& note : piece_.voices[v].notes) {
      const double from = (note.start - seconds) / reach_, to = (note.start + note.duration - seconds) / reach_;
      const double height = heightOf(piece_.voices[v], note);
      const double half = thickness_ * (0.35 + 0.65 * note.loudness);
      const double strength = loudnessAt(note, seconds) > 0.0 ? 1.0 : dim_;
      if (falling) canvas.box(height - half, line_ - to, height + half, line_ - from, colours_[v], strength);
      else canvas.box(line_ + from, 1.0 - height - half, line_ + to, 1.0 - height + half, colours_[v], strength);
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
      canvas.form(forms_[v], across, 0.9 - 0.8 * heightOf(voice, note), largest * (0.3 + 0.7 * loudness), colours_[v], std::min(1.0, 0.3 + loudness));
    }
  }
}

VideoFrame ScoreAnimation::paint(double seconds, int size) const {
  Canvas canvas(size, above_, below_);
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
