#include "ui/training/run_head.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>
#include <QVBoxLayout>
#include <utility>

#include "ui/training/run_words.h"
#include "widgets/theme/theme.h"

namespace chladni::ui {
namespace {

using runs::RunPhase;

// What a person should know first: what the curves show, else why it ended.
std::pair<QString, runs::LogKind> findingOf(const runs::RunSummary& run, const RunHead::Details& details) {
  if (!details.ofStudy && details.history != nullptr)
    if (const auto findings = runs::findingsOf(*details.history); !findings.empty())
      return {QString::fromStdString(findings.front().text), findings.front().kind};
  if (!run.message.empty()) return {QString::fromStdString(run.message), runs::LogKind::error};
  if (run.phase == RunPhase::interrupted)
    return {RunHead::tr("The process ended without a word: it was killed, or the machine went down. Go on continues from the last checkpoint."), runs::LogKind::note};
  if (details.ofStudy && run.phase == RunPhase::stopped && run.runsDone < run.runs)
    return {RunHead::tr("Stopped after %1 of %2 runs. Go on carries out the others; those that have ended stay.").arg(run.runsDone).arg(run.runs), runs::LogKind::note};
  return {QString(), runs::LogKind::note};
}

}  // namespace

RunHead::RunHead(QWidget* parent) : QWidget(parent) {
  finding_ = new QLabel(this);
  finding_->setObjectName("runFinding");
  finding_->setWordWrap(true);
  finding_->setTextFormat(Qt::PlainText);
  finding_->setContentsMargins(16, 4, 16, 6);
  finding_->setTextInteractionFlags(Qt::TextSelectableByMouse);
  finding_->hide();
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  column->addWidget(makeRow());
  column->addWidget(finding_);
}

QWidget* RunHead::makeRow() {
  auto* head = new QWidget(this);
  name_ = new QLabel(head);
  QFont bold = name_->font();
  bold.setWeight(QFont::DemiBold);
  bold.setPointSizeF(bold.pointSizeF() * 1.15);
  name_->setFont(bold);
  name_->setTextFormat(Qt::PlainText);
  phase_ = new QLabel(head);
  course_ = new QLabel(head);
  course_->setObjectName("runCourse");
  course_->setTextFormat(Qt::PlainText);
  course_->setMinimumWidth(40);
  auto* row = new QHBoxLayout(head);
  row->setContentsMargins(16, 8, 12, 6);
  row->setSpacing(8);
  row->addWidget(name_);
  row->addWidget(phase_);
  row->addSpacing(4);
  row->addWidget(course_, 1);
  const auto button = [&](const QString& text, const QString& hint, const char* id, void (RunHead::*signal)()) {
    auto* made = new QToolButton(head);
    made->setText(text);
    made->setToolTip(hint);
    made->setObjectName(id);
    if (signal != nullptr) connect(made, &QToolButton::clicked, this, signal);
    row->addWidget(made);
    return made;
  };
  pause_ = button(tr("Pause"), tr("Finish the step, write a checkpoint and wait"), "runPause", &RunHead::pauseRequested);
  resume_ = button(tr("Go on"), tr("Go on from the last checkpoint"), "runResume", &RunHead::resumeRequested);
  stop_ = button(tr("Stop"), tr("Finish the step and keep the best model so far"), "runStop", &RunHead::stopRequested);
  use_ = button(tr("Use model"), tr("Analyse with the model of this run"), "runUse", nullptr);
  connect(use_, &QToolButton::clicked, this, [this] { Q_EMIT useRequested(model_); });
  clone_ = button(tr("Clone…"), tr("A new run with the same settings, to change some of them"), "runClone", &RunHead::cloneRequested);
  remove_ = button(tr("Delete"), tr("Move to the bin; Undo brings it back"), "runRemove", &RunHead::removeRequested);
  use_->setProperty("primary", true);
  return head;
}

void RunHead::show(const std::vector<runs::RunSummary>& runs, const Details& details) {
  if (runs.empty()) return;
  const auto& run = runs.front();
  const bool single = runs.size() == 1;
  model_ = details.model;
  name_->setText(single ? QString::fromStdString(run.name) : tr("%n runs", nullptr, static_cast<int>(runs.size())));
  phase_->setText(single ? phaseWord(run.phase) : QString());
  setTextColour(*phase_, phaseColour(run.phase));
  QStringList names;
  for (const auto& one : runs) names << QString::fromStdString(one.name);
  const QString text = single ? courseText(run) : names.join(QStringLiteral(", "));
  course_->setText(text);
  course_->setToolTip(text);
  setTextColour(*course_, widgets::theme().quiet);

  showButtons(run, single);
  const auto [worst, kind] = single ? findingOf(run, details) : std::pair(QString(), runs::LogKind::note);
  finding_->setText(worst.isEmpty() ? QString() : QStringLiteral("⚠ ") + worst);
  finding_->setVisible(!worst.isEmpty());
  setTextColour(*finding_, kind == runs::LogKind::error ? widgets::theme().bad : widgets::theme().warn);
}

void RunHead::showButtons(const runs::RunSummary& run, bool single) {
  pause_->setVisible(single && run.phase == RunPhase::running);
  resume_->setVisible(single && (run.phase == RunPhase::paused || run.canResume || (!run.alive() && run.phase == RunPhase::interrupted)));
  stop_->setVisible(single && (run.alive() || run.phase == RunPhase::queued));
  stop_->setText(run.phase == RunPhase::queued ? tr("Take out of the queue") : tr("Stop"));
  use_->setVisible(single && !model_.isEmpty());
  clone_->setVisible(single && run.phase != RunPhase::broken);
  remove_->setVisible(!run.alive());
}

QString RunHead::findingText() const { return finding_->isHidden() ? QString() : finding_->text(); }

}  // namespace chladni::ui
