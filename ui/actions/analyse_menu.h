// AnalyseMenu: run the chosen model, cancel, choose another, where it looked in a film, and whether files are analysed as they
// are opened. Fills the menu it is given; the actions are the catalogue's. Borrows everything. GUI thread only.
#pragma once

#include <QObject>

#include "ui/actions/action_catalogue.h"

namespace chladni::ui {

class VideoDock;
class WorkspaceSettings;

class AnalyseMenu : public QObject {
  Q_OBJECT

 public:
  struct Parts {
    ActionCatalogue& actions;
    VideoDock& video;
    WorkspaceSettings& settings;
  };
  AnalyseMenu(Parts parts, QMenu* menu, QObject* parent);

  [[nodiscard]] bool automatic() const { return automatic_->isChecked(); }

 Q_SIGNALS:
  void analysisWanted();
  void cancelWanted();
  void modelsWanted();
  void automaticChanged();

 private:
  void addAttention(QMenu* menu);
  void addAutomatic(QMenu* menu);

  Parts parts_;
  QAction* automatic_ = nullptr;
};

}  // namespace chladni::ui
