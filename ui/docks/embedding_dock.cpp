#include "ui/docks/embedding_dock.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QListWidget>
#include <QProgressBar>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>
#include <set>

#include "ui/playback/clip_player.h"
#include "ui/workspace/paths.h"
#include "ui/workspace/text.h"
#include "widgets/embedding/embedding_map.h"
#include "widgets/export/view_export.h"
#include "widgets/theme/quiet_label.h"
#include "widgets/time_axis/clock_text.h"

namespace chladni::ui {

using namespace widgets;
EmbeddingDock::EmbeddingDock(AnalysisController& analysis, Library& library, QWidget* parent)
    : QDockWidget(tr("Map of clips"), parent), analysis_(analysis), library_(library), player_(new ClipPlayer(this)), gathering_(analysis, this), post_(this) {
  setObjectName("map");
  build();
  worker_ = std::make_unique<jobs::KeyedWorker<int, FitRequest>>([this, post = post_](int, std::uint64_t generation, FitRequest& request, std::stop_token) {
    auto places = analysis::placeClips(request.vectors);
    post([this, generation, places = std::move(places)] {
      if (generation <= fitsAnswered_) return;
      fitsAnswered_ = generation;
      show(places);
      Q_EMIT activityChanged();
    });
  });
  connect(&analysis_, &AnalysisController::modelChosen, this, &EmbeddingDock::forget);
  connect(&analysis_, &AnalysisController::cancelled, &gathering_, &ClipGathering::stop);
  connect(&gathering_, &ClipGathering::changed, this, &EmbeddingDock::gathered);
  connect(&gathering_, &ClipGathering::clipsAdded, this, [this] { fitsAsked_ = worker_->submit(0, {gathering_.vectors()}); });
  connect(&gathering_, &ClipGathering::found, this, &EmbeddingDock::showHits);
  connect(&gathering_, &ClipGathering::notFound, note_, &QLabel::setText);
  for (const auto signal : {&Library::added, &Library::opened, &Library::closed}) connect(&library_, signal, this, &EmbeddingDock::refresh);
  forget();
}

EmbeddingDock::~EmbeddingDock() { worker_.reset(); }

void EmbeddingDock::build() {
  auto* body = new QWidget(this);
  auto* column = new QVBoxLayout(body);
  column->setContentsMargins(0, 4, 0, 8);
  column->setSpacing(6);
  note_ = quietLabel({}, body);
  note_->setObjectName("mapNote");
  note_->setContentsMargins(12, 0, 12, 0);
  column->addWidget(note_);
  auto* line = new QHBoxLayout;
  line->setContentsMargins(12, 0, 12, 0);
  line->setSpacing(8);
  run_ = new QToolButton(body);
  run_->setObjectName("mapRun");
  like_ = new QToolButton(body);
  like_->setObjectName("mapLike");
  like_->setText(tr("Like the selection"));
  like_->setToolTip(tr("Rank all clips by how much the model takes them for what is selected in the lanes"));
  progress_ = new QProgressBar(body);
  progress_->setTextVisible(false);
  progress_->setFixedHeight(4);
  line->addWidget(run_);
  line->addWidget(like_);
  line->addWidget(progress_, 1);
  line->addStretch(0);
  column->addLayout(line);
  map_ = new EmbeddingMap(body);
  map_->setObjectName("embeddingMap");
  column->addWidget(map_, 3);
  hitsBox_ = new QWidget(body);  // as a whole, so that the map has its room when there are none
  list_ = new QListWidget(hitsBox_);
  list_->setObjectName("mapHits");
  list_->setAccessibleName(tr("Clips most like the selection"));
  list_->setFrameShape(QFrame::NoFrame);
  auto* below = new QHBoxLayout(hitsBox_);
  below->setContentsMargins(12, 0, 12, 0);
  below->addWidget(list_);
  hitsBox_->hide();
  column->addWidget(hitsBox_, 1);
  setWidget(body);
  connect(run_, &QToolButton::clicked, this, [this] { gathering_.running() ? gathering_.stop() : start(); });
  connect(like_, &QToolButton::clicked, this, &EmbeddingDock::findLikeSelection);
  connect(map_, &EmbeddingMap::pointClicked, this, &EmbeddingDock::play);
  connect(map_, &EmbeddingMap::valueUnderCursor, this, &EmbeddingDock::valueUnderCursor);
  const auto playItem = [this](QListWidgetItem* item) { play(item->data(Qt::UserRole).toInt()); };
  connect(list_, &QListWidget::itemClicked, this, playItem);
  connect(list_, &QListWidget::itemActivated, this, playItem);  // Enter
  connect(list_, &QListWidget::itemDoubleClicked, this, [this](QListWidgetItem* item) {
    const ClipGathering::Clip& clip = clips()[static_cast<std::size_t>(item->data(Qt::UserRole).toInt())];
    Q_EMIT openRequested(toQString(clip.path), clip.clip.span.start.seconds(), clip.clip.span.end.seconds());
  });
}

// Vectors of another model say nothing beside these.
void EmbeddingDock::forget() {
  gathering_.forget();
  hits_.clear();
  places_ = {};
  hitsBox_->hide();
  fitsAnswered_ = fitsAsked_;
  map_->setMessage(tr("Every mark will be a clip of one of your files: what the model takes for alike lies close together, and a click plays it."));
  refresh();
}

void EmbeddingDock::setInProject(bool inProject) {
  inProject_ = inProject;
  refresh();
}

std::vector<ClipGathering::Source> EmbeddingDock::sources() const {
  std::vector<ClipGathering::Source> all;
  std::set<std::filesystem::path> open;
  for (const OpenFile& file : library_.files()) {
    if (!file.recording) continue;
    all.push_back({file.recording->path(), file.recording});
    open.insert(file.recording->path());
  }
  if (!inProject_ || !projectFiles_) return all;
  for (auto& file : projectFiles_())
    if (!open.contains(file)) all.push_back({std::move(file), nullptr});
  return all;
}

void EmbeddingDock::start() {
  const inference::ModelSpec* spec = analysis_.model();
  if (spec == nullptr) return;
  forget();
  gathering_.start(spec->name, sources());
}

void EmbeddingDock::gathered() {
  if (!gathering_.running() && clips().empty() && gathering_.files() > 0)
    map_->setMessage(gathering_.problem().isEmpty() ? tr("No file has anything that this model could use.") : gathering_.problem());
  refresh();
  Q_EMIT activityChanged();
}

QString EmbeddingDock::classOf(const ClipGathering::Clip& clip) const {
  const inference::ModelSpec* spec = analysis_.model();
  const auto index = static_cast<std::size_t>(clip.clip.topClass);
  return spec != nullptr && clip.clip.topClass >= 0 && index < spec->classes.size() ? QString::fromStdString(spec->classes[index]) : QString();
}

QString EmbeddingDock::textOf(const ClipGathering::Clip& clip) const {
  QString text = tr("%1 · %2–%3").arg(fileName(clip.path), clockText(clip.clip.span.start.seconds(), 1), clockText(clip.clip.span.end.seconds(), 1));
  if (const QString name = classOf(clip); !name.isEmpty()) text += tr(" · %1 %2").arg(name).arg(clip.clip.topScore, 0, 'f', 2);
  return text;
}

void EmbeddingDock::show(const Result<analysis::ClipPlaces>& places) {
  if (!places) {
    map_->setMessage(messageText(places.error()));
    return;
  }
  places_ = places->places;
  std::vector<MapPoint> points;
  for (std::int64_t i = 0; i < places_.rows && i < static_cast<std::int64_t>(clips().size()); ++i) {
    const ClipGathering::Clip& clip = clips()[static_cast<std::size_t>(i)];
    MapPoint point;
    point.place = QPointF(static_cast<double>(places_.at(i, 0)), static_cast<double>(places_.at(i, 1)));
    point.classIndex = clip.clip.topClass;
    point.className = classOf(clip);
    point.text = textOf(clip);
    points.push_back(std::move(point));
  }
  map_->setPoints(std::move(points));
  const auto percent = [](double share) { return tr("%1 % of all differences").arg(std::lround(100.0 * share)); };
  map_->setAxes(percent(places->shares.first), percent(places->shares.second));
  if (!hits_.empty()) showHits(hits_);
}

void EmbeddingDock::findLikeSelection() {
  const auto selection = selection_ ? selection_() : std::nullopt;
  const OpenFile* file = selection ? library_.file(selection->first) : nullptr;
  if (file == nullptr || !file->recording || clips().empty()) {
    note_->setText(clips().empty() ? tr("First make the map, then select a stretch and ask what is like it.") : tr("Nothing is selected: drag over the lanes, then ask again."));
    return;
  }
  gathering_.findLike(file->recording, selection->second);
}

void EmbeddingDock::showHits(const ClipGathering::Hits& hits) {
  hits_ = hits;
  std::vector<int> points;
  list_->clear();
  for (const auto& [index, likeness] : hits) {
    if (index >= clips().size()) continue;
    auto* item = new QListWidgetItem(tr("%1. %2 · likeness %3").arg(points.size() + 1).arg(textOf(clips()[index])).arg(likeness, 0, 'f', 2), list_);
    item->setData(Qt::UserRole, static_cast<int>(index));
    item->setToolTip(tr("Click plays it, a double click goes there"));
    points.push_back(static_cast<int>(index));
  }
  hitsBox_->setVisible(!points.empty());
  map_->setHits(std::move(points));
}

void EmbeddingDock::play(int point) {
  if (point < 0 || point >= static_cast<int>(clips().size())) return;
  map_->setChosen(point);
  const ClipGathering::Clip& clip = clips()[static_cast<std::size_t>(point)];
  player_->stop();
  Q_EMIT playing();
  player_->playStretch(clip.path, clip.clip.span);
}

void EmbeddingDock::refresh() {
  const inference::ModelSpec* spec = analysis_.model();
  const bool anyOpen = std::any_of(library_.files().begin(), library_.files().end(), [](const OpenFile& file) { return file.recording != nullptr; });
  const bool usable = inProject_ || anyOpen;
  run_->setText(gathering_.running() ? tr("Stop") : !clips().empty() ? tr("Map again") : !inProject_ ? tr("Map the open files") : tr("Map the project"));
  run_->setEnabled(gathering_.running() || (spec != nullptr && usable));
  like_->setEnabled(!clips().empty() && !gathering_.running());
  progress_->setRange(0, std::max(1, gathering_.files()));
  progress_->setValue(gathering_.filesDone());
  progress_->setVisible(gathering_.running());
  if (spec == nullptr) {
    note_->setText(tr("With a model installed, the clips of your files become a map here."));
  } else if (clips().empty() && inProject_) {
    note_->setText(tr("The clips of all files of the project become a map."));
  } else if (clips().empty()) {
    note_->setText(tr("Open some files, then map them."));
  } else {
    const QString by = gathering_.kind() == analysis::EmbeddingKind::shared     ? tr("the space that sound and pictures share")
                       : gathering_.kind() == analysis::EmbeddingKind::features ? tr("the model's features")
                                                                    : tr("the model's scores of its classes");
    note_->setText(tr("%1 clips by %2. Only the two directions of largest difference are drawn; neighbours in the map can still differ in others.").arg(clips().size()).arg(by));
  }
}

QString EmbeddingDock::table() const {
  if (clips().empty() || places_.rows < static_cast<std::int64_t>(clips().size())) return {};
  QString text = QStringLiteral("x,y,class,probability,file,start s,end s,likeness\n");
  for (std::size_t i = 0; i < clips().size(); ++i) {
    const ClipGathering::Clip& clip = clips()[i];
    const auto hit = std::find_if(hits_.begin(), hits_.end(), [&](const auto& one) { return one.first == i; });
    const auto row = static_cast<std::int64_t>(i);
    const QString name = classOf(clip);
    const QString path = toQString(clip.path);
    text += QStringLiteral("%1,%2,%3,%4,%5,%6,%7,%8\n")
                .arg(static_cast<double>(places_.at(row, 0)))
                .arg(static_cast<double>(places_.at(row, 1)))
                .arg(widgets::csvCell(name))
                .arg(static_cast<double>(clip.clip.topScore))
                .arg(widgets::csvCell(path))
                .arg(clip.clip.span.start.seconds())
                .arg(clip.clip.span.end.seconds())
                .arg(hit == hits_.end() ? QString() : QString::number(hit->second));
  }
  return text;
}

}  // namespace chladni::ui
