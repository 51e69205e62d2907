#include "ui/evaluation/matrix_page.h"

#include <QCheckBox>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QLabel>
#include <QListWidget>
#include <QToolButton>
#include <QVBoxLayout>

#include "ui/workspace/paths.h"
#include "widgets/evaluation/confusion_view.h"
#include "widgets/export/view_export.h"
#include "widgets/time_axis/clock_text.h"

namespace chladni::ui {
namespace {

constexpr int kFromRole = Qt::UserRole + 1;
constexpr int kToRole = Qt::UserRole + 2;

QString matrixTable(const EvaluationReport& report) {
  QString text = QStringLiteral("\"true \\ predicted\"");
  for (const auto& one : report.classes) text += ',' + widgets::csvCell(QString::fromStdString(one.name));
  text += '\n';
  for (std::size_t row = 0; row < report.confusion.size(); ++row) {
    text += widgets::csvCell(QString::fromStdString(report.classes[row].name));
    for (const auto count : report.confusion[row]) text += ',' + QString::number(count);
    text += '\n';
  }
  return text;
}

}  // namespace

MatrixPage::MatrixPage(QWidget* parent) : QSplitter(Qt::Horizontal, parent) {
  setChildrenCollapsible(false);
  setHandleWidth(1);
  addWidget(makeMatrix());
  addWidget(makeClips());
  setSizes({440, 280});
  matrix_->setMessage(tr("The confusion matrix of a report appears here: who is taken for whom."));
}

QWidget* MatrixPage::makeMatrix() {
  auto* left = new QWidget(this);
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
  connect(turn, &QCheckBox::toggled, matrix_, &widgets::ConfusionView::setTurned);
  connect(save, &QToolButton::clicked, this, &MatrixPage::exportMatrix);
  connect(matrix_, &widgets::ConfusionView::valueUnderCursor, this, &MatrixPage::valueUnderCursor);
  connect(matrix_, &widgets::ConfusionView::cellActivated, this, &MatrixPage::showClips);
  new widgets::ViewExport(matrix_, tr("confusion"), [this] { return report_ ? matrixTable(*report_) : QString(); });
  return left;
}

QWidget* MatrixPage::makeClips() {
  auto* right = new QWidget(this);
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
  clipsTitle_->setText(tr("Click a cell for its clips."));
  clipsTitle_->setForegroundRole(QPalette::PlaceholderText);
  connect(clips_, &QListWidget::itemClicked, clips_, &QListWidget::itemActivated);
  connect(clips_, &QListWidget::itemActivated, this, [this](const QListWidgetItem* item) { open(*item); });
  return right;
}

void MatrixPage::open(const QListWidgetItem& clip) {
  const QString path = clip.data(Qt::UserRole).toString();
  if (path.isEmpty()) return Q_EMIT complained(tr("“%1” is not in the manifest any more, so it cannot be opened").arg(clip.text()));
  Q_EMIT openRequested(path, clip.data(kFromRole).toDouble(), clip.data(kToRole).toDouble());
}

void MatrixPage::setReport(std::shared_ptr<const EvaluationReport> report) {
  report_ = std::move(report);
  const auto& r = *report_;
  QStringList names;
  for (const auto& one : r.classes) names << QString::fromStdString(one.name);
  matrix_->setMessage(r.confusion.empty() ? tr("Items of several classes have no confusion matrix; see the table of the classes.") : QString());
  matrixNote_->setVisible(r.task == "multi-label" && !r.confusion.empty());
  matrix_->setMatrix(r.confusion.empty() ? QStringList() : names, r.confusion);
  clips_->clear();
  clipsTitle_->setText(tr("Click a cell for its clips."));
}

void MatrixPage::showClips(int truth, int predicted) {
  if (!report_) return;
  clips_->clear();
  const auto found = report_->clipsOf(truth, predicted);
  clipsTitle_->setText(report_->confusion.empty() ? tr("%1: %n clips", nullptr, static_cast<int>(found.size())).arg(QString::fromStdString(report_->classes[static_cast<std::size_t>(truth)].name))
                                                  : matrix_->cellText(truth, predicted));
  for (const auto* clip : found) {
    QString text = fileName(clip->media.empty() ? std::filesystem::path(clip->name) : clip->media);
    if (clip->range) text += QStringLiteral("  %1").arg(widgets::clockText(clip->range->start.seconds(), 2));
    auto* item = new QListWidgetItem(text, clips_);
    item->setToolTip(QString::fromStdString(clip->name));
    item->setData(Qt::UserRole, toQString(clip->media));
    item->setData(kFromRole, clip->range ? clip->range->start.seconds() : 0.0);
    item->setData(kToRole, clip->range ? clip->range->end.seconds() : 0.0);
  }
}

void MatrixPage::exportMatrix() {
  if (!report_) return Q_EMIT complained(tr("There is no report to export yet."));
  const QString path = QFileDialog::getSaveFileName(this, tr("Export the matrix"), QStringLiteral("confusion.png"), tr("Picture (*.png *.svg *.pdf);;Table (*.csv)"));
  if (path.isEmpty()) return;
  if (const QString why = matrix_->findChild<widgets::ViewExport*>()->exportTo(path); !why.isEmpty()) Q_EMIT complained(why);
}

}  // namespace chladni::ui
