#include "core/analysis/improve_run.h"

#include <chrono>

#include "core/inference/linear_head.h"
#include "core/serial/sha256.h"

namespace chladni::analysis {

namespace {

using Clock = std::chrono::steady_clock;

Result<void> checkDestination(const std::filesystem::path& out) {
  std::error_code ignored;
  if (std::filesystem::exists(out, ignored) && !(std::filesystem::is_directory(out, ignored) && std::filesystem::is_empty(out, ignored)))
    return fail(ErrorCode::invalidArgument, out.string() + ": there is something already; choose a new folder");
  return {};
}

}  // namespace

Result<ImproveOutcome> improvePackage(const inference::ModelRegistry& registry, const inference::RuntimeOptions& runtime,
                                      const inference::LoadedModel& model, const ImproveRun& run, const ProgressSink& progress,
                                      std::stop_token stop) {
  const auto started = Clock::now();
  if (auto free = checkDestination(run.destination); !free) return fail(free.error());
  auto examples = readManifestExamples(run.manifest);
  if (!examples) return fail(examples.error());
  auto sum = serial::sha256OfFile(run.manifest, stop);
  if (!sum) return fail(sum.error());
  auto corrections = gatherCorrections(*examples, model, run.windows, progress, stop, run.memory);
  if (!corrections) return fail(corrections.error());
  if (progress) progress({"teaching the head", 0, 0});
  auto found = improveHead(*corrections, inference::linearHeadOf(model)->head(), model.spec(), run.settings, stop);
  if (!found) return fail(found.error());
  ImproveOutcome outcome{std::move(*found), std::move(corrections->leftOut), model.device(), model.precision(), 0.0, false};
  if (!outcome.improvement.worse() || run.force) {
    const ImprovementRecord record{run.labelsName, *sum, outcome.device, outcome.precision, run.windows, run.settings};
    auto saved = saveImproved(registry, runtime, model.spec(), outcome.improvement, record, run.destination, stop);
    if (!saved) return fail(saved.error());
    outcome.written = true;
  }
  outcome.seconds = std::chrono::duration<double>(Clock::now() - started).count();
  return outcome;
}

}  // namespace chladni::analysis
