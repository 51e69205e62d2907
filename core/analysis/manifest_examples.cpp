#include "core/analysis/manifest_examples.h"

#include "core/datasets/open_data_set.h"
#include "core/serial/json_value.h"

namespace chladni::analysis {

namespace {

std::string secondsText(double seconds) { return serial::JsonValue(seconds).text(); }

std::string nameOf(const datasets::DataItem& item, const std::filesystem::path& folder) {
  const auto inside = item.media.lexically_relative(folder.empty() ? "." : folder);
  auto name = inside.empty() || inside.begin()->string() == ".." ? item.media.generic_string() : inside.generic_string();
  if (item.start > 0.0 || item.end) name += "#" + secondsText(item.start) + "-" + (item.end ? secondsText(*item.end) : "");
  return name;
}

Result<std::optional<TimeRange>> rangeOf(const datasets::DataItem& item) {
  if (item.start <= 0.0 && !item.end) return std::optional<TimeRange>();
  const double end = item.end.value_or(datasets::kMostSeconds);
  if (end <= item.start || end > datasets::kMostSeconds)
    return fail(ErrorCode::corruptData, "start and end must be seconds, start before end, not " + secondsText(item.start) + " and " + secondsText(end));
  return std::optional<TimeRange>({MediaTime::fromSeconds(item.start), MediaTime::fromSeconds(end)});
}

}  // namespace

Result<std::vector<ManifestExample>> readManifestExamples(const std::filesystem::path& manifest) {
  auto set = datasets::openDataSet(manifest);
  if (!set) return fail(set.error());
  std::error_code ignored;
  const auto folder = std::filesystem::is_directory(manifest, ignored) ? manifest : manifest.parent_path();
  std::vector<ManifestExample> examples;
  for (auto& item : set->items) {
    auto name = nameOf(item, folder);
    auto range = rangeOf(item);
    if (!range) return fail(range.error(), manifest.string() + ": " + name);
    examples.push_back({std::move(item.media), std::move(name), *range, std::move(item.labels), std::move(item.split), std::move(item.lyrics)});
  }
  if (examples.empty()) return fail(ErrorCode::corruptData, manifest.string() + ": the manifest lists no media");
  return examples;
}

}  // namespace chladni::analysis
