// RunHead: a run in two lines: name, state, how far it is, what can be done with it, and what a person should know first.
// GUI thread only.
#pragma once

#include <QWidget>
#include <vector>

#include "core/runs/run_history.h"
#include "core/runs/run_summary.h"

QT_BEGIN_NAMESPACE
class QLabel;
class QToolButton;
QT_END_NAMESPACE

namespace chladni::ui {

class RunHead : public QWidget {
  Q_OBJECT

 public:
  explicit RunHead(QWidget* parent = nullptr);

  struct Details {
    bool ofStudy = false;
    const runs::RunHistory* history = nullptr;  // of the first; null: not known
    QString model;                              // package that can be used; empty: none
  };
  // The first is told about in words; of several only the names.
  void show(const std::vector<runs::RunSummary>& runs, const Details& details);
  // Empty: nothing is wrong.
  [[nodiscard]] QString findingText() const;

 Q_SIGNALS:
  void pauseRequested();
  void resumeRequested();
  void stopRequested();
  void cloneRequested();
  void removeRequested();
  void useRequested(const QString& package);

 private:
  QWidget* makeRow();
  void showButtons(const runs::RunSummary& run, bool single);

  QString model_;
  QLabel* name_ = nullptr;
  QLabel* phase_ = nullptr;
  QLabel* course_ = nullptr;
  QLabel* finding_ = nullptr;
  QToolButton* pause_ = nullptr;
  QToolButton* resume_ = nullptr;
  QToolButton* stop_ = nullptr;
  QToolButton* clone_ = nullptr;
  QToolButton* remove_ = nullptr;
  QToolButton* use_ = nullptr;
};

}  // namespace chladni::ui
