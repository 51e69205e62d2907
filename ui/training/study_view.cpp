#include "ui/training/study_view.h"

#include <QComboBox>
#include <QEvent>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QSignalBlocker>
#include <QSplitter>
#include <QStackedWidget>
#include <QTableWidget>
#include <QToolButton>
#include <QVBoxLayout>

#include "core/base/atomic_file.h"
#include "ui/training/recipe_form.h"
#include "ui/workspace/paths.h"
#include "ui/workspace/text.h"
#include "widgets/theme/quiet_label.h"
#include "widgets/theme/theme.h"

namespace chladni::ui {
namespace {

constexpr int kRowHeight = 24;
constexpr QSize kLeastPlot{160, 80};

}  // namespace

StudyView::StudyView(QWidget* parent)
    : QWidget(parent), pages_(new QStackedWidget(this)), table_(new QTableWidget), source_(widgets::quietLabel({}, this)), figure_(new QComboBox), plot_(new widgets::CurvePlot) {
  setObjectName("studyView");
  table_->setObjectName("studyTable");
  table_->setAccessibleName(tr("What the runs of the study came to"));
  table_->setEditTriggers(QTableWidget::NoEditTriggers);
  table_->setSelectionBehavior(QTableWidget::SelectRows);
  table_->setSelectionMode(QTableWidget::SingleSelection);
  table_->setShowGrid(false);
  table_->setFrameShape(QFrame::NoFrame);
  table_->verticalHeader()->hide();
  table_->verticalHeader()->setDefaultSectionSize(kRowHeight);
  table_->horizontalHeader()->setHighlightSections(false);
  table_->setHorizontalScrollMode(QTableWidget::ScrollPerPixel);
  figure_->setObjectName("studyFigure");
  figure_->setAccessibleName(tr("Figure over the swept setting"));
  figure_->setSizeAdjustPolicy(QComboBox::AdjustToContents);
  plot_->setMinimumSize(kLeastPlot);
  auto* keep = new QToolButton;
  keep->setObjectName("studyExport");
  keep->setText(tr("Export…"));
  keep->setToolTip(tr("The table as CSV or JSON, the figure as PNG, SVG or PDF"));
  auto* wait = widgets::quietLabel(tr("Reading the study…"), this);
  wait->setObjectName("studyWait");
  wait->setContentsMargins(16, 12, 16, 12);
  wait->setAlignment(Qt::AlignTop);
  pages_->addWidget(wait);
  pages_->addWidget(panes(keep));
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->addWidget(pages_);
  connect(figure_, &QComboBox::currentIndexChanged, this, [this] {
    refreshFigure();
    plot_->showAll();
  });
  connect(keep, &QToolButton::clicked, this, &StudyView::askAndExport);
  connect(table_, &QTableWidget::itemSelectionChanged, this, &StudyView::chosenChanged);
  connect(plot_, &widgets::CurvePlot::valueUnderCursor, this, &StudyView::valueUnderCursor);
  connect(plot_, &widgets::CurvePlot::exportFailed, this, &StudyView::failed);
}

QWidget* StudyView::panes(QWidget* keep) {
  auto* left = new QWidget;
  auto* leftColumn = new QVBoxLayout(left);
  leftColumn->setContentsMargins(8, 8, 8, 8);
  leftColumn->setSpacing(4);
  leftColumn->addWidget(table_, 1);
  leftColumn->addWidget(source_);
  auto* right = new QWidget;
  auto* head = new QHBoxLayout;
  head->addWidget(figure_);
  head->addStretch(1);
  head->addWidget(keep);
  auto* rightColumn = new QVBoxLayout(right);
  rightColumn->setContentsMargins(8, 8, 12, 8);
  rightColumn->setSpacing(4);
  rightColumn->addLayout(head);
  rightColumn->addWidget(plot_, 1);
  auto* split = new QSplitter(Qt::Horizontal);
  split->setChildrenCollapsible(false);
  split->setHandleWidth(1);
  split->addWidget(left);
  split->addWidget(right);
  split->setStretchFactor(0, 3);
  split->setStretchFactor(1, 2);
  return split;
}

void StudyView::setReading(std::shared_ptr<const runs::StudyReading> study) {
  const bool other = !study || !study_ || study->folder != study_->folder;
  study_ = std::move(study);
  pages_->setCurrentIndex(study_ ? 1 : 0);
  if (!study_) return;
  const QStringList names = studyFigures(study_->table);
  QStringList listed;
  for (int n = 0; n < figure_->count(); ++n) listed << figure_->itemData(n).toString();
  if (names != listed) {
    const QSignalBlocker quiet(figure_);
    const QString before = figure_->currentData().toString();
    figure_->clear();
    for (const QString& name : names) figure_->addItem(spokenName(name.toStdString()), name);
    figure_->setCurrentIndex(std::max(0, other ? 0 : figure_->findData(before)));
  }
  refreshTable();
  refreshFigure();
  if (other) plot_->showAll();
}

void StudyView::refreshTable() {
  const QSignalBlocker quiet(table_);
  const int chosen = table_->currentRow();
  const QStringList names = studyFigures(study_->table);
  lines_ = studyLines(*study_);
  QStringList heads;
  for (const auto& field : study_->table.fields) heads << spokenName(field);
  heads << tr("Origin");
  for (const QString& name : names) heads << spokenName(name.toStdString());
  table_->setColumnCount(static_cast<int>(heads.size()));
  table_->setHorizontalHeaderLabels(heads);
  table_->setRowCount(static_cast<int>(lines_.size()));
  const auto fields = static_cast<int>(study_->table.fields.size());
  for (int row = 0; row < table_->rowCount(); ++row) {
    const StudyLine& line = lines_[static_cast<std::size_t>(row)];
    for (int column = 0; column < table_->columnCount(); ++column) {
      const QString text = column < fields ? line.values.value(column) : column == fields ? line.origin : line.figures.value(column - fields - 1);
      auto* item = new QTableWidgetItem(text);
      if (column != fields) item->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
      if (line.published) {
        item->setForeground(widgets::theme().quiet);
        item->setToolTip(QString::fromStdString(study_->table.publishedSource));
        QFont font = table_->font();
        font.setItalic(true);
        item->setFont(font);
      }
      table_->setItem(row, column, item);
    }
  }
  table_->resizeColumnsToContents();
  if (chosen >= 0 && chosen < table_->rowCount()) table_->selectRow(chosen);
  source_->setText(study_->table.published.empty() ? QString()
                                                   : tr("Published: %1. Measured on other data and machines; only the course can be compared.").arg(QString::fromStdString(study_->table.publishedSource)));
  source_->setVisible(!study_->table.published.empty());
}

void StudyView::refreshFigure() {
  if (!study_) return;
  const QString name = figure_->currentData().toString();
  SweepPicture picture = sweepPicture(*study_, name);
  plot_->setAxes(picture.x, spokenName(name.toStdString()));
  plot_->setXWords(picture.words);
  plot_->setMessage(picture.curves.empty() ? tr("The figure appears when the first run has ended.") : QString());
  plot_->setCurves(std::move(picture.curves));
}

void StudyView::showFigure(const QString& name) { figure_->setCurrentIndex(std::max(0, figure_->findData(name))); }

QString StudyView::chosenModel() const {
  const int row = table_->currentRow();
  if (row >= 0 && row < static_cast<int>(lines_.size()) && !lines_[static_cast<std::size_t>(row)].model.empty()) return toQString(lines_[static_cast<std::size_t>(row)].model);
  for (const StudyLine& line : lines_)
    if (!line.model.empty()) return toQString(line.model);
  return {};
}

QString StudyView::exportTo(const QString& path) {
  if (!study_) return tr("there is nothing to export yet");
  const bool csv = path.endsWith(QStringLiteral(".csv"), Qt::CaseInsensitive);
  if (!csv && !path.endsWith(QStringLiteral(".json"), Qt::CaseInsensitive)) return plot_->exportTo(path);
  const auto written = writeFileAtomically(toPath(path), csv ? study_->table.csv() : study_->table.json().prettyText());
  return written ? QString() : messageText(written.error());
}

void StudyView::askAndExport() {
  const QString name = study_ ? fileName(study_->folder) : QString();
  const QString path = QFileDialog::getSaveFileName(this, tr("Export the study"), name + QStringLiteral(".csv"),
                                                    tr("Table (*.csv *.json);;Figure (*.png *.svg *.pdf)"));
  if (path.isEmpty()) return;
  if (const QString why = exportTo(path); !why.isEmpty()) Q_EMIT failed(why);
}

}  // namespace chladni::ui
