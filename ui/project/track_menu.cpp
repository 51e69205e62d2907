#include "ui/project/track_menu.h"

#include <QInputDialog>
#include <QMainWindow>
#include <QSignalBlocker>

#include "ui/project/label_controller.h"

namespace chladni::ui {

TrackMenu::TrackMenu(QMainWindow& window, LabelController& labels, QObject* parent) : QObject(parent), window_(window), labels_(labels) {}

void TrackMenu::addActions(ActionCatalogue& actions, QMenu* menu) {
  menu->addSeparator();
  actions.add(menu, {"newTrack", tr("New track of inter&vals"), {}, {}, [this] { labels_.addTrack(false); }});
  actions.add(menu, {"newPointTrack", tr("New track of p&oints"), {}, {}, [this] { labels_.addTrack(true); }});
  rename_ = actions.add(menu, {"renameTrack", tr("Rename the track…"), {}, {}, [this] { askName(); }});
  remove_ = actions.add(menu, {"removeTrack", tr("Remove the trac&k"), tr("With its labels; undo brings them back"), {}, [this] { labels_.removeTrack(); }});
  exclusive_ = actions.add(menu, {"exclusiveTrack", tr("No overlaps on this trac&k"), tr("Labels of the active track may not overlap"), {},
                                  [this] { labels_.setExclusive(exclusive_->isChecked()); }, true});
  reference_ = actions.add(menu, {"referenceTrack", tr("This track is the re&ference"), tr("Labels of the active track are shown in grey and not edited"),
                                  {}, [this] { labels_.setReference(reference_->isChecked()); }, true});
}

void TrackMenu::refresh() {
  if (reference_ == nullptr) return;
  const auto* stored = labels_.activeTrack();
  const bool there = stored != nullptr;
  for (QAction* action : {rename_, remove_}) action->setEnabled(there);
  showTick(exclusive_, there && stored->track.exclusive, there && !stored->track.reference);
  showTick(reference_, there && stored->track.reference, there);
}

void TrackMenu::showTick(QAction* action, bool ticked, bool possible) const {
  const QSignalBlocker quiet(action);
  action->setEnabled(possible);
  action->setChecked(ticked);
}

void TrackMenu::askName() {
  const auto* stored = labels_.activeTrack();
  if (stored == nullptr) return;
  const QString before = QString::fromStdString(stored->track.name);
  const QString name = QInputDialog::getText(&window_, tr("Rename the track"), tr("Name"), QLineEdit::Normal, before).trimmed();
  if (!name.isEmpty() && name != before) labels_.renameTrack(name);
}

}  // namespace chladni::ui
