#include "ui/project/project_desk.h"

#include <QFileDialog>
#include <QFileInfo>
#include <QKeyEvent>
#include <QMainWindow>
#include <QSignalBlocker>

#include "ui/playback/playback_controller.h"
#include "ui/project/agreement_dock.h"
#include "ui/project/desk_memory.h"
#include "ui/project/exchange_controller.h"
#include "ui/project/label_table_dock.h"
#include "ui/project/name_suggestions.h"
#include "ui/project/project_panel.h"
#include "ui/project/project_worker.h"
#include "ui/project/proposal_controller.h"
#include "ui/project/snap_controller.h"
#include "ui/project/track_menu.h"
#include "ui/workspace/paths.h"
#include "ui/workspace/time_area.h"
#include "widgets/labels/label_lane.h"
#include "widgets/prediction/class_lane.h"
#include "widgets/spectrogram/spectrogram_lane.h"
#include "widgets/theme/class_colours.h"

namespace chladni::ui {
namespace {

constexpr double kFine = 0.01;
constexpr double kCoarse = 1.0;

}  // namespace

ProjectDesk::ProjectDesk(QMainWindow& window, TimeArea& area, PlaybackController& playback, QObject* parent)
    : QObject(parent), window_(window), area_(area), playback_(playback), lane_(area.labels()),
      worker_(new ProjectWorker(this)), panel_(new ProjectPanel(labels_, *worker_, &window)), table_(new LabelTableDock(labels_, &window)),
      proposals_(new ProposalController(window, area.classes(), labels_, *worker_, this)),
      snapping_(new SnapController(area, lane_, labels_, this)), exchange_(new ExchangeController(window, labels_, *worker_, this)),
      agreement_(new AgreementDock(labels_, area.axis(), &window)), trackMenu_(new TrackMenu(window, labels_, this)) {
  connect(worker_, &ProjectWorker::activityChanged, this, [this] {
    labels_.setOwnJob(worker_->busy());
    Q_EMIT activityChanged();
  });
  connect(worker_, &ProjectWorker::failed, this, &ProjectDesk::failed);
  connect(proposals_, &ProposalController::failed, this, &ProjectDesk::failed);
  connect(exchange_, &ExchangeController::failed, this, &ProjectDesk::failed);
  connect(exchange_, &ExchangeController::noticed, this, &ProjectDesk::noticed);
  connect(snapping_, &SnapController::noticed, this, &ProjectDesk::noticed);
  connect(proposals_, &ProposalController::noticed, this, &ProjectDesk::noticed);
  connect(&labels_, &LabelController::changed, this, &ProjectDesk::refresh);
  connect(&labels_, &LabelController::projectChanged, this, &ProjectDesk::projectChanged);
  connect(&labels_, &LabelController::failed, this, &ProjectDesk::failed);
  connect(&labels_, &LabelController::noticed, this, &ProjectDesk::noticed);
  connect(&labels_, &LabelController::seekRequested, &playback_, &PlaybackController::seek);
  connect(panel_, &ProjectPanel::openRequested, this, &ProjectDesk::openRequested);
  connect(panel_, &ProjectPanel::failed, this, &ProjectDesk::failed);
  connect(panel_, &ProjectPanel::noticed, this, &ProjectDesk::noticed);
  connect(&lane_, &widgets::LabelLane::labelClicked, &labels_, &LabelController::select);
  connect(&lane_, &widgets::LabelLane::trackClicked, &labels_, &LabelController::selectTrack);
  connect(&lane_, &widgets::LabelLane::edgeMoved, &labels_, &LabelController::moveEdge);
  connect(&lane_, &widgets::LabelLane::textEntered, &labels_, &LabelController::setText);
  connect(&lane_, &widgets::LabelLane::textRequested, this, [this](std::size_t track, std::size_t label) {
    labels_.select(track, label, false);
    editText();
  });
  area_.installEventFilter(this);
  refresh();
}

// The views refer to the controller, which is a member.
ProjectDesk::~ProjectDesk() {
  delete memory_;
  delete worker_;
  delete panel_;
  delete table_;
  delete agreement_;
}

double ProjectDesk::playhead() const { return playback_.position(); }
bool ProjectDesk::busy() const { return snapping_->busy() || worker_->busy(); }
bool ProjectDesk::working() const { return worker_->busy(); }
const Progress& ProjectDesk::progress() const { return worker_->progress(); }

void ProjectDesk::cancel() { worker_->cancel(); }

bool ProjectDesk::maySafelyClose() {
  if (labels_.waiting() == 0 || std::exchange(closeAsked_, true)) return true;
  Q_EMIT failed(tr("Another program holds the project and edits wait to be saved. Close it there; closing here again gives them ten more seconds, then drops them."));
  return false;
}

void ProjectDesk::remember(WorkspaceSettings& settings) { memory_ = new DeskMemory(settings, labels_, *proposals_, *snapping_, this); }

void ProjectDesk::setFile(const std::filesystem::path& path) { labels_.setFile(path); }
std::optional<Error> ProjectDesk::open(const std::filesystem::path& project) { return labels_.openProject(project); }

void ProjectDesk::addProjectActions(ActionCatalogue& actions, QMenu* menu) {
  actions_ = &actions;
  actions.add(menu, {"newProject", tr("New &project…"), tr("Make a project: files with labels, saved as they are edited"),
                     {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_N)}, [this] { newDialog(); }});
  actions.add(menu, {"openProject", tr("Open p&roject…"), tr("Open a project"), {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_O)},
                     [this] { openDialog(); }});
  actions.add(menu, {"addFiles", tr("&Add files to the project…"), tr("Add recordings and videos"), {}, [this] { addDialog(false); }});
  actions.add(menu, {"addFolder", tr("Add a &folder to the project…"), tr("Add all recordings and videos below a folder"), {},
                     [this] { addDialog(true); }});
  actions.add(menu, {"findMoved", tr("Find &moved files…"), tr("Look below a folder for files that went elsewhere"), {},
                     [this] { movedDialog(); }});
  actions.add(menu, {"searchProject", tr("&Search the project"), tr("Search names, tags, status and labels"),
                     {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_F)}, [this] { panel_->focusSearch(); }});
  exchange_->addActions(actions, menu);
  actions.add(menu, {"closeProject", tr("C&lose the project"), {}, {}, [this] { labels_.closeProject(); }});
}

void ProjectDesk::addLabelActions(ActionCatalogue& actions, QMenu* edit, QMenu* menu, std::function<double()> frameSeconds) {
  actions.add(edit, {"undo", tr("&Undo"), tr("Take back the last edit of the project"), {QKeySequence(Qt::CTRL | Qt::Key_Z)}, [this] { labels_.undo(); }});
  actions.add(edit, {"redo", tr("&Redo"), tr("Do again what was taken back"),
                     {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_Z), QKeySequence(Qt::CTRL | Qt::Key_Y)}, [this] { labels_.redo(); }});
  QWidget* within = &area_;
  const auto add = [&](const char* id, const QString& text, const QString& hint, QList<QKeySequence> keys, std::function<void()> run) {
    actions.add(menu, {id, text, hint, std::move(keys), std::move(run), false, within});
  };
  add("labelStart", tr("&Start at the playhead"), tr("Begin a label, or move the start of the selected one here"),
      {QKeySequence(Qt::Key_BracketLeft)}, [this] { labels_.startAt(playhead()); });
  add("labelEnd", tr("&End at the playhead"), tr("End the label that was begun, or move the end of the selected one here"),
      {QKeySequence(Qt::Key_BracketRight)}, [this] { labels_.endAt(playhead()); });
  add("labelPoint", tr("&Point at the playhead"), {}, {QKeySequence(Qt::Key_Semicolon)}, [this] { labels_.addPoint(playhead()); });
  add("labelSelection", tr("Label the se&lection"), tr("A label over the selected time"), {QKeySequence(Qt::CTRL | Qt::Key_B)}, [this] {
    if (const auto span = area_.selection()) labels_.addOver(*span);
    else Q_EMIT noticed(tr("select a stretch of time first"));
  });
  boxActions(actions, menu);
  add("labelText", tr("&Name…"), tr("Class of the selected label"), {QKeySequence(Qt::Key_F2)}, [this] { editText(); });
  menu->addSeparator();
  add("labelNext", tr("Ne&xt label"), {}, {QKeySequence(Qt::ALT | Qt::Key_Right)}, [this] { labels_.next(playhead()); });
  add("labelPrevious", tr("Pre&vious label"), {}, {QKeySequence(Qt::ALT | Qt::Key_Left)}, [this] { labels_.previous(playhead()); });
  add("labelUncertain", tr("Next proposal"), {}, {QKeySequence(Qt::Key_Tab)}, [this] { labels_.nextProposal(playhead()); });
  add("labelAccept", tr("&Accept the proposal"), {}, {QKeySequence(Qt::Key_Return), QKeySequence(Qt::Key_Enter)}, [this] { labels_.accept(); });
  add("labelReject", tr("Re&ject the proposal"), {}, {QKeySequence(Qt::Key_Backspace)}, [this] { labels_.reject(); });
  proposals_->addActions(actions, menu, within);
  menu->addSeparator();
  add("labelSplit", tr("Spl&it at the playhead"), {}, {QKeySequence(Qt::CTRL | Qt::Key_I)}, [this] { labels_.split(playhead()); });
  add("labelMerge", tr("&Merge"), tr("The selected labels, or the selected one with the next"), {QKeySequence(Qt::CTRL | Qt::Key_J)},
      [this] { labels_.merge(); });
  add("labelDuplicate", tr("&Duplicate at the playhead"), {}, {QKeySequence(Qt::CTRL | Qt::Key_D)}, [this] { labels_.duplicate(playhead()); });
  add("labelDelete", tr("Dele&te"), {}, {QKeySequence(Qt::Key_Delete)}, [this] { labels_.remove(); });
  snapping_->addActions(actions, menu, within, frameSeconds);
  nudgeActions(actions, menu, std::move(frameSeconds));
  trackMenu_->addActions(actions, menu);
  exchange_->addClassActions(actions, menu);
  agreement_->addActions(actions, menu);
  refresh();
}

void ProjectDesk::nudgeActions(ActionCatalogue& actions, QMenu* menu, std::function<double()> frameSeconds) {
  QMenu* nudge = menu->addMenu(tr("N&udge"));
  const auto add = [&](const char* id, const QString& text, QKeySequence key, LabelEdge edge, std::function<double()> by) {
    actions.add(nudge, {id, text, {}, {key}, [this, edge, by = std::move(by)] { labels_.nudge(edge, by()); }, false, &area_});
  };
  const auto fixed = [](double seconds) { return [seconds] { return seconds; }; };
  const auto frame = [frameSeconds](double sign) { return [frameSeconds, sign] { return sign * frameSeconds(); }; };
  add("nudgeStartBack", tr("Start 10 ms back"), QKeySequence(Qt::CTRL | Qt::Key_Left), LabelEdge::start, fixed(-kFine));
  add("nudgeStartOn", tr("Start 10 ms on"), QKeySequence(Qt::CTRL | Qt::Key_Right), LabelEdge::start, fixed(kFine));
  add("nudgeEndBack", tr("End 10 ms back"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_Left), LabelEdge::end, fixed(-kFine));
  add("nudgeEndOn", tr("End 10 ms on"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_Right), LabelEdge::end, fixed(kFine));
  add("nudgeStartSecondBack", tr("Start 1 s back"), QKeySequence(Qt::CTRL | Qt::Key_PageUp), LabelEdge::start, fixed(-kCoarse));
  add("nudgeStartSecondOn", tr("Start 1 s on"), QKeySequence(Qt::CTRL | Qt::Key_PageDown), LabelEdge::start, fixed(kCoarse));
  add("nudgeEndSecondBack", tr("End 1 s back"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_PageUp), LabelEdge::end, fixed(-kCoarse));
  add("nudgeEndSecondOn", tr("End 1 s on"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_PageDown), LabelEdge::end, fixed(kCoarse));
  add("nudgeStartFrameBack", tr("Start one picture back"), QKeySequence(Qt::CTRL | Qt::Key_Comma), LabelEdge::start, frame(-1.0));
  add("nudgeStartFrameOn", tr("Start one picture on"), QKeySequence(Qt::CTRL | Qt::Key_Period), LabelEdge::start, frame(1.0));
  add("nudgeEndFrameBack", tr("End one picture back"), QKeySequence(Qt::ALT | Qt::Key_Comma), LabelEdge::end, frame(-1.0));
  add("nudgeEndFrameOn", tr("End one picture on"), QKeySequence(Qt::ALT | Qt::Key_Period), LabelEdge::end, frame(1.0));
  actions.add(nudge, {"shiftBack", tr("Shift 10 ms back"), {}, {QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_Left)}, [this] { labels_.shift(-kFine); }, false, &area_});
  actions.add(nudge, {"shiftOn", tr("Shift 10 ms on"), {}, {QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_Right)}, [this] { labels_.shift(kFine); }, false, &area_});
}

void ProjectDesk::boxActions(ActionCatalogue& actions, QMenu* menu) {
  actions.add(menu, {"labelBox", tr("Label the bo&x"), tr("A label over the time and frequencies boxed with Ctrl and the mouse in the spectrogram"),
                     {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_B)}, [this] {
                       const auto band = area_.boxedBand();
                       if (!band) return Q_EMIT noticed(tr("draw a box first: Ctrl and the mouse in the spectrogram"));
                       labels_.addBox(area_.selection(), {band->first, band->second});
                     }, false, &area_});
}

// Labels of all tracks that have frequencies, over the spectrogram.
void ProjectDesk::showBoxes() {
  std::vector<widgets::LabelBox> boxes;
  for (const auto& stored : labels_.tracks()) {
    for (const Label& label : stored.track.labels) {
      if (!label.band || label.state == LabelState::rejected) continue;
      boxes.push_back({{label.span.start.seconds(), label.band->low}, {label.span.end.seconds(), label.band->high}, lane_.colourOf(label), QString::fromStdString(label.text)});
    }
  }
  area_.spectrogram().setLabelBoxes(std::move(boxes));
}

bool ProjectDesk::eventFilter(QObject* watched, QEvent* event) {
  if (event->type() != QEvent::KeyPress && event->type() != QEvent::KeyRelease) return QObject::eventFilter(watched, event);
  const auto* key = static_cast<QKeyEvent*>(event);
  const bool digit = key->key() >= Qt::Key_1 && key->key() <= Qt::Key_9;
  if (!digit || (key->modifiers() & ~Qt::KeypadModifier) != 0) return QObject::eventFilter(watched, event);
  if (key->isAutoRepeat()) return true;
  const QString name(QChar('0' + (key->key() - Qt::Key_0)));
  if (event->type() == QEvent::KeyPress) labels_.classKeyPressed(name, playhead(), playback_.playing(), area_.selection());
  else labels_.classKeyReleased(name, playhead());
  return true;
}

void ProjectDesk::editText() {
  if (labels_.selected().empty()) return Q_EMIT noticed(tr("select a label first"));
  const std::size_t at = labels_.selected().front();
  const TimeRange span = labels_.activeTrack()->track.labels[at].span;
  lane_.editText(at, nameSuggestions(labels_.classes(), labels_.tracks(), area_.classes().prediction().get(), span));
}

void ProjectDesk::nameKeys() {
  lane_.setKeysHint(tr("keys 1–9, %1 %2, %3").arg(keyOf(*this, "labelStart"), keyOf(*this, "labelEnd"), keyOf(*this, "labelText")));
  refresh();
}

void ProjectDesk::refresh() {
  std::vector<widgets::SharedTrack> tracks;
  const auto& stored = labels_.tracks();
  for (std::size_t i = 0; i < stored.size(); ++i) {
    auto& held = shown_[i];
    if (!held || !(*held == stored[i].track)) held = std::make_shared<const LabelTrack>(stored[i].track);
    tracks.push_back(held);
  }
  const bool none = tracks.empty();
  const auto active = labels_.active() < tracks.size() ? tracks[labels_.active()] : nullptr;
  widgets::setChosenColours(labels_.classes());
  lane_.setClasses(labels_.classes());
  lane_.setTracks(std::move(tracks), labels_.active());
  lane_.setSelected(labels_.selected());
  lane_.setPendingStart(labels_.pendingStart());
  const bool homeless = labels_.project() == nullptr;
  const QString message = homeless
                              ? tr("No project. %1 makes one, %2 opens one.").arg(keyOf(*this, "newProject"), keyOf(*this, "openProject"))
                              : tr("No labels yet. %1 and %2 set start and end at the playhead, %3 names, a class key held while playing labels.").arg(keyOf(*this, "labelStart"), keyOf(*this, "labelEnd"), keyOf(*this, "labelText"));
  lane_.setMessage(homeless || (none && !labels_.pendingStart()) ? message : QString());
  table_->show(active, message);
  showBoxes();
  if (actions_ == nullptr || actions_->find("undo") == nullptr) return;
  const auto refreshStep = [&](const char* id, const QString& verb, const QString& what) {
    QAction* action = actions_->find(id);
    action->setText(what.isEmpty() ? verb : QStringLiteral("%1: %2").arg(verb, QString(what).replace('&', "&&")));
    action->setEnabled(!what.isEmpty());
  };
  refreshStep("undo", tr("&Undo"), labels_.undoName());
  refreshStep("redo", tr("&Redo"), labels_.redoName());
  for (const char* id : {"labelUncertain", "labelAccept", "labelReject"}) actions_->find(id)->setEnabled(labels_.hasProposals());
  for (const char* id : {"addFiles", "addFolder", "findMoved", "searchProject", "closeProject", "importLabels", "exportLabels", "exportAllLabels", "exportManifest", "exportAve", "proposeAll"}) actions_->find(id)->setEnabled(labels_.project() != nullptr);
  trackMenu_->refresh();
}

void ProjectDesk::newDialog() {
  QString name = QFileDialog::getSaveFileName(&window_, tr("New project"), {}, tr("Projects (*.chladni)"), nullptr,
                                              QFileDialog::DontConfirmOverwrite);  // nothing is overwritten
  if (name.isEmpty()) return;
  if (!name.endsWith(store::Project::kExtension)) name += store::Project::kExtension;
  if (!QFileInfo::exists(name)) {
    labels_.createProject(toPath(name));
    return;
  }
  if (!labels_.openProject(toPath(name))) Q_EMIT noticed(tr("there was such a project, which is open now"));
}

void ProjectDesk::openDialog() {
  const QString name = QFileDialog::getOpenFileName(&window_, tr("Open a project"), {}, tr("Projects (*.chladni)"));
  if (!name.isEmpty()) labels_.openProject(toPath(name));
}

void ProjectDesk::addDialog(bool folder) {
  const QStringList names = folder ? QStringList{QFileDialog::getExistingDirectory(&window_, tr("Add a folder"))}
                                   : QFileDialog::getOpenFileNames(&window_, tr("Add files"));
  std::vector<std::filesystem::path> paths;
  for (const QString& name : names) {
    if (!name.isEmpty()) paths.push_back(toPath(name));
  }
  if (!paths.empty()) panel_->addPaths(paths);
}

void ProjectDesk::movedDialog() {
  const QString folder = QFileDialog::getExistingDirectory(&window_, tr("Look for moved files below"));
  if (!folder.isEmpty()) panel_->findMoved(toPath(folder));
}

}  // namespace chladni::ui
