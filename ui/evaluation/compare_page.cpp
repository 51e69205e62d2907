#include "ui/evaluation/compare_page.h"

#include <QComboBox>
#include <QEvent>
#include <QFileDialog>
#include <QLabel>
#include <QTableWidget>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>

#include "core/base/atomic_file.h"
#include "ui/evaluation/score_text.h"
#include "ui/workspace/paths.h"
#include "ui/workspace/plain_table.h"
#include "ui/workspace/text.h"
#include "widgets/export/view_export.h"
#include "widgets/theme/theme.h"

namespace chladni::ui {
namespace {

constexpr double kChance = 0.05;  // a p value below this is called more than chance
constexpr std::size_t kMostOffered = 50;

// Newest first.
std::vector<std::filesystem::path> reportsIn(const std::filesystem::path& folder, const std::filesystem::path& except) {
  std::vector<std::pair<std::filesystem::file_time_type, std::filesystem::path>> dated;
  std::error_code ignored;
  for (const auto& entry : std::filesystem::directory_iterator(folder, ignored))
    if (entry.path().extension() == ".json" && entry.path() != except) dated.emplace_back(entry.last_write_time(ignored), entry.path());
  std::sort(dated.rbegin(), dated.rend());
  std::vector<std::filesystem::path> reports;
  for (std::size_t n = 0; n < std::min(dated.size(), kMostOffered); ++n) reports.push_back(dated[n].second);
  return reports;
}

QString signedText(double value) { return (value > 0 ? QStringLiteral("+") : value < 0 ? QStringLiteral("−") : QString()) + QString::number(std::abs(value), 'f', 3); }

QString chanceText(double p) { return p < 0.001 ? QStringLiteral("< 0.001") : QString::number(p, 'f', 3); }

const analysis::ReportClass* sameClass(const analysis::ReportSummary& report, const std::string& name) {
  const auto found = std::find_if(report.classes.begin(), report.classes.end(), [&](const auto& one) { return one.name == name; });
  return found == report.classes.end() ? nullptr : &*found;
}

QString tableOf(const ReportPair& pair) {
  QString text = QStringLiteral("class,f1,other_f1,difference,support\n");
  for (const auto& one : pair.own.classes) {
    const auto* other = sameClass(pair.other, one.name);
    text += QStringLiteral("%1,%2,%3,%4,%5\n").arg(widgets::csvCell(QString::fromStdString(one.name))).arg(one.f1)
                .arg(other ? QString::number(other->f1) : QString(), other ? QString::number(one.f1 - other->f1) : QString()).arg(one.support);
  }
  return text;
}

}  // namespace

Result<ReportPair> pairOfReports(const std::filesystem::path& own, const std::filesystem::path& other, const std::stop_token& stop) {
  auto first = analysis::readReport(own);
  if (!first) return fail(first.error());
  auto second = analysis::readReport(other);
  if (!second) return fail(second.error());
  ReportPair both{std::move(*first), std::move(*second), {}, {}};
  auto pair = analysis::comparePair(both.own, both.other, {}, stop);
  if (pair) both.pair = *pair;
  else both.untested = pair.error();
  return both;
}

ComparePage::ComparePage(std::filesystem::path reportFolder, QWidget* parent)
    : QWidget(parent), reportFolder_(std::move(reportFolder)), post_(this), queue_(std::make_unique<jobs::JobQueue>(jobs::QueueOrder::inOrder, 1)) {
  others_ = new QComboBox(this);
  others_->setObjectName("compareWith");
  others_->setAccessibleName(tr("Compare with"));
  others_->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  others_->setMinimumContentsLength(24);
  figures_ = new QLabel(this);
  figures_->setObjectName("compareFigures");
  figures_->setWordWrap(true);
  figures_->setAlignment(Qt::AlignTop | Qt::AlignLeft);
  figures_->setTextInteractionFlags(Qt::TextSelectableByMouse);
  table_ = plainTable({tr("Class"), tr("F1"), tr("F1, other"), tr("Difference"), tr("Items")}, this);
  table_->setObjectName("compareTable");
  table_->setAccessibleName(tr("Classes of both reports"));
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(12, 8, 12, 8);
  column->addWidget(others_);
  column->addWidget(figures_);
  column->addWidget(table_, 1);
  connect(others_, &QComboBox::activated, this, &ComparePage::choose);
  table_->hide();
  offerReports();
  figures_->setText(tr("The report that is open is compared here with another one: is one better, or could it be chance?"));
}

ComparePage::~ComparePage() = default;

void ComparePage::setReport(const std::filesystem::path& path) {
  own_ = path;
  ++asked_;
  shown_.reset();
  table_->hide();
  offerReports();
  figures_->setText(tr("Choose the report of another model on the same data."));
}

void ComparePage::offerReports() {
  others_->clear();
  others_->addItem(tr("Compare with…"));
  for (const auto& path : reportsIn(reportFolder_, own_)) others_->addItem(toQString(path.stem()), toQString(path));
  others_->addItem(tr("Another file…"));
  others_->setEnabled(!own_.empty());
}

void ComparePage::choose(int row) {
  if (row == 0) return;
  QString path = others_->itemData(row).toString();
  if (path.isEmpty()) path = QFileDialog::getOpenFileName(this, tr("Compare with"), toQString(reportFolder_), tr("Reports (*.json)"));
  if (!path.isEmpty()) compareWith(toPath(path));
}

void ComparePage::compareWith(const std::filesystem::path& other) {
  queue_->cancelAll();
  figures_->setText(tr("Both reports are compared…"));
  queue_->submit([this, own = own_, other, asked = ++asked_](const std::stop_token& stop) {
    auto pair = std::make_shared<Result<ReportPair>>(pairOfReports(own, other, stop));
    post_([this, pair, asked] {
      if (asked != asked_) return;
      if (*pair) return showPair(std::move(**pair));
      figures_->setText(messageText(pair->error()));
      Q_EMIT complained(figures_->text());
    });
  });
}

void ComparePage::showPair(ReportPair pair) {
  shown_ = std::move(pair);
  showFigures();
  fillTable();
  table_->show();
}

void ComparePage::showFigures() {
  if (!shown_) return;
  const auto& own = shown_->own;
  const auto& other = shown_->other;
  const auto& pair = shown_->pair;
  const QString quiet = widgets::theme().quiet.name();
  const auto cell = [](const QString& text) { return QStringLiteral("<td align='right' style='padding-left:14px'>%1</td>").arg(text); };
  const auto heading = [&](const QString& text) { return QStringLiteral("<td align='right' style='padding-left:14px; color:%1'>%2</td>").arg(quiet, text); };
  const QString otherName = other.model.empty() ? toQString(std::filesystem::path(other.origin).stem()) : QString::fromStdString(other.model);
  QString rows = "<tr><td></td>" + heading(QString::fromStdString(own.model).toHtmlEscaped()) + heading(otherName.toHtmlEscaped()) + heading(tr("Difference"));
  rows += (pair ? heading(tr("95 % interval")) + heading(QStringLiteral("p")) : QString()) + "</tr>";
  const auto row = [&](const QString& name, double first, double second, const metrics::Difference* test) {
    rows += QStringLiteral("<tr><td style='color:%1'>%2</td>").arg(quiet, name) + cell(scoreText(first)) + cell(scoreText(second)) + cell("<b>" + signedText(first - second) + "</b>");
    if (test != nullptr) rows += cell(tr("%1 to %2").arg(signedText(test->low), signedText(test->high))) + cell(chanceText(test->p).toHtmlEscaped());
    rows += "</tr>";
  };
  const QString accuracy = own.task == "multi-label" ? tr("Called and true in common") : tr("Accuracy");
  // Where a test is given the figures are those of the shared items, which it is about.
  if (pair) {
    row(accuracy, pair->accuracy.first, pair->accuracy.second, &pair->accuracy);
    if (pair->macroF1) row(tr("F1, mean of classes"), pair->macroF1->first, pair->macroF1->second, &*pair->macroF1);
  } else {
    row(accuracy, own.accuracy, other.accuracy, nullptr);
    row(tr("F1, mean of classes"), own.macroF1, other.macroF1, nullptr);
  }
  if (own.map && other.map) row(tr("Mean average precision"), *own.map, *other.map, nullptr);
  figures_->setText(QStringLiteral("<table cellpadding='2'>%1</table><p>%2</p>").arg(rows, verdict().toHtmlEscaped()));
}

QString ComparePage::verdict() const {
  const auto& pair = shown_->pair;
  if (!pair) return tr("No test: %1").arg(messageText(*shown_->untested));
  QString text = pair->accuracy.p < kChance ? tr("The difference in accuracy is more than chance would bring.") : tr("The difference in accuracy may be chance.");
  text += ' ' + tr("Paired bootstrap over %1 items that both have.").arg(pair->sharedItems);
  return pair->mcNemarP ? text + ' ' + tr("McNemar’s exact test: p %1.").arg(chanceText(*pair->mcNemarP)) : text;
}

void ComparePage::fillTable() {
  const auto& classes = shown_->own.classes;
  table_->setSortingEnabled(false);
  table_->setRowCount(static_cast<int>(classes.size()));
  const QString none = QStringLiteral("–");
  for (int n = 0; n < table_->rowCount(); ++n) {
    const auto& one = classes[static_cast<std::size_t>(n)];
    const auto* other = sameClass(shown_->other, one.name);
    const double difference = other ? one.f1 - other->f1 : 0.0;
    table_->setItem(n, 0, new QTableWidgetItem(QString::fromStdString(one.name)));
    table_->setItem(n, 1, new NumberItem(one.f1, scoreText(one.f1)));
    table_->setItem(n, 2, new NumberItem(other ? other->f1 : -1.0, other ? scoreText(other->f1) : none));
    table_->setItem(n, 3, new NumberItem(difference, other ? signedText(difference) : none));
    table_->setItem(n, 4, new NumberItem(static_cast<double>(one.support), QString::number(one.support)));
  }
  table_->setSortingEnabled(true);
}

void ComparePage::exportTable() {
  if (!shown_) return Q_EMIT complained(tr("There is no comparison to export yet."));
  const QString path = QFileDialog::getSaveFileName(this, tr("Export the comparison"), QStringLiteral("comparison.csv"), tr("Table (*.csv)"));
  if (path.isEmpty()) return;
  if (auto written = writeFileAtomically(toPath(path), tableOf(*shown_).toStdString()); !written) Q_EMIT complained(messageText(written.error()));
}

void ComparePage::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() == QEvent::PaletteChange) showFigures();
}

}  // namespace chladni::ui
