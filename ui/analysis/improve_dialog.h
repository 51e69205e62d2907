// ImproveDialog: the corrections, which of them count, the way from them to a better model, and what came of it: figures of
// the held-out part before and after. It asks; its owner does. Not modal: files open at a correction. GUI thread only.
#pragma once

#include <QDialog>
#include <vector>

#include "ui/analysis/head_improver.h"

QT_BEGIN_NAMESPACE
class QLabel;
class QLayout;
class QProgressBar;
class QPushButton;
class QTableWidget;
QT_END_NAMESPACE

namespace chladni::ui {

class ImproveDialog : public QDialog {
  Q_OBJECT

 public:
  explicit ImproveDialog(QWidget* parent = nullptr);

  // `place`: where they are kept. Marks that a person took away stay away.
  void setCorrections(const std::vector<analysis::Correction>& list, const QString& place);
  // `why`: it has no head that can be taught, or there is none; empty: it can learn.
  void setModel(const QString& title, const QString& why);
  // Those that are marked.
  [[nodiscard]] std::vector<analysis::Correction> chosen() const;
  void setProgress(const QString& stage, int done, int total);
  void setAnswer(const ImproveAnswer& answer);
  void setFailure(const QString& why);
  void setIdle();

 Q_SIGNALS:
  void improveRequested();
  void cancelRequested();
  void fullRequested();
  void backRequested();  // to the model as it was
  void forgetRequested(const chladni::analysis::Correction& correction);
  void openRequested(const QString& path, double from, double to);

 protected:
  void changeEvent(QEvent* event) override;

 private:
  QTableWidget* correctionTable();
  QLayout* buttonRow();
  void refresh();
  void forget();
  void colour();

  std::vector<analysis::Correction> list_;
  QString why_;
  bool working_ = false;
  enum class Said { nothing, good, refused, bad } said_ = Said::nothing;

  QLabel* model_;
  QLabel* count_;
  QTableWidget* table_;
  QProgressBar* progress_;
  QLabel* stage_;
  QLabel* answer_;
  QPushButton* back_;
  QPushButton* forget_;
  QPushButton* full_;
  QPushButton* improve_;
  QPushButton* cancel_;
};

}  // namespace chladni::ui
