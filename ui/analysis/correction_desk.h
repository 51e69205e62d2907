// CorrectionDesk: the loop from a wrong prediction to a better model: what is said below the predictions is kept in the book
// of corrections; improving makes a new model of them, which is then used. The main window gives it a place, the file on
// show and the way back to the analysis. GUI thread only.
#pragma once

#include <QObject>
#include <filesystem>
#include <functional>

#include "ui/actions/action_catalogue.h"
#include "ui/analysis/correction_bar.h"
#include "ui/analysis/correction_book.h"
#include "ui/analysis/head_improver.h"

QT_BEGIN_NAMESPACE
class QMainWindow;
QT_END_NAMESPACE

namespace chladni::ui {

class AnalysisController;
class ImproveDialog;
class TimeArea;

class CorrectionDesk : public QObject {
  Q_OBJECT

 public:
  // `folder`: of the user's data. `file` tells the file on show, `playhead` where it is.
  CorrectionDesk(QMainWindow& window, LabelController& labels, AnalysisController& analysis, TimeArea& area,
                 std::filesystem::path folder, std::function<std::filesystem::path()> file, std::function<double()> playhead,
                 QObject* parent);
  ~CorrectionDesk() override;

  // For below the predictions.
  [[nodiscard]] CorrectionBar& bar() { return *bar_; }
  [[nodiscard]] CorrectionBook& book() { return *book_; }
  [[nodiscard]] HeadImprover& improver() { return *improver_; }
  void addActions(ActionCatalogue& actions, QMenu* menu);
  // After the playhead moved, or the prediction changed.
  void refresh();
  // What the model said of that part of the file on show is wrong: it is `name`.
  void correct(const QString& name, CorrectedPart part);
  // Shows the corrections and the way to improve; it exists while it is open.
  ImproveDialog* openDialog();
  void improve();
  [[nodiscard]] bool busy() const { return book_->busy() || improver_->running(); }

 Q_SIGNALS:
  void failed(const QString& message);
  void noticed(const QString& message);
  void modelWanted(const QString& package);
  void openRequested(const QString& path, double from, double to);
  // All layers are to learn: a manifest, and the model to start from.
  void fullFinetuningWanted(const QString& manifest, const chladni::inference::ModelSpec& model);

 private:
  void refreshModel();
  void finished(const ImproveAnswer& answer);
  void finetune();
  [[nodiscard]] std::filesystem::path manifestFor(const QString& name) const;
  [[nodiscard]] QString place() const;

  QMainWindow& window_;
  LabelController& labels_;
  AnalysisController& analysis_;
  TimeArea& area_;
  const std::filesystem::path folder_;
  const std::function<std::filesystem::path()> fileOnShow_;
  const std::function<double()> playhead_;
  CorrectionBar* bar_;
  CorrectionBook* book_;
  HeadImprover* improver_;
  ImproveDialog* dialog_ = nullptr;
  QString before_;  // package of the model that was improved last
};

}  // namespace chladni::ui
