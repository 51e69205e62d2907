#include "ui/evaluation/evaluation_dock.h"

#include <QCheckBox>
#include <QComboBox>
#include <QEvent>
#include <QFileDialog>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QProgressBar>
#include <QPushButton>
#include <QScrollArea>
#include <QSplitter>
#include <QToolButton>
#include <QVBoxLayout>

#include "core/base/atomic_file.h"
#include "core/runs/run_desk.h"
#include "ui/bridge/program_call.h"
#include "ui/evaluation/class_figures.h"
#include "ui/evaluation/compare_page.h"
#include "ui/evaluation/evaluation_curves.h"
#include "ui/evaluation/score_text.h"
#include "ui/evaluation/matrix_page.h"
#include "ui/training/run_words.h"
#include "ui/workspace/paths.h"
#include "ui/workspace/text.h"
#include "widgets/theme/theme.h"

namespace chladni::ui {
namespace {

constexpr int kSideWidth = 300;
constexpr int kReadsWordsRole = Qt::UserRole + 1;
constexpr std::uintmax_t kMostReport = std::uintmax_t{256} << 20;

}  // namespace

EvaluationDock::EvaluationDock(std::filesystem::path program, std::filesystem::path reportFolder, QWidget* parent)
    : QDockWidget(tr("Evaluation"), parent), reportFolder_(std::move(reportFolder)), call_(new ProgramCall(std::move(program), this)), post_(this),
      queue_(std::make_unique<jobs::JobQueue>(jobs::QueueOrder::inOrder, 1)) {
  setObjectName("evaluation");
  auto* split = new QSplitter(Qt::Horizontal, this);
  split->setChildrenCollapsible(false);
  split->setHandleWidth(1);
  classes_ = new ClassFigures(reportFolder_, split);
  matrix_ = new MatrixPage(split);
  split->addWidget(makeSide());
  split->addWidget(classes_);
  split->addWidget(matrix_);
  split->setSizes({kSideWidth, 480, 660});
  split->setStretchFactor(2, 1);
  setWidget(split);
  connect(call_, &ProgramCall::answered, this, [this](const QByteArray& output) { read(output.toStdString(), asked_); });
  connect(call_, &ProgramCall::failed, this, [this](const QString& why) { say(why, true); });
  connect(call_, &ProgramCall::ended, this, &EvaluationDock::refresh);
  connect(classes_, &ClassFigures::valueUnderCursor, this, &EvaluationDock::valueUnderCursor);
  connect(matrix_, &MatrixPage::valueUnderCursor, this, &EvaluationDock::valueUnderCursor);
  connect(classes_, &ClassFigures::classActivated, matrix_, [this](int row) { matrix_->showClips(row, row); });
  connect(matrix_, &MatrixPage::openRequested, this, &EvaluationDock::openRequested);
  const auto complain = [this](const QString& why) { say(why, true); };
  connect(classes_, &ClassFigures::complained, this, complain);
  connect(matrix_, &MatrixPage::complained, this, complain);
  say(tr("Evaluate a model on labelled media that it has not learned from."), false);
  refresh();
}

EvaluationDock::~EvaluationDock() = default;

widgets::ConfusionView& EvaluationDock::matrix() { return matrix_->view(); }

EvaluationCurves& EvaluationDock::curves() { return classes_->curves(); }

void EvaluationDock::showClips(int truth, int predicted) { matrix_->showClips(truth, predicted); }

bool EvaluationDock::busy() const { return reading_ || running() || classes_->compare().busy(); }

bool EvaluationDock::running() const { return call_->running(); }

QLayout* EvaluationDock::makeDataRow(QWidget* side) {
  manifest_ = new QLineEdit(side);
  manifest_->setObjectName("evaluationManifest");
  manifest_->setPlaceholderText(tr("Manifest or folder of labelled media"));
  manifest_->setAccessibleName(tr("Manifest of labelled media"));
  manifest_->setToolTip(tr("CSV with the columns path,start,end,labels[,split]; or a folder with one folder a class, or of events in AVE's format"));
  auto* browse = new QToolButton(side);
  browse->setObjectName("evaluationBrowse");
  browse->setText(tr("Choose"));
  browse->setPopupMode(QToolButton::InstantPopup);
  auto* places = new QMenu(browse);
  places->addAction(tr("Manifest…"), this, [this] {
    const QString path = QFileDialog::getOpenFileName(this, tr("Manifest"), manifest_->text(), tr("Manifests (*.csv *.json *.jsonl *.txt);;All files (*)"));
    if (!path.isEmpty()) manifest_->setText(path);
  });
  places->addAction(tr("Folder…"), this, [this] {
    const QString path = QFileDialog::getExistingDirectory(this, tr("Folder of labelled media"), manifest_->text());
    if (!path.isEmpty()) manifest_->setText(path);
  });
  browse->setMenu(places);
  connect(manifest_, &QLineEdit::textChanged, this, &EvaluationDock::refresh);
  auto* row = new QHBoxLayout;
  row->addWidget(manifest_, 1);
  row->addWidget(browse);
  return row;
}

QLayout* EvaluationDock::makeForm(QWidget* side) {
  model_ = new QComboBox(side);
  model_->setObjectName("evaluationModel");
  model_->setAccessibleName(tr("Model"));
  model_->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  model_->setMinimumContentsLength(14);
  auto* dataRow = makeDataRow(side);
  split_ = new QComboBox(side);
  split_->addItems({tr("everything"), QStringLiteral("test"), QStringLiteral("validation"), QStringLiteral("train")});
  split_->setAccessibleName(tr("Split"));
  auto* form = new QFormLayout;
  form->setRowWrapPolicy(QFormLayout::DontWrapRows);
  form->addRow(tr("Model"), model_);
  form->addRow(tr("Data"), dataRow);
  form->addRow(tr("Split"), split_);
  shares_ = new QCheckBox(tr("what sound and words contribute"), side);
  shares_->setObjectName("evaluationSharesAsked");
  form->addRow(QString(), shares_);
  connect(model_, &QComboBox::currentIndexChanged, this, &EvaluationDock::refresh);
  return form;
}

QLayout* EvaluationDock::makeButtons(QWidget* side) {
  run_ = new QPushButton(tr("Evaluate"), side);
  run_->setObjectName("evaluationRun");
  run_->setProperty("primary", true);
  auto* open = new QPushButton(tr("Open a report…"), side);
  connect(run_, &QPushButton::clicked, this, [this] { running() ? call_->cancel() : evaluate(); });
  connect(open, &QPushButton::clicked, this, [this] {
    const QString path = QFileDialog::getOpenFileName(this, tr("Open a report"), toQString(reportFolder_), tr("Reports (*.json)"));
    if (!path.isEmpty()) openReport(toPath(path));
  });
  auto* row = new QHBoxLayout;
  row->addWidget(run_);
  row->addWidget(open);
  row->addStretch(1);
  return row;
}

QWidget* EvaluationDock::makeSide() {
  auto* side = new QWidget;
  auto* column = new QVBoxLayout(side);
  column->setContentsMargins(16, 12, 12, 12);
  column->setSpacing(8);
  column->addLayout(makeForm(side));
  column->addLayout(makeButtons(side));
  progress_ = new QProgressBar(side);
  progress_->setRange(0, 0);
  progress_->setFixedHeight(4);
  progress_->setTextVisible(false);
  message_ = new QLabel(side);
  message_->setObjectName("evaluationMessage");
  message_->setWordWrap(true);
  message_->setTextFormat(Qt::PlainText);
  figures_ = new QLabel(side);
  figures_->setObjectName("evaluationFigures");
  figures_->setTextInteractionFlags(Qt::TextSelectableByMouse);
  figures_->setWordWrap(true);
  column->addWidget(progress_);
  column->addWidget(message_);
  column->addSpacing(4);
  column->addWidget(figures_);
  column->addStretch(1);
  auto* scroll = new QScrollArea;  // a low dock must not make the window higher
  scroll->setAccessibleName(tr("What to evaluate"));
  scroll->setWidget(side);
  scroll->setWidgetResizable(true);
  scroll->setFrameShape(QFrame::NoFrame);
  scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  scroll->setMinimumWidth(kSideWidth - 20);
  return scroll;
}

void EvaluationDock::setModels(const std::vector<inference::ModelSpec>& models, const QString& preferredFolder) {
  const QString before = model_->currentData().isValid() ? model_->currentData().toString() : preferredFolder;
  model_->clear();
  for (const auto& model : models) {
    if (!model.installed || model.classes.size() < 2) continue;
    model_->addItem(QString::fromStdString(model.title.empty() ? model.name : model.title), toQString(model.folder));
    model_->setItemData(model_->count() - 1, QString::fromStdString(model.name), Qt::ToolTipRole);
    model_->setItemData(model_->count() - 1, model.frontend.lyrics.has_value(), kReadsWordsRole);
  }
  const int place = model_->findData(before);
  if (place >= 0) model_->setCurrentIndex(place);
  refresh();
}

void EvaluationDock::setManifest(const QString& path) { manifest_->setText(path); }

void EvaluationDock::evaluate() {
  const QString model = model_->currentData().toString();
  const QString manifest = manifest_->text().trimmed();
  asked_ = toPath(manifest);
  std::error_code problem;
  std::filesystem::create_directories(reportFolder_, problem);
  const auto name = runs::folderName(toPath(model).filename().string() + "-" + toPath(manifest).stem().string() + (split_->currentIndex() > 0 ? "-" + split_->currentText().toStdString() : ""));
  reportPath_ = reportFolder_ / (name + ".json");
  QStringList arguments{"evaluate", "--model", model, "--data", manifest, "--json"};
  if (problem) reportPath_.clear();
  else arguments << "--out" << toQString(reportPath_);
  if (split_->currentIndex() > 0) arguments << "--split" << split_->currentText();
  if (shares_->isVisibleTo(this) && shares_->isChecked()) arguments << "--modality-importance";
  say(tr("The model listens to every clip…"), false);
  call_->start(arguments);
  refresh();
}

void EvaluationDock::openReport(const std::filesystem::path& path) {
  auto text = readFile(path, kMostReport);
  if (!text) return say(toText(text.error()), true);
  reportPath_ = path;
  read(std::move(*text), {});
}

// A long report and its manifest are read beside the window.
void EvaluationDock::read(std::string json, const std::filesystem::path& manifest) {
  reading_ = true;
  queue_->submit([this, json = std::move(json), manifest](const std::stop_token&) {
    auto report = std::make_shared<Result<EvaluationReport>>(parseReport(json, manifest));
    post_([this, report] {
      reading_ = false;
      if (*report) {
        show(std::move(**report));
      } else {
        say(toText(report->error()), true);
      }
    });
  });
}

void EvaluationDock::say(const QString& text, bool bad) {
  message_->setText(text);
  message_->setVisible(!text.isEmpty());
  messageBad_ = bad;
  colourMessage();
  if (bad) Q_EMIT failed(text);
}

void EvaluationDock::refresh() {
  progress_->setVisible(running());
  run_->setText(running() ? tr("Cancel") : tr("Evaluate"));
  shares_->setVisible(model_->currentData(kReadsWordsRole).toBool());
  run_->setEnabled(running() || (model_->count() > 0 && !manifest_->text().trimmed().isEmpty()));
}

void EvaluationDock::show(EvaluationReport report) {
  report_ = std::make_shared<const EvaluationReport>(std::move(report));
  const auto& r = *report_;
  if (manifest_->text().isEmpty()) manifest_->setText(QString::fromStdString(r.data));
  showFigures();
  QString text = tr("%1 on %2%3").arg(QString::fromStdString(r.model), fileName(r.data), r.split.empty() ? QString() : tr(", split %1").arg(QString::fromStdString(r.split)));
  if (r.leftOut > 0) text += tr("\n%1 left out, the first: %2").arg(r.leftOut).arg(QString::fromStdString(r.firstLeftOut));
  say(text, false);
  classes_->setReport(report_);
  classes_->compare().setReport(reportPath_);
  matrix_->setReport(report_);
}

void EvaluationDock::showFigures() {
  if (!report_) return;
  const auto& r = *report_;
  QString rows;
  const auto row = [&](const QString& name, const QString& value) {
    rows += QStringLiteral("<tr><td style='padding-right:14px; color:%1'>%2</td><td align='right'><b>%3</b></td></tr>").arg(widgets::theme().quiet.name(), name, value);
  };
  const bool several = r.task == "multi-label";
  if (!several) row(tr("Accuracy"), scoreText(r.accuracy));
  if (several && r.topOne) row(tr("Highest score is right"), scoreText(*r.topOne));
  if (r.topThree) row(tr("Right among three"), scoreText(*r.topThree));
  if (r.topFive) row(tr("Right among five"), scoreText(*r.topFive));
  if (several) row(tr("Called and true in common"), scoreText(r.accuracy));
  if (r.foreground) row(tr("Right during events"), scoreText(*r.foreground));
  if (r.eventF1) row(tr("F1 of events, 0.5 s"), scoreText(*r.eventF1));
  if (r.pointing) row(tr("Looks at the source"), scoreText(*r.pointing));
  if (r.pointingByChance) row(tr("…by chance"), scoreText(*r.pointingByChance));
  row(tr("F1, mean of classes"), scoreText(r.macroF1));
  row(tr("F1, mean of items"), scoreText(r.weightedF1));
  if (r.meanAveragePrecision) row(tr("Mean average precision"), scoreText(*r.meanAveragePrecision));
  if (r.calibrationError) row(tr("Calibration error"), scoreText(*r.calibrationError));
  row(tr("Items"), QString::number(r.items));
  figures_->setText(QStringLiteral("<table cellpadding='2'>%1</table>").arg(rows));
}

void EvaluationDock::colourMessage() { setTextColour(*message_, messageBad_ ? widgets::theme().bad : widgets::theme().quiet); }

void EvaluationDock::changeEvent(QEvent* event) {
  QDockWidget::changeEvent(event);
  if (event->type() != QEvent::PaletteChange || classes_ == nullptr) return;
  colourMessage();
  showFigures();
  classes_->curves().refresh();
}

}  // namespace chladni::ui
