#include "ui/training/review_page.h"

#include <QFontDatabase>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>
#include <algorithm>

#include "core/runs/field_text.h"
#include "ui/training/page_column.h"
#include "ui/training/recipe_form.h"
#include "ui/training/run_probe.h"
#include "ui/training/run_words.h"
#include "ui/training/sweep_editor.h"
#include "ui/workspace/paths.h"
#include "widgets/theme/quiet_label.h"
#include "widgets/theme/theme.h"

namespace chladni::ui {
namespace {

constexpr int kCommandHeight = 58;

QString quoted(const QString& word) { return word.contains(' ') ? QStringLiteral("'%1'").arg(word) : word; }

// Other rows say these already.
bool toldElsewhere(const std::string& field) {
  return field == "data" || field == "start" || field == "title" || field == "preset" || field == "folds";
}

QString changesText(const training::Recipe& preset, const training::Recipe& recipe) {
  QStringList changes;
  for (const auto& change : runs::changesBetween(preset, recipe))
    if (!toldElsewhere(change.field))
      changes << QStringLiteral("%1 %2 → %3").arg(spokenName(change.field), QString::fromStdString(change.from), QString::fromStdString(change.to));
  return changes.join(QStringLiteral(", "));
}

}  // namespace

ReviewPage::ReviewPage(const runs::RunDesk& desk, QWidget* parent) : QWidget(parent), desk_(desk), probe_(new RunProbe(desk.program(), this)) {
  auto* column = pageColumn(this, tr("Ready?"), tr("The training is a process of its own: it goes on when the window is closed."));
  name_ = new QLineEdit(this);
  name_->setObjectName("newRunName");
  name_->setAccessibleName(tr("Name of the run"));
  review_ = new QLabel(this);
  review_->setWordWrap(true);
  review_->setObjectName("newRunReview");
  review_->setTextInteractionFlags(Qt::TextSelectableByMouse);
  review_->setAlignment(Qt::AlignTop);
  auto* scroll = new QScrollArea(this);
  scroll->setWidget(review_);
  scroll->setWidgetResizable(true);
  scroll->setFrameShape(QFrame::NoFrame);
  command_ = new QPlainTextEdit(this);
  command_->setReadOnly(true);
  command_->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
  command_->setFixedHeight(kCommandHeight);
  command_->setAccessibleName(tr("The same on the command line"));
  estimate_ = widgets::quietLabel({}, this);
  estimate_->setObjectName("newRunEstimate");
  estimate_->setTextInteractionFlags(Qt::TextSelectableByMouse);
  measure_ = new QPushButton(this);
  measure_->setObjectName("newRunMeasure");
  measure_->setAutoDefault(false);
  measure_->setToolTip(tr("The first few steps, at low priority, in a folder that goes away"));
  auto* cost = new QHBoxLayout;
  cost->addWidget(estimate_, 1);
  cost->addWidget(measure_, 0, Qt::AlignTop);
  auto* form = new QFormLayout;
  form->addRow(tr("Name"), name_);
  column->addLayout(form);
  column->addWidget(scroll, 1);
  column->addLayout(cost);
  column->addWidget(widgets::quietLabel(tr("The same on the command line:"), this));
  column->addWidget(command_);
  connect(measure_, &QPushButton::clicked, this, [this] { probe_->running() ? stopMeasuring() : measure(); });
  connect(probe_, &RunProbe::progressed, this, &ReviewPage::refreshMeasure);
  connect(probe_, &RunProbe::estimated, this, &ReviewPage::showEstimate);
  connect(probe_, &RunProbe::failed, this, [this](const QString& why) {
    refreshMeasure();
    estimate_->setText(tr("No estimate: %1").arg(why));
  });
  connect(name_, &QLineEdit::textEdited, this, [this] {
    namedByHand_ = true;
    Q_EMIT nameEdited();
  });
}

QString ReviewPage::name() const { return name_->text().trimmed(); }

void ReviewPage::setName(const QString& name) { name_->setText(name); }

QString ReviewPage::estimateText() const { return estimate_->text(); }

void ReviewPage::setPlan(const RunPlan& plan) {
  plan_ = plan;
  QString remarks;
  if (plan.check)
    for (const auto& remark : plan.check->remarks)
      remarks += QStringLiteral("<p style='color:%1; margin:4px 0'>⚠ %2</p>").arg(widgets::theme().warn.name(), QString::fromStdString(remark).toHtmlEscaped());
  review_->setText(tableOf(plan) + remarks);
  command_->setPlainText(commandOf(plan));
  if (plan.recipe && plan.dataReady && measured_ != plan.recipe) measure();
}

QString ReviewPage::tableOf(const RunPlan& plan) const {
  QString rows;
  const auto row = [&](const QString& name, const QString& value) {
    if (!value.isEmpty()) rows += QStringLiteral("<tr><td style='padding-right:16px; color:%1'>%2</td><td>%3</td></tr>").arg(widgets::theme().quiet.name(), name, value.toHtmlEscaped());
  };
  row(tr("Preset"), QString::fromStdString(plan.preset.preset));
  row(tr("Data"), plan.data);
  if (plan.check) {
    row(QString(), tr("%1 to learn from, %2 held out, %3 classes").arg(plan.check->report.train).arg(plan.check->report.validation).arg(plan.check->report.classes.size()));
    if (plan.recipe && plan.recipe->steps > 0) row(tr("Length"), tr("%1 steps").arg(plan.recipe->steps));
    else if (plan.recipe) row(tr("Length"), tr("%1 epochs of %2 steps: %3 in all").arg(plan.recipe->epochs).arg(plan.check->stepsPerEpoch).arg(plan.recipe->epochs * plan.check->stepsPerEpoch));
  }
  if (plan.runs > 1) row(tr("Runs"), tr("%1, one after the other: %2").arg(plan.runs).arg(plan.sweepWords));
  row(tr("Start"), plan.start);
  if (plan.recipe) {
    row(tr("Threads"), plan.recipe->threads > 0 ? QString::number(plan.recipe->threads) : tr("every core, at low priority"));
    const QString changes = changesText(plan.preset, *plan.recipe);
    row(tr("Changed"), changes.isEmpty() ? tr("nothing: as the preset") : changes);
  }
  return QStringLiteral("<table cellpadding='3'>%1</table>").arg(rows);
}

// A study keeps its recipe in study.json; on the command line it is given one that was saved.
QString ReviewPage::commandOf(const RunPlan& plan) const {
  const QString folder = toQString(desk_.folder() / desk_.nameLike(name().toStdString()));
  QString command = QStringLiteral("chladni-cli train --recipe %1").arg(quoted(plan.runs > 1 ? name() + QStringLiteral(".json") : folder + "/recipe.json"));
  for (const auto& axis : plan.sweep) command += QStringLiteral(" --sweep %1").arg(quoted(SweepEditor::text(axis)));
  return command + QStringLiteral(" --out %1").arg(quoted(folder));
}

void ReviewPage::measure() {
  if (!plan_.recipe) return;
  measured_ = plan_.recipe;
  training::Recipe single = *plan_.recipe;
  single.folds = single.fold = 0;  // what one of its runs costs
  probe_->start(single);
  refreshMeasure();
}

void ReviewPage::stopMeasuring() {
  probe_->cancel();
  refreshMeasure();
}

void ReviewPage::refreshMeasure() {
  measure_->setText(probe_->running() ? tr("Stop measuring") : tr("Measure again"));
  if (!probe_->running()) estimate_->setText(tr("Not measured: what an epoch takes on this machine is not known."));
  else if (probe_->steps() == 0) estimate_->setText(tr("Measuring what it costs: preparing the data…"));
  else estimate_->setText(tr("Measuring what it costs: step %1…").arg(probe_->steps()));
}

void ReviewPage::showEstimate(const runs::RunEstimate& estimate) {
  refreshMeasure();
  QStringList parts;
  if (estimate.stepsPerEpoch > 0) parts << tr("%1 an epoch").arg(spanText(estimate.secondsPerEpoch));
  const auto count = std::max<std::int64_t>(1, plan_.runs);
  parts << (count > 1 ? tr("about %1 a run, %2 for all %3").arg(spanText(estimate.seconds), spanText(static_cast<double>(count) * estimate.seconds)).arg(count)
                      : tr("about %1 in all").arg(spanText(estimate.seconds)));
  if (estimate.memoryMegabytes > 0.0) parts << tr("%1 MB of memory").arg(estimate.memoryMegabytes, 0, 'f', 0);
  parts << tr("%1 MB on disk").arg(std::max(1.0, static_cast<double>(count) * static_cast<double>(estimate.diskBytes) / 1e6), 0, 'f', 0);
  estimate_->setText(tr("Measured here%1: %2").arg(estimate.device.empty() ? QString() : tr(" (%1)").arg(QString::fromStdString(estimate.device)), parts.join(QStringLiteral(" · "))));
}

}  // namespace chladni::ui
