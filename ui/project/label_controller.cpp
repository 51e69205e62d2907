#include "ui/project/label_controller.h"
#include "ui/workspace/text.h"

#include <algorithm>

namespace chladni::ui {
namespace {

MediaTime time(double seconds) { return MediaTime::fromSeconds(seconds); }

}  // namespace

LabelController::LabelController(QObject* parent) : QObject(parent), author_(qEnvironmentVariable("USER").toStdString()) {
  connect(&open_, &OpenProject::projectChanged, this, &LabelController::projectChanged);
  connect(&open_, &OpenProject::outdated, this, &LabelController::reload);
  connect(&open_, &OpenProject::failed, this, &LabelController::failed);
  connect(&open_, &OpenProject::noticed, this, &LabelController::noticed);
}

void LabelController::setFile(const std::filesystem::path& path) {
  open_.setFile(path);
  active_ = 0;
  selected_.clear();
  pendingStart_.reset();
  held_.reset();
  reload();
}

void LabelController::reload() {
  const std::vector<store::LabelId> kept = selectedIds();
  const LabelIndices chosen = std::exchange(selected_, {});
  if (auto read = open_.read(); !read) {
    // What is on show stays when another program is in the way.
    if (open_.heldElsewhere()) selected_ = chosen;
    fail(read.error());
  } else {
    if (active_ >= tracks().size()) active_ = 0;
    if (const auto* track = activeTrack())
      for (std::size_t i = 0; i < track->ids.size(); ++i)
        if (std::find(kept.begin(), kept.end(), track->ids[i]) != kept.end()) selected_.push_back(i);
  }
  Q_EMIT changed();
}

void LabelController::takeOver() {
  Q_EMIT projectChanged();
  reload();
}

void LabelController::fail(const Error& error) {
  if (error.code != ErrorCode::cancelled) Q_EMIT failed(toText(error));
}

const store::StoredTrack* LabelController::activeTrack() const { return active_ < tracks().size() ? &tracks()[active_] : nullptr; }

std::vector<store::LabelId> LabelController::selectedIds() const {
  std::vector<store::LabelId> ids;
  if (const auto* track = activeTrack())
    for (const std::size_t i : selected_)
      if (i < track->ids.size()) ids.push_back(track->ids[i]);
  return ids;
}

bool LabelController::hasProposals() const {
  const auto* track = activeTrack();
  return track != nullptr && std::any_of(track->track.labels.begin(), track->track.labels.end(),
                                         [](const Label& label) { return label.state == LabelState::proposed; });
}

const LabelClass* LabelController::classOf(const QString& key) const {
  const auto found = std::find_if(classes().begin(), classes().end(), [&](const LabelClass& one) { return one.key == key.toStdString(); });
  return found == classes().end() ? nullptr : &*found;
}

void LabelController::select(std::size_t track, std::size_t label, bool add) {
  if (track >= tracks().size() || label >= tracks()[track].ids.size()) return;
  if (!add || track != active_) selected_.clear();
  active_ = track;
  const auto place = std::lower_bound(selected_.begin(), selected_.end(), label);
  if (place != selected_.end() && *place == label) selected_.erase(place);
  else selected_.insert(place, label);
  Q_EMIT changed();
}

void LabelController::selectTrack(std::size_t track) {
  active_ = track;
  selected_.clear();
  Q_EMIT changed();
}

void LabelController::selectNone() {
  selected_.clear();
  pendingStart_.reset();
  Q_EMIT changed();
}

void LabelController::selectAndSeek(std::optional<std::size_t> label) {
  if (!label) return Q_EMIT noticed(tr("no more labels that way"));
  selected_ = {*label};
  Q_EMIT changed();
  Q_EMIT seekRequested(activeTrack()->track.labels[*label].span.start.seconds());
}

// From the selected label where there is one, so that labels that start together are all reached.
void LabelController::next(double at) {
  const auto* track = activeTrack();
  if (track == nullptr) return;
  if (selected_.size() == 1 && selected_.front() + 1 < track->ids.size()) return selectAndSeek(selected_.front() + 1);
  selectAndSeek(selected_.size() == 1 ? std::nullopt : nextLabel(track->track, time(at)));
}

void LabelController::previous(double at) {
  const auto* track = activeTrack();
  if (track == nullptr) return;
  if (selected_.size() == 1 && selected_.front() > 0) return selectAndSeek(selected_.front() - 1);
  selectAndSeek(selected_.size() == 1 ? std::nullopt : previousLabel(track->track, time(at)));
}

void LabelController::nextProposal(double at) {
  const auto* track = activeTrack();
  if (track == nullptr) return;
  const std::size_t from = selected_.size() == 1 ? selected_.front() + 1 : previousLabel(track->track, time(at)).value_or(0);
  for (std::size_t i = from; i < track->ids.size(); ++i)
    if (track->track.labels[i].state == LabelState::proposed) return selectAndSeek(i);
  selectAndSeek(std::nullopt);
}

}  // namespace chladni::ui
