#include "core/analysis/project_tracks.h"

#include <algorithm>

namespace chladni::analysis {

const store::StoredTrack* trackNamed(const std::vector<store::StoredTrack>& tracks, const std::string& name) {
  const auto found = std::find_if(tracks.begin(), tracks.end(), [&](const auto& one) { return one.track.name == name; });
  return found == tracks.end() ? nullptr : &*found;
}

Result<store::FileId> idInProject(store::Project& project, const std::filesystem::path& file) {
  auto known = project.idOf(file);
  if (!known) return fail(known.error());
  if (*known) return **known;
  auto added = project.addFiles({file});
  if (!added) return fail(added.error());
  if (!added->refused.empty()) return fail(added->refused.front());
  if (added->files.empty()) return fail(ErrorCode::io, file.string() + ": another program adds it to the project just now; try again");
  return added->files.front();
}

Result<store::StoredTrack> trackFor(store::Project& project, store::FileId file, const std::string& name) {
  auto tracks = project.tracks(file);
  if (!tracks) return fail(tracks.error());
  if (const auto* there = trackNamed(*tracks, name)) return *there;
  LabelTrack track;
  track.name = name;
  return project.addTrack(file, track);
}

Result<store::StoredTrack> editTrack(store::Project& project, const std::string& step, const std::filesystem::path& file, const std::string& track,
                                     const MakeEdit& make) {
  store::StoredTrack kept;
  auto done = project.together(step, [&]() -> Result<void> {
    auto id = idInProject(project, file);
    if (!id) return fail(id.error());
    auto there = trackFor(project, *id, track);
    if (!there) return fail(there.error());
    auto edit = make(there->track);
    if (!edit) return fail(edit.error());
    auto stored = project.apply(step, *there, *edit);
    if (!stored) return fail(stored.error());
    kept = std::move(*stored);
    return {};
  });
  if (!done) return fail(done.error());
  return kept;
}

}  // namespace chladni::analysis
