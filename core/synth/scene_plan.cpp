#include "core/synth/scene_plan.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "core/datasets/ave_annotations.h"

namespace chladni::synth {
namespace {

constexpr double kRamp = 0.15;         // seconds until a thing moves fully
constexpr double kSway = 0.3;          // of its radius
constexpr double kPulse = 0.15;
constexpr double kLean = 0.22;         // radians
constexpr double kWholeShare = 0.3;    // events that last the whole scene

double movement(const SceneThing& thing, double time) {
  double strongest = 0.0;
  for (const auto& span : thing.moves)
    strongest = std::max(strongest, std::clamp(std::min(time - span.start, span.end - time) / kRamp, 0.0, 1.0));
  return strongest;
}

// A hue of its own for each class, most of the time: colour helps, but cannot be relied on.
std::array<Rgb, 3> coloursOf(const std::string& label, Random& random) {
  const auto& classes = datasets::aveClasses();
  const auto index = std::find(classes.begin(), classes.end(), label) - classes.begin();
  const double hue = random.chance(0.3) ? random.uniform() : std::fmod(0.618034 * static_cast<double>(index), 1.0) + random.uniform(-0.05, 0.05);
  return {fromHue(hue, random.uniform(0.55, 0.95), random.uniform(0.7, 1.0)), fromHue(hue + random.uniform(0.3, 0.6), random.uniform(0.2, 0.7), random.uniform(0.8, 1.0)),
          fromHue(hue + 0.05, 0.4, random.uniform(0.1, 0.3))};
}

int drawLength(int seconds, Random& random) {
  if (random.chance(kWholeShare)) return seconds;
  return static_cast<int>(random.between(std::min(2, seconds), std::max(2, seconds - 1)));
}

TimeSpan anySpan(int seconds, Random& random) {
  const double length = random.uniform(1.0, 0.7 * seconds);
  const double start = random.uniform(0.0, seconds - length);
  return {start, start + length};
}

bool apart(const SceneThing& thing, const std::vector<SceneThing>& others) {
  return std::all_of(others.begin(), others.end(), [&](const SceneThing& other) {
    return std::hypot(thing.x - other.x, thing.y - other.y) > 1.25 * (thing.radius + other.radius);
  });
}

SceneThing placeThing(const std::string& label, const std::vector<SceneThing>& others, Random& random) {
  SceneThing thing;
  thing.label = label;
  thing.colours = coloursOf(label, random);
  thing.turnsPerSecond = random.uniform(1.3, 3.0);
  thing.phase = random.uniform();
  thing.radius = random.uniform(0.11, 0.2);
  for (int attempt = 0; attempt < 60; ++attempt) {
    const double margin = 1.2 * thing.radius;
    thing.x = random.uniform(margin, 1.0 - margin);
    thing.y = random.uniform(margin, 1.0 - margin);
    if (apart(thing, others)) break;
    thing.radius = std::max(0.09, 0.97 * thing.radius);
  }
  return thing;
}

std::string otherThan(const std::vector<std::string>& taken, const std::vector<std::string>& classes, Random& random) {
  std::vector<std::string> free;
  for (const auto& label : classes)
    if (std::find(taken.begin(), taken.end(), label) == taken.end()) free.push_back(label);
  return free.empty() ? std::string() : free[static_cast<std::size_t>(random.below(static_cast<std::int64_t>(free.size())))];
}

void addEvent(ScenePlan& plan, const PlanOptions& options, Random& random) {
  const int length = drawLength(options.seconds, random);
  const int start = static_cast<int>(random.between(0, options.seconds - length));
  plan.event = {start, start + length};
  auto source = placeThing(plan.label, plan.things, random);
  source.moves.push_back({static_cast<double>(start), static_cast<double>(start + length)});
  if (random.chance(0.25)) source.moves.push_back(anySpan(options.seconds, random));  // it may also move and be silent
  plan.sounds.push_back({plan.label, source.moves.front(), random.uniform(-4.0, 3.0)});
  plan.things.push_back(std::move(source));
}

void addDistractors(ScenePlan& plan, const PlanOptions& options, std::vector<std::string>& taken, Random& random) {
  const auto count = random.between(plan.event ? 0 : 1, 2);
  for (std::int64_t n = 0; n < count; ++n) {
    const auto label = otherThan(taken, options.classes, random);
    if (label.empty()) return;
    taken.push_back(label);
    auto thing = placeThing(label, plan.things, random);
    if (random.chance(0.8)) thing.moves.push_back(anySpan(options.seconds, random));
    plan.things.push_back(std::move(thing));
  }
}

}  // namespace

Pose SceneThing::poseAt(double time) const {
  const double strength = movement(*this, time);
  const double at = 2.0 * std::numbers::pi * (turnsPerSecond * time + phase);
  return {x + strength * kSway * radius * std::sin(at), y + strength * kSway * radius * std::cos(0.7 * at), radius * (1.0 + strength * kPulse * std::sin(1.6 * at)),
          strength * kLean * std::sin(at)};
}

ScenePlan planScene(const std::string& label, const PlanOptions& options, Random& random) {
  ScenePlan plan;
  plan.label = label;
  plan.style = options.styles[static_cast<std::size_t>(random.below(static_cast<std::int64_t>(options.styles.size())))];
  const double hue = random.uniform();
  plan.ground = {fromHue(hue, random.uniform(0.05, 0.35), random.uniform(0.15, 0.75)), fromHue(hue + random.uniform(-0.2, 0.2), random.uniform(0.05, 0.35), random.uniform(0.15, 0.75))};
  plan.grain = random.uniform(0.0, 0.12);
  plan.clutter = static_cast<double>(random.between(0, 9));
  plan.noiseDecibels = random.uniform(-58.0, -38.0);

  std::vector<std::string> taken{label};
  const bool silent = random.chance(options.silentShare);
  if (!silent) addEvent(plan, options, random);
  addDistractors(plan, options, taken, random);
  if (silent) {
    plan.sounds.push_back({label, anySpan(options.seconds, random), random.uniform(-4.0, 3.0)});
  } else if (random.chance(options.offScreenShare)) {
    if (const auto other = otherThan(taken, options.classes, random); !other.empty())
      plan.sounds.push_back({other, anySpan(options.seconds, random), random.uniform(-12.0, -2.0)});
  }
  // The source is not always in front.
  if (plan.event && plan.things.size() > 1) {
    plan.source = static_cast<std::size_t>(random.below(static_cast<std::int64_t>(plan.things.size())));
    std::swap(plan.things.front(), plan.things[plan.source]);
  }
  return plan;
}

Canvas paintGround(const ScenePlan& plan, int width, int height, Random& random) {
  Canvas canvas{width, height, std::vector<float>(3 * static_cast<std::size_t>(width) * static_cast<std::size_t>(height))};
  const double angle = random.uniform(0.0, 2.0 * std::numbers::pi);
  // Coarse random values, straight between them: clouds.
  constexpr int kCells = 9;
  std::array<float, (kCells + 1) * (kCells + 1)> clouds{};
  for (float& value : clouds) value = static_cast<float>(plan.grain * random.uniform(-1.0, 1.0));
  for (int y = 0; y < height; ++y)
    for (int x = 0; x < width; ++x) {
      const double u = static_cast<double>(x) / width, v = static_cast<double>(y) / height;
      const auto share = static_cast<float>(std::clamp(0.5 + (u - 0.5) * std::cos(angle) + (v - 0.5) * std::sin(angle), 0.0, 1.0));
      const double cx = u * kCells, cy = v * kCells;
      const auto column = static_cast<std::size_t>(cx), row = static_cast<std::size_t>(cy);
      const auto fx = static_cast<float>(cx - static_cast<double>(column)), fy = static_cast<float>(cy - static_cast<double>(row));
      const std::size_t at = row * (kCells + 1) + column;
      const float cloud = (1 - fy) * ((1 - fx) * clouds[at] + fx * clouds[at + 1]) + fy * ((1 - fx) * clouds[at + kCells + 1] + fx * clouds[at + kCells + 2]);
      const float grain = cloud + static_cast<float>(0.4 * plan.grain * random.uniform(-1.0, 1.0));
      float* pixel = &canvas.rgb[3 * (static_cast<std::size_t>(y) * static_cast<std::size_t>(width) + static_cast<std::size_t>(x))];
      pixel[0] = (1 - share) * plan.ground[0].red + share * plan.ground[1].red + grain;
      pixel[1] = (1 - share) * plan.ground[0].green + share * plan.ground[1].green + grain;
      pixel[2] = (1 - share) * plan.ground[0].blue + share * plan.ground[1].blue + grain;
    }
  for (int n = 0; n < static_cast<int>(plan.clutter); ++n) {
    const Rgb colour = fromHue(random.uniform(), random.uniform(0.0, 0.5), random.uniform(0.1, 0.9));
    Shape shape{random.chance(0.5) ? ShapeKind::box : ShapeKind::ellipse, 0, {0, 0, static_cast<float>(random.uniform(0.2, 1.0)), static_cast<float>(random.uniform(0.2, 1.0)), 0}};
    Canvas layer = canvas;
    drawGlyph(layer, std::span(&shape, 1), {random.uniform(), random.uniform(), random.uniform(0.03, 0.15), random.uniform(0.0, 3.0)}, {colour, colour, colour}, Style::flat);
    const auto cover = static_cast<float>(random.uniform(0.1, 0.5));
    for (std::size_t k = 0; k < canvas.rgb.size(); ++k) canvas.rgb[k] += cover * (layer.rgb[k] - canvas.rgb[k]);
  }
  return canvas;
}

}  // namespace chladni::synth
