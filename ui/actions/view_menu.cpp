#include "ui/actions/view_menu.h"

#include <QDockWidget>
#include <QSignalBlocker>
#include <utility>

#include "ui/workspace/time_area.h"
#include "ui/workspace/workspace_settings.h"

namespace chladni::ui {
namespace {

constexpr double kZoomStep = 1.5;
constexpr double kScrollStep = 0.1;  // of what is visible

}  // namespace

ViewMenu::ViewMenu(Parts parts, QMenu* menu, QObject* parent) : QObject(parent), parts_(std::move(parts)) {
  addZooms(menu);
  addScrolling(menu);
  parts_.actions.add(menu, {"spectrogramSettings", tr("Spectrogram se&ttings…"), tr("Frequency scale, window, range and colours"),
                            {QKeySequence(Qt::CTRL | Qt::Key_T)}, [this] { parts_.area.openSpectrogramSettings(); }});
  menu->addSeparator();
  addSelecting(menu);
  menu->addSeparator();
  addLanes(menu);
  addDocks(menu);
  menu->addSeparator();
  addTheme(menu);
}

void ViewMenu::addZooms(QMenu* menu) {
  auto& actions = parts_.actions;
  auto& area = parts_.area;
  actions.add(menu, {"fit", tr("&Fit"), tr("Show the whole file"), {QKeySequence(Qt::Key_F)}, [&area] { area.fit(); }});
  actions.add(menu, {"zoomSelection", tr("&Selection"), tr("Show the selection"), {QKeySequence(Qt::CTRL | Qt::Key_E)}, [&area] { area.zoomToSelection(); }});
  actions.add(menu, {"zoomIn", tr("Zoom &in"), {},
                     {QKeySequence(Qt::CTRL | Qt::Key_Plus), QKeySequence(Qt::CTRL | Qt::Key_Equal), QKeySequence(Qt::CTRL | Qt::Key_1)},
                     [&area] { area.zoomBy(kZoomStep); }});
  actions.add(menu, {"zoomOut", tr("Zoom &out"), {}, {QKeySequence(Qt::CTRL | Qt::Key_Minus), QKeySequence(Qt::CTRL | Qt::Key_3)},
                     [&area] { area.zoomBy(1.0 / kZoomStep); }});
  actions.add(menu, {"zoomInUp", tr("Zoom in at the playhead"), {}, {QKeySequence(Qt::Key_Up)}, [&area] { area.zoomBy(kZoomStep); }, false, &area});
  actions.add(menu, {"zoomOutDown", tr("Zoom out at the playhead"), {}, {QKeySequence(Qt::Key_Down)}, [&area] { area.zoomBy(1.0 / kZoomStep); }, false, &area});
}

void ViewMenu::addScrolling(QMenu* menu) {
  const auto add = [&](const char* id, const QString& text, const QKeySequence& key, double by) {
    parts_.actions.add(menu, {id, text, {}, {key}, [this, by] { parts_.area.scrollBy(by); }, false, &parts_.area});
  };
  add("scrollLeft", tr("Scroll left"), QKeySequence(Qt::SHIFT | Qt::Key_Left), -kScrollStep);
  add("scrollRight", tr("Scroll right"), QKeySequence(Qt::SHIFT | Qt::Key_Right), kScrollStep);
  add("pageLeft", tr("Page left"), QKeySequence(Qt::Key_PageUp), -1.0);
  add("pageRight", tr("Page right"), QKeySequence(Qt::Key_PageDown), 1.0);
}

void ViewMenu::addSelecting(QMenu* menu) {
  parts_.actions.add(menu, {"selectAll", tr("Select &all"), {}, {QKeySequence::SelectAll}, [this] { parts_.area.selectAll(); }});
  parts_.actions.add(menu, {"selectNone", tr("Select &nothing"), {}, {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_A)}, [this] {
                              parts_.area.selectNone();
                              parts_.area.clearTools();
                            }});
}

void ViewMenu::addLanes(QMenu* menu) {
  addLane(menu, "film", tr("Fil&m of the video"), tr("Small pictures of the video above the lanes, each where its moment begins"),
          [this](bool shown) { parts_.area.setFilmShown(shown); });
  addLane(menu, "attentionLane", tr("Attention o&ver time"), tr("Below the labels, how what the Attention dock shows spread over time"),
          [this](bool shown) { parts_.area.setAttentionShown(shown); });
}

void ViewMenu::addLane(QMenu* menu, const QString& id, const QString& text, const QString& hint, const std::function<void(bool)>& show) {
  QAction* toggle = parts_.actions.add(menu, {id, text, hint, {}, [this, id, show] {
                                                const bool shown = parts_.actions.find(id)->isChecked();
                                                parts_.settings.setValue(id, shown);
                                                show(shown);
                                              }, true});
  const QSignalBlocker quiet(toggle);
  toggle->setChecked(parts_.settings.value(id, true).toBool());
  show(toggle->isChecked());
}

// A dock behind another one of its place is shown in front instead of hidden.
void ViewMenu::bringForward(QDockWidget& dock) {
  // Later, so that the action finds what was on show before it.
  connect(&dock, &QDockWidget::visibilityChanged, this, [this, at = &dock](bool visible) { behind_[at] = !visible; }, Qt::QueuedConnection);
  connect(dock.toggleViewAction(), &QAction::triggered, this, [this, at = &dock](bool on) {
    if (!on && !std::exchange(behind_[at], false)) return;
    at->show();
    at->raise();
  });
}

void ViewMenu::addDocks(QMenu* menu) {
  for (QDockWidget* dock : parts_.docks) {
    QAction* toggle = dock->toggleViewAction();
    toggle->setObjectName("dock." + dock->objectName());
    parts_.actions.adopt(menu, toggle);
    bringForward(*dock);
  }
  parts_.actions.add(menu, {"resetLayout", tr("Arrange everything as at &first"), {}, {}, [this] { Q_EMIT firstLayoutWanted(); }});
}

void ViewMenu::addTheme(QMenu* menu) {
  QAction* dark = parts_.actions.add(menu, {"dark", tr("&Dark"), tr("Dark window"), {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_D)}, [this] {
                                              const QString name = parts_.actions.find("dark")->isChecked() ? "dark" : "light";
                                              parts_.settings.setValue("theme", name);
                                              Q_EMIT themeChosen(name);
                                            }, true});
  const QSignalBlocker quiet(dark);
  dark->setChecked(parts_.dark);
}

}  // namespace chladni::ui
