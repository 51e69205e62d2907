#include "ui/evaluation/class_figures.h"

#include <QComboBox>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QScrollArea>
#include <QTabBar>
#include <QTableWidget>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/evaluation/compare_page.h"
#include "ui/evaluation/evaluation_curves.h"
#include "ui/evaluation/score_text.h"
#include "ui/workspace/plain_table.h"
#include "widgets/evaluation/bar_list.h"
#include "widgets/export/view_export.h"

namespace chladni::ui {
namespace {

QString classTable(const EvaluationReport& report) {
  QString text = QStringLiteral("class,precision,recall,f1,support,ap\n");
  for (const auto& one : report.classes)
    text += QStringLiteral("%1,%2,%3,%4,%5,%6\n").arg(widgets::csvCell(QString::fromStdString(one.name))).arg(one.precision).arg(one.recall).arg(one.f1).arg(one.support)
                .arg(one.averagePrecision ? QString::number(*one.averagePrecision) : QString());
  return text;
}

}  // namespace

ClassFigures::ClassFigures(std::filesystem::path reportFolder, QWidget* parent) : QTabWidget(parent) {
  setAccessibleName(tr("Results of each class"));
  tabBar()->setDrawBase(false);
  setElideMode(Qt::ElideNone);
  addTab(makeBars(), tr("Bars"));
  addTab(makeTable(), tr("Table"));
  curves_ = new EvaluationCurves(this);
  addTab(&curves_->ranking(), tr("Curves"));
  setTabToolTip(2, tr("Precision against recall for each class"));
  addTab(&curves_->calibration(), tr("Calibration"));
  compare_ = new ComparePage(std::move(reportFolder), this);
  addTab(compare_, tr("Compare"));
  setTabToolTip(4, tr("Beside another report, with a test of significance"));
  addTab(makeShares(), tr("Sound and words"));
  setTabToolTip(5, tr("What share of its average precision a class loses without sound, and without words"));
  setTabVisible(5, false);
  setCornerWidget(makeCorner());
  connect(curves_, &EvaluationCurves::valueUnderCursor, this, &ClassFigures::valueUnderCursor);
  connect(compare_, &ComparePage::complained, this, &ClassFigures::complained);
  bars_->setMessage(tr("Figures of each class appear here."));
}

QWidget* ClassFigures::makeTable() {
  table_ = plainTable({tr("Class"), tr("Precision"), tr("Recall"), tr("F1"), tr("AP"), tr("Items")});
  table_->setObjectName("evaluationTable");
  table_->setAccessibleName(tr("Figures of each class"));
  return table_;
}

QWidget* ClassFigures::makeShares() {
  shares_ = plainTable({tr("Class"), tr("Sound"), tr("Words")});
  shares_->setObjectName("evaluationShares");
  shares_->setAccessibleName(tr("What sound and words contribute to each class"));
  return shares_;
}

QWidget* ClassFigures::makeBars() {
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
  connect(barFigure_, &QComboBox::currentIndexChanged, this, &ClassFigures::showBars);
  connect(bars_, &widgets::BarList::valueUnderCursor, this, &ClassFigures::valueUnderCursor);
  connect(bars_, &widgets::BarList::activated, this, &ClassFigures::classActivated);
  new widgets::ViewExport(bars_, tr("classes"), [this] { return report_ ? classTable(*report_) : QString(); });
  return page;
}

QWidget* ClassFigures::makeCorner() {
  auto* corner = new QWidget(this);
  auto* save = new QToolButton(corner);
  save->setText(tr("Export…"));
  save->setToolTip(tr("The table as CSV, the bars as a picture; the comparison as CSV"));
  auto* cornerRow = new QHBoxLayout(corner);
  cornerRow->setContentsMargins(0, 2, 12, 2);
  cornerRow->addWidget(save);
  connect(save, &QToolButton::clicked, this, &ClassFigures::exportTable);
  return corner;
}

void ClassFigures::setReport(std::shared_ptr<const EvaluationReport> report) {
  report_ = std::move(report);
  fillTable();
  fillShares();
  curves_->setReport(*report_);
  showBars();
}

void ClassFigures::fillTable() {
  table_->setSortingEnabled(false);
  table_->setRowCount(static_cast<int>(report_->classes.size()));
  for (int n = 0; n < table_->rowCount(); ++n) {
    const auto& one = report_->classes[static_cast<std::size_t>(n)];
    table_->setItem(n, 0, new QTableWidgetItem(QString::fromStdString(one.name)));
    table_->setItem(n, 1, new NumberItem(one.precision, scoreText(one.precision)));
    table_->setItem(n, 2, new NumberItem(one.recall, scoreText(one.recall)));
    table_->setItem(n, 3, new NumberItem(one.f1, scoreText(one.f1)));
    table_->setItem(n, 4, new NumberItem(one.averagePrecision.value_or(-1.0), one.averagePrecision ? scoreText(*one.averagePrecision) : QStringLiteral("–")));
    table_->setItem(n, 5, new NumberItem(static_cast<double>(one.support), QString::number(one.support)));
  }
  table_->setSortingEnabled(true);
}

void ClassFigures::fillShares() {
  const bool any = std::any_of(report_->classes.begin(), report_->classes.end(), [](const ReportClass& one) { return one.soundShare || one.wordsShare; });
  setTabVisible(indexOf(shares_), any);
  shares_->setSortingEnabled(false);
  shares_->setRowCount(any ? static_cast<int>(report_->classes.size()) : 0);
  const auto cell = [](const std::optional<double>& share) { return new NumberItem(share.value_or(-2.0), share ? scoreText(*share) : QStringLiteral("–")); };
  for (int n = 0; n < shares_->rowCount(); ++n) {
    const auto& one = report_->classes[static_cast<std::size_t>(n)];
    shares_->setItem(n, 0, new QTableWidgetItem(QString::fromStdString(one.name)));
    shares_->setItem(n, 1, cell(one.soundShare));
    shares_->setItem(n, 2, cell(one.wordsShare));
  }
  shares_->setSortingEnabled(true);
}

void ClassFigures::showBars() {
  if (!report_) return;
  std::vector<widgets::Bar> bars;
  for (const auto& one : report_->classes) {
    const std::optional<double> values[] = {one.f1, one.precision, one.recall, one.averagePrecision};
    const auto value = values[barFigure_->currentIndex()];
    const QString note = tr("precision %1, recall %2, F1 %3 on %4 items").arg(scoreText(one.precision), scoreText(one.recall), scoreText(one.f1)).arg(one.support);
    bars.push_back({QString::fromStdString(one.name), value.value_or(0.0), value && one.support > 0 ? scoreText(*value) : QStringLiteral("–"), {}, note});
  }
  bars_->setMessage({});
  bars_->setBars(std::move(bars), 1.0);
}

void ClassFigures::exportTable() {
  if (currentWidget() == compare_) return compare_->exportTable();
  if (!report_) return Q_EMIT complained(tr("There is no report to export yet."));
  const QString path = QFileDialog::getSaveFileName(this, tr("Export the classes"), QStringLiteral("classes.csv"), tr("Table (*.csv);;Picture (*.png *.svg *.pdf)"));
  if (path.isEmpty()) return;
  if (const QString why = bars_->findChild<widgets::ViewExport*>()->exportTo(path); !why.isEmpty()) Q_EMIT complained(why);
}

}  // namespace chladni::ui
