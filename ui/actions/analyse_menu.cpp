#include "ui/actions/analyse_menu.h"

#include <QAction>
#include <QMenu>
#include <QSignalBlocker>

#include "ui/docks/video_dock.h"
#include "ui/workspace/workspace_settings.h"

namespace chladni::ui {

AnalyseMenu::AnalyseMenu(Parts parts, QMenu* menu, QObject* parent) : QObject(parent), parts_(parts) {
  auto& actions = parts_.actions;
  actions.add(menu, {"analyse", tr("&Analyse"), tr("Run the chosen model on the whole file"), {QKeySequence(Qt::CTRL | Qt::Key_R)},
                     [this] { Q_EMIT analysisWanted(); }});
  actions.add(menu, {"cancel", tr("&Cancel"), tr("Cancel what is running; what is finished stays"), {QKeySequence(Qt::Key_Escape)},
                     [this] { Q_EMIT cancelWanted(); }});
  actions.add(menu, {"chooseModel", tr("Choose a &model"), tr("Open the list of models"), {QKeySequence(Qt::CTRL | Qt::Key_M)},
                     [this] { Q_EMIT modelsWanted(); }});
  addAttention(menu);
  menu->addSeparator();
  addAutomatic(menu);
}

void AnalyseMenu::addAttention(QMenu* menu) {
  VideoDock& video = parts_.video;
  WorkspaceSettings& settings = parts_.settings;
  QAction* looked = parts_.actions.add(menu, {"videoAttention", tr("Attention o&ver the video"),
                                              tr("Draw where a model of audio-visual events looked over the picture at the playhead"),
                                              {QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_V)},
                                              [this, &video] { video.setRegionsShown(parts_.actions.find("videoAttention")->isChecked()); }, true});
  connect(&video, &VideoDock::regionsShownChanged, looked, &QAction::setChecked);
  video.setRegionsShown(settings.value("videoAttention", true).toBool());
  const QSignalBlocker quiet(looked);
  looked->setChecked(video.regionsShown());
  connect(&video, &VideoDock::regionsShownChanged, this, [&settings](bool on) { settings.setValue("videoAttention", on); });
}

void AnalyseMenu::addAutomatic(QMenu* menu) {
  automatic_ = parts_.actions.add(menu, {"autoAnalyse", tr("Analyse files when they are &opened"), {}, {}, [this] {
                                           parts_.settings.setValue("autoAnalyse", automatic());
                                           Q_EMIT automaticChanged();
                                         }, true});
  const QSignalBlocker quiet(automatic_);
  automatic_->setChecked(parts_.settings.value("autoAnalyse", true).toBool());
}

}  // namespace chladni::ui
