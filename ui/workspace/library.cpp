#include "ui/workspace/library.h"

#include <algorithm>
#include <chrono>

#include "ui/workspace/paths.h"

namespace chladni::ui {
namespace {

constexpr int kWorkers = 2;
constexpr auto kProgressInterval = std::chrono::milliseconds(50);

}  // namespace

Library::Library(QObject* parent) : QObject(parent), post_(this) {
  for (int i = 0; i < kWorkers; ++i) workers_.emplace_back([this](std::stop_token stop) { work(stop); });
}

Library::~Library() {
  for (auto& [id, stop] : stops_) stop.request_stop();
  for (std::jthread& worker : workers_) worker.request_stop();
  wake_.notify_all();
  workers_.clear();
}

const OpenFile* Library::file(FileId id) const {
  const auto found = std::find_if(files_.begin(), files_.end(), [&](const OpenFile& file) { return file.id == id; });
  return found == files_.end() ? nullptr : &*found;
}

OpenFile* Library::mutableFile(FileId id) { return const_cast<OpenFile*>(file(id)); }

bool Library::busy() const {
  return std::any_of(files_.begin(), files_.end(), [](const OpenFile& file) {
    return file.state == FileState::opening || file.state == FileState::reading;
  });
}

FileId Library::open(const std::filesystem::path& path) {
  const auto known = std::find_if(files_.begin(), files_.end(), [&](const OpenFile& file) { return file.path == path; });
  if (known != files_.end() && known->state != FileState::failed) return known->id;
  FileId id = 0;
  if (known != files_.end()) {
    known->state = FileState::opening;
    known->error.reset();
    id = known->id;
  } else {
    id = ++lastId_;
    OpenFile file;
    file.id = id;
    file.path = path;
    files_.push_back(std::move(file));
    stops_.emplace_back(id, std::stop_source());
    Q_EMIT added(id);
  }
  const auto stop = std::find_if(stops_.begin(), stops_.end(), [&](const auto& entry) { return entry.first == id; });
  submit({id, path, nullptr, stop->second.get_token()});
  return id;
}

void Library::close(FileId id) {
  const auto stop = std::find_if(stops_.begin(), stops_.end(), [&](const auto& entry) { return entry.first == id; });
  if (stop == stops_.end()) return;
  stop->second.request_stop();
  stops_.erase(stop);
  std::erase_if(files_, [&](const OpenFile& file) { return file.id == id; });
  Q_EMIT closed(id);
}

void Library::read(FileId id) {
  OpenFile* file = mutableFile(id);
  if (file == nullptr || file->state != FileState::waiting) return;
  file->state = FileState::reading;
  const auto stop = std::find_if(stops_.begin(), stops_.end(), [&](const auto& entry) { return entry.first == id; });
  submit({id, file->path, file->recording, stop->second.get_token()});
  Q_EMIT progressed(id);
}

void Library::setPrediction(FileId id, const std::string& package, std::shared_ptr<const Prediction> prediction,
                            bool complete, std::shared_ptr<const RegionAttention> regions) {
  OpenFile* file = mutableFile(id);
  if (file == nullptr) return;
  file->prediction = std::move(prediction);
  file->regions = std::move(regions);
  file->predictionPackage = package;
  file->predictionComplete = complete;
  Q_EMIT predicted(id);
  if (complete) keepPrediction(id, package, file->prediction, file->regions);
}

void Library::keepPrediction(FileId id, const std::string& package, std::shared_ptr<const Prediction> prediction,
                             std::shared_ptr<const RegionAttention> regions) {
  OpenFile* file = mutableFile(id);
  if (file == nullptr) return;
  OpenFile::Known& known = file->known[package];
  if (known.prediction == prediction) return;
  known = {std::move(prediction), std::move(regions)};
  Q_EMIT this->known(id, QString::fromStdString(package));
}

std::shared_ptr<const Prediction> Library::knownPrediction(FileId id, const std::string& package) const {
  const OpenFile* open = file(id);
  if (open == nullptr) return nullptr;
  const auto found = open->known.find(package);
  return found == open->known.end() ? nullptr : found->second.prediction;
}

void Library::setAnalysing(FileId id, bool analysing) {
  OpenFile* file = mutableFile(id);
  if (file == nullptr || file->analysing == analysing) return;
  file->analysing = analysing;
  Q_EMIT analysingChanged(id);
}

void Library::submit(Task task) {
  const std::lock_guard lock(mutex_);
  // Opening is quick and comes before reading; among readings the newest comes first.
  const auto firstReading =
      std::find_if(tasks_.begin(), tasks_.end(), [](const Task& waiting) { return waiting.recording != nullptr; });
  tasks_.insert(firstReading, std::move(task));
  wake_.notify_one();
}

void Library::work(std::stop_token stop) {
  while (true) {
    Task task;
    {
      std::unique_lock lock(mutex_);
      wake_.wait(lock, stop, [&] { return !tasks_.empty(); });
      if (stop.stop_requested()) return;
      task = std::move(tasks_.front());
      tasks_.pop_front();
    }
    if (task.stop.stop_requested()) continue;
    task.recording ? readIn(task) : openIn(task);
  }
}

void Library::openIn(const Task& task) {
  auto result = std::make_shared<Result<std::shared_ptr<analysis::Recording>>>(analysis::Recording::open(task.path));
  post_([this, id = task.id, result] {
    OpenFile* file = mutableFile(id);
    if (file == nullptr) return;
    if (!*result) {
      file->state = FileState::failed;
      file->error = result->error();
      Q_EMIT finished(id);
      return;
    }
    file->recording = **result;
    file->state = FileState::waiting;
    Q_EMIT opened(id);
  });
}

void Library::readIn(const Task& task) {
  auto last = std::chrono::steady_clock::time_point{};
  const ProgressSink report = [&](const Progress& progress) {
    const auto now = std::chrono::steady_clock::now();
    if (now - last < kProgressInterval && progress.done < progress.total) return;
    last = now;
    post_([this, id = task.id, progress] {
      OpenFile* file = mutableFile(id);
      if (file == nullptr || file->state != FileState::reading) return;
      file->progress = progress;
      Q_EMIT progressed(id);
    });
  };
  const Result<void> result = task.recording->scan(report, task.stop);
  std::optional<Error> error;
  if (!result) error = result.error();
  post_([this, id = task.id, error] {
    OpenFile* file = mutableFile(id);
    if (file == nullptr) return;
    file->state = FileState::ready;
    file->error = error;
    Q_EMIT finished(id);
  });
}

}  // namespace chladni::ui
