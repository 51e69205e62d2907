// The commands of the main window: every one is in a menu, has its key in its tool tip, and is found by the search.
#include <QApplication>
#include <QDesktopServices>
#include <QDialog>
#include <QDialogButtonBox>
#include <QDockWidget>
#include <QMenuBar>
#include <QMessageBox>
#include <QTableWidget>
#include <QHeaderView>
#include <QVBoxLayout>
#include <algorithm>
#include <array>
#include <cmath>

#include "ui/actions/action_search.h"
#include "widgets/icons/icons.h"
#include "ui/actions/main_tool_bar.h"
#include "ui/analysis/correction_desk.h"
#include "ui/docks/attention_dock.h"
#include "ui/docks/course_dock.h"
#include "ui/docks/embedding_dock.h"
#include "ui/docks/inspector_dock.h"
#include "ui/docks/prediction_dock.h"
#include "ui/docks/reconstruction_dock.h"
#include "ui/docks/spectrum_dock.h"
#include "ui/docks/status_line.h"
#include "ui/docks/video_dock.h"
#include "ui/export/recording_desk.h"
#include "ui/project/agreement_dock.h"
#include "ui/project/label_table_dock.h"
#include "ui/project/project_desk.h"
#include "ui/training/learning_desk.h"
#include "widgets/theme/theme.h"
#include "ui/main_window.h"
#include "ui/workspace/paths.h"
#include "ui/workspace/time_area.h"
#include "ui/workspace/welcome_page.h"

namespace chladni::ui {

using namespace widgets;
namespace {

constexpr double kZoomStep = 1.5;
constexpr double kScrollStep = 0.1;  // of what is visible
constexpr double kSecond = 1.0;
constexpr double kVolumeStep = 0.1;
constexpr std::array kSpeeds = {0.25, 0.5, 0.75, 1.0, 1.25, 1.5, 2.0, 3.0, 4.0};
constexpr double kPictureStep = 0.04;  // one video frame at 25 a second, where the file does not say

// What the bundled media are, by their file names.
QString demoTitle(const QString& stem) {
  if (stem == QLatin1String("ode_to_joy")) return MainWindow::tr("&Music: Ode to Joy");
  if (stem == QLatin1String("scene_with_events")) return MainWindow::tr("&Scenes with events");
  if (stem == QLatin1String("spoken_and_sung")) return MainWindow::tr("&Voice: spoken and sung");
  return stem;
}

}  // namespace

void MainWindow::buildActions() {
  fileActions();
  labelActions();
  playActions();
  viewActions();
  analyseActions();

  QMenu* help = menuBar()->addMenu(tr("&Help"));
  actions_.add(help, {"searchActions", tr("&Search actions"), tr("Find any action by a part of its name"),
                      {QKeySequence(Qt::CTRL | Qt::Key_K)}, [this] { toolBar_->search().begin(); }});
  actions_.add(help, {"keys", tr("&Keys"), tr("All actions with their keys"),
                      {QKeySequence(Qt::Key_F1), QKeySequence(Qt::Key_Question)}, [this] { showKeys(); }});
  actions_.add(help, {"about", tr("&About Chladni"), {}, {}, [this] { showAbout(); }});

  refreshIcons();
  toolBar_ = new MainToolBar(actions_, this);
  addToolBar(Qt::TopToolBarArea, toolBar_);
  connect(toolBar_, &MainToolBar::modelChosen, this, [this](const QString& name) {
    settings_->setValue("model", name);
    analysis_->chooseModel(name.toStdString());
  });
}

void MainWindow::fileActions() {
  QMenu* menu = menuBar()->addMenu(tr("&File"));
  actions_.add(menu, {"open", tr("&Open…"), tr("Open recordings and videos"), {QKeySequence::Open},
                      [this] { openDialog(); }});
  recentMenu_ = menu->addMenu(tr("Open &recent"));
  refreshRecentMenu();
  demoActions(menu);
  menu->addSeparator();
  desk_->addProjectActions(actions_, menu);
  menu->addSeparator();
  recording_->addActions(actions_, menu);
  menu->addSeparator();
  actions_.add(menu, {"close", tr("&Close file"), tr("Close the file on show"), {QKeySequence::Close}, [this] {
                        if (current_) closeFile(*current_);
                      }});
  menu->addSeparator();
  actions_.add(menu, {"quit", tr("&Quit"), {}, {QKeySequence(Qt::CTRL | Qt::Key_Q)}, [this] { close(); }});
}

void MainWindow::demoActions(QMenu* menu) {
  QMenu* demos = menu->addMenu(tr("Open a &demo"));
  demos->setEnabled(!setup_.demos.empty());
  for (const auto& path : setup_.demos) {
    const bool first = path == setup_.demos.front();
    const QString stem = toQString(path.stem());
    actions_.add(demos, {first ? QStringLiteral("demo") : "demo." + stem, demoTitle(stem), tr("Open this bundled demo"), {}, [this, path] { openFile(path); }});
  }
}

void MainWindow::labelActions() {
  QMenu* edit = menuBar()->addMenu(tr("&Edit"));
  QMenu* labels = menuBar()->addMenu(tr("&Labels"));
  desk_->addLabelActions(actions_, edit, labels, [this] { return videoDock_->frameSeconds().value_or(kPictureStep); });
}

void MainWindow::playActions() {
  QMenu* menu = menuBar()->addMenu(tr("&Play"));
  actions_.add(menu, {"play", tr("&Play"), tr("Play or pause"), {QKeySequence(Qt::Key_Space)},
                      [this] { playback_->toggle(); }});
  QAction* loop = actions_.add(menu, {"loop", tr("&Loop"), tr("Repeat the selection, or everything"),
                                      {QKeySequence(Qt::Key_L)}, [this] { updateLoop(); }, true});
  loop->setChecked(false);
  actions_.add(menu, {"playSelection", tr("Play the selection &once"),
                      tr("Play what is selected, or only the frequencies boxed with Ctrl and the mouse in the spectrogram"),
                      {QKeySequence(Qt::SHIFT | Qt::Key_Space), QKeySequence(Qt::CTRL | Qt::Key_Space)},
                      [this] { playSelection(); }});
  menu->addSeparator();
  actions_.add(menu, {"slower", tr("S&lower"), tr("Play slower, at the same pitch"), {QKeySequence(Qt::Key_Minus)},
                      [this] { changeSpeed(-1); }});
  actions_.add(menu, {"faster", tr("F&aster"), tr("Play faster, at the same pitch"),
                      {QKeySequence(Qt::Key_Plus), QKeySequence(Qt::Key_Equal)}, [this] { changeSpeed(1); }});
  actions_.add(menu, {"normalSpeed", tr("Speed 1×"), tr("Play as fast as it was recorded"), {QKeySequence(Qt::CTRL | Qt::Key_0)},
                      [this] { playback_->setSpeed(1.0); }});
  actions_.add(menu, {"softer", tr("Softer"), tr("Lower the volume"), {QKeySequence(Qt::CTRL | Qt::Key_Down)},
                      [this] { changeVolume(-kVolumeStep); }});
  actions_.add(menu, {"louder", tr("Louder"), tr("Raise the volume"), {QKeySequence(Qt::CTRL | Qt::Key_Up)},
                      [this] { changeVolume(kVolumeStep); }});
  menu->addSeparator();
  actions_.add(menu, {"home", tr("To the &start"), {}, {QKeySequence(Qt::Key_Home)}, [this] { playback_->seek(0.0); },
                      false, timeArea_});
  actions_.add(menu, {"end", tr("To the &end"), {}, {QKeySequence(Qt::Key_End)}, [this] {
                        if (const OpenFile* file = currentFile()) playback_->seek(file->recording->durationSeconds());
                      }, false, timeArea_});
  actions_.add(menu, {"left", tr("One second &back"), {}, {QKeySequence(Qt::Key_Left)}, [this] { step(-kSecond); }, false,
                      timeArea_});
  actions_.add(menu, {"right", tr("One second &forward"), {}, {QKeySequence(Qt::Key_Right)}, [this] { step(kSecond); },
                      false, timeArea_});
  actions_.add(menu, {"stepBack", tr("One picture b&ack"), {}, {QKeySequence(Qt::Key_Comma)},
                      [this] { step(-videoDock_->frameSeconds().value_or(kPictureStep)); }});
  actions_.add(menu, {"stepForward", tr("One picture f&orward"), {}, {QKeySequence(Qt::Key_Period)},
                      [this] { step(videoDock_->frameSeconds().value_or(kPictureStep)); }});
}

void MainWindow::viewActions() {
  QMenu* menu = menuBar()->addMenu(tr("&View"));
  actions_.add(menu, {"fit", tr("&Fit"), tr("Show the whole file"), {QKeySequence(Qt::Key_F)},
                      [this] { timeArea_->fit(); }});
  actions_.add(menu, {"zoomSelection", tr("&Selection"), tr("Show the selection"), {QKeySequence(Qt::CTRL | Qt::Key_E)},
                      [this] { timeArea_->zoomToSelection(); }});
  actions_.add(menu, {"zoomIn", tr("Zoom &in"), {},
                      {QKeySequence(Qt::CTRL | Qt::Key_Plus), QKeySequence(Qt::CTRL | Qt::Key_Equal),
                       QKeySequence(Qt::CTRL | Qt::Key_1)},
                      [this] { timeArea_->zoomBy(kZoomStep); }});
  actions_.add(menu, {"zoomOut", tr("Zoom &out"), {},
                      {QKeySequence(Qt::CTRL | Qt::Key_Minus), QKeySequence(Qt::CTRL | Qt::Key_3)},
                      [this] { timeArea_->zoomBy(1.0 / kZoomStep); }});
  actions_.add(menu, {"zoomInUp", tr("Zoom in at the playhead"), {}, {QKeySequence(Qt::Key_Up)},
                      [this] { timeArea_->zoomBy(kZoomStep); }, false, timeArea_});
  actions_.add(menu, {"zoomOutDown", tr("Zoom out at the playhead"), {}, {QKeySequence(Qt::Key_Down)},
                      [this] { timeArea_->zoomBy(1.0 / kZoomStep); }, false, timeArea_});
  actions_.add(menu, {"scrollLeft", tr("Scroll left"), {}, {QKeySequence(Qt::SHIFT | Qt::Key_Left)},
                      [this] { timeArea_->scrollBy(-kScrollStep); }, false, timeArea_});
  actions_.add(menu, {"scrollRight", tr("Scroll right"), {}, {QKeySequence(Qt::SHIFT | Qt::Key_Right)},
                      [this] { timeArea_->scrollBy(kScrollStep); }, false, timeArea_});
  actions_.add(menu, {"pageLeft", tr("Page left"), {}, {QKeySequence(Qt::Key_PageUp)},
                      [this] { timeArea_->scrollBy(-1.0); }, false, timeArea_});
  actions_.add(menu, {"pageRight", tr("Page right"), {}, {QKeySequence(Qt::Key_PageDown)},
                      [this] { timeArea_->scrollBy(1.0); }, false, timeArea_});
  actions_.add(menu, {"spectrogramSettings", tr("Spectrogram se&ttings…"), tr("Frequency scale, window, range and colours"),
                      {QKeySequence(Qt::CTRL | Qt::Key_T)}, [this] { timeArea_->openSpectrogramSettings(); }});
  menu->addSeparator();
  actions_.add(menu, {"selectAll", tr("Select &all"), {}, {QKeySequence::SelectAll}, [this] { timeArea_->selectAll(); }});
  actions_.add(menu, {"selectNone", tr("Select &nothing"), {}, {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_A)},
                      [this] {
                        timeArea_->selectNone();
                        timeArea_->clearTools();
                      }});
  menu->addSeparator();
  QAction* film = actions_.add(menu, {"film", tr("Fil&m of the video"), tr("Small pictures of the video above the lanes, each where its moment begins"), {}, [this] {
                                        const bool shown = actions_.find("film")->isChecked();
                                        settings_->setValue("film", shown);
                                        timeArea_->setFilmShown(shown);
                                      }, true});
  {
    const QSignalBlocker quiet(film);
    film->setChecked(settings_->value("film", true).toBool());
  }
  timeArea_->setFilmShown(film->isChecked());
  for (QDockWidget* dock : {libraryDock_, static_cast<QDockWidget*>(videoDock_),
                            static_cast<QDockWidget*>(predictionDock_), static_cast<QDockWidget*>(courseDock_), static_cast<QDockWidget*>(embeddingDock_),
                            static_cast<QDockWidget*>(attentionDock_), static_cast<QDockWidget*>(reconstructionDock_),
                            static_cast<QDockWidget*>(spectrumDock_), static_cast<QDockWidget*>(inspectorDock_), static_cast<QDockWidget*>(&desk_->table()), static_cast<QDockWidget*>(&desk_->agreement())}) {
    QAction* toggle = dock->toggleViewAction();
    toggle->setObjectName("dock." + dock->objectName());
    actions_.adopt(menu, toggle);
  }
  for (QDockWidget* dock : learning_->docks()) {
    dock->toggleViewAction()->setObjectName("dock." + dock->objectName());
    actions_.adopt(menu, dock->toggleViewAction());
  }
  actions_.add(menu, {"resetLayout", tr("Arrange everything as at &first"), {}, {}, [this] { resetLayout(); }});
  menu->addSeparator();
  QAction* dark = actions_.add(menu, {"dark", tr("&Dark"), tr("Dark window"), {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_D)},
                                      [this] {
                                        const QString name = actions_.find("dark")->isChecked() ? "dark" : "light";
                                        settings_->setValue("theme", name);
                                        setTheme(name);
                                      }, true});
  const QSignalBlocker quiet(dark);
  dark->setChecked(themeName_ == "dark");
}

void MainWindow::analyseActions() {
  QMenu* menu = menuBar()->addMenu(tr("&Analyse"));
  actions_.add(menu, {"analyse", tr("&Analyse"), tr("Run the chosen model on the whole file"),
                      {QKeySequence(Qt::CTRL | Qt::Key_R)}, [this] { classifyNow(); }});
  actions_.add(menu, {"cancel", tr("&Cancel"), tr("Cancel what is running; what is finished stays"),
                      {QKeySequence(Qt::Key_Escape)}, [this] { cancelAll(); }});
  actions_.add(menu, {"chooseModel", tr("Choose a &model"), tr("Open the list of models"),
                      {QKeySequence(Qt::CTRL | Qt::Key_M)}, [this] { toolBar_->focusModels(); }});
  QAction* looked = actions_.add(menu, {"videoAttention", tr("Attention o&ver the video"),
                                        tr("Draw where a model of audio-visual events looked over the picture at the playhead"),
                                        {QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_V)},
                                        [this] { videoDock_->setRegionsShown(actions_.find("videoAttention")->isChecked()); }, true});
  connect(videoDock_, &VideoDock::regionsShownChanged, looked, &QAction::setChecked);
  connect(videoDock_, &VideoDock::regionsShownChanged, this, [this](bool on) { settings_->setValue("videoAttention", on); });
  videoDock_->setRegionsShown(settings_->value("videoAttention", true).toBool());
  {
    const QSignalBlocker quiet(looked);
    looked->setChecked(videoDock_->regionsShown());
  }
  menu->addSeparator();
  QMenu* train = menuBar()->addMenu(tr("&Train"));
  corrections_->addActions(actions_, train);
  train->addSeparator();
  learning_->addActions(actions_, train);
  QAction* automatic = actions_.add(menu, {"autoAnalyse", tr("Analyse files when they are &opened"), {}, {}, [this] {
                                             settings_->setValue("autoAnalyse", actions_.find("autoAnalyse")->isChecked());
                                             classifyIfWanted();
                                           }, true});
  const QSignalBlocker quiet(automatic);
  automatic->setChecked(settings_->value("autoAnalyse", true).toBool());
}

void MainWindow::refreshIcons() {
  const QColor& text = theme().text;
  actions_.find("open")->setIcon(icon("open", text));
  actions_.find("play")->setIcon(icon(playback_->playing() ? "pause" : "play", text));
  actions_.find("loop")->setIcon(icon("loop", text));
  actions_.find("fit")->setIcon(icon("fit", text));
  actions_.find("zoomSelection")->setIcon(icon("zoom-selection", text));
}

void MainWindow::refreshRecentMenu() {
  recentMenu_->clear();
  const QStringList files = settings_->recentFiles();
  for (const QString& path : files) {
    QString name = fileName(toPath(path));
    QAction* action = recentMenu_->addAction(name.replace('&', "&&"), this, [this, path] { openFile(toPath(path)); });
    action->setToolTip(path);
    action->setStatusTip(path);
  }
  recentMenu_->setToolTipsVisible(true);
  recentMenu_->setEnabled(!files.isEmpty());
  if (files.isEmpty()) return;
  recentMenu_->addSeparator();
  recentMenu_->addAction(tr("Forget these"), this, [this] {
    settings_->clearRecentFiles();
    refreshRecentMenu();
  });
}

void MainWindow::step(double seconds) { playback_->seek(playback_->position() + seconds); }

void MainWindow::playSelection() {
  const auto selection = timeArea_->selection();
  if (!selection) return status_->setNotice(tr("nothing is selected: drag over the lanes, or with Ctrl in the spectrogram"));
  std::optional<dsp::FrequencyBand> band;
  if (const auto boxed = timeArea_->boxedBand()) band = dsp::FrequencyBand{boxed->first, boxed->second};
  playback_->playOnce(*selection, band);
}

void MainWindow::changeSpeed(int steps) {
  const auto now = std::min_element(kSpeeds.begin(), kSpeeds.end(), [this](double a, double b) {
    return std::abs(a - playback_->speed()) < std::abs(b - playback_->speed());
  });
  const auto next = std::clamp<std::ptrdiff_t>(now - kSpeeds.begin() + steps, 0, static_cast<std::ptrdiff_t>(kSpeeds.size()) - 1);
  playback_->setSpeed(kSpeeds[static_cast<std::size_t>(next)]);
}

void MainWindow::changeVolume(double by) {
  playback_->setVolume(playback_->volume() + by);
  settings_->setValue("volume", playback_->volume());
  status_->setNotice(tr("volume %1 %").arg(std::lround(100.0 * playback_->volume())));
}

void MainWindow::showKeys() {
  if (raiseShown("keysDialog")) return;
  auto* dialog = new QDialog(this);
  dialog->setObjectName("keysDialog");
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->setWindowTitle(tr("Keys"));
  dialog->resize(560, 620);
  auto* table = new QTableWidget(dialog);
  table->setAccessibleName(tr("Actions with their keys"));
  table->setColumnCount(3);
  table->setHorizontalHeaderLabels({tr("Action"), tr("Menu"), tr("Keys")});
  table->setEditTriggers(QAbstractItemView::NoEditTriggers);
  table->setSelectionBehavior(QAbstractItemView::SelectRows);
  table->verticalHeader()->hide();
  table->setShowGrid(false);
  for (const ActionCatalogue::Entry& entry : actions_.entries()) {
    const int row = table->rowCount();
    table->insertRow(row);
    table->setItem(row, 0, new QTableWidgetItem(plainText(entry.action->text())));
    table->setItem(row, 1, new QTableWidgetItem(entry.menu));
    table->setItem(row, 2, new QTableWidgetItem(
                               QKeySequence::listToString(entry.action->shortcuts(), QKeySequence::NativeText)));
  }
  table->horizontalHeader()->setSectionResizeMode(0, QHeaderView::Stretch);
  auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, dialog);
  connect(buttons, &QDialogButtonBox::rejected, dialog, &QDialog::close);
  auto* column = new QVBoxLayout(dialog);
  column->addWidget(table);
  column->addWidget(buttons);
  dialog->show();
}

// Asked for again, a window that is open comes to the front.
bool MainWindow::raiseShown(const QString& name) {
  auto* shown = findChild<QDialog*>(name);
  if (shown == nullptr) return false;
  shown->raise();
  shown->activateWindow();
  return true;
}

void MainWindow::showAbout() {
  if (raiseShown("aboutDialog")) return;
  auto* box = new QMessageBox(this);
  box->setObjectName("aboutDialog");
  box->setAttribute(Qt::WA_DeleteOnClose);
  box->setWindowTitle(tr("About Chladni"));
  box->setTextFormat(Qt::RichText);
  box->setText(tr("<b>Chladni %1</b><br>Workbench for audio-visual analysis.<br><br>Named after Ernst Chladni, who made sound "
                  "visible with sand.<br>Free software under the GNU General Public License, version 3 or later.")
                   .arg(QApplication::applicationVersion()));
  box->show();
}

}  // namespace chladni::ui
