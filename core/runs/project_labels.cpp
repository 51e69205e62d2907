#include "core/runs/project_labels.h"

#include <map>
#include <set>

#include "core/datasets/manifest.h"
#include "core/store/project.h"

namespace chladni::runs {
namespace {

struct Gathered {
  ProjectLabels counts;
  std::vector<datasets::DataItem> items;
};

void gatherFile(const store::ProjectFile& file, const std::vector<store::StoredTrack>& tracks, Gathered& all) {
  std::map<std::pair<std::int64_t, std::int64_t>, std::set<std::string>> bySpan;
  for (const auto& stored : tracks) {
    for (const Label& label : stored.track.labels) {
      const bool heard = !label.isPoint() && label.span.end > MediaTime();  // some of it lies in the recording
      if (!heard || label.state != LabelState::confirmed || label.text.empty()) {
        ++all.counts.leftOut;
      } else {
        bySpan[{label.span.start.nanoseconds(), label.span.end.nanoseconds()}].insert(label.text);
      }
    }
  }
  all.counts.recordings += bySpan.empty() ? 0 : 1;
  for (const auto& [span, names] : bySpan) {
    datasets::DataItem item;
    item.media = file.path;
    item.start = std::max(0.0, static_cast<double>(span.first) / 1e9);
    item.end = static_cast<double>(span.second) / 1e9;
    item.labels.assign(names.begin(), names.end());
    all.items.push_back(std::move(item));
  }
}

Result<Gathered> gather(const std::filesystem::path& path) {
  auto project = store::Project::open(path);
  if (!project) return fail(project.error());
  auto files = project->files();
  if (!files) return fail(files.error());
  Gathered all;
  for (const auto& file : *files) {
    auto tracks = project->tracks(file.id);
    if (!tracks) return fail(tracks.error(), file.name);
    gatherFile(file, *tracks, all);
  }
  all.counts.items = static_cast<std::int64_t>(all.items.size());
  all.counts.classes = static_cast<std::int64_t>(datasets::classesOf(all.items).size());
  return all;
}

}  // namespace

Result<ProjectLabels> countProjectLabels(const std::filesystem::path& project) {
  auto all = gather(project);
  if (!all) return fail(all.error());
  return all->counts;
}

Result<ProjectLabels> writeProjectLabels(const std::filesystem::path& project, const std::filesystem::path& manifest) {
  auto all = gather(project);
  if (!all) return fail(all.error());
  if (all->items.empty())
    return fail(ErrorCode::notFound, project.string() + ": no stretch of a recording is labelled yet; label some first");
  std::error_code problem;
  std::filesystem::create_directories(manifest.parent_path(), problem);
  if (problem) return fail(ErrorCode::io, manifest.parent_path().string() + ": " + problem.message());
  if (auto written = datasets::writeManifest(manifest, all->items); !written) return fail(written.error());
  return all->counts;
}

}  // namespace chladni::runs
