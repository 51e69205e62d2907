// EditQueue: edits of label tracks on their way into the project. Each is tried at once. While another program holds the
// project an edit waits here, and so do all after it, in order; replay() shows them on top of what the project has. An
// edit is in the project when it no longer waits. Belongs to the thread of the project.
#pragma once

#include <deque>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/data/label_edit.h"
#include "core/store/project.h"

namespace chladni::ui {

// A track that the project does not have yet.
inline constexpr store::TrackId kNewTrack{0};

struct TrackStep {
  std::string name;            // in the history
  std::filesystem::path file;  // joins the project when it is not in it
  store::StoredTrack before;   // what the edit was made from; kNewTrack: made by this step
  TrackEdit edit;
  std::optional<std::vector<LabelClass>> classes;  // the vocabulary that comes with it
};

class EditQueue {
 public:
  // The track as it is, or will be, with the step. Fails, without a trace, when the project refuses it.
  Result<store::StoredTrack> run(store::Project& project, TrackStep step);
  // Tries those that wait. A refusal drops them all, since each was made from the one before.
  Result<void> retry(store::Project& project);
  [[nodiscard]] std::size_t waiting() const { return steps_.size(); }
  void clear();
  // What waits for `file`, done to tracks that were read from the project.
  void replay(const std::filesystem::path& file, std::vector<store::StoredTrack>& tracks) const;

 private:
  using Key = std::pair<std::filesystem::path, store::TrackId>;
  Result<store::StoredTrack> perform(store::Project& project, const TrackStep& step);

  std::deque<TrackStep> steps_;
  std::map<Key, store::StoredTrack> kept_;  // of steps that waited: the tracks with their true ids
};

}  // namespace chladni::ui
