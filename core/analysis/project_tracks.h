// Where a project keeps what is said about a file: its entry and its track of a name, made where they are missing.
// Part of a step of the history that the caller has begun. Fails as Project does. Private to core/analysis.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/store/project.h"

namespace chladni::analysis {

const store::StoredTrack* trackNamed(const std::vector<store::StoredTrack>& tracks, const std::string& name);
Result<store::FileId> idInProject(store::Project& project, const std::filesystem::path& file);
Result<store::StoredTrack> trackFor(store::Project& project, store::FileId file, const std::string& name);

}  // namespace chladni::analysis
