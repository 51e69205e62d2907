// Where a project keeps what is said about a file: its entry and its track of a name, made where they are missing.
// Fails as Project does, and as what makes the edit.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "core/data/label_edit.h"
#include "core/store/project.h"

namespace chladni::analysis {

// Parts of a step of the history that the caller has begun, but for the last, which is a step.
const store::StoredTrack* trackNamed(const std::vector<store::StoredTrack>& tracks, const std::string& name);
Result<store::FileId> idInProject(store::Project& project, const std::filesystem::path& file);
Result<store::StoredTrack> trackFor(store::Project& project, store::FileId file, const std::string& name);
using MakeEdit = std::function<Result<TrackEdit>(const LabelTrack& track)>;
Result<store::StoredTrack> editTrack(store::Project& project, const std::string& step, const std::filesystem::path& file, const std::string& track,
                                     const MakeEdit& make);

}  // namespace chladni::analysis
