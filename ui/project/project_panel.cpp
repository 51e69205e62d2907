#include "ui/project/project_panel.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QInputDialog>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QTableView>
#include <QVBoxLayout>
#include <set>

#include "core/datasets/media_files.h"
#include "ui/actions/action_catalogue.h"
#include "ui/project/project_files_model.h"
#include "ui/project/project_worker.h"
#include "ui/workspace/paths.h"
#include "ui/workspace/text.h"

namespace chladni::ui {

namespace {
constexpr int kSettlesMs = 200;
}

ProjectPanel::ProjectPanel(LabelController& labels, ProjectWorker& worker, QWidget* parent)
    : QWidget(parent), labels_(labels), worker_(worker), title_(new QLabel(this)), search_(new QLineEdit(this)), table_(new QTableView(this)),
      model_(new ProjectFilesModel(this)) {
  setObjectName("projectPanel");
  title_->setTextFormat(Qt::PlainText);
  title_->setContentsMargins(8, 6, 8, 0);
  search_->setObjectName("projectSearch");
  search_->setPlaceholderText(tr("Search names, tags, status, labels"));
  search_->setAccessibleName(search_->placeholderText());
  search_->setClearButtonEnabled(true);
  table_->setObjectName("projectFiles");
  table_->setAccessibleName(tr("Files of the project"));
  table_->setModel(model_);
  table_->setSelectionBehavior(QAbstractItemView::SelectRows);
  table_->setShowGrid(false);
  table_->setFrameShape(QFrame::NoFrame);
  table_->setTabKeyNavigation(false);
  table_->setContextMenuPolicy(Qt::CustomContextMenu);
  table_->verticalHeader()->hide();
  table_->verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 8);
  table_->horizontalHeader()->setSectionResizeMode(1, QHeaderView::Stretch);
  table_->horizontalHeader()->setMinimumSectionSize(20);
  table_->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
  table_->setTextElideMode(Qt::ElideMiddle);  // numbers are at the end
  table_->setWordWrap(false);
  table_->horizontalHeader()->setHighlightSections(false);
  table_->setColumnWidth(0, 24);
  table_->setColumnWidth(2, fontMetrics().horizontalAdvance(tr("Labels")) + 24);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(4);
  column->addWidget(title_);
  auto* searchRow = new QHBoxLayout;
  searchRow->setContentsMargins(8, 0, 8, 0);
  searchRow->addWidget(search_);
  column->addLayout(searchRow);
  column->addWidget(table_, 1);

  connect(search_, &QLineEdit::textChanged, this, &ProjectPanel::refresh);
  const auto open = [this](const QModelIndex& index) { Q_EMIT openRequested(toQString(model_->file(index.row()).path)); };
  connect(table_, &QTableView::activated, this, open);
  connect(table_, &QTableView::doubleClicked, this, open);
  connect(table_, &QTableView::customContextMenuRequested, this, &ProjectPanel::showMenu);
  connect(&labels_, &LabelController::projectChanged, this, &ProjectPanel::refresh);
  connect(&worker_, &ProjectWorker::activityChanged, this, [this] {
    if (!busy_ || worker_.busy()) return;
    busy_ = false;
    refresh();
  });
  soon_.setSingleShot(true);
  soon_.setInterval(kSettlesMs);
  connect(&labels_, &LabelController::changed, &soon_, qOverload<>(&QTimer::start));
  connect(&soon_, &QTimer::timeout, this, &ProjectPanel::refresh);
  refresh();
}

ProjectPanel::~ProjectPanel() = default;

void ProjectPanel::refresh() {
  store::Project* project = labels_.project();
  setVisible(project != nullptr);
  if (project == nullptr) return model_->setFiles({});
  std::set<store::FileId> kept;
  for (const store::FileId id : selectedFiles()) kept.insert(id);
  auto files = project->find(search_->text().toStdString());
  if (!files) return Q_EMIT failed(toText(files.error()));
  const std::size_t count = files->size();
  model_->setFiles(std::move(*files));
  for (int row = 0; row < model_->rowCount() && !kept.empty(); ++row) {
    if (kept.contains(model_->file(row).id))
      table_->selectionModel()->select(model_->index(row, 0), QItemSelectionModel::Select | QItemSelectionModel::Rows);
  }
  const QString files_ = count == 1 ? tr("1 file") : tr("%1 files").arg(count);
  title_->setText(tr("%1 · %2%3").arg(fileName(project->path().stem()), busy_ ? tr("adding…") : files_,
                                      project->readOnly() ? tr(" · read-only") : QString()));
}

void ProjectPanel::focusSearch() {
  search_->setFocus();
  search_->selectAll();
}

int ProjectPanel::fileCount() const { return model_->rowCount(); }

std::vector<store::FileId> ProjectPanel::selectedFiles() const {
  std::vector<store::FileId> ids;
  for (const QModelIndex& index : table_->selectionModel()->selectedRows()) ids.push_back(model_->file(index.row()).id);
  return ids;
}

void ProjectPanel::finished(const Result<void>& done) {
  if (!done && done.error().code != ErrorCode::cancelled) Q_EMIT failed(toText(done.error()));
  labels_.reload();
  refresh();
}

void ProjectPanel::setStatus(store::FileStatus status) {
  if (labels_.project() != nullptr && !selectedFiles().empty()) finished(labels_.project()->setStatus(selectedFiles(), status));
}

void ProjectPanel::addTag(const QString& tag) {
  if (labels_.project() != nullptr && !selectedFiles().empty()) finished(labels_.project()->addTag(selectedFiles(), tag.trimmed().toStdString()));
}

void ProjectPanel::askTag() {
  auto* dialog = new QInputDialog(this);
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->setWindowTitle(tr("Tag"));
  dialog->setLabelText(tr("Tag for the selected files:"));
  connect(dialog, &QInputDialog::textValueSelected, this, &ProjectPanel::addTag);
  dialog->open();
}

void ProjectPanel::removeSelected() {
  if (labels_.project() != nullptr) finished(labels_.project()->removeFiles(selectedFiles()));
}

void ProjectPanel::showMenu(const QPoint& at) {
  if (!table_->indexAt(at).isValid()) return;
  auto* menu = new QMenu(this);
  menu->setAttribute(Qt::WA_DeleteOnClose);
  for (const auto status : {store::FileStatus::untouched, store::FileStatus::begun, store::FileStatus::done, store::FileStatus::questionable})
    menu->addAction(tr("Mark as %1").arg(statusName(status)), this, [this, status] { setStatus(status); });
  menu->addSeparator();
  menu->addAction(tr("Tag…"), this, &ProjectPanel::askTag);
  menu->addAction(tr("Remove from the project"), this, &ProjectPanel::removeSelected);
  menu->popup(table_->viewport()->mapToGlobal(at));
}

void ProjectPanel::begin(Work work) {
  if (labels_.project() == nullptr) return;
  busy_ = worker_.start(labels_.project()->path(), [this, work = std::move(work)](store::Project& project, std::stop_token stop, const ProgressSink& progress) -> ProjectWorker::Then {
    auto answer = work(project, std::move(stop), progress);
    return [this, answer = std::move(answer)] {
      if (!answer.first.isEmpty()) Q_EMIT noticed(answer.first);
      finished(answer.second);
    };
  });
  if (!busy_) return Q_EMIT noticed(tr("the project is busy; try again in a moment, or cancel with %1").arg(keyOf(*this, "cancel")));
  refresh();
}

void ProjectPanel::addPaths(const std::vector<std::filesystem::path>& paths) {
  begin([paths](store::Project& project, std::stop_token stop, const ProgressSink& progress) -> std::pair<QString, Result<void>> {
    std::vector<std::filesystem::path> files;
    for (const auto& path : paths) {
      auto found = datasets::mediaFiles(path);
      if (!found) return {QString(), fail(found.error())};
      files.insert(files.end(), found->begin(), found->end());
    }
    auto added = project.addFiles(files, stop, progress);
    if (!added) return {QString(), fail(added.error())};
    return {tr("%1 files added, %2 known already").arg(added->files.size()).arg(added->known),
            added->refused.empty() ? Result<void>() : Result<void>(fail(added->refused.front()))};
  });
}

void ProjectPanel::findMoved(const std::filesystem::path& folder) {
  begin([folder](store::Project& project, std::stop_token stop, const ProgressSink&) -> std::pair<QString, Result<void>> {
    auto moves = project.relocate({folder}, stop);
    if (!moves) return {QString(), fail(moves.error())};
    return {tr("%1 moved files found").arg(moves->size()), Result<void>()};
  });
}

}  // namespace chladni::ui
