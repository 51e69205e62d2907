#include "core/inference/manifest.h"

#include <algorithm>
#include <set>

#include "core/inference/field_reader.h"
#include "core/serial/sha256.h"

namespace chladni::inference {

using serial::JsonField;
using serial::JsonValue;

namespace {

constexpr char kFormat[] = "chladni-model";

void readArchitecture(ModelSpec& spec, const JsonField& field, FieldReader& reader) {
  if (auto ok = field.object(); !ok) return reader.refuse(ok.error().message);
  for (const auto& [key, value] : field.members()) {
    if (const auto* flagged = value.boolean())
      spec.architecture[key] = *flagged;
    else if (const auto figure = value.number())
      spec.architecture[key] = *figure;
    else if (const auto* word = value.string())
      spec.architecture[key] = *word;
    else
      reader.refuse(field[key].path() + ": expected a number, a string, true or false");
  }
}

void readClasses(ModelSpec& spec, const JsonField& field, FieldReader& reader) {
  if (!field.present()) return;  // a model without classes (pre-training)
  reader.required(spec.classes, field, [](const JsonField& f) { return f.strings(); });
}

void readIds(ModelSpec& spec, const JsonField& field, FieldReader& reader) {
  reader.optional(spec.ontologyIds, field, [](const JsonField& f) { return f.strings(); });
  if (!spec.ontologyIds.empty() && spec.ontologyIds.size() != spec.classes.size())
    reader.refuse(field.path() + ": expected " + std::to_string(spec.classes.size()) + " ids, one per class, got " +
                  std::to_string(spec.ontologyIds.size()));
}

void readSums(ModelSpec& spec, const JsonField& field, FieldReader& reader) {
  if (auto ok = field.object(); !ok) return reader.refuse(ok.error().message);
  for (const auto& [file, value] : field.members()) {
    const auto* sum = value.string();
    if (!sum || !serial::isSha256(*sum)) return reader.refuse(field[file].path() + ": expected 64 hexadecimal digits");
    std::string lower = *sum;
    std::transform(lower.begin(), lower.end(), lower.begin(),
                   [](char c) { return c >= 'A' && c <= 'F' ? static_cast<char>(c - 'A' + 'a') : c; });
    if (file == spec.weights.file)
      spec.weights.sha256 = lower;
    else
      spec.fileSha256[file] = lower;
  }
  if (spec.weights.sha256.empty()) reader.refuse(field[spec.weights.file].path() + ": missing; expected its checksum");
}

}  // namespace

Result<ModelSpec> specFromJson(const JsonField& root) {
  if (auto ok = root.object(); !ok) return fail(ok.error());
  ModelSpec spec;
  FieldReader reader;
  std::string format, task = "multi-class";
  const auto names = [](const JsonField& field) { return field.strings(); };
  reader.required(format, root["format"], oneOf({kFormat}));
  reader.required(spec.version, root["version"], whole(1, 1));
  reader.required(spec.family, root["family"], text());
  reader.optional(spec.title, root["title"], text());
  reader.optional(spec.licence, root["licence"], text());
  reader.optional(spec.source, root["source"], text());
  reader.optional(spec.data, root["data"], text());
  reader.optional(spec.tasks, root["tasks"], names);
  reader.optional(task, root["task"], oneOf({"multi-class", "multi-label"}));
  reader.optional(spec.windowSeconds, root["window_seconds"], number(0.0, 86'400.0));
  reader.optional(spec.hopSeconds, root["hop_seconds"], number(0.0, 86'400.0));
  reader.optional(spec.temperature, root["temperature"], number(1e-6, 1e6));
  reader.required(spec.frontend, root["frontend"], [](const JsonField& field) { return frontendFromJson(field); });
  readArchitecture(spec, root["architecture"], reader);
  readClasses(spec, root["classes"], reader);
  readIds(spec, root["ontology_ids"], reader);
  reader.optional(spec.weights.file, root["weights"]["file"], text());
  reader.optional(spec.weights.dtype, root["weights"]["dtype"], oneOf({"fp32", "fp16", "bf16"}));
  readSums(spec, root["sha256"], reader);
  if (const JsonField metrics = root["metrics"]; metrics.present()) {
    if (auto ok = metrics.object(); !ok) reader.refuse(ok.error().message);
    spec.metricsJson = metrics.value()->text();
  }
  if (reader.failure()) return fail(*reader.failure());
  spec.multiLabel = task == "multi-label";
  return spec;
}

Result<JsonValue> specToJson(const ModelSpec& spec) {
  auto metrics = serial::parseJson(spec.metricsJson, "metrics");
  if (!metrics) return fail(metrics.error());
  JsonValue json = JsonValue::object();
  json.set("format", kFormat);
  json.set("version", spec.version);
  json.set("family", spec.family);
  json.set("title", spec.title);
  json.set("licence", spec.licence);
  json.set("source", spec.source);
  json.set("data", spec.data);
  json.set("task", spec.multiLabel ? "multi-label" : "multi-class");
  json.set("tasks", JsonValue::arrayOf(spec.tasks));
  json.set("frontend", frontendToJson(spec.frontend));
  JsonValue architecture = JsonValue::object();
  for (const auto& [key, attribute] : spec.architecture)
    std::visit([&, &name = key](const auto& value) { architecture.set(name, value); }, attribute);
  json.set("architecture", std::move(architecture));
  json.set("classes", JsonValue::arrayOf(spec.classes));
  if (!spec.ontologyIds.empty()) json.set("ontology_ids", JsonValue::arrayOf(spec.ontologyIds));
  json.set("window_seconds", spec.windowSeconds);
  json.set("hop_seconds", spec.hopSeconds);
  json.set("temperature", spec.temperature);
  JsonValue weights = JsonValue::object();
  weights.set("file", spec.weights.file);
  weights.set("dtype", spec.weights.dtype);
  json.set("weights", std::move(weights));
  JsonValue sums = JsonValue::object();
  sums.set(spec.weights.file, spec.weights.sha256);
  for (const auto& [file, sum] : spec.fileSha256) sums.set(file, sum);
  json.set("sha256", std::move(sums));
  json.set("metrics", *std::move(metrics));
  return json;
}

}  // namespace chladni::inference
