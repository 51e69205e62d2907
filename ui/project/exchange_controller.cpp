#include "ui/project/exchange_controller.h"

#include <QFileDialog>
#include <QInputDialog>
#include <QMessageBox>
#include <set>

#include "core/datasets/manifest.h"
#include "core/exchange/vocabularies.h"
#include "ui/actions/action_catalogue.h"
#include "ui/project/label_controller.h"
#include "ui/project/project_worker.h"
#include "ui/workspace/paths.h"
#include "ui/workspace/text.h"

namespace chladni::ui {

using annotation::LabelFormat;
using exchange::PlannedFile;
namespace {

constexpr int kMostLossesShown = 12;

bool askAboutLosses(QWidget& window, const QStringList& losses) {
  QStringList shown = losses.mid(0, kMostLossesShown);
  if (losses.size() > shown.size()) shown << ExchangeController::tr("… and %1 more").arg(losses.size() - shown.size());
  const auto answer = QMessageBox::question(&window, ExchangeController::tr("Not everything fits"),
                                            ExchangeController::tr("This format cannot hold all of it:\n\n%1\n\nWrite it anyway?").arg(shown.join('\n')));
  return answer == QMessageBox::Yes;
}

}  // namespace

ExchangeController::ExchangeController(QWidget& window, LabelController& labels, ProjectWorker& worker, QObject* parent)
    : QObject(parent), window_(window), labels_(labels), worker_(worker), confirm_([&window](const QStringList& losses) { return askAboutLosses(window, losses); }) {}

void ExchangeController::addActions(ActionCatalogue& actions, QMenu* project) {
  actions.add(project, {"importLabels", tr("&Import labels…"), tr("Files of labels from other programs, each to the recording of its name"), {}, [this] { importDialog(); }});
  actions.add(project, {"exportLabels", tr("&Export labels of this file…"), tr("For Audacity, Praat, ELAN, Raven and others"), {}, [this] { exportDialog(false); }});
  actions.add(project, {"exportAllLabels", tr("Export labels of a&ll files…"), tr("One file a recording, below a folder"), {}, [this] { exportDialog(true); }});
  actions.add(project, {"exportManifest", tr("Export as &training manifest…"), tr("Confirmed labels as manifest.csv, split by recording"), {}, [this] { dataSetDialog(DataSetForm::manifest); }});
  actions.add(project, {"exportAve", tr("Export as A&VE folder…"), tr("Confirmed labels as Annotations.txt with order files, split by recording"), {}, [this] { dataSetDialog(DataSetForm::ave); }});
}

void ExchangeController::addClassActions(ActionCatalogue& actions, QMenu* labels) {
  QMenu* classes = labels->addMenu(tr("Classes &from"));
  for (const exchange::Vocabulary& one : exchange::shippedVocabularies()) {
    const QString id = toText(one.id);
    actions.add(classes, {"classes." + id, tr("%1 (%2 classes)").arg(toText(one.name)).arg(one.classes.size()),
                          tr("Add these names to the classes of the project, with colours and the keys that are free"), {}, [this, id] { importVocabulary(id); }});
  }
  actions.add(classes, {"classes.file", tr("A &file…"), tr("A list of names, or a published table of classes"), {}, [this] {
                          const QString name = QFileDialog::getOpenFileName(&window_, tr("Classes from a file"), {}, tr("Lists of classes (*.csv *.txt *.json)"));
                          if (!name.isEmpty()) importVocabulary(name);
                        }});
}

void ExchangeController::begin(std::function<std::function<void()>(store::Project&)> work) {
  if (labels_.project() == nullptr) return Q_EMIT failed(tr("Labels belong to a project: make one with %1 or open one with %2.").arg(keyOf(*this, "newProject"), keyOf(*this, "openProject")));
  if (labels_.waiting() > 0) return Q_EMIT noticed(tr("edits wait to be saved; try again in a moment"));
  const bool begun = worker_.start(labels_.project()->path(), [work = std::move(work)](store::Project& project, std::stop_token, const ProgressSink&) { return work(project); });
  if (!begun) Q_EMIT noticed(tr("the project is busy; try again in a moment, or cancel with %1").arg(keyOf(*this, "cancel")));
}

void ExchangeController::plan(std::function<Result<std::vector<PlannedFile>>(store::Project&)> make, const exchange::ExportChoice& choice) {
  begin([this, make = std::move(make), choice](store::Project& project) -> std::function<void()> {
    auto plans = make(project);
    if (!plans) return [this, why = toText(plans.error())] { Q_EMIT failed(why); };
    return [this, choice, files = std::move(*plans)] {
      if (files.empty()) return Q_EMIT noticed(tr("there are no labels to write"));
      QStringList losses;
      for (const PlannedFile& file : files)
        for (const std::string& loss : file.losses) losses << (files.size() == 1 ? toText(loss) : toText(file.name) + ": " + toText(loss));
      if (losses.isEmpty() || confirm_(losses)) write(files, choice);
    };
  });
}

void ExchangeController::write(std::vector<PlannedFile> files, const exchange::ExportChoice& choice) {
  begin([this, files = std::move(files), choice](store::Project&) -> std::function<void()> {
    auto done = exchange::writePlanned(files, choice);
    if (!done) return [this, why = toText(done.error())] { Q_EMIT failed(why); };
    return [this, count = files.size(), first = fileName(files.front().path)] {
      Q_EMIT noticed(count == 1 ? tr("written: %1").arg(first) : tr("%1 files of labels written").arg(count));
    };
  });
}

void ExchangeController::exportFile(const std::filesystem::path& path, LabelFormat format) {
  exchange::ExportChoice choice;
  choice.format = format;
  plan([choice, path, file = labels_.file()](store::Project& project) -> Result<std::vector<PlannedFile>> {
    auto id = project.idOf(file);
    if (!id) return fail(id.error());
    if (!*id) return std::vector<PlannedFile>{};
    auto one = exchange::planFile(project, **id, choice, path);
    if (!one) return fail(one.error());
    return one->set.tracks.empty() ? std::vector<PlannedFile>{} : std::vector<PlannedFile>{std::move(*one)};
  }, choice);
}

void ExchangeController::exportAll(const std::filesystem::path& folder, LabelFormat format) {
  exchange::ExportChoice choice;
  choice.format = format;
  plan([choice, folder](store::Project& project) -> Result<std::vector<PlannedFile>> {
    auto files = project.files();
    if (!files) return fail(files.error());
    std::vector<store::FileId> ids;
    for (const auto& file : *files) ids.push_back(file.id);
    return exchange::planFolder(project, ids, choice, folder);
  }, choice);
}

void ExchangeController::importFiles(const std::vector<std::filesystem::path>& paths) {
  begin([this, paths, shown = labels_.file()](store::Project& project) -> std::function<void()> {
    std::vector<exchange::ImportPair> pairs;
    auto known = shown.empty() ? Result<std::optional<store::FileId>>(std::optional<store::FileId>()) : project.idOf(shown);
    std::size_t strangers = 0;
    for (const auto& path : paths) {
      auto plan = exchange::planImport(project, path, {});
      if (plan) {
        pairs.insert(pairs.end(), plan->pairs.begin(), plan->pairs.end());
        strangers += plan->strangers.size();
      } else if (plan.error().code == ErrorCode::notFound && paths.size() == 1 && known && *known) {
        pairs.push_back({path, **known, {}});
      } else {
        return [this, why = toText(plan.error())] { Q_EMIT failed(why); };
      }
    }
    auto done = exchange::importLabels(project, pairs, {}, false);
    if (!done) return [this, why = toText(done.error())] { Q_EMIT failed(why); };
    return [this, imported = *done, strangers] {
      labels_.takeOver();
      QString said = tr("%1 labels on %2 tracks imported").arg(imported.labels).arg(imported.tracks);
      if (strangers > 0) said += tr("; %n recording(s) that are named are not in the project", nullptr, static_cast<int>(strangers));
      Q_EMIT noticed(said);
    };
  });
}

void ExchangeController::exportDataSet(const std::filesystem::path& path, DataSetForm form) {
  begin([this, path, form](store::Project& project) -> std::function<void()> {
    const auto fails = [this](const Error& error) -> std::function<void()> { return [this, why = toText(error)] { Q_EMIT failed(why); }; };
    auto files = project.files();
    if (!files) return fails(files.error());
    std::vector<store::FileId> ids;
    for (const auto& file : *files) ids.push_back(file.id);
    std::size_t count = 0;
    std::vector<std::string> notes;
    if (form == DataSetForm::ave) {
      auto draft = exchange::draftAve(project, ids, {});
      if (!draft) return fails(draft.error());
      if (auto ok = exchange::writeAve(*draft, path); !ok) return fails(ok.error());
      count = draft->rows.size();
      notes = std::move(draft->notes);
    } else {
      auto draft = exchange::draftManifest(project, ids, {});
      if (!draft) return fails(draft.error());
      if (auto ok = datasets::writeManifest(path, draft->items); !ok) return fails(ok.error());
      count = draft->items.size();
      notes = std::move(draft->notes);
    }
    return [this, count, notes, name = fileName(path)] {
      QString said = tr("%1: %2 items").arg(name).arg(count);
      for (const std::string& note : notes) said += QStringLiteral(" · ") + toText(note);
      Q_EMIT noticed(said);
    };
  });
}

void ExchangeController::importVocabulary(const QString& vocabulary) {
  std::vector<std::string> names;
  if (const auto* shipped = exchange::shippedVocabulary(vocabulary.toStdString())) {
    names = shipped->classes;
  } else {
    auto read = exchange::readVocabulary(toPath(vocabulary));
    if (!read) return Q_EMIT failed(toText(read.error()));
    names = std::move(*read);
  }
  labels_.addClasses(names);
}

void ExchangeController::exportDialog(bool all) {
  QStringList names;
  std::vector<LabelFormat> formats;
  for (const auto& info : annotation::labelFormats()) {
    if (!info.writes) continue;
    names << tr("%1 (*%2)").arg(toText(info.name), toText(info.extensions.front()));
    formats.push_back(info.format);
  }
  if (all) {
    bool chosen = false;
    const QString name = QInputDialog::getItem(&window_, tr("Export labels of all files"), tr("Format"), names, 0, false, &chosen);
    if (!chosen) return;
    const QString folder = QFileDialog::getExistingDirectory(&window_, tr("Folder for the labels"));
    if (!folder.isEmpty()) exportAll(toPath(folder), formats[static_cast<std::size_t>(names.indexOf(name))]);
    return;
  }
  QString filter;
  QString path = QFileDialog::getSaveFileName(&window_, tr("Export labels"), toQString(labels_.file().stem()), names.join(";;"), &filter);
  if (path.isEmpty()) return;
  const auto place = static_cast<std::size_t>(std::max<qsizetype>(0, names.indexOf(filter)));
  const QString ending = toText(annotation::infoOf(formats[place]).extensions.front());
  if (!path.endsWith(ending, Qt::CaseInsensitive)) path += ending;
  exportFile(toPath(path), formats[place]);
}

void ExchangeController::importDialog() {
  std::vector<std::filesystem::path> paths;
  for (const QString& name : QFileDialog::getOpenFileNames(&window_, tr("Import labels"))) paths.push_back(toPath(name));
  if (!paths.empty()) importFiles(paths);
}

void ExchangeController::dataSetDialog(DataSetForm form) {
  const QString name = form == DataSetForm::ave ? QFileDialog::getExistingDirectory(&window_, tr("Folder for the data set"))
                                                : QFileDialog::getSaveFileName(&window_, tr("Training manifest"), "manifest.csv", tr("Manifests (*.csv *.jsonl)"));
  if (!name.isEmpty()) exportDataSet(toPath(name), form);
}

}  // namespace chladni::ui
