#include "ui/evaluation/evaluation_dock.h"

#include <QCheckBox>
#include <QComboBox>
#include <QEvent>
#include <QFileDialog>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMenu>
#include <QProgressBar>
#include <QPushButton>
#include <QScrollArea>
#include <QSplitter>
#include <QTableWidget>
#include <QTabBar>
#include <QTabWidget>
#include <QToolButton>
#include <QVBoxLayout>

#include "core/base/atomic_file.h"
#include "core/runs/run_desk.h"
#include "ui/bridge/program_call.h"
#include "ui/evaluation/evaluation_curves.h"
#include "ui/training/run_words.h"
#include "ui/workspace/paths.h"
#include "widgets/evaluation/bar_list.h"
#include "widgets/evaluation/confusion_view.h"
#include "widgets/export/view_export.h"
#include "widgets/theme/theme.h"

namespace chladni::ui {
namespace {

constexpr int kSideWidth = 300;
constexpr std::uintmax_t kMostReport = std::uintmax_t{256} << 20;
constexpr int kFromRole = Qt::UserRole + 1;
constexpr int kToRole = Qt::UserRole + 2;

QString two(double value) { return QString::number(value, 'f', 2); }

class NumberItem : public QTableWidgetItem {
 public:
  NumberItem(double value, const QString& text) : QTableWidgetItem(text), value_(value) { setTextAlignment(Qt::AlignRight | Qt::AlignVCenter); }
  bool operator<(const QTableWidgetItem& other) const override {
    const auto* number = dynamic_cast<const NumberItem*>(&other);
    return number != nullptr ? value_ < number->value_ : QTableWidgetItem::operator<(other);
  }

 private:
  double value_;
};

QString quoted(const QString& text) { return '"' + QString(text).replace('"', QStringLiteral("\"\"")) + '"'; }

QString classTable(const EvaluationReport& report) {
  QString text = QStringLiteral("class,precision,recall,f1,support,ap\n");
  for (const auto& one : report.classes)
    text += QStringLiteral("%1,%2,%3,%4,%5,%6\n").arg(quoted(QString::fromStdString(one.name))).arg(one.precision).arg(one.recall).arg(one.f1).arg(one.support)
                .arg(one.averagePrecision ? QString::number(*one.averagePrecision) : QString());
  return text;
}

QString matrixTable(const EvaluationReport& report) {
  QString text = QStringLiteral("\"true \\ predicted\"");
  for (const auto& one : report.classes) text += ',' + quoted(QString::fromStdString(one.name));
  text += '\n';
  for (std::size_t row = 0; row < report.confusion.size(); ++row) {
    text += quoted(QString::fromStdString(report.classes[row].name));
    for (const auto count : report.confusion[row]) text += ',' + QString::number(count);
    text += '\n';
  }
  return text;
}

QString clockText(double seconds) {
  const auto whole = static_cast<qint64>(seconds);
  return QStringLiteral("%1:%2").arg(whole / 60).arg(seconds - 60.0 * static_cast<double>(whole / 60), 5, 'f', 2, QLatin1Char('0'));
}

}  // namespace

EvaluationDock::EvaluationDock(std::filesystem::path program, std::filesystem::path reportFolder, QWidget* parent)
    : QDockWidget(tr("Evaluation"), parent), reportFolder_(std::move(reportFolder)), call_(new ProgramCall(std::move(program), this)), post_(this),
      queue_(std::make_unique<jobs::JobQueue>(jobs::QueueOrder::inOrder, 1)) {
  setObjectName("evaluation");
  auto* split = new QSplitter(Qt::Horizontal, this);
  split->setChildrenCollapsible(false);
  split->setHandleWidth(1);
  for (QWidget* part : {makeSide(), makeClasses(), makeMatrix()}) split->addWidget(part);
  split->setSizes({kSideWidth, 420, 720});
  split->setStretchFactor(2, 1);
  setWidget(split);
  connect(call_, &ProgramCall::answered, this, [this](const QByteArray& output) { read(output.toStdString(), toPath(manifest_->text().trimmed())); });
  connect(call_, &ProgramCall::failed, this, [this](const QString& why) { say(why, true); });
  connect(call_, &ProgramCall::ended, this, &EvaluationDock::refresh);
  matrix_->setMessage(tr("The confusion matrix of a report appears here: who is taken for whom."));
  bars_->setMessage(tr("Figures of each class appear here."));
  say(tr("Evaluate a model on labelled media that it has not learned from."), false);
  refresh();
}

EvaluationDock::~EvaluationDock() = default;

bool EvaluationDock::running() const { return call_->running(); }

QWidget* EvaluationDock::makeSide() {
  auto* side = new QWidget;
  model_ = new QComboBox(side);
  model_->setObjectName("evaluationModel");
  model_->setAccessibleName(tr("Model"));
  model_->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  model_->setMinimumContentsLength(14);
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
  browse->setMenu(places);
  split_ = new QComboBox(side);
  split_->addItems({tr("everything"), QStringLiteral("test"), QStringLiteral("validation"), QStringLiteral("train")});
  split_->setAccessibleName(tr("Split"));
  run_ = new QPushButton(tr("Evaluate"), side);
  run_->setObjectName("evaluationRun");
  run_->setProperty("primary", true);
  auto* open = new QPushButton(tr("Open a report…"), side);
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
  auto* file = new QHBoxLayout;
  file->addWidget(manifest_, 1);
  file->addWidget(browse);
  auto* form = new QFormLayout;
  form->setRowWrapPolicy(QFormLayout::DontWrapRows);
  form->addRow(tr("Model"), model_);
  form->addRow(tr("Data"), file);
  form->addRow(tr("Split"), split_);
  auto* buttons = new QHBoxLayout;
  buttons->addWidget(run_);
  buttons->addWidget(open);
  buttons->addStretch(1);
  auto* column = new QVBoxLayout(side);
  column->setContentsMargins(16, 12, 12, 12);
  column->setSpacing(8);
  column->addLayout(form);
  column->addLayout(buttons);
  column->addWidget(progress_);
  column->addWidget(message_);
  column->addSpacing(4);
  column->addWidget(figures_);
  column->addStretch(1);
  places->addAction(tr("Manifest…"), this, [this] {
    const QString path = QFileDialog::getOpenFileName(this, tr("Manifest"), manifest_->text(), tr("Manifests (*.csv *.json *.jsonl *.txt);;All files (*)"));
    if (!path.isEmpty()) manifest_->setText(path);
  });
  places->addAction(tr("Folder…"), this, [this] {
    const QString path = QFileDialog::getExistingDirectory(this, tr("Folder of labelled media"), manifest_->text());
    if (!path.isEmpty()) manifest_->setText(path);
  });
  connect(manifest_, &QLineEdit::textChanged, this, &EvaluationDock::refresh);
  connect(run_, &QPushButton::clicked, this, [this] { running() ? call_->cancel() : evaluate(); });
  connect(open, &QPushButton::clicked, this, [this] {
    const QString path = QFileDialog::getOpenFileName(this, tr("Open a report"), toQString(reportFolder_), tr("Reports (*.json)"));
    if (!path.isEmpty()) openReport(toPath(path));
  });
  auto* scroll = new QScrollArea;  // a low dock must not make the window higher
  scroll->setAccessibleName(tr("What to evaluate"));
  scroll->setWidget(side);
  scroll->setWidgetResizable(true);
  scroll->setFrameShape(QFrame::NoFrame);
  scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  scroll->setMinimumWidth(kSideWidth - 20);
  return scroll;
}

QWidget* EvaluationDock::makeClasses() {
  tabs_ = new QTabWidget;
  tabs_->setAccessibleName(tr("Results of each class"));
  tabs_->tabBar()->setDrawBase(false);
  table_ = new QTableWidget;
  table_->setObjectName("evaluationTable");
  table_->setAccessibleName(tr("Figures of each class"));
  table_->setColumnCount(6);
  table_->setHorizontalHeaderLabels({tr("Class"), tr("Precision"), tr("Recall"), tr("F1"), tr("AP"), tr("Items")});
  table_->setEditTriggers(QAbstractItemView::NoEditTriggers);
  table_->setSelectionBehavior(QAbstractItemView::SelectRows);
  table_->setFrameShape(QFrame::NoFrame);
  table_->setShowGrid(false);
  table_->verticalHeader()->hide();
  table_->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
  table_->horizontalHeader()->setSectionResizeMode(0, QHeaderView::Stretch);
  auto* page = new QWidget;
  barFigure_ = new QComboBox(page);
  barFigure_->addItems({tr("F1"), tr("Precision"), tr("Recall"), tr("Average precision")});
  barFigure_->setAccessibleName(tr("Figure"));
  bars_ = new widgets::BarList;
  auto* scroll = new QScrollArea(page);
  scroll->setAccessibleName(tr("Bars of each class"));
  scroll->setWidget(bars_);
  scroll->setWidgetResizable(true);
  scroll->setFrameShape(QFrame::NoFrame);
  auto* column = new QVBoxLayout(page);
  column->setContentsMargins(12, 8, 12, 8);
  column->addWidget(barFigure_, 0, Qt::AlignLeft);
  column->addWidget(scroll, 1);
  tabs_->addTab(page, tr("Bars"));
  tabs_->addTab(table_, tr("Table"));
  curves_ = new EvaluationCurves(tabs_);
  tabs_->addTab(&curves_->ranking(), tr("Curves"));
  tabs_->setTabToolTip(2, tr("Precision against recall for each class"));
  tabs_->addTab(&curves_->calibration(), tr("Calibration"));
  connect(curves_, &EvaluationCurves::valueUnderCursor, this, &EvaluationDock::valueUnderCursor);
  auto* corner = new QWidget(tabs_);
  auto* save = new QToolButton(corner);
  save->setText(tr("Export…"));
  save->setToolTip(tr("The table as CSV, the bars as a picture"));
  auto* cornerRow = new QHBoxLayout(corner);
  cornerRow->setContentsMargins(0, 2, 12, 2);
  cornerRow->addWidget(save);
  tabs_->setCornerWidget(corner);
  connect(save, &QToolButton::clicked, this, &EvaluationDock::exportTable);
  connect(barFigure_, &QComboBox::currentIndexChanged, this, &EvaluationDock::showBars);
  connect(bars_, &widgets::BarList::valueUnderCursor, this, &EvaluationDock::valueUnderCursor);
  connect(bars_, &widgets::BarList::activated, this, [this](int row) { showClips(row, row); });
  new widgets::ViewExport(bars_, tr("classes"), [this] { return report_ ? classTable(*report_) : QString(); });
  return tabs_;
}

QWidget* EvaluationDock::makeMatrix() {
  auto* split = new QSplitter(Qt::Horizontal);
  split->setChildrenCollapsible(false);
  split->setHandleWidth(1);
  auto* left = new QWidget(split);
  auto* turn = new QCheckBox(tr("Predicted classes down"), left);
  turn->setObjectName("evaluationTurn");
  matrixNote_ = new QLabel(tr("by the highest score"), left);
  matrixNote_->setForegroundRole(QPalette::PlaceholderText);
  matrixNote_->hide();
  auto* save = new QToolButton(left);
  save->setText(tr("Export…"));
  save->setToolTip(tr("The matrix as PNG, SVG, PDF or CSV"));
  matrix_ = new widgets::ConfusionView(left);
  auto* row = new QHBoxLayout;
  row->setContentsMargins(12, 8, 12, 0);
  row->addWidget(turn);
  row->addWidget(matrixNote_);
  row->addStretch(1);
  row->addWidget(save);
  auto* column = new QVBoxLayout(left);
  column->setContentsMargins(0, 0, 0, 0);
  column->addLayout(row);
  column->addWidget(matrix_, 1);
  auto* right = new QWidget(split);
  clipsTitle_ = new QLabel(right);
  clipsTitle_->setWordWrap(true);
  clipsTitle_->setTextFormat(Qt::PlainText);
  clips_ = new QListWidget(right);
  clips_->setObjectName("evaluationClips");
  clips_->setAccessibleName(tr("Clips"));
  clips_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  clips_->setTextElideMode(Qt::ElideMiddle);
  auto* list = new QVBoxLayout(right);
  list->setContentsMargins(12, 10, 12, 8);
  list->addWidget(clipsTitle_);
  list->addWidget(clips_, 1);
  split->addWidget(left);
  split->addWidget(right);
  split->setSizes({440, 280});
  clipsTitle_->setText(tr("Click a cell for its clips."));
  clipsTitle_->setForegroundRole(QPalette::PlaceholderText);
  connect(turn, &QCheckBox::toggled, matrix_, &widgets::ConfusionView::setTurned);
  connect(save, &QToolButton::clicked, this, &EvaluationDock::exportMatrix);
  connect(matrix_, &widgets::ConfusionView::valueUnderCursor, this, &EvaluationDock::valueUnderCursor);
  connect(matrix_, &widgets::ConfusionView::cellActivated, this, &EvaluationDock::showClips);
  connect(clips_, &QListWidget::itemClicked, clips_, &QListWidget::itemActivated);
  connect(clips_, &QListWidget::itemActivated, this, [this](const QListWidgetItem* item) {
    const QString path = item->data(Qt::UserRole).toString();
    if (path.isEmpty()) return say(tr("“%1” is not in the manifest any more, so it cannot be opened").arg(item->text()), true);
    Q_EMIT openRequested(path, item->data(kFromRole).toDouble(), item->data(kToRole).toDouble());
  });
  new widgets::ViewExport(matrix_, tr("confusion"), [this] { return report_ ? matrixTable(*report_) : QString(); });
  return split;
}

void EvaluationDock::setModels(const std::vector<inference::ModelSpec>& models, const QString& preferredFolder) {
  const QString before = model_->currentData().isValid() ? model_->currentData().toString() : preferredFolder;
  model_->clear();
  for (const auto& model : models) {
    if (!model.installed || model.classes.size() < 2) continue;
    model_->addItem(QString::fromStdString(model.title.empty() ? model.name : model.title), toQString(model.folder));
    model_->setItemData(model_->count() - 1, QString::fromStdString(model.name), Qt::ToolTipRole);
  }
  const int place = model_->findData(before);
  if (place >= 0) model_->setCurrentIndex(place);
  refresh();
}

void EvaluationDock::setManifest(const QString& path) { manifest_->setText(path); }

void EvaluationDock::evaluate() {
  const QString model = model_->currentData().toString();
  const QString manifest = manifest_->text().trimmed();
  std::error_code problem;
  std::filesystem::create_directories(reportFolder_, problem);
  const auto name = runs::folderName(toPath(model).filename().string() + "-" + toPath(manifest).stem().string() + (split_->currentIndex() > 0 ? "-" + split_->currentText().toStdString() : ""));
  reportPath_ = reportFolder_ / (name + ".json");
  QStringList arguments{"evaluate", "--model", model, "--data", manifest, "--json"};
  if (!problem) arguments << "--out" << toQString(reportPath_);
  if (split_->currentIndex() > 0) arguments << "--split" << split_->currentText();
  say(tr("The model listens to every clip…"), false);
  call_->start(arguments);
  refresh();
}

void EvaluationDock::openReport(const std::filesystem::path& path) {
  auto text = readFile(path, kMostReport);
  if (!text) return say(QString::fromStdString(text.error().describe()), true);
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
        say(QString::fromStdString(report->error().describe()), true);
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
  run_->setEnabled(running() || (model_->count() > 0 && !manifest_->text().trimmed().isEmpty()));
}

void EvaluationDock::show(EvaluationReport report) {
  report_ = std::move(report);
  const auto& r = *report_;
  if (manifest_->text().isEmpty()) manifest_->setText(QString::fromStdString(r.data));
  showFigures();
  QString text = tr("%1 on %2%3").arg(QString::fromStdString(r.model), fileName(r.data), r.split.empty() ? QString() : tr(", split %1").arg(QString::fromStdString(r.split)));
  if (r.leftOut > 0) text += tr("\n%1 left out, the first: %2").arg(r.leftOut).arg(QString::fromStdString(r.firstLeftOut));
  say(text, false);

  table_->setSortingEnabled(false);
  table_->setRowCount(static_cast<int>(r.classes.size()));
  QStringList names;
  for (int n = 0; n < table_->rowCount(); ++n) {
    const auto& one = r.classes[static_cast<std::size_t>(n)];
    names << QString::fromStdString(one.name);
    table_->setItem(n, 0, new QTableWidgetItem(names.last()));
    table_->setItem(n, 1, new NumberItem(one.precision, two(one.precision)));
    table_->setItem(n, 2, new NumberItem(one.recall, two(one.recall)));
    table_->setItem(n, 3, new NumberItem(one.f1, two(one.f1)));
    table_->setItem(n, 4, new NumberItem(one.averagePrecision.value_or(-1.0), one.averagePrecision ? two(*one.averagePrecision) : QStringLiteral("–")));
    table_->setItem(n, 5, new NumberItem(static_cast<double>(one.support), QString::number(one.support)));
  }
  table_->setSortingEnabled(true);
  matrix_->setMessage(r.confusion.empty() ? tr("Items of several classes have no confusion matrix; see the table of the classes.") : QString());
  matrixNote_->setVisible(r.task == "multi-label" && !r.confusion.empty());
  matrix_->setMatrix(r.confusion.empty() ? QStringList() : names, r.confusion);
  clips_->clear();
  clipsTitle_->setText(tr("Click a cell for its clips."));
  curves_->setReport(r);
  showBars();
}

void EvaluationDock::showFigures() {
  if (!report_) return;
  const auto& r = *report_;
  QString rows;
  const auto row = [&](const QString& name, const QString& value) {
    rows += QStringLiteral("<tr><td style='padding-right:14px; color:%1'>%2</td><td align='right'><b>%3</b></td></tr>").arg(widgets::theme().quiet.name(), name, value);
  };
  const bool several = r.task == "multi-label";
  if (!several) row(tr("Accuracy"), two(r.accuracy));
  if (several && r.topOne) row(tr("Highest score is right"), two(*r.topOne));
  if (r.topThree) row(tr("Right among three"), two(*r.topThree));
  if (r.topFive) row(tr("Right among five"), two(*r.topFive));
  if (several) row(tr("Called and true in common"), two(r.accuracy));
  if (r.foreground) row(tr("Right during events"), two(*r.foreground));
  if (r.eventF1) row(tr("F1 of events, 0.5 s"), two(*r.eventF1));
  if (r.pointing) row(tr("Looks at the source"), two(*r.pointing));
  if (r.pointingByChance) row(tr("…by chance"), two(*r.pointingByChance));
  row(tr("F1, mean of classes"), two(r.macroF1));
  row(tr("F1, mean of items"), two(r.weightedF1));
  if (r.meanAveragePrecision) row(tr("Mean average precision"), two(*r.meanAveragePrecision));
  if (r.calibrationError) row(tr("Calibration error"), two(*r.calibrationError));
  row(tr("Items"), QString::number(r.items));
  figures_->setText(QStringLiteral("<table cellpadding='2'>%1</table>").arg(rows));
}

void EvaluationDock::colourMessage() { setTextColour(*message_, messageBad_ ? widgets::theme().bad : widgets::theme().quiet); }

void EvaluationDock::changeEvent(QEvent* event) {
  QDockWidget::changeEvent(event);
  if (event->type() != QEvent::PaletteChange || bars_ == nullptr) return;
  colourMessage();
  showFigures();
  curves_->refresh();
}

void EvaluationDock::showBars() {
  if (!report_) return;
  std::vector<widgets::Bar> bars;
  for (const auto& one : report_->classes) {
    const std::optional<double> values[] = {one.f1, one.precision, one.recall, one.averagePrecision};
    const auto value = values[barFigure_->currentIndex()];
    const QString note = tr("precision %1, recall %2, F1 %3 on %4 items").arg(two(one.precision), two(one.recall), two(one.f1)).arg(one.support);
    bars.push_back({QString::fromStdString(one.name), value.value_or(0.0), value && one.support > 0 ? two(*value) : QStringLiteral("–"), {}, note});
  }
  bars_->setMessage({});
  bars_->setBars(std::move(bars), 1.0);
}

void EvaluationDock::showClips(int truth, int predicted) {
  if (!report_) return;
  clips_->clear();
  const auto found = report_->clipsOf(truth, predicted);
  clipsTitle_->setText(report_->confusion.empty() ? tr("%1: %n clips", nullptr, static_cast<int>(found.size())).arg(QString::fromStdString(report_->classes[static_cast<std::size_t>(truth)].name))
                                                  : matrix_->cellText(truth, predicted));
  for (const auto* clip : found) {
    QString text = fileName(clip->media.empty() ? std::filesystem::path(clip->name) : clip->media);
    if (clip->range) text += QStringLiteral("  %1").arg(clockText(clip->range->start.seconds()));
    auto* item = new QListWidgetItem(text, clips_);
    item->setToolTip(QString::fromStdString(clip->name));
    item->setData(Qt::UserRole, toQString(clip->media));
    item->setData(kFromRole, clip->range ? clip->range->start.seconds() : 0.0);
    item->setData(kToRole, clip->range ? clip->range->end.seconds() : 0.0);
  }
}

void EvaluationDock::exportMatrix() {
  if (!report_) return say(tr("There is no report to export yet."), true);
  const QString path = QFileDialog::getSaveFileName(this, tr("Export the matrix"), QStringLiteral("confusion.png"), tr("Picture (*.png *.svg *.pdf);;Table (*.csv)"));
  if (path.isEmpty()) return;
  if (const QString why = matrix_->findChild<widgets::ViewExport*>()->exportTo(path); !why.isEmpty()) say(why, true);
}

void EvaluationDock::exportTable() {
  if (!report_) return say(tr("There is no report to export yet."), true);
  const QString path = QFileDialog::getSaveFileName(this, tr("Export the classes"), QStringLiteral("classes.csv"), tr("Table (*.csv);;Picture (*.png *.svg *.pdf)"));
  if (path.isEmpty()) return;
  if (const QString why = bars_->findChild<widgets::ViewExport*>()->exportTo(path); !why.isEmpty()) say(why, true);
}

}  // namespace chladni::ui
