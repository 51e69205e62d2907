#include "ui/project/proposal_controller.h"

#include <QDoubleSpinBox>
#include <QLabel>
#include <QMainWindow>
#include <QSignalBlocker>
#include <QToolButton>
#include <algorithm>
#include <set>

#include "core/analysis/events.h"
#include "core/analysis/library_proposals.h"
#include "core/base/utc_time.h"
#include "ui/actions/action_catalogue.h"
#include "ui/project/label_controller.h"
#include "ui/project/project_worker.h"
#include "ui/workspace/text.h"
#include "widgets/prediction/class_lane.h"

namespace chladni::ui {

using analysis::ProposalOptions;
namespace {

constexpr double kThresholdStep = 0.01;
constexpr double kLongestSeconds = 3600.0;

}  // namespace

ProposalController::ProposalController(QMainWindow& window, widgets::ClassLane& lane, LabelController& labels, ProjectWorker& worker, QObject* parent)
    : QObject(parent), window_(window), lane_(lane), labels_(labels), worker_(worker), bar_(new QToolBar(tr("Proposals"), &window)), summary_(new QLabel(bar_)) {
  buildBar();
  connect(&lane_, &widgets::ClassLane::predictionChanged, this, &ProposalController::preview);
  connect(&lane_, &widgets::ClassLane::thresholdDragged, this, [this](double threshold) {
    ProposalOptions options = options_;
    options.threshold = threshold;
    setOptions(options);
  });
}

void ProposalController::buildBar() {
  bar_->setObjectName("proposalBar");
  bar_->setMovable(false);
  bar_->setContextMenuPolicy(Qt::PreventContextMenu);
  summary_->setObjectName("proposalSummary");
  summary_->setContentsMargins(8, 0, 8, 0);
  field("proposalThreshold", tr("Threshold"), 1.0, kThresholdStep, {}, &ProposalOptions::threshold);
  field("proposalHysteresis", tr("may fall by"), 1.0, 0.05, {}, &ProposalOptions::hysteresis);
  field("proposalMinimum", tr("at least"), kLongestSeconds, 0.1, tr(" s"), &ProposalOptions::minimumSeconds);
  field("proposalGap", tr("bridge gaps of"), kLongestSeconds, 0.1, tr(" s"), &ProposalOptions::gapSeconds);
  bar_->addWidget(summary_);
  window_.addToolBar(Qt::BottomToolBarArea, bar_);
  bar_->hide();
  // The layout that is restored at the start may show it.
  connect(bar_->toggleViewAction(), &QAction::toggled, this, &ProposalController::setActive);
}

QDoubleSpinBox* ProposalController::field(const QString& name, const QString& label, double most, double step, const QString& suffix,
                                          double ProposalOptions::*value) {
  auto* text = new QLabel(label, bar_);
  auto* box = new QDoubleSpinBox(bar_);
  box->setObjectName(name);
  box->setAccessibleName(label);
  box->setRange(0.0, most);
  box->setSingleStep(step);
  box->setDecimals(2);
  box->setSuffix(suffix);
  box->setValue(options_.*value);
  text->setBuddy(box);
  bar_->addWidget(text);
  bar_->addWidget(box);
  fields_.emplace_back(box, value);
  connect(box, &QDoubleSpinBox::valueChanged, this, [this, value](double now) {
    ProposalOptions options = options_;
    options.*value = now;
    setOptions(options);
  });
  return box;
}

void ProposalController::addActions(ActionCatalogue& actions, QMenu* menu, QWidget* within) {
  actions_ = &actions;
  const auto add = [&](const char* id, const QString& text, const QString& hint, QKeySequence key, std::function<void()> run, bool checkable = false) {
    return actions.add(menu, {id, text, hint, {std::move(key)}, std::move(run), checkable, within});
  };
  add("propose", tr("Pr&opose"), tr("Propose labels from the probabilities; drag the threshold in the class lane"), QKeySequence(Qt::Key_P),
      [this] { setActive(actions_->find("propose")->isChecked()); }, true);
  add("proposeKeep", tr("Turn into la&bels"), tr("Keep what is proposed as labels to accept or reject"), QKeySequence(Qt::CTRL | Qt::Key_Return),
      [this] { turnIntoLabels(); });
  add("acceptAll", tr("Acce&pt all that are as sure"), tr("All proposals at least as sure as the selected one, or as the threshold"),
      QKeySequence(Qt::SHIFT | Qt::Key_Return), [this] { acceptAll(); });
  actions.add(menu, {"proposeAll", tr("Propose for all f&iles of the project"), tr("Run the chosen model over every file without proposals; after a cancel finished files are kept"),
                     {}, [this] { proposeAll(); }});
  const auto step = [this](double by) {
    ProposalOptions options = options_;
    options.threshold = std::clamp(options.threshold + by, 0.0, 1.0);
    setOptions(options);
  };
  add("thresholdUp", tr("Threshold up"), {}, QKeySequence(Qt::SHIFT | Qt::Key_Up), [step] { step(kThresholdStep); });
  add("thresholdDown", tr("Threshold down"), {}, QKeySequence(Qt::SHIFT | Qt::Key_Down), [step] { step(-kThresholdStep); });
  auto* keep = new QToolButton(bar_);
  keep->setDefaultAction(actions.find("proposeKeep"));
  keep->setProperty("primary", true);
  bar_->addWidget(keep);
  auto* close = new QToolButton(bar_);
  close->setText(tr("Close"));
  connect(&actions, &ActionCatalogue::keysChanged, close, [this, close] { close->setToolTip(tr("Propose nothing (%1)").arg(keyOf(*this, "propose"))); });
  connect(close, &QToolButton::clicked, this, [this] { setActive(false); });
  bar_->addWidget(close);
  preview();
}

void ProposalController::setActive(bool active) {
  if (active == active_) return;
  active_ = active;
  bar_->setVisible(active);
  if (actions_ != nullptr) {
    const QSignalBlocker quiet(actions_->find("propose"));
    actions_->find("propose")->setChecked(active);
  }
  if (active && !lane_.prediction()) Q_EMIT noticed(tr("no probabilities yet: %1 runs the model").arg(keyOf(*this, "analyse")));
  preview();
}

void ProposalController::setOptions(const ProposalOptions& options) {
  if (options == options_) return;
  options_ = options;
  preview();
  Q_EMIT optionsChanged();
}

void ProposalController::preview() {
  proposals_.clear();
  const auto& prediction = lane_.prediction();
  if (active_ && prediction) {
    auto found = analysis::proposalsOf(prediction->windows, prediction->scores, options_, analysis::backgroundClass(prediction->classes));
    if (found) proposals_ = std::move(*found);
    widgets::ProposalPicture picture{options_.threshold, std::max(0.0, options_.threshold - options_.hysteresis), {}};
    for (const analysis::Proposal& one : proposals_) picture.stretches.emplace_back(one.index, one.span);
    lane_.setProposals(std::move(picture));
  } else {
    lane_.setProposals({});
  }
  refreshBar();
}

void ProposalController::refreshBar() {
  for (const auto& [box, value] : fields_) {
    const QSignalBlocker quiet(box);
    box->setValue(options_.*value);
  }
  std::set<int> classes;
  for (const analysis::Proposal& one : proposals_) classes.insert(one.index);
  if (!lane_.prediction()) summary_->setText(tr("no probabilities yet"));
  else summary_->setText(tr("stretches: %1 · classes: %2").arg(proposals_.size()).arg(classes.size()));
  if (actions_ == nullptr) return;
  actions_->find("proposeKeep")->setEnabled(active_ && !proposals_.empty());
  for (const char* id : {"thresholdUp", "thresholdDown"}) actions_->find(id)->setEnabled(active_);
}

void ProposalController::turnIntoLabels() {
  const auto& prediction = lane_.prediction();
  if (!active_ || !prediction || proposals_.empty()) return;
  labels_.takeProposals(prediction->provenance.model,
                        analysis::labelsOf(proposals_, prediction->classes, prediction->provenance, options_, utcNow()));
}

void ProposalController::proposeAll() {
  if (labels_.project() == nullptr) return Q_EMIT failed(tr("Labels belong to a project: make one with %1 or open one with %2.").arg(keyOf(*this, "newProject"), keyOf(*this, "openProject")));
  const auto choice = choice_ ? choice_() : std::nullopt;
  if (!choice) return Q_EMIT noticed(tr("no model to propose with"));
  const bool begun = worker_.start(labels_.project()->path(), [this, choice = *choice, options = options_](store::Project& project, std::stop_token stop, const ProgressSink& progress) -> std::function<void()> {
    const auto fails = [this](const Error& error) -> std::function<void()> {
      return [this, error] {
        labels_.takeOver();
        if (error.code == ErrorCode::cancelled) Q_EMIT noticed(tr("cancelled; finished files have their proposals"));
        else Q_EMIT failed(toText(error));
      };
    };
    auto files = project.files();
    if (!files) return fails(files.error());
    const analysis::ModelLoader load = [&](const std::string& package) { return choice.registry->load(package, choice.runtime); };
    auto model = load(choice.package);
    if (!model) return fails(model.error());
    analysis::LibraryRun run;
    run.options = options;
    for (const auto& file : *files) run.files.push_back(file.id);
    std::int64_t done = 0;
    std::int64_t broken = 0;
    std::int64_t proposals = 0;
    const auto told = [&](const analysis::FileOutcome& outcome) {
      ++(outcome.error ? broken : done);
      proposals += outcome.proposals;
    };
    if (auto ok = analysis::proposeForLibrary(project, run, **model, load, told, progress, stop); !ok) return fails(ok.error());
    return [this, done, broken, proposals] {
      labels_.takeOver();
      QString said = tr("%1 files done, %2 proposals wait").arg(done).arg(proposals);
      if (broken > 0) said += tr(" · %1 files could not be read").arg(broken);
      Q_EMIT noticed(said);
    };
  });
  if (!begun) Q_EMIT noticed(tr("the project is busy; try again in a moment, or cancel with %1").arg(keyOf(*this, "cancel")));
}

void ProposalController::acceptAll() {
  const auto* track = labels_.activeTrack();
  if (track == nullptr) return;
  std::optional<double> least;
  if (labels_.selected().size() == 1) least = track->track.labels[labels_.selected().front()].confidence;
  if (!least && active_) least = options_.threshold;
  if (!least) return Q_EMIT noticed(tr("select the least sure proposal that you trust; %1 goes to the next one").arg(keyOf(*this, "labelUncertain")));
  labels_.acceptFrom(*least);
}

}  // namespace chladni::ui
