#include "core/runs/data_check.h"

#include <algorithm>

#include "core/inference/manifest.h"
#include "core/inference/model_package.h"
#include "core/training/recipe_frontend.h"
#include "core/training/sound_set.h"

namespace chladni::runs {
namespace {

constexpr std::int64_t kFewExamples = 8;  // of a class; below that a model learns the recordings rather than the class
constexpr std::size_t kNamedClasses = 5;

std::string smallClasses(const DataCheck& check) {
  std::string names;
  std::size_t count = 0;
  for (std::size_t n = 0; n < check.perClass.size(); ++n) {
    if (check.perClass[n] == 0 || check.perClass[n] >= kFewExamples) continue;
    if (++count <= kNamedClasses) names += (names.empty() ? "" : ", ") + check.report.classes[n] + " (" + std::to_string(check.perClass[n]) + ")";
  }
  if (count == 0) return {};
  if (count > kNamedClasses) names += " and " + std::to_string(count - kNamedClasses) + " more";
  return "few examples to learn from: " + names + "; " + std::to_string(kFewExamples) + " or more of each class are better";
}

void remark(DataCheck& check, const training::Recipe& recipe) {
  const auto& report = check.report;
  check.remarks = report.warnings();
  if (recipe.task == "classify")
    if (auto line = smallClasses(check); !line.empty()) check.remarks.push_back(std::move(line));
  if (report.validation == 0 && recipe.task == "classify")
    check.remarks.emplace_back("nothing is held out, so nothing is measured; validation_share above 0 holds a part out");
  if (recipe.dropLast && report.train < recipe.batch)
    check.remarks.push_back("a batch of " + std::to_string(recipe.batch) + " is larger than the " + std::to_string(report.train) + " examples; make batch smaller or leave drop_last off");
}

}  // namespace

Result<DataCheck> checkData(const training::Recipe& recipe, const ProgressSink& progress, std::stop_token stop) {
  if (auto fits = training::check(recipe); !fits) return fail(fits.error());
  std::optional<inference::ModelSpec> start;
  if (!recipe.start.empty()) {
    auto spec = inference::readModelPackage(recipe.start);
    if (!spec) return fail(spec.error());
    start = std::move(*spec);
  }
  auto spec = training::frontendOf(recipe, /*sees=*/false, start ? std::optional(start->frontend) : std::nullopt);
  if (!spec) return fail(spec.error());
  auto frontend = dsp::Frontend::create(*spec);
  if (!frontend) return fail(frontend.error());
  auto set = training::openSoundSet(recipe, start ? start->classes : std::vector<std::string>{});
  if (!set) return fail(set.error());
  training::BlobCache cache(recipe.cacheFolder, static_cast<std::uintmax_t>(recipe.cacheMegabytes * 1e6));
  const training::SoundLoader loader(*frontend, inference::frontendToJson(frontend->spec()).text(), cache);
  auto report = training::inspect(*set, loader, {recipe.validationShare, static_cast<std::uint64_t>(recipe.seed), recipe.loaders}, progress, stop);
  if (!report) return fail(report.error(), recipe.data);
  DataCheck check;
  check.report = std::move(*report);
  check.perClass = check.report.balance.clips;
  check.clipSeconds = loader.clipSeconds();
  const auto batch = std::max<std::int64_t>(recipe.batch * recipe.accumulate, 1);
  check.stepsPerEpoch = recipe.dropLast ? check.report.train / batch : (check.report.train + batch - 1) / batch;
  remark(check, recipe);
  return check;
}

}  // namespace chladni::runs
