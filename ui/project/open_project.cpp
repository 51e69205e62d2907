#include "ui/project/open_project.h"

#include "ui/workspace/core_words.h"
#include "ui/workspace/text.h"

namespace chladni::ui {
namespace {

constexpr int kLookElsewhereMs = 1000;
constexpr int kRetryMs = 250;
// How long the window may stand still for another program: when a key asks, when a timer does, when it closes.
constexpr std::chrono::milliseconds kPatience{100};
constexpr std::chrono::milliseconds kRetryPatience{5};
constexpr std::chrono::milliseconds kLastPatience{10'000};

}  // namespace

OpenProject::OpenProject(QObject* parent) : QObject(parent) {
  elsewhere_.setInterval(kLookElsewhereMs);
  retry_.setInterval(kRetryMs);
  connect(&elsewhere_, &QTimer::timeout, this, &OpenProject::lookElsewhere);
  connect(&retry_, &QTimer::timeout, this, &OpenProject::retryWaiting);
}

OpenProject::~OpenProject() {
  if (!project_ || queue_.waiting() == 0) return;
  project_->setPatience(kLastPatience);
  if (auto done = queue_.retry(*project_); !done || queue_.waiting() > 0)
    qWarning("%s: edits could not be kept; another program holds the project", project_->path().c_str());
}

std::optional<Error> OpenProject::create(const std::filesystem::path& path) { return take(store::Project::create(path)); }
std::optional<Error> OpenProject::open(const std::filesystem::path& path) { return take(store::Project::open(path, kPatience)); }

std::optional<Error> OpenProject::take(Result<store::Project> project) {
  if (!project) {
    fail(project.error());
    return project.error();
  }
  close();
  project_ = std::move(*project);
  project_->setPatience(kPatience);
  if (project_->readOnly()) Q_EMIT noticed(tr("the project is in a read-only place: it can be looked at"));
  elsewhere_.start();
  Q_EMIT projectChanged();
  Q_EMIT outdated();
  return {};
}

void OpenProject::close() {
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
  Q_EMIT outdated();
}

void OpenProject::setFile(const std::filesystem::path& path) {
  path_ = path;
  file_.reset();
  tracks_.clear();
}

Result<void> OpenProject::read() {
  Result<void> read;
  if (project_) {
    read = readTracks();
  } else {
    file_.reset();
    tracks_.clear();
    classes_.clear();
  }
  refreshNames();
  return read;
}

Result<void> OpenProject::readTracks() {
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
  return {};
}

void OpenProject::setOwnJob(bool running) {
  if (ownJob_ && !running && project_) (void)project_->changedElsewhere().has_value();  // seen
  ownJob_ = running;
}

bool OpenProject::mustWait() {
  if (queue_.waiting() == 0) return false;
  retry_.start();
  Q_EMIT noticed(queue_.waiting() == 1 ? tr("another program holds the project: 1 edit waits to be saved")
                                       : tr("another program holds the project: %1 edits wait to be saved").arg(queue_.waiting()));
  return true;
}

Result<void> OpenProject::run(std::size_t place, TrackStep step) {
  auto classes = step.classes;
  auto stored = queue_.run(*project_, std::move(step));
  if (!stored) return chladni::fail(stored.error());
  if (place < tracks_.size()) tracks_[place] = std::move(*stored);
  else tracks_.push_back(std::move(*stored));
  if (classes) classes_ = std::move(*classes);
  if (!file_ && queue_.waiting() == 0) {
    if (auto id = project_->idOf(path_)) file_ = *id;
  }
  refreshNames();
  mustWait();
  return {};
}

void OpenProject::retryWaiting() {
  if (!project_ || queue_.waiting() == 0) return retry_.stop();
  project_->setPatience(kRetryPatience);
  auto done = queue_.retry(*project_);
  project_->setPatience(kPatience);
  if (!done) fail(done.error());
  if (mustWait()) return;
  retry_.stop();
  if (done) Q_EMIT noticed(tr("all edits are saved"));
  Q_EMIT projectChanged();
  Q_EMIT outdated();
}

void OpenProject::refreshNames() {
  const auto text = [](const Result<std::string>& name) { return name ? stepText(*name) : QString(); };
  undoName_ = project_ ? text(project_->undoName()) : QString();
  redoName_ = project_ ? text(project_->redoName()) : QString();
}

void OpenProject::lookElsewhere() {
  if (!project_ || queue_.waiting() > 0) return;
  const auto there = project_->changedElsewhere();
  if (!there || !*there) return;
  if (!ownJob_) Q_EMIT noticed(tr("the project was changed in another window"));
  Q_EMIT projectChanged();
  Q_EMIT outdated();
}

void OpenProject::fail(const Error& error) {
  if (error.code != ErrorCode::cancelled) Q_EMIT failed(toText(error));
}

}  // namespace chladni::ui
