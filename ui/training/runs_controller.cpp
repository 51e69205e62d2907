#include "ui/training/runs_controller.h"

#include <algorithm>

#include "ui/workspace/paths.h"
#include "ui/workspace/text.h"

namespace chladni::ui {
namespace {

constexpr int kLookMs = 1000;

}  // namespace

RunsController::RunsController(runs::RunDesk desk, QObject* parent)
    : QObject(parent), desk_(std::move(desk)), post_(this), queue_(std::make_unique<jobs::JobQueue>(jobs::QueueOrder::inOrder, 1)) {
  connect(&timer_, &QTimer::timeout, this, &RunsController::refresh);
  timer_.start(kLookMs);
  refresh();
}

RunsController::~RunsController() = default;

const runs::RunSummary* RunsController::find(const std::filesystem::path& folder) const {
  const auto place = std::find_if(runs_.begin(), runs_.end(), [&](const runs::RunSummary& run) { return run.folder == folder; });
  return place == runs_.end() ? nullptr : &*place;
}

bool RunsController::busy() const {
  const bool unread = std::any_of(watched_.begin(), watched_.end(), [&](const auto& folder) { return !histories_.contains(folder); });
  return !known_ || acts_ > 0 || unread || (!watchedStudy_.empty() && !studies_.contains(watchedStudy_));
}

void RunsController::refresh() {
  look();
  follow();
  readStudy();
}

// One look at a time: a slow disk must not fill the queue.
void RunsController::look() {
  if (looking_) {
    lookAgain_ = true;
    return;
  }
  looking_ = true;
  queue_->submit([this, desk = desk_](const std::stop_token&) {
    auto found = desk.list();
    auto started = desk.startNext(found);
    if (started && *started) found = desk.list();
    const QString problem = started ? QString() : toText(started.error());
    post_([this, found = std::move(found), problem]() mutable {
      looking_ = false;
      adopt(std::move(found));
      if (!problem.isEmpty()) Q_EMIT failed(problem);
      if (std::exchange(lookAgain_, false)) look();
    });
  });
}

void RunsController::adopt(std::vector<runs::RunSummary> runs) {
  std::vector<std::pair<QString, bool>> ended;
  for (const auto& before : runs_) {
    if (!before.alive()) continue;
    for (const auto& now : runs)
      if (now.folder == before.folder && !now.alive()) ended.emplace_back(QString::fromStdString(now.name), now.phase != runs::RunPhase::failed);
  }
  const bool changed = !known_ || runs != runs_;
  known_ = true;
  runs_ = std::move(runs);
  if (changed) Q_EMIT runsChanged();
  for (const auto& [name, well] : ended) Q_EMIT finished(name, well);
}

void RunsController::watch(std::vector<std::filesystem::path> folders) {
  watched_ = std::set<std::filesystem::path>(folders.begin(), folders.end());
  follow();
}

std::shared_ptr<const runs::RunHistory> RunsController::history(const std::filesystem::path& folder) const {
  const auto place = histories_.find(folder);
  return place == histories_.end() ? nullptr : place->second;
}

void RunsController::follow() {
  if (watched_.empty()) return;
  if (following_) {
    followAgain_ = true;
    return;
  }
  following_ = true;
  queue_->submit([this, wanted = watched_](const std::stop_token& stop) {
    std::vector<std::pair<std::filesystem::path, std::shared_ptr<const runs::RunHistory>>> news;
    for (const auto& folder : wanted) {
      auto& follower = followers_[folder];
      if (!follower.file) follower.file = std::make_unique<runs::EventFile>(folder / "events.jsonl");
      const auto updated = follower.file->update(follower.history, stop);
      if (follower.shown && updated && !*updated) continue;
      follower.shown = std::make_shared<const runs::RunHistory>(follower.history);
      news.emplace_back(folder, follower.shown);
    }
    post_([this, news = std::move(news)] {
      following_ = false;
      for (const auto& [folder, history] : news) {
        histories_[folder] = history;
        Q_EMIT historyChanged(toQString(folder));
      }
      if (std::exchange(followAgain_, false)) follow();
    });
  });
}

void RunsController::watchStudy(const std::filesystem::path& folder) {
  if (folder == watchedStudy_) return;
  watchedStudy_ = folder;
  readStudy();
}

std::shared_ptr<const runs::StudyReading> RunsController::study(const std::filesystem::path& folder) const {
  const auto place = studies_.find(folder);
  return place == studies_.end() ? nullptr : place->second;
}

void RunsController::readStudy() {
  if (watchedStudy_.empty()) return;
  if (readingStudy_) {
    readStudyAgain_ = true;
    return;
  }
  readingStudy_ = true;
  queue_->submit([this, folder = watchedStudy_](const std::stop_token& stop) {
    auto reading = studyReaders_.try_emplace(folder, folder).first->second.update(stop);
    post_([this, folder, reading = std::move(reading)] {
      readingStudy_ = false;
      const bool first = !studies_.contains(folder);
      if (!reading) {
        studies_.insert_or_assign(folder, nullptr);
        if (first) Q_EMIT failed(toText(reading.error()));
      } else if (*reading) {
        studies_.insert_or_assign(folder, *reading);
        Q_EMIT studyChanged(toQString(folder));
      }
      if (std::exchange(readStudyAgain_, false)) readStudy();
    });
  });
}

void RunsController::act(Act act) {
  ++acts_;
  queue_->submit([this, desk = desk_, act = std::move(act)](const std::stop_token&) {
    const auto done = act(desk);
    const QString problem = done ? QString() : toText(done.error());
    post_([this, problem] {
      --acts_;
      if (!problem.isEmpty()) Q_EMIT failed(problem);
      refresh();
    });
  });
}

// By what the folder says now, not by what the list said a second ago.
void RunsController::actOn(const std::filesystem::path& folder,
                           std::function<Result<void>(const runs::RunDesk&, const runs::RunSummary&)> what) {
  act([folder, what = std::move(what)](const runs::RunDesk& desk) {
    return what(desk, runs::summarise(folder, {runs::lockHolders()}));
  });
}

void RunsController::create(const QString& name, const training::Recipe& recipe, Beginning beginning, const std::vector<training::SweepAxis>& sweep) {
  act([this, name = name.toStdString(), recipe, sweep, beginning](const runs::RunDesk& desk) -> Result<void> {
    auto folder = desk.create(name, recipe, sweep);
    if (!folder) return fail(folder.error());
    post_([this, made = toQString(*folder)] { Q_EMIT created(made); });
    if (beginning == Beginning::later) return {};
    return beginning == Beginning::now ? desk.start(*folder) : desk.enqueue(*folder);
  });
}

void RunsController::addExisting(const std::filesystem::path& folder) {
  act([this, folder](const runs::RunDesk& desk) -> Result<void> {
    auto link = desk.addExisting(folder);
    if (!link) return fail(link.error());
    post_([this, made = toQString(*link)] { Q_EMIT created(made); });
    return {};
  });
}

void RunsController::pause(const std::filesystem::path& folder) {
  actOn(folder, [](const auto& desk, const auto& run) { return desk.pause(run); });
}

void RunsController::resume(const std::filesystem::path& folder) {
  actOn(folder, [](const auto& desk, const auto& run) { return desk.resume(run); });
}

void RunsController::stop(const std::filesystem::path& folder) {
  actOn(folder, [](const auto& desk, const auto& run) { return desk.stop(run); });
}

void RunsController::kill(const std::filesystem::path& folder) {
  actOn(folder, [](const auto& desk, const auto& run) { return desk.kill(run); });
}

void RunsController::enqueue(const std::filesystem::path& folder) {
  act([folder](const runs::RunDesk& desk) { return desk.enqueue(folder); });
}

void RunsController::rename(const std::filesystem::path& folder, const QString& name) {
  actOn(folder, [name = name.toStdString()](const auto& desk, const auto& run) { return desk.rename(run, name); });
}

void RunsController::remove(const std::vector<std::filesystem::path>& folders) {
  act([this, folders](const runs::RunDesk& desk) -> Result<void> {
    std::vector<runs::Deleted> deleted;
    std::optional<Error> problem;
    for (const auto& folder : folders) {
      auto gone = desk.remove(runs::summarise(folder, {runs::lockHolders()}));
      if (gone) {
        deleted.push_back(std::move(*gone));
      } else {
        problem = gone.error();
      }
    }
    post_([this, deleted] {
      if (deleted.empty()) return;
      deleted_ = deleted;
      for (const auto& one : deleted) {
        watched_.erase(one.was);
        histories_.erase(one.was);
        studies_.erase(one.was);
        if (watchedStudy_ == one.was) watchedStudy_.clear();
      }
      Q_EMIT removed(static_cast<int>(deleted.size()));
    });
    for (const auto& one : deleted) {
      followers_.erase(one.was);
      studyReaders_.erase(one.was);
    }
    if (problem) return fail(*problem);
    return {};
  });
}

void RunsController::undoRemove() {
  act([deleted = std::exchange(deleted_, {})](const runs::RunDesk& desk) -> Result<void> {
    for (const auto& one : deleted)
      if (auto back = desk.restore(one); !back) return back;
    return {};
  });
}

void RunsController::emptyBin() {
  deleted_.clear();
  act([](const runs::RunDesk& desk) { return desk.emptyBin(); });
}

}  // namespace chladni::ui
