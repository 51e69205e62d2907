#include "models/benchmarks.h"

#include "models/ast/ast_benchmark.h"
#include "models/cavmae/cavmae_benchmark.h"

namespace chladni::models {
namespace {

struct Entry {
  const char* name;
  inference::Precision precision;  // automatic: as the caller says
  Result<inference::BenchmarkFigure> (*run)(const inference::RuntimeOptions&, std::stop_token);
};

constexpr Entry kEntries[] = {
    {"vit-b-fp32", inference::Precision::fp32, ast::benchmarkClassify},
    {"vit-b-bf16", inference::Precision::bf16, ast::benchmarkClassify},
    {"train-ast-b", inference::Precision::automatic, ast::benchmarkTraining},
    {"train-cavmae-b", inference::Precision::automatic, cavmae::benchmarkTraining},
    {"reconstruct", inference::Precision::automatic, cavmae::benchmarkReconstruct},
    {"attend-first", inference::Precision::automatic, ast::benchmarkFirstLook},
    {"attend", inference::Precision::automatic, ast::benchmarkAttend},
};

}  // namespace

std::vector<std::string> benchmarkNames() {
  std::vector<std::string> names;
  for (const Entry& entry : kEntries) names.emplace_back(entry.name);
  return names;
}

Result<inference::BenchmarkFigure> runBenchmark(const std::string& name, const inference::RuntimeOptions& options,
                                     std::stop_token stop) {
  for (const Entry& entry : kEntries) {
    if (name != entry.name) continue;
    inference::RuntimeOptions chosen = options;
    if (entry.precision != inference::Precision::automatic) chosen.precision = entry.precision;
    return entry.run(chosen, std::move(stop));
  }
  return fail(ErrorCode::invalidArgument, "there is no benchmark \"" + name + "\"");
}

}  // namespace chladni::models
