#include "core/nn/train_family.h"

#include <torch/types.h>

#include "core/nn/device.h"
#include "core/nn/freed_memory.h"

namespace chladni::nn {

void prepareToLearn(const training::TrainingJob& job) {
  keepFreedMemory();
  setThreads(static_cast<int>(job.recipe().threads));
  takeThreads();
  torch::manual_seed(static_cast<std::uint64_t>(job.recipe().seed));
}

Result<void> tellStart(const training::TrainingJob& job, const Result<std::vector<std::string>>& lines) {
  if (!lines) return fail(lines.error(), "starting from " + job.start.string());
  for (const auto& line : *lines) job.say(training::makeEvent("note").set("message", line));
  return {};
}

inference::ModelSpec trainedSpec(const training::TrainingJob& job, std::string_view family, const std::filesystem::path& folder,
                                 const std::string& metricsJson, const inference::ModelSpec* start, const char* how) {
  const auto& recipe = job.recipe();
  inference::ModelSpec spec;
  spec.name = folder.filename().string();
  spec.folder = folder;
  spec.family = family;
  spec.title = recipe.title.empty() ? spec.name : recipe.title;
  spec.licence = start ? start->licence : "as the data it was trained on";
  spec.source = start ? std::string(how) + " from " + start->title + " by chladni-cli train" : "trained by chladni-cli train";
  spec.data = job.dataDescription;
  spec.frontend = job.frontend;
  spec.windowSeconds = spec.frontend.clipSeconds();
  spec.hopSeconds = spec.windowSeconds / 2.0;
  spec.weights.dtype = recipe.dtype;
  spec.metricsJson = metricsJson;
  return spec;
}

void LossMeans::add(const TrainLosses& losses, std::int64_t items) {
  if (sums_.empty()) {
    sums_.emplace_back("loss", 0.0);
    for (const auto& [name, part] : losses.parts) sums_.emplace_back(name, 0.0);
  }
  const auto weight = static_cast<double>(items);
  sums_[0].second += losses.total.item<double>() * weight;
  for (std::size_t n = 0; n < losses.parts.size(); ++n) sums_[n + 1].second += losses.parts[n].second.item<double>() * weight;
  count_ += weight;
}

TrainFigures LossMeans::figures() const {
  TrainFigures figures;
  for (const auto& [name, sum] : sums_) figures.values.emplace_back(name, sum / count_);
  figures.mainName = "minus_loss";
  figures.main = sums_.empty() ? 0.0 : -sums_.front().second / count_;
  return figures;
}

}  // namespace chladni::nn
