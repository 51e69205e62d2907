// ScenePlan: what happens in one scene, drawn from a generator: at most one event, that is a thing that is seen and heard
// over whole seconds; other things that only move; a sound whose source is not in the picture. A class never is both in
// the picture and the sound off screen, so what the event is can be told, but neither by ear nor by eye alone.
// Positions are shares of width and height, radii shares of the width, times seconds. Plain values; any thread.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/synth/random.h"
#include "core/synth/scene_glyphs.h"

namespace chladni::synth {

struct TimeSpan {
  double start = 0.0, end = 0.0;
};

struct SceneThing {
  std::string label;
  double x = 0.5, y = 0.5, radius = 0.12;
  std::array<Rgb, 3> colours;
  std::vector<TimeSpan> moves;
  double turnsPerSecond = 2.0;  // of swaying and pulsing
  double phase = 0.0;
  [[nodiscard]] Pose poseAt(double time) const;
};

struct SceneSound {
  std::string label;
  TimeSpan span;
  double decibels = 0.0;  // against the usual level
};

struct ScenePlan {
  std::string label;                    // of the event, or of the sound off screen where there is no event
  std::optional<std::pair<int, int>> event;  // whole seconds, end exclusive
  std::vector<SceneThing> things;       // back to front
  std::size_t source = 0;               // index into things; meaningful with an event
  std::vector<SceneSound> sounds;
  Style style = Style::flat;
  std::array<Rgb, 2> ground;            // of the gradient behind everything
  double grain = 0.05;                  // of the ground's texture
  double clutter = 4;                   // faint shapes on the ground
  double noiseDecibels = -45.0;         // background noise
};

struct PlanOptions {
  int seconds = 10;
  std::vector<std::string> classes;      // that may sound
  std::vector<Style> styles;             // at least one
  double silentShare = 0.1;              // scenes without an event
  double offScreenShare = 0.5;           // scenes with a sound off screen beside the event
};

ScenePlan planScene(const std::string& label, const PlanOptions& options, Random& random);

// The part of the picture that stands still, [height, width].
Canvas paintGround(const ScenePlan& plan, int width, int height, Random& random);

}  // namespace chladni::synth
