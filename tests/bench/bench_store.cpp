// A project of 5,000 files and a recording of 10,000 labels: how long opening, listing, searching and one edit take.
#include <benchmark/benchmark.h>

#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "core/store/project.h"

namespace {

using namespace chladni;
using store::Project;
namespace fs = std::filesystem;

struct Big {
  fs::path folder = fs::temp_directory_path() / ("chladni-bench-store-" + std::to_string(::getpid()));
  fs::path path = folder / "big.chladni";
  store::FileId file{};

  Big() {
    fs::create_directories(folder);
    std::vector<fs::path> paths;
    for (int i = 0; i < 5000; ++i) {
      paths.push_back(folder / (std::to_string(i) + ".wav"));
      std::ofstream(paths.back()) << i;
    }
    auto project = Project::create(path);
    file = project->addFiles(paths)->files.front();
    LabelTrack track;
    track.name = "mine";
    for (int i = 0; i < 10000; ++i) {
      Label label;
      label.span = {MediaTime::fromSeconds(0.36 * i), MediaTime::fromSeconds(0.36 * i + 0.3)};
      label.text = "class " + std::to_string(i % 20);
      track.labels.push_back(std::move(label));
    }
    (void)project->addTrack(file, track);
  }
  ~Big() {
    std::error_code ignored;
    fs::remove_all(folder, ignored);
  }
};

Big& big() {
  static Big made;
  return made;
}

void openAndListFiles(benchmark::State& state) {
  big();
  for (auto _ : state) {
    auto project = Project::open(big().path);
    benchmark::DoNotOptimize(project->files()->size());
  }
}
BENCHMARK(openAndListFiles)->Unit(benchmark::kMillisecond);

void readTenThousandLabels(benchmark::State& state) {
  auto project = Project::open(big().path);
  for (auto _ : state) benchmark::DoNotOptimize(project->tracks(big().file)->front().ids.size());
}
BENCHMARK(readTenThousandLabels)->Unit(benchmark::kMillisecond);

void searchFiles(benchmark::State& state) {
  auto project = Project::open(big().path);
  for (auto _ : state) benchmark::DoNotOptimize(project->find("499")->size());
}
BENCHMARK(searchFiles)->Unit(benchmark::kMillisecond);

void oneEditAmongTenThousand(benchmark::State& state) {
  auto project = Project::open(big().path);
  auto track = project->tracks(big().file)->front();
  for (auto _ : state) {
    auto edit = nudgeEdge(track.track, 5000, LabelEdge::end, MediaTime::fromNanoseconds(1));
    track = *project->apply("nudge", track, *edit);
  }
}
BENCHMARK(oneEditAmongTenThousand)->Unit(benchmark::kMillisecond)->UseRealTime();

}  // namespace
