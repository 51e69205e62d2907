#include "ui/analysis/correction_desk.h"

#include <QMainWindow>
#include <algorithm>

#include "core/runs/package_folders.h"
#include "core/runs/run_desk.h"
#include "ui/analysis/analysis_controller.h"
#include "ui/analysis/heard_names.h"
#include "ui/analysis/improve_dialog.h"
#include "ui/project/label_controller.h"
#include "ui/workspace/paths.h"
#include "ui/workspace/text.h"
#include "ui/workspace/time_area.h"
#include "widgets/prediction/class_lane.h"

namespace chladni::ui {
namespace {

constexpr const char* kMark = "-mine";

// "instruments-s-mine", "instruments-s-mine-2": a name that no package has.
std::filesystem::path freePackage(const std::filesystem::path& folder, const std::string& model) {
  std::string base = model;
  if (const auto mark = base.find(kMark); mark != std::string::npos) base.resize(mark);
  base += kMark;
  std::filesystem::path path = folder / base;
  std::error_code ignored;
  for (int n = 2; std::filesystem::exists(path, ignored); ++n) path = folder / (base + "-" + std::to_string(n));
  return path;
}

// The class that is meant by what was typed: by its name, else the only one that holds it.
QString classMeant(const std::vector<std::string>& classes, const QString& typed) {
  QStringList holding;
  for (const auto& name : classes) {
    if (toText(name).compare(typed, Qt::CaseInsensitive) == 0 || widgets::shortClassName(name).compare(typed, Qt::CaseInsensitive) == 0) return toText(name);
    if (toText(name).contains(typed, Qt::CaseInsensitive)) holding << toText(name);
  }
  return holding.size() == 1 ? holding.front() : QString();
}

}  // namespace

CorrectionDesk::CorrectionDesk(QMainWindow& window, LabelController& labels, AnalysisController& analysis, TimeArea& area, std::filesystem::path folder,
                               std::function<std::filesystem::path()> file, std::function<double()> playhead, QObject* parent)
    : QObject(parent), window_(window), labels_(labels), analysis_(analysis), area_(area), folder_(std::move(folder)), fileOnShow_(std::move(file)),
      playhead_(std::move(playhead)), bar_(new CorrectionBar(&window)), book_(new CorrectionBook(labels, folder_ / "corrections.csv", this)),
      improver_(new HeadImprover(this)) {
  connect(bar_, &CorrectionBar::corrected, this, &CorrectionDesk::correct);
  connect(bar_, &CorrectionBar::improveRequested, this, &CorrectionDesk::openDialog);
  connect(book_, &CorrectionBook::failed, this, &CorrectionDesk::failed);
  connect(book_, &CorrectionBook::changed, this, [this] {
    if (dialog_ != nullptr) dialog_->setCorrections(book_->all(), place());
    refresh();
  });
  connect(&analysis_, &AnalysisController::modelChosen, this, &CorrectionDesk::refreshModel);
  connect(&analysis_, &AnalysisController::modelsChanged, this, &CorrectionDesk::refreshModel);
  connect(&area_, &TimeArea::selectionChanged, this, &CorrectionDesk::refresh);
  connect(improver_, &HeadImprover::progressed, this, [this](const QString& stage, int done, int total) {
    if (dialog_ != nullptr) dialog_->setProgress(stage, done, total);
  });
  connect(improver_, &HeadImprover::finished, this, &CorrectionDesk::finished);
  connect(improver_, &HeadImprover::failed, this, [this](const QString& why) {
    if (dialog_ != nullptr) dialog_->setFailure(why);
    else Q_EMIT failed(why);
  });
  connect(improver_, &HeadImprover::ended, this, [this] {
    if (dialog_ != nullptr) dialog_->setIdle();
  });
  refreshModel();
}

CorrectionDesk::~CorrectionDesk() = default;

void CorrectionDesk::addActions(ActionCatalogue& actions, QMenu* menu) {
  actions.add(menu, {"correctHere", tr("Say what this &really is…"), tr("Correct the model at the playhead, in the selection or for the whole file"),
                     {QKeySequence(Qt::Key_C)}, [this] { bar_->begin(); }, false, &area_});
  actions.add(menu, {"improve", tr("&Improve with my corrections…"), tr("A better model from what you corrected, in seconds; the old one stays"),
                     {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_I)}, [this] { openDialog(); }});
}

QString CorrectionDesk::place() const {
  const auto* project = labels_.project();
  return project != nullptr ? tr("the project “%1”").arg(fileName(project->path())) : tr("your own folder, since no project is open");
}

std::filesystem::path CorrectionDesk::manifestFor(const QString& name) const { return folder_ / "corrections" / toPath(name + QStringLiteral(".csv")); }

void CorrectionDesk::refreshModel() {
  const auto* model = analysis_.model();
  QStringList classes;
  if (model != nullptr)
    for (const auto& name : model->classes) classes << toText(name);
  bar_->setClasses(classes);
  if (dialog_ != nullptr) {
    const QString title = model == nullptr ? QString() : toText(model->title.empty() ? model->name : model->title);
    dialog_->setModel(title, classes.isEmpty() ? tr("Choose a model that names classes; corrections teach it.") : QString());
  }
  refresh();
}

void CorrectionDesk::refresh() {
  const auto& prediction = area_.classes().prediction();
  const bool open = area_.recording() != nullptr && prediction != nullptr;
  bar_->setPossible(open && widgets::windowAt(*prediction, playhead_()) >= 0, open && area_.selection().has_value(), open);
  const bool some = !book_->all().empty();
  bar_->setCount(book_->countText(), some, some ? tr("kept in %1").arg(place()) : tr("Say of a moment, a selection or a file what it really is; the model can learn from it."));
}

void CorrectionDesk::correct(const QString& typed, CorrectedPart part) {
  const auto& prediction = area_.classes().prediction();
  if (!prediction || fileOnShow_().empty()) return;
  const QString name = classMeant(prediction->classes, typed);
  if (name.isEmpty()) return Q_EMIT noticed(tr("the model has no class “%1”, so it cannot learn it: choose one of the list").arg(typed));
  analysis::Correction correction;
  correction.media = fileOnShow_();
  correction.label = name.toStdString();
  correction.model = prediction->provenance.model;
  if (part == CorrectedPart::file) {
    correction.span = {MediaTime{}, MediaTime::fromSeconds(area_.recording()->durationSeconds())};
  } else if (part == CorrectedPart::selection) {
    if (!area_.selection()) return Q_EMIT noticed(tr("nothing is selected"));
    correction.span = *area_.selection();
  } else {
    const int window = widgets::windowAt(*prediction, playhead_());
    if (window < 0) return Q_EMIT noticed(tr("no window here"));
    correction.span = prediction->windows[static_cast<std::size_t>(window)];
  }
  const auto heard = namesHeardOver(*prediction, correction.span);
  correction.heard = heard.empty() ? std::string() : heard.front();
  if (correction.heard.empty()) return Q_EMIT noticed(tr("there is silence, which is not learned from"));
  if (!book_->add(correction)) return;  // what was typed stays
  bar_->done();
  Q_EMIT noticed(tr("kept: really %1, heard as %2").arg(widgets::shortClassName(correction.label), widgets::shortClassName(correction.heard)));
  area_.setFocus();
}

ImproveDialog* CorrectionDesk::openDialog() {
  if (dialog_ == nullptr) {
    dialog_ = new ImproveDialog(&window_);
    dialog_->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog_, &QObject::destroyed, this, [this] { dialog_ = nullptr; });
    connect(dialog_, &ImproveDialog::improveRequested, this, &CorrectionDesk::improve);
    connect(dialog_, &ImproveDialog::cancelRequested, improver_, &HeadImprover::cancel);
    connect(dialog_, &ImproveDialog::forgetRequested, book_, &CorrectionBook::remove);
    connect(dialog_, &ImproveDialog::openRequested, this, &CorrectionDesk::openRequested);
    connect(dialog_, &ImproveDialog::fullRequested, this, &CorrectionDesk::finetune);
    connect(dialog_, &ImproveDialog::backRequested, this, [this] { Q_EMIT modelWanted(before_); });
  }
  dialog_->setCorrections(book_->all(), place());
  refreshModel();
  dialog_->show();
  dialog_->raise();
  dialog_->activateWindow();
  return dialog_;
}

void CorrectionDesk::improve() {
  const auto* model = analysis_.model();
  if (model == nullptr || !analysis_.registry() || improver_->running()) return;
  ImproveRequest request{analysis_.registry(), analysis_.runtime(), *model, dialog_ != nullptr ? dialog_->chosen() : book_->all(), {}, {}};
  request.destination = freePackage(runs::usualModelFolder(), model->name);
  request.manifest = manifestFor(fileName(request.destination));
  before_ = model->folder.empty() ? toText(model->name) : toQString(model->folder);
  std::error_code problem;
  std::filesystem::create_directories(request.destination.parent_path(), problem);
  if (dialog_ != nullptr) dialog_->setProgress(tr("beginning"), 0, 0);
  improver_->start(std::move(request));
}

void CorrectionDesk::finished(const ImproveAnswer& answer) {
  if (dialog_ != nullptr) dialog_->setAnswer(answer);
  const auto& found = answer.outcome.improvement;
  const QString figures = tr("%1 % → %2 % on corrections held out").arg(100.0 * found.before.accuracy, 0, 'f', 1).arg(100.0 * found.after.accuracy, 0, 'f', 1);
  Q_EMIT noticed(answer.package.empty() ? tr("not replaced: %1").arg(figures) : tr("improved: %1").arg(figures));
  // Using it analyses the open file again.
  if (!answer.package.empty()) Q_EMIT modelWanted(toQString(answer.package));
}

void CorrectionDesk::finetune() {
  const auto* model = analysis_.model();
  if (model == nullptr || dialog_ == nullptr) return;
  const auto manifest = manifestFor(toText(model->name) + QStringLiteral("-full"));
  if (auto written = analysis::writeManifestFor(*model, dialog_->chosen(), manifest); !written) return dialog_->setFailure(toText(written.error().describe()));
  Q_EMIT fullFinetuningWanted(toQString(manifest), *model);
}

}  // namespace chladni::ui
