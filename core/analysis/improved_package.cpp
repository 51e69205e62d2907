#include "core/analysis/improved_package.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "core/base/staged_folder.h"
#include "core/inference/head_package.h"
#include "core/inference/model_package.h"

namespace chladni::analysis {

namespace {

using serial::JsonValue;

constexpr char kRecordFile[] = "improvement.json";
constexpr std::string_view kTitleMark = " (improved)";

JsonValue parentJson(const inference::ModelSpec& parent) {
  JsonValue out = JsonValue::object();
  out.set("name", parent.name).set("title", parent.title).set("weights_sha256", parent.weights.sha256);
  if (!parent.fileSha256.contains(kRecordFile)) return out;
  if (const auto path = inference::packageFile(parent.folder, kRecordFile))
    if (auto earlier = serial::readJsonFile(path->string())) out.set("improvement", std::move(*earlier));
  return out;
}

std::string percent(double share) {
  char text[32];
  std::snprintf(text, sizeof text, "%.1f %%", 100.0 * share);
  return text;
}

std::string corrections(const Improvement& improvement) {
  return std::to_string(improvement.learned.size() + improvement.held.size()) + " corrections of " +
         std::to_string(improvement.sources) + " files";
}

std::string titleOf(const std::string& parent) {
  return parent.ends_with(kTitleMark) ? parent : parent + std::string(kTitleMark);
}

std::string cardSection(const inference::ModelSpec& parent, const Improvement& improvement, const ImprovementRecord& record) {
  char temperature[64];
  std::snprintf(temperature, sizeof temperature, "%.3g instead of %.3g", improvement.temperature, parent.temperature);
  return "\n## Improved with corrections\n\nThe figures above are those of " + parent.name + " (weights " + parent.weights.sha256 +
         "), from which this package differs in its last linear layer only. That layer was taught with " +
         std::to_string(improvement.learned.size()) + " of " + corrections(improvement) + " (" + record.labelsFile + ", SHA-256 " +
         record.labelsSha256 + "); " + std::to_string(improvement.held.size()) +
         " were held out, all those of the files that they come from.\n\n| of the held-out corrections | before | after |\n| --- | --- | --- |\n| accuracy | " +
         percent(improvement.before.accuracy) + " | " + percent(improvement.after.accuracy) + " |\n| expected calibration error | " +
         percent(improvement.before.expectedError) + " | " + percent(improvement.after.expectedError) +
         " |\n\nTemperature " + temperature + ". Settings and the names of all corrections: improvement.json.\n";
}

std::string metricsOf(const inference::ModelSpec& parent, const Improvement& improvement) {
  JsonValue out = JsonValue::object();
  out.set("held_out_corrections", static_cast<std::int64_t>(improvement.held.size()));
  out.set("accuracy_before", improvement.before.accuracy).set("accuracy_after", improvement.after.accuracy);
  auto earlier = serial::parseJson(parent.metricsJson, "metrics");
  if (earlier && earlier->members() && !earlier->members()->empty()) out.set("before_improvement", std::move(*earlier));
  return out.text();
}

// What the package holds is what was measured.
Result<void> checkHead(const inference::LoadedModel& model, const Improvement& improvement) {
  const auto* head = inference::linearHeadOf(model);
  const auto loaded = head ? head->head() : inference::LinearMap{};
  const auto near = [](const std::vector<float>& a, const std::vector<float>& b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](float x, float y) { return std::abs(x - y) <= 1e-2F * (0.1F + std::abs(y)); });
  };
  if (near(loaded.weight.values, improvement.head.weight.values) && near(loaded.bias, improvement.head.bias)) return {};
  return fail(ErrorCode::internal, "the improved package did not read back as it was taught; nothing was kept");
}

}  // namespace

JsonValue figuresJson(const HeadFigures& figures) {
  JsonValue out = JsonValue::object();
  return out.set("accuracy", figures.accuracy).set("calibration_error", figures.expectedError).set("loss", figures.loss);
}

JsonValue improvementJson(const inference::ModelSpec& parent, const Improvement& improvement, const ImprovementRecord& record) {
  JsonValue labels = JsonValue::object();
  labels.set("file", record.labelsFile).set("sha256", record.labelsSha256).set("files", improvement.sources);
  labels.set("learned", JsonValue::arrayOf(improvement.learned)).set("held_out", JsonValue::arrayOf(improvement.held));
  JsonValue settings = JsonValue::object();
  settings.set("reach", record.settings.reach).set("keep", record.settings.keep).set("held_out_share", record.settings.heldOutShare);
  settings.set("window_seconds", record.windows.windowSeconds).set("hop_seconds", record.windows.hopSeconds);
  settings.set("device", record.device).set("precision", record.precision).set("version", CHLADNI_VERSION);
  JsonValue temperature = JsonValue::object();
  temperature.set("before", parent.temperature).set("after", improvement.temperature);
  JsonValue out = JsonValue::object();
  out.set("format", "chladni-improvement").set("version", 1).set("parent", parentJson(parent)).set("labels", std::move(labels));
  out.set("settings", std::move(settings)).set("temperature", std::move(temperature));
  return out.set("held_out_before", figuresJson(improvement.before)).set("held_out_after", figuresJson(improvement.after));
}

Result<inference::ModelSpec> saveImproved(const inference::ModelRegistry& registry, const inference::RuntimeOptions& runtime,
                                          const inference::ModelSpec& parent, const Improvement& improvement,
                                          const ImprovementRecord& record, const std::filesystem::path& destination,
                                          std::stop_token stop) {
  auto staged = StagedFolder::create(destination);
  if (!staged) return fail(staged.error());
  inference::HeadChange change;
  change.head = improvement.head;
  change.temperature = improvement.temperature;
  change.title = titleOf(parent.title);
  change.source = "the head of " + parent.name + " (weights " + parent.weights.sha256 + ") taught by chladni-cli improve";
  change.data = parent.data + (parent.data.empty() ? "" : " ") + "Then its head learned from " + corrections(improvement) + " (" +
                record.labelsFile + ", SHA-256 " + record.labelsSha256 + "), of which " + std::to_string(improvement.held.size()) + " were held out.";
  change.metricsJson = metricsOf(parent, improvement);
  change.cardSection = cardSection(parent, improvement, record);
  change.files[kRecordFile] = improvementJson(parent, improvement, record).prettyText();
  if (auto written = inference::writeHeadPackage(parent, change, staged->path(), stop); !written) return fail(written.error());
  auto loaded = registry.load(staged->path().string(), runtime);
  if (!loaded) return fail(loaded.error());
  if (auto same = checkHead(**loaded, improvement); !same) return fail(same.error());
  if (stop.stop_requested()) return fail(ErrorCode::cancelled, "stopped");
  if (auto placed = staged->commit(); !placed) return fail(placed.error());
  return inference::readModelPackage(destination);
}

}  // namespace chladni::analysis
