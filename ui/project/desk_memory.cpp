#include "ui/project/desk_memory.h"

#include "core/serial/json_value.h"
#include "ui/project/label_controller.h"
#include "ui/project/proposal_controller.h"
#include "ui/project/snap_controller.h"
#include "ui/workspace/workspace_settings.h"

namespace chladni::ui {
namespace {

using analysis::ProposalOptions;

constexpr int kLaterMs = 400;
constexpr const char* kProposals = "proposals";
constexpr std::pair<const char*, double ProposalOptions::*> kOptions[] = {
    {"threshold", &ProposalOptions::threshold}, {"hysteresis", &ProposalOptions::hysteresis},
    {"minimum_seconds", &ProposalOptions::minimumSeconds}, {"gap_seconds", &ProposalOptions::gapSeconds}};

std::string textOf(const ProposalOptions& options) {
  auto out = serial::JsonValue::object();
  for (const auto& [name, member] : kOptions) out.set(name, options.*member);
  return out.text();
}

// Whatever is missing or no setting keeps its usual value.
ProposalOptions optionsIn(const std::string& text) {
  ProposalOptions options;
  const auto json = serial::parseJson(text, "settings");
  if (!json) return options;
  for (const auto& [name, member] : kOptions) options.*member = serial::JsonField(*json)[name].number().value_or(options.*member);
  return analysis::checkOptions(options) ? options : ProposalOptions{};
}

}  // namespace

DeskMemory::DeskMemory(WorkspaceSettings& settings, LabelController& labels, ProposalController& proposals, SnapController& snapping, QObject* parent)
    : QObject(parent), settings_(settings), labels_(labels), proposals_(proposals), snapping_(snapping) {
  later_.setSingleShot(true);
  later_.setInterval(kLaterMs);
  recall();
  connect(&later_, &QTimer::timeout, this, &DeskMemory::keepProposals);
  connect(&proposals_, &ProposalController::optionsChanged, this, [this] { later_.start(); });
  connect(&snapping_, &SnapController::settingsChanged, this, &DeskMemory::keepSnapping);
  connect(&labels_, &LabelController::projectChanged, this, &DeskMemory::projectMayHaveChanged);
  projectMayHaveChanged();
}

DeskMemory::~DeskMemory() {
  if (later_.isActive()) keepProposals();
}

void DeskMemory::recall() {
  proposals_.setOptions(optionsIn(settings_.value("desk/proposals").toString().toStdString()));
  SnapSettings snap;
  snap.on = settings_.value("desk/snap", snap.on).toBool();
  snap.edges = settings_.value("desk/snapEdges", snap.edges).toBool();
  snap.onsets = settings_.value("desk/snapOnsets", snap.onsets).toBool();
  snap.cuts = settings_.value("desk/snapCuts", snap.cuts).toBool();
  snap.grid = settings_.value("desk/snapGrid", snap.grid).toDouble();
  snapping_.setSettings(snap);
}

// Also told when only the files of the project changed.
void DeskMemory::projectMayHaveChanged() {
  auto* project = labels_.project();
  const auto path = project != nullptr ? project->path() : std::filesystem::path();
  if (path == project_) return;
  project_ = path;
  later_.stop();
  if (project == nullptr) return;
  const auto kept = project->setting(kProposals);
  if (kept && !kept->empty()) proposals_.setOptions(optionsIn(*kept));
  later_.stop();  // what was read need not be written
}

void DeskMemory::keepProposals() {
  later_.stop();
  const std::string text = textOf(proposals_.options());
  settings_.setValue("desk/proposals", QString::fromStdString(text));
  auto* project = labels_.project();
  // A project that is read-only, or held by another program just now, does without.
  if (project != nullptr && !project->readOnly()) (void)project->setSetting(kProposals, text).has_value();
}

void DeskMemory::keepSnapping() {
  const SnapSettings snap = snapping_.settings();
  settings_.setValue("desk/snap", snap.on);
  settings_.setValue("desk/snapEdges", snap.edges);
  settings_.setValue("desk/snapOnsets", snap.onsets);
  settings_.setValue("desk/snapCuts", snap.cuts);
  settings_.setValue("desk/snapGrid", snap.grid);
}

}  // namespace chladni::ui
