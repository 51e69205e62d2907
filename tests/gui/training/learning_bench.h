// A window with a folder of runs in a scratch folder and a stand-in for the trainer, and runs made up on disk.
#pragma once

#include <cmath>
#include <fstream>

#include "core/training/recipe.h"
#include "core/training/recipe_presets.h"
#include "tests/gui/window/bench.h"
#include "ui/training/learning_desk.h"
#include "ui/training/run_list.h"
#include "ui/training/run_page.h"
#include "ui/training/training_dock.h"

namespace chladni::test {

// Obeys pause, resume and stop as `train` does.
inline constexpr const char* kStandIn = R"(#!/bin/sh
out=""; previous=""
for word in "$@"; do
  case "$previous" in --out|--resume) out="$word";; esac
  previous="$word"
done
say() { echo "$1" >> "$out/events.jsonl"; }
if [ -e "$out/recipe.json" ]; then cp "$out/recipe.json" "$out/config.json"; fi
mkdir -p "$out/checkpoints/step-1"
say '{"event":"start","time":1000,"steps":50,"steps_per_epoch":10}'
for step in 1 2 3 4 5 6 7 8 9; do say '{"event":"step","time":100'$step',"epoch":1,"step":'$step',"steps":50,"loss":1.'$step',"loss_smoothed":1.25,"lr":0.001,"samples_per_s":20,"eta_s":30}'; done
while read word; do
  case "$word" in
    pause) say '{"event":"paused","time":1012,"step":9,"reason":"asked for"}';;
    resume) say '{"event":"resumed","time":1013,"step":9}'; say '{"event":"step","time":1014,"epoch":1,"step":10,"steps":50,"loss":1.0}';;
    stop) say '{"event":"done","time":1015,"step":10,"stopped":true}'; exit 0;;
  esac
done
)";

struct LearningBench : Bench {
  LearningBench() : Bench(std::chrono::milliseconds(0), true, {}, 98, [this] { return prepared(); }) {}

  WindowParts prepared() {
    std::ofstream(scratch / "trainer") << kStandIn;
    std::filesystem::permissions(scratch / "trainer", std::filesystem::perms::owner_all);
    return {scratch / "trainer", scratch / "runs"};
  }
  ~LearningBench() {
    const runs::RunDesk desk(scratch / "runs", scratch / "trainer");
    for (const auto& run : desk.list())
      if (run.alive()) (void)desk.kill(run).has_value();
  }

  // A run that has ended: `epochs` of `stepsPerEpoch` with losses that fall, and held-out losses as given.
  std::filesystem::path endedRun(const std::string& name, int epochs, int stepsPerEpoch, const std::vector<double>& held, double level = 1.0) {
    const auto folder = scratch / "runs" / name;
    std::filesystem::create_directories(folder / "checkpoints" / "step-1");
    training::Recipe recipe = *training::presetRecipe("tiny-ast");
    recipe.data = (scratch / "data").string();
    for (const char* file : {"config.json", "recipe.json"}) std::ofstream(folder / file) << training::recipeJson(recipe).prettyText();
    std::ofstream events(folder / "events.jsonl");
    const double begin = 1763730000.0;
    events << R"({"event":"start","time":)" << std::fixed << begin << R"(,"steps":)" << epochs * stepsPerEpoch << R"(,"steps_per_epoch":)" << stepsPerEpoch << "}\n";
    for (int step = 1; step <= epochs * stepsPerEpoch; ++step) {
      const double share = static_cast<double>(step) / (epochs * stepsPerEpoch);
      const double loss = level * (0.2 + 1.4 * std::exp(-4.0 * share)) + 0.08 * std::sin(step * 1.7) + 0.05 * std::sin(step * 0.63);
      events << R"({"event":"step","time":)" << begin + step << R"(,"epoch":)" << 1 + (step - 1) / stepsPerEpoch << R"(,"step":)" << step << R"(,"steps":)" << epochs * stepsPerEpoch
             << R"(,"loss":)" << loss << R"(,"loss_smoothed":)" << loss << R"(,"losses":{"classes":)" << 0.7 * loss << R"(,"auxiliary":)" << 0.3 * loss
             << R"(},"lr":)" << std::defaultfloat << 1e-3 * (1.0 - share) << std::fixed << R"(,"samples_per_s":)" << 40.0 + 4.0 * std::sin(step * 0.2) << R"(,"memory_mb":310.5,"eta_s":1})" << '\n';
      if (step % stepsPerEpoch != 0) continue;
      const auto epoch = static_cast<std::size_t>(step / stepsPerEpoch);
      events << R"({"event":"epoch","time":)" << begin + step << R"(,"epoch":)" << epoch << R"(,"step":)" << step << R"(,"train":{"loss":)" << loss << "}";
      if (epoch <= held.size())
        events << R"(,"validation":{"accuracy":)" << 0.9 - 0.5 * std::exp(-3.0 * share) * level << R"(,"macro_f1":)" << 0.85 - 0.5 * std::exp(-3.0 * share) * level << R"(,"loss":)" << held[epoch - 1]
               << R"(},"metric":"accuracy","value":)" << 0.9 - 0.5 * std::exp(-3.0 * share) * level << R"(,"best":0.88,"best_step":)" << step;
      events << "}\n";
    }
    events << R"({"event":"done","time":)" << begin + 1000 << R"(,"step":)" << epochs * stepsPerEpoch << R"(,"stopped":false,"best":0.88})" << '\n';
    return folder;
  }

  // A few sounds of two classes.
  std::filesystem::path data(int low = 10, int high = 4) {
    const auto folder = scratch / "data";
    for (const auto& [name, count, hertz] : {std::tuple{"low", low, 220.0}, std::tuple{"high", high, 1760.0}}) {
      std::filesystem::create_directories(folder / name);
      for (int n = 0; n < count; ++n) {
        AudioBuffer sound;
        sound.rate = SampleRate(16000);
        sound.channels.assign(1, std::vector<float>(16000));
        for (std::size_t i = 0; i < 16000; ++i) sound.channels[0][i] = static_cast<float>(0.4 * std::sin(2.0 * std::numbers::pi * (hertz + 5.0 * n) * static_cast<double>(i) / 16000.0));
        REQUIRE(media::writeWav(folder / name / (std::to_string(n) + ".wav"), sound));
      }
    }
    return folder;
  }

  ui::LearningDesk& desk() { return window->learning(); }
  ui::RunsController& runs() { return desk().runs(); }
  bool reaches(const std::string& name, runs::RunPhase phase) {
    return waitFor([&] {
      const auto* run = runs().find(scratch / "runs" / name);
      return run != nullptr && run->phase == phase;
    });
  }
};

}  // namespace chladni::test
