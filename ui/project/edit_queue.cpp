#include "ui/project/edit_queue.h"

#include <algorithm>

#include "core/analysis/project_tracks.h"

namespace chladni::ui {
namespace {

// As the project will have it, with ids still to come.
store::StoredTrack foreseen(const store::StoredTrack& before, const TrackEdit& edit) {
  store::StoredTrack after{before.id, edit.track, {}};
  for (const std::int64_t from : edit.from)
    after.ids.push_back(from == kNewLabel ? store::LabelId{0} : before.ids.at(static_cast<std::size_t>(from)));
  return after;
}

}  // namespace

Result<store::StoredTrack> EditQueue::perform(store::Project& project, const TrackStep& step) {
  const auto known = kept_.find({step.file, step.before.id});
  store::StoredTrack before = known == kept_.end() ? step.before : known->second;
  store::StoredTrack after;
  auto done = project.together(step.name, [&]() -> Result<void> {
    if (step.classes)
      if (auto ok = project.setClasses(*step.classes); !ok) return ok;
    if (before.id == kNewTrack) {
      auto file = analysis::idInProject(project, step.file);
      if (!file) return fail(file.error());
      auto made = project.addTrack(*file, before.track);
      if (!made) return fail(made.error());
      before = std::move(*made);
    }
    auto stored = project.apply(step.name, before, step.edit);
    if (!stored) return fail(stored.error());
    after = std::move(*stored);
    return {};
  });
  if (!done) return fail(done.error());
  return after;
}

Result<store::StoredTrack> EditQueue::run(store::Project& project, TrackStep step) {
  if (steps_.empty()) {
    auto done = perform(project, step);
    if (done || !project.ranOutOfPatience()) return done;
  }
  store::StoredTrack after = foreseen(step.before, step.edit);
  steps_.push_back(std::move(step));
  return after;
}

Result<void> EditQueue::retry(store::Project& project) {
  while (!steps_.empty()) {
    auto done = perform(project, steps_.front());
    if (!done && project.ranOutOfPatience()) return {};
    if (!done) {
      clear();
      return fail(done.error());
    }
    kept_.insert_or_assign({steps_.front().file, steps_.front().before.id}, std::move(*done));
    steps_.pop_front();
  }
  kept_.clear();
  return {};
}

void EditQueue::clear() {
  steps_.clear();
  kept_.clear();
}

void EditQueue::replay(const std::filesystem::path& file, std::vector<store::StoredTrack>& tracks) const {
  for (const TrackStep& step : steps_) {
    if (step.file != file) continue;
    const auto place = std::find_if(tracks.begin(), tracks.end(), [&](const auto& one) { return one.id == step.before.id; });
    store::StoredTrack after = foreseen(step.before, step.edit);
    if (place == tracks.end()) tracks.push_back(std::move(after));
    else *place = std::move(after);
  }
}

}  // namespace chladni::ui
