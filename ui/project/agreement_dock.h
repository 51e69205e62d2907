// AgreementDock: how far two voices about the file on show agree, and a list of where they do not, to walk through by key.
// A voice is a track, or all labels of one author. Measures are those of core/metrics/label_agreement.h; they are made anew
// a moment after labels change, while the dock can be seen. GUI thread only.
#pragma once

#include <QDockWidget>
#include <QTimer>
#include <optional>
#include <vector>

#include "core/metrics/label_agreement.h"
#include "ui/actions/action_catalogue.h"

QT_BEGIN_NAMESPACE
class QComboBox;
class QDoubleSpinBox;
class QLabel;
class QListWidget;
QT_END_NAMESPACE

namespace chladni::widgets {
class TimeAxis;
}

namespace chladni::ui {

class LabelController;

class AgreementDock : public QDockWidget {
  Q_OBJECT

 public:
  AgreementDock(LabelController& labels, widgets::TimeAxis& axis, QWidget* parent);

  void addActions(ActionCatalogue& actions, QMenu* menu);
  [[nodiscard]] const std::optional<metrics::LabelAgreement>& agreement() const { return agreement_; }
  // Names of voices, as the choosers show them.
  void choose(const QString& first, const QString& second);
  // Shows the next disagreement (or the one before), and asks for the playhead.
  void walk(int step);

 private:
  struct Voice {
    QString name;
    LabelSet set;
  };
  [[nodiscard]] std::vector<Voice> voices() const;
  void refreshVoices();
  void compare();
  void showDisagreement(int row);

  LabelController& labels_;
  widgets::TimeAxis& axis_;
  QComboBox* first_;
  QComboBox* second_;
  QDoubleSpinBox* tolerance_;
  QLabel* summary_;
  QListWidget* list_;
  QTimer soon_;
  std::vector<Voice> voices_;
  std::optional<metrics::LabelAgreement> agreement_;
};

}  // namespace chladni::ui
