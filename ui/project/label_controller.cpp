#include "ui/project/label_controller.h"

#include <algorithm>

#include "widgets/labels/label_lane.h"

namespace chladni::ui {
namespace {

constexpr int kLookElsewhereMs = 1000;
constexpr double kTapSeconds = 0.12;  // a class key held shorter while playing is a tap
constexpr const char* kFirstTrack = "labels";

MediaTime time(double seconds) { return MediaTime::fromSeconds(seconds); }

}  // namespace

LabelController::LabelController(QObject* parent) : QObject(parent), author_(qEnvironmentVariable("USER").toStdString()) {
  elsewhere_.setInterval(kLookElsewhereMs);
  connect(&elsewhere_, &QTimer::timeout, this, &LabelController::lookElsewhere);
}

void LabelController::createProject(const std::filesystem::path& path) { take(store::Project::create(path)); }
void LabelController::openProject(const std::filesystem::path& path) { take(store::Project::open(path)); }

void LabelController::take(Result<store::Project> project) {
  if (!project) return fail(project.error());
  project_ = std::move(*project);
  if (project_->readOnly()) Q_EMIT noticed(tr("the project is in a read-only place: it can be looked at"));
  elsewhere_.start();
  Q_EMIT projectChanged();
  reload();
}

void LabelController::closeProject() {
  elsewhere_.stop();
  project_.reset();
  Q_EMIT projectChanged();
  reload();
}

void LabelController::setFile(const std::filesystem::path& path) {
  path_ = path;
  active_ = 0;
  selected_.clear();
  pendingStart_.reset();
  held_.reset();
  reload();
}

void LabelController::reload() {
  const std::vector<store::LabelId> kept = selectedIds();
  file_.reset();
  tracks_.clear();
  classes_.clear();
  selected_.clear();
  if (project_) {
    if (auto classes = project_->classes()) classes_ = std::move(*classes);
    readTracks();
    if (const auto* track = activeTrack()) {
      for (std::size_t i = 0; i < track->ids.size(); ++i)
        if (std::find(kept.begin(), kept.end(), track->ids[i]) != kept.end()) selected_.push_back(i);
    }
  }
  refreshNames();
  Q_EMIT changed();
}

void LabelController::readTracks() {
  if (path_.empty()) return;
  auto id = project_->idOf(path_);
  if (!id) return fail(id.error());
  file_ = *id;
  if (!file_) return;
  auto tracks = project_->tracks(*file_);
  if (!tracks) return fail(tracks.error());
  tracks_ = std::move(*tracks);
  if (active_ >= tracks_.size()) active_ = 0;
}

void LabelController::refreshNames() {
  const auto text = [](const Result<std::string>& name) { return name ? QString::fromStdString(*name) : QString(); };
  undoName_ = project_ ? text(project_->undoName()) : QString();
  redoName_ = project_ ? text(project_->redoName()) : QString();
}

void LabelController::lookElsewhere() {
  if (!project_) return;
  const auto there = project_->changedElsewhere();
  if (!there || !*there) return;
  Q_EMIT noticed(tr("the project was changed in another window"));
  Q_EMIT projectChanged();
  reload();
}

void LabelController::fail(const Error& error) {
  if (error.code != ErrorCode::cancelled) Q_EMIT failed(QString::fromStdString(error.describe()));
}

const store::StoredTrack* LabelController::activeTrack() const { return active_ < tracks_.size() ? &tracks_[active_] : nullptr; }

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
  const auto found = std::find_if(classes_.begin(), classes_.end(), [&](const LabelClass& one) { return one.key == key.toStdString(); });
  return found == classes_.end() ? nullptr : &*found;
}

void LabelController::select(std::size_t track, std::size_t label, bool add) {
  if (track >= tracks_.size() || label >= tracks_[track].ids.size()) return;
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

bool LabelController::ensureTrack() {
  if (!project_) {
    Q_EMIT failed(tr("Labels belong to a project: make one with Ctrl+Shift+N or open one with Ctrl+Shift+O."));
    return false;
  }
  if (path_.empty()) return false;
  if (!file_) {
    auto added = project_->addFiles({path_});
    if (!added) return fail(added.error()), false;
    if (added->files.empty()) {
      if (!added->refused.empty()) fail(added->refused.front());
      return false;
    }
    file_ = added->files.front();
    Q_EMIT projectChanged();
  }
  if (!tracks_.empty()) return true;
  LabelTrack track;
  track.name = kFirstTrack;
  auto stored = project_->addTrack(*file_, track);
  if (!stored) return fail(stored.error()), false;
  tracks_.push_back(std::move(*stored));
  active_ = 0;
  return true;
}

void LabelController::apply(const std::string& name, const std::function<Result<TrackEdit>(const LabelTrack&)>& make) {
  if (!ensureTrack()) return;
  store::StoredTrack& track = tracks_[active_];
  auto edit = make(track.track);
  if (!edit) return fail(edit.error());
  auto stored = project_->apply(name, track, *edit);
  if (!stored) return fail(stored.error());
  track = std::move(*stored);
  selected_ = edit->selected;
  refreshNames();
  Q_EMIT changed();
}

void LabelController::applyToSelected(const std::string& name,
                                      const std::function<Result<TrackEdit>(const LabelTrack&, const LabelIndices&)>& make) {
  if (selected_.empty()) return Q_EMIT noticed(tr("no label is selected"));
  apply(name, [&](const LabelTrack& track) { return make(track, selected_); });
}

void LabelController::addLabelOver(const TimeRange& span, const std::string& text) {
  Label label;
  label.span = span.start <= span.end ? span : TimeRange{span.end, span.start};
  label.text = text;
  label.author = author_;
  apply(text.empty() ? "add a label" : "add \"" + text + "\"", [&](const LabelTrack& track) { return addLabel(track, label); });
}

void LabelController::changeSelected(const std::string& name, const std::function<void(Label&)>& change) {
  applyToSelected(name, [&](const LabelTrack& track, const LabelIndices& which) {
    Label label = track.labels[which.front()];
    change(label);
    return changeLabel(track, which.front(), std::move(label));
  });
}

void LabelController::startAt(double seconds) {
  const auto* track = activeTrack();
  if (track != nullptr && selected_.size() == 1) {
    const TimeRange span = track->track.labels[selected_.front()].span;
    if (span.start < time(seconds) && time(seconds) < span.end) return moveEdge(active_, selected_.front(), LabelEdge::start, seconds);
  }
  selected_.clear();
  pendingStart_ = seconds;
  Q_EMIT changed();
}

void LabelController::endAt(double seconds) {
  if (const auto start = std::exchange(pendingStart_, std::nullopt)) {
    addLabelOver({time(*start), time(seconds)}, {});
    Q_EMIT changed();
    return;
  }
  if (selected_.size() == 1) return moveEdge(active_, selected_.front(), LabelEdge::end, seconds);
  Q_EMIT noticed(tr("set a start first: ["));
}

void LabelController::classKeyPressed(const QString& key, double at, bool playing, const std::optional<TimeRange>& selection) {
  const LabelClass* one = classOf(key);
  if (one == nullptr) return Q_EMIT noticed(tr("no class has the key %1; F2 names a label and makes a class").arg(key));
  const std::string text = one->name;
  if (pendingStart_) {
    const double start = *std::exchange(pendingStart_, std::nullopt);
    return addLabelOver({time(start), time(at)}, text);
  }
  if (playing) {
    held_ = HeldKey{key, at, !selected_.empty()};
    if (selected_.empty()) {
      pendingStart_ = at;
      Q_EMIT changed();
    }
    return;
  }
  if (!selected_.empty()) {
    return applyToSelected("name \"" + text + "\"", [&](const LabelTrack& track, const LabelIndices& which) {
      return setClass(track, which, text, author_);
    });
  }
  if (selection) return addLabelOver(*selection, text);
  Q_EMIT noticed(tr("select a label or a stretch of time, or hold the key while playing"));
}

void LabelController::classKeyReleased(const QString& key, double at) {
  if (!held_ || held_->key != key) return;
  const HeldKey held = *std::exchange(held_, std::nullopt);
  const LabelClass* one = classOf(key);
  const bool tapped = at - held.from < kTapSeconds;
  if (!held.applies) pendingStart_.reset();
  if (one == nullptr) return;
  const std::string text = one->name;
  if (tapped && held.applies) {
    applyToSelected("name \"" + text + "\"", [&](const LabelTrack& track, const LabelIndices& which) {
      return setClass(track, which, text, author_);
    });
  } else if (!tapped) {
    addLabelOver({time(held.from), time(at)}, text);
    // Free for the next stretch.
    selected_.clear();
  }
  Q_EMIT changed();
}

void LabelController::addPoint(double at) { addLabelOver({time(at), time(at)}, {}); }
void LabelController::addOver(const TimeRange& span) { addLabelOver(span, {}); }

void LabelController::moveEdge(std::size_t track, std::size_t label, LabelEdge edge, double seconds) {
  if (track >= tracks_.size() || label >= tracks_[track].ids.size()) return;
  active_ = track;
  apply(edge == LabelEdge::start ? "move a start" : "move an end", [&](const LabelTrack& labels) {
    const TimeRange& span = labels.labels[label].span;
    return nudgeEdge(labels, label, edge, time(seconds) - (edge == LabelEdge::start ? span.start : span.end));
  });
}

void LabelController::nudge(LabelEdge edge, double seconds) {
  applyToSelected(edge == LabelEdge::start ? "nudge a start" : "nudge an end", [&](const LabelTrack& track, const LabelIndices& which) {
    return nudgeEdge(track, which.front(), edge, time(seconds));
  });
}

void LabelController::shift(double seconds) {
  applyToSelected("shift labels", [&](const LabelTrack& track, const LabelIndices& which) { return shiftLabels(track, which, time(seconds)); });
}

void LabelController::split(double at) {
  applyToSelected("split a label", [&](const LabelTrack& track, const LabelIndices& which) { return splitLabels(track, which, time(at)); });
}

void LabelController::merge() {
  applyToSelected("merge labels", [&](const LabelTrack& track, const LabelIndices& which) {
    // One alone is merged with the one after it.
    if (which.size() == 1) return mergeLabels(track, {which.front(), which.front() + 1});
    return mergeLabels(track, which);
  });
}

void LabelController::duplicate(double at) {
  applyToSelected("duplicate labels", [&](const LabelTrack& track, const LabelIndices& which) {
    return duplicateLabels(track, which, time(at) - track.labels[which.front()].span.start);
  });
}

void LabelController::remove() {
  applyToSelected(selected_.size() == 1 ? "delete a label" : "delete labels", removeLabels);
}

void LabelController::setText(const QString& text) {
  if (selected_.empty()) return;
  const std::string name = text.toStdString();
  const auto same = [&](const LabelClass& one) { return one.name == name; };
  if (!name.empty() && std::none_of(classes_.begin(), classes_.end(), same)) {
    auto classes = classes_;
    LabelClass added{name, widgets::colourOfText(name).rgb() & 0xFFFFFFU, {}};
    for (char digit = '1'; digit <= '9' && added.key.empty(); ++digit)
      if (classOf(QString(QChar(digit))) == nullptr) added.key = std::string(1, digit);
    classes.push_back(std::move(added));
    if (auto done = project_->setClasses(classes); !done) return fail(done.error());
    classes_ = std::move(classes);
  }
  applyToSelected("name \"" + name + "\"", [&](const LabelTrack& track, const LabelIndices& which) {
    return setClass(track, which, name, author_);
  });
}

void LabelController::accept() {
  changeSelected("accept a proposal", [&](Label& label) {
    label.state = LabelState::confirmed;
    label.author = author_;
  });
}

void LabelController::reject() {
  changeSelected("reject a proposal", [&](Label& label) {
    label.state = LabelState::rejected;
    label.author = author_;
  });
}

void LabelController::addTrack(bool points) {
  if (!ensureTrack()) return;
  LabelTrack track;
  track.kind = points ? TrackKind::points : TrackKind::intervals;
  const auto taken = [&](const std::string& name) {
    return std::any_of(tracks_.begin(), tracks_.end(), [&](const store::StoredTrack& one) { return one.track.name == name; });
  };
  const std::string base = points ? "points" : kFirstTrack;
  track.name = base;
  for (int n = 2; taken(track.name); ++n) track.name = base + " " + std::to_string(n);
  auto stored = project_->addTrack(*file_, track);
  if (!stored) return fail(stored.error());
  tracks_.push_back(std::move(*stored));
  active_ = tracks_.size() - 1;
  selected_.clear();
  refreshNames();
  Q_EMIT changed();
}

void LabelController::removeTrack() {
  if (activeTrack() == nullptr) return;
  if (auto done = project_->removeTrack(activeTrack()->id); !done) return fail(done.error());
  selected_.clear();
  reload();
}

void LabelController::setExclusive(bool exclusive) {
  const LabelIndices kept = selected_;
  apply(exclusive ? "forbid overlaps" : "allow overlaps", [&](const LabelTrack& track) { return chladni::setExclusive(track, exclusive); });
  selected_ = kept;
  Q_EMIT changed();
}

void LabelController::undo() {
  if (!project_) return;
  const auto done = project_->undo();
  if (!done) return fail(done.error());
  if (!done->empty()) Q_EMIT noticed(tr("undone: %1").arg(QString::fromStdString(*done)));
  Q_EMIT projectChanged();
  reload();
}

void LabelController::redo() {
  if (!project_) return;
  const auto done = project_->redo();
  if (!done) return fail(done.error());
  if (!done->empty()) Q_EMIT noticed(tr("done again: %1").arg(QString::fromStdString(*done)));
  Q_EMIT projectChanged();
  reload();
}

}  // namespace chladni::ui
