#include "core/analysis/retrieval.h"

#include <algorithm>
#include <numeric>

#include "core/analysis/model_clip.h"

namespace chladni::analysis {

namespace {

using inference::Modality;

Result<std::vector<float>> embedding(const std::filesystem::path& path, const inference::LoadedModel& model,
                                     Modality modality, const std::stop_token& stop) {
  auto recording = Recording::open(path);
  if (!recording) return fail(recording.error());
  const MediaTime middle = MediaTime::fromSeconds((*recording)->durationSeconds() / 2);
  auto clip = clipAround(**recording, model.spec(), middle, stop);
  if (!clip) return fail(clip.error());
  if (modality == Modality::sound && clip->sound.empty())
    return fail(ErrorCode::notFound, path.string() + ": no audio stream; it cannot be compared by its sound");
  if (modality == Modality::picture && clip->frames.empty())
    return fail(ErrorCode::notFound, path.string() + ": no video stream; it cannot be compared by its picture");
  const inference::ModelInput input = clip->input();
  auto row = model.embedder()->embed({&input, 1}, modality, stop);
  if (!row) return fail(row.error());
  return std::move(row->values);
}

}  // namespace

Result<std::vector<std::filesystem::path>> filesBelow(const std::filesystem::path& folder) {
  std::error_code problem;
  std::vector<std::filesystem::path> files;
  for (std::filesystem::recursive_directory_iterator entry(folder, problem), end; !problem && entry != end;
       entry.increment(problem))
    if (entry->is_regular_file() && !entry->is_symlink()) files.push_back(entry->path());
  if (problem) return fail(ErrorCode::notFound, folder.string() + ": " + problem.message() + "; give a folder of media");
  std::sort(files.begin(), files.end());
  return files;
}

Result<RetrievalResult> retrieve(const std::filesystem::path& query, const std::vector<std::filesystem::path>& library,
                                 const inference::LoadedModel& model, const RetrievalOptions& options,
                                 const ProgressSink& progress, std::stop_token stop) {
  const auto* embedder = model.embedder();
  if (!embedder || !embedder->embeds(options.from) || !embedder->embeds(options.to))
    return fail(ErrorCode::unsupported, model.spec().name + ": this model does not place both in one space; choose another");
  auto wanted = embedding(query, model, options.from, stop);
  if (!wanted) return fail(wanted.error());
  RetrievalResult result;
  for (std::size_t i = 0; i < library.size(); ++i) {
    if (stop.stop_requested()) return fail(ErrorCode::cancelled, "retrieval was stopped");
    auto found = embedding(library[i], model, options.to, stop);
    if (found)
      result.hits.push_back({library[i], std::inner_product(wanted->begin(), wanted->end(), found->begin(), 0.0)});
    else if (found.error().code == ErrorCode::cancelled)
      return fail(found.error());
    else
      result.skipped.push_back(found.error().describe());
    if (progress) progress({"comparing", static_cast<std::int64_t>(i + 1), static_cast<std::int64_t>(library.size())});
  }
  std::stable_sort(result.hits.begin(), result.hits.end(),
                   [](const RetrievalHit& a, const RetrievalHit& b) { return a.similarity > b.similarity; });
  result.hits.resize(std::min(result.hits.size(), options.top));
  return result;
}

}  // namespace chladni::analysis
