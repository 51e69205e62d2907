// Lists of runs and their curves. Bars: 50 finished runs listed in 0.5 s; a history of 100,000 steps is read in the
// background and need only be quick enough that nobody wonders.
#include <benchmark/benchmark.h>

#include <fstream>

#include "core/runs/event_file.h"
#include "core/runs/run_summary.h"
#include "core/training/recipe.h"
#include "tests/support/scratch.h"

namespace {

using namespace chladni;

void writeRun(const std::filesystem::path& folder, int steps) {
  std::filesystem::create_directories(folder / "checkpoints" / "step-1");
  std::ofstream(folder / "config.json") << training::recipeJson({}).prettyText();
  std::ofstream(folder / "model.json") << "{}";
  std::ofstream events(folder / "events.jsonl");
  for (int i = 1; i <= steps; ++i) {
    events << R"({"event":"step","time":)" << 1.7e9 + i << R"(,"epoch":)" << 1 + i / 1000 << R"(,"step":)" << i << R"(,"steps":)" << steps
           << R"(,"loss":0.51234567,"loss_smoothed":0.5123456,"losses":{"class":0.25,"data":0.125},"lr":0.0001234,"grad_norm":1.2345,)"
           << R"("samples_per_s":123.456,"input_wait":0.01,"memory_mb":345.6,"eta_s":123.4})" << '\n';
    if (i % 1000 == 0) events << R"({"event":"epoch","time":1.7e9,"epoch":1,"step":)" << i << R"(,"train":{"loss":0.5},"validation":{"accuracy":0.5},"metric":"accuracy","value":0.5,"best":0.5,"best_step":1000})" << '\n';
  }
  events << R"({"event":"done","time":1.8e9,"step":1,"stopped":false,"best":0.5})" << '\n';
}

void listFiftyRuns(benchmark::State& state) {
  const test::Scratch scratch;
  for (int i = 0; i < 50; ++i) writeRun(scratch / ("run-" + std::to_string(i)), 5000);
  for (auto _ : state) {
    auto runs = runs::listRuns(scratch.path());
    if (runs.size() != 50) state.SkipWithError("not every run was listed");
    benchmark::DoNotOptimize(runs);
  }
}
BENCHMARK(listFiftyRuns)->Unit(benchmark::kMillisecond);

void readHundredThousandSteps(benchmark::State& state) {
  const test::Scratch scratch;
  writeRun(scratch / "run", 100'000);
  for (auto _ : state) {
    runs::RunHistory history;
    if (!runs::EventFile(scratch / "run" / "events.jsonl").update(history)) state.SkipWithError("not read");
    benchmark::DoNotOptimize(history);
  }
}
BENCHMARK(readHundredThousandSteps)->Unit(benchmark::kMillisecond);

}  // namespace
