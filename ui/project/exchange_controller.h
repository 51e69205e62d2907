// ExchangeController: labels of the project in and out of files, as data to train on, and vocabularies in: the menu entries
// for what `chladni-cli project export|import|dataset|classes` does. What a format cannot hold is said, and asked about,
// before anything is written. Files are read and written by a worker. GUI thread only.
#pragma once

#include <QObject>
#include <QStringList>
#include <filesystem>
#include <functional>
#include <vector>

#include "core/exchange/data_set_export.h"
#include "core/exchange/label_exchange.h"
#include "ui/actions/action_catalogue.h"

QT_BEGIN_NAMESPACE
class QWidget;
QT_END_NAMESPACE

namespace chladni::ui {

class LabelController;
class ProjectWorker;

enum class DataSetForm { manifest, ave };

class ExchangeController : public QObject {
  Q_OBJECT

 public:
  ExchangeController(QWidget& window, LabelController& labels, ProjectWorker& worker, QObject* parent);

  void addActions(ActionCatalogue& actions, QMenu* project);
  void addClassActions(ActionCatalogue& actions, QMenu* labels);
  // Asked with the losses before a file is written that loses something; a dialog unless it is replaced.
  void setConfirm(std::function<bool(const QStringList& losses)> confirm) { confirm_ = std::move(confirm); }

  // The file on show, to a file; all files of the project, one each below a folder.
  void exportFile(const std::filesystem::path& path, annotation::LabelFormat format);
  void exportAll(const std::filesystem::path& folder, annotation::LabelFormat format);
  // Each to the recording of its name; one that names none goes to the file on show.
  void importFiles(const std::vector<std::filesystem::path>& paths);
  void exportDataSet(const std::filesystem::path& path, DataSetForm form);
  // A shipped vocabulary by its id, or a file.
  void importVocabulary(const QString& vocabulary);

 Q_SIGNALS:
  void failed(const QString& message);
  void noticed(const QString& message);

 private:
  void exportDialog(bool all);
  void importDialog();
  void dataSetDialog(DataSetForm form);
  void plan(std::function<Result<std::vector<exchange::PlannedFile>>(store::Project&)> make, const exchange::ExportChoice& choice);
  void write(std::vector<exchange::PlannedFile> files, const exchange::ExportChoice& choice);
  void begin(std::function<std::function<void()>(store::Project&)> work);

  QWidget& window_;
  LabelController& labels_;
  ProjectWorker& worker_;
  std::function<bool(const QStringList&)> confirm_;
};

}  // namespace chladni::ui
