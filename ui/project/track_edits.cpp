// The part of LabelController about whole tracks: which there are, what they are called and what they allow.
#include <algorithm>

#include "ui/project/label_controller.h"

namespace chladni::ui {

void LabelController::addTrack(bool points) {
  if (!readyToChange()) return;
  LabelTrack track;
  track.kind = points ? TrackKind::points : TrackKind::intervals;
  const auto taken = [&](const std::string& name) {
    return std::any_of(tracks().begin(), tracks().end(), [&](const store::StoredTrack& one) { return one.track.name == name; });
  };
  const std::string base = points ? "points" : kFirstTrack;
  track.name = base;
  for (int n = 2; taken(track.name); ++n) track.name = base + " " + std::to_string(n);
  // By a step without labels, which brings the file in as well.
  TrackStep step{"add track \"" + track.name + "\"", file(), {kNewTrack, track, {}}, {track, {}, {}}, {}};
  if (perform(tracks().size(), std::move(step), {})) Q_EMIT changed();
}

void LabelController::removeTrack() {
  if (activeTrack() == nullptr || !readyToChange()) return;
  if (auto done = project()->removeTrack(activeTrack()->id); !done) return fail(done.error());
  selected_.clear();
  reload();
}

void LabelController::renameTrack(const QString& name) {
  if (activeTrack() == nullptr || !readyToChange()) return;
  if (auto done = project()->renameTrack(activeTrack()->id, name.toStdString()); !done) return fail(done.error());
  reload();
}

void LabelController::setExclusive(bool exclusive) {
  changeTrack(exclusive ? "forbid overlaps" : "allow overlaps", [&](const LabelTrack& track) { return chladni::setExclusive(track, exclusive); });
}

void LabelController::setReference(bool reference) {
  changeTrack(reference ? "make a track the reference" : "let a reference be edited",
              [&](const LabelTrack& track) { return chladni::setReference(track, reference); });
}

void LabelController::changeTrack(const std::string& name, const std::function<Result<TrackEdit>(const LabelTrack&)>& make) {
  const LabelIndices kept = selected_;
  apply(name, make);
  selected_ = kept;
  Q_EMIT changed();
}

}  // namespace chladni::ui
