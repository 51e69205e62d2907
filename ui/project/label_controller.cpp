#include "ui/project/label_controller.h"

#include <algorithm>

#include "ui/workspace/core_words.h"

namespace chladni::ui {
namespace {

constexpr int kLookElsewhereMs = 1000;
constexpr int kRetryMs = 250;
// How long the window may stand still for another program: when a key asks, when a timer does, when it closes.
constexpr std::chrono::milliseconds kPatience{100};
constexpr std::chrono::milliseconds kRetryPatience{5};
constexpr std::chrono::milliseconds kLastPatience{10'000};

MediaTime time(double seconds) { return MediaTime::fromSeconds(seconds); }

}  // namespace

LabelController::LabelController(QObject* parent) : QObject(parent), author_(qEnvironmentVariable("USER").toStdString()) {
  elsewhere_.setInterval(kLookElsewhereMs);
  retry_.setInterval(kRetryMs);
  connect(&elsewhere_, &QTimer::timeout, this, &LabelController::lookElsewhere);
  connect(&retry_, &QTimer::timeout, this, &LabelController::retryWaiting);
}

LabelController::~LabelController() {
  if (!project_ || queue_.waiting() == 0) return;
  project_->setPatience(kLastPatience);
  if (auto done = queue_.retry(*project_); !done || queue_.waiting() > 0)
    qWarning("%s: edits could not be kept; another program holds the project", project_->path().c_str());
}

std::optional<Error> LabelController::createProject(const std::filesystem::path& path) { return take(store::Project::create(path)); }
std::optional<Error> LabelController::openProject(const std::filesystem::path& path) { return take(store::Project::open(path, kPatience)); }

std::optional<Error> LabelController::take(Result<store::Project> project) {
  if (!project) {
    fail(project.error());
    return project.error();
  }
  closeProject();
  project_ = std::move(*project);
  project_->setPatience(kPatience);
  if (project_->readOnly()) Q_EMIT noticed(tr("the project is in a read-only place: it can be looked at"));
  elsewhere_.start();
  Q_EMIT projectChanged();
  reload();
  return {};
}

void LabelController::closeProject() {
  if (!project_) return;
  if (queue_.waiting() > 0) {
    project_->setPatience(kLastPatience);
    if (auto done = queue_.retry(*project_); !done) fail(done.error());
    else if (queue_.waiting() > 0) Q_EMIT failed(tr("Another program holds the project: the last edits are not in it."));
    queue_.clear();
  }
  retry_.stop();
  elsewhere_.stop();
  project_.reset();
  Q_EMIT projectChanged();
  reload();
}

void LabelController::setFile(const std::filesystem::path& path) {
  path_ = path;
  file_.reset();
  tracks_.clear();
  active_ = 0;
  selected_.clear();
  pendingStart_.reset();
  held_.reset();
  reload();
}

void LabelController::reload() {
  const std::vector<store::LabelId> kept = selectedIds();
  const LabelIndices chosen = std::exchange(selected_, {});
  if (!project_) {
    file_.reset();
    tracks_.clear();
    classes_.clear();
  } else if (auto read = readTracks(); !read) {
    // What is on show stays when another program is in the way.
    if (project_->ranOutOfPatience()) selected_ = chosen;
    fail(read.error());
  } else if (const auto* track = activeTrack()) {
    for (std::size_t i = 0; i < track->ids.size(); ++i)
      if (std::find(kept.begin(), kept.end(), track->ids[i]) != kept.end()) selected_.push_back(i);
  }
  refreshNames();
  Q_EMIT changed();
}

void LabelController::takeOver() {
  Q_EMIT projectChanged();
  reload();
}

void LabelController::setOwnJob(bool running) {
  if (ownJob_ && !running && project_) (void)project_->changedElsewhere().has_value();  // seen
  ownJob_ = running;
}

Result<void> LabelController::readTracks() {
  auto classes = project_->classes();
  if (!classes) return chladni::fail(classes.error());
  std::optional<store::FileId> file;
  std::vector<store::StoredTrack> tracks;
  if (!path_.empty()) {
    auto id = project_->idOf(path_);
    if (!id) return chladni::fail(id.error());
    file = *id;
  }
  if (file) {
    auto read = project_->tracks(*file);
    if (!read) return chladni::fail(read.error());
    tracks = std::move(*read);
  }
  queue_.replay(path_, tracks);
  classes_ = std::move(*classes);
  file_ = file;
  tracks_ = std::move(tracks);
  if (active_ >= tracks_.size()) active_ = 0;
  return {};
}

void LabelController::tellWaiting() {
  if (queue_.waiting() == 0) return;
  retry_.start();
  Q_EMIT noticed(queue_.waiting() == 1 ? tr("another program holds the project: 1 edit waits to be saved")
                                       : tr("another program holds the project: %1 edits wait to be saved").arg(queue_.waiting()));
}

void LabelController::retryWaiting() {
  if (!project_ || queue_.waiting() == 0) return retry_.stop();
  project_->setPatience(kRetryPatience);
  auto done = queue_.retry(*project_);
  project_->setPatience(kPatience);
  if (!done) fail(done.error());
  if (queue_.waiting() > 0) return tellWaiting();
  retry_.stop();
  if (done) Q_EMIT noticed(tr("all edits are saved"));
  Q_EMIT projectChanged();
  reload();
}

void LabelController::refreshNames() {
  const auto text = [](const Result<std::string>& name) { return name ? stepText(*name) : QString(); };
  undoName_ = project_ ? text(project_->undoName()) : QString();
  redoName_ = project_ ? text(project_->redoName()) : QString();
}

void LabelController::lookElsewhere() {
  if (!project_ || queue_.waiting() > 0) return;
  const auto there = project_->changedElsewhere();
  if (!there || !*there) return;
  if (!ownJob_) Q_EMIT noticed(tr("the project was changed in another window"));
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

}  // namespace chladni::ui
