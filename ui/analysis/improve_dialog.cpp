#include "ui/analysis/improve_dialog.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QSignalBlocker>
#include <QTableWidget>
#include <QVBoxLayout>
#include <algorithm>
#include <set>

#include "ui/training/run_words.h"
#include "ui/workspace/paths.h"
#include "ui/workspace/plain_table.h"
#include "ui/workspace/text.h"
#include "widgets/theme/theme.h"
#include "widgets/time_axis/time_ruler.h"

namespace chladni::ui {
namespace {

enum Column { kFile, kTime, kReally, kHeard, kFrom };

QString percent(double share) { return QObject::tr("%1 %").arg(100.0 * share, 0, 'f', 1); }

// A row of the table of figures: name, before, after.
QString figureRow(const QString& name, const QString& before, const QString& after) {
  return QStringLiteral("<tr><td style='padding-right:18px'>%1</td><td align='right' style='padding-right:18px'>%2</td><td align='right'><b>%3</b></td></tr>").arg(name, before, after);
}

QString figuresTable(const analysis::Improvement& found) {
  return QStringLiteral("<table cellpadding='2'>%1%2%3</table>")
      .arg(figureRow(ImproveDialog::tr("of %n held-out corrections", nullptr, static_cast<int>(found.held.size())), ImproveDialog::tr("before"), ImproveDialog::tr("after")),
           figureRow(ImproveDialog::tr("accuracy"), percent(found.before.accuracy), percent(found.after.accuracy)),
           figureRow(ImproveDialog::tr("error of its probabilities"), QString::number(found.before.expectedError, 'f', 2), QString::number(found.after.expectedError, 'f', 2)));
}

}  // namespace

ImproveDialog::ImproveDialog(QWidget* parent) : QDialog(parent) {
  setObjectName("improve");
  setWindowTitle(tr("Improve with my corrections"));
  resize(760, 560);
  auto* explanation = new QLabel(tr("The last layer of the model learns from what you corrected and stays near what it was. The corrections of a fifth of the "
                                    "files are held out: they say whether it got better. The model itself is never changed; a new one is made beside it, "
                                    "or none if it would be worse."), this);
  explanation->setWordWrap(true);
  explanation->setForegroundRole(QPalette::PlaceholderText);
  model_ = new QLabel(this);
  model_->setTextFormat(Qt::PlainText);
  QFont bold = model_->font();
  bold.setWeight(QFont::DemiBold);
  model_->setFont(bold);
  count_ = new QLabel(this);
  count_->setObjectName("improveCount");
  count_->setWordWrap(true);
  table_ = correctionTable();
  progress_ = new QProgressBar(this);
  progress_->setFixedHeight(4);
  progress_->setTextVisible(false);
  stage_ = new QLabel(this);
  stage_->setObjectName("improveStage");
  answer_ = new QLabel(this);
  answer_->setObjectName("improveAnswer");
  answer_->setWordWrap(true);
  answer_->setTextFormat(Qt::RichText);
  answer_->setTextInteractionFlags(Qt::TextSelectableByMouse);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(20, 16, 20, 16);
  column->setSpacing(8);
  column->addWidget(model_);
  column->addWidget(explanation);
  column->addWidget(count_);
  column->addWidget(table_, 1);
  column->addWidget(progress_);
  column->addWidget(stage_);
  column->addWidget(answer_);
  column->addLayout(buttonRow());
  setIdle();
}

QTableWidget* ImproveDialog::correctionTable() {
  static_assert(kFile == 0);  // the column that stretches
  auto* table = plainTable({tr("File"), tr("Time"), tr("Really is"), tr("Was heard as"), tr("From")}, this);
  table->setObjectName("improveTable");
  table->setAccessibleName(tr("Corrections"));
  table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
  table->setToolTip(tr("Double click opens a file at its correction; what is not marked is not learned"));
  connect(table, &QTableWidget::itemChanged, this, &ImproveDialog::refresh);
  connect(table, &QTableWidget::itemSelectionChanged, this, &ImproveDialog::refresh);
  connect(table, &QTableWidget::cellDoubleClicked, this, [this](int row) {
    const auto& one = list_[static_cast<std::size_t>(row)];
    Q_EMIT openRequested(toQString(one.media), one.span.start.seconds(), one.span.end.seconds());
  });
  return table;
}

QLayout* ImproveDialog::buttonRow() {
  const auto button = [this](const QString& label, const char* id, const QString& hint = {}) {
    auto* made = new QPushButton(label, this);
    made->setObjectName(id);
    made->setToolTip(hint);
    made->setAutoDefault(false);
    return made;
  };
  back_ = button(tr("Back to the model as it was"), "improveBack");
  forget_ = button(tr("Forget"), "improveForget", tr("Take the selected corrections away"));
  full_ = button(tr("Full finetuning…"), "improveFull", tr("All layers learn from these corrections: a run of its own, with every setting"));
  cancel_ = button(tr("Stop"), "improveCancel");
  improve_ = button(tr("Improve"), "improveStart");
  improve_->setProperty("primary", true);
  improve_->setDefault(true);
  auto* close = button(tr("Close"), "improveClose");
  auto* buttons = new QHBoxLayout;
  for (auto* one : {forget_, full_}) buttons->addWidget(one);
  buttons->addStretch(1);
  for (auto* one : {back_, close, cancel_, improve_}) buttons->addWidget(one);
  connect(improve_, &QPushButton::clicked, this, &ImproveDialog::improveRequested);
  connect(cancel_, &QPushButton::clicked, this, &ImproveDialog::cancelRequested);
  connect(full_, &QPushButton::clicked, this, &ImproveDialog::fullRequested);
  connect(back_, &QPushButton::clicked, this, &ImproveDialog::backRequested);
  connect(forget_, &QPushButton::clicked, this, &ImproveDialog::forget);
  connect(close, &QPushButton::clicked, this, &QDialog::close);
  return buttons;
}

void ImproveDialog::setCorrections(const std::vector<analysis::Correction>& list, const QString& place) {
  std::vector<analysis::Correction> unmarked;
  for (int row = 0; row < table_->rowCount(); ++row)
    if (table_->item(row, kFile)->checkState() != Qt::Checked) unmarked.push_back(list_[static_cast<std::size_t>(row)]);
  list_ = list;
  {
    const QSignalBlocker quiet(table_);
    table_->setRowCount(static_cast<int>(list.size()));
    for (int row = 0; row < table_->rowCount(); ++row) {
      const auto& one = list[static_cast<std::size_t>(row)];
      const bool left = std::find(unmarked.begin(), unmarked.end(), one) != unmarked.end();
      const QString time = widgets::rulerText(one.span.start.seconds(), 0.01) + QStringLiteral(" – ") + widgets::rulerText(one.span.end.seconds(), 0.01);
      const QString from = one.own ? tr("you") : tr("proposal, accepted");
      const QString columns[] = {fileName(one.media), time, toText(one.label), one.heard.empty() ? QStringLiteral("–") : toText(one.heard), from};
      for (int column = 0; column < 5; ++column) {
        auto* item = new QTableWidgetItem(columns[column]);
        item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable);
        table_->setItem(row, column, item);
      }
      table_->item(row, kFile)->setToolTip(toQString(one.media));
      table_->item(row, kFile)->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable);
      table_->item(row, kFile)->setCheckState(left ? Qt::Unchecked : Qt::Checked);
    }
  }
  count_->setText(list.empty() ? tr("Nothing is corrected yet. Below the predictions, say of a moment, a selection or a file what it really is; proposals that you accept count as well.")
                               : tr("Corrections kept in %1:").arg(place));
  refresh();
}

void ImproveDialog::setModel(const QString& title, const QString& why) {
  why_ = why;
  model_->setText(title.isEmpty() ? tr("No model") : title);
  refresh();
}

std::vector<analysis::Correction> ImproveDialog::chosen() const {
  std::vector<analysis::Correction> marked;
  for (int row = 0; row < table_->rowCount(); ++row)
    if (table_->item(row, kFile)->checkState() == Qt::Checked) marked.push_back(list_[static_cast<std::size_t>(row)]);
  return marked;
}

void ImproveDialog::setProgress(const QString& stage, int done, int total) {
  working_ = true;
  progress_->setRange(0, total);
  progress_->setValue(done);
  stage_->setText(total > 0 ? tr("%1: %2 of %3").arg(stage).arg(done).arg(total) : stage + QStringLiteral("…"));
  answer_->clear();
  said_ = Said::nothing;
  refresh();
}

void ImproveDialog::setIdle() {
  working_ = false;
  refresh();
}

void ImproveDialog::setAnswer(const ImproveAnswer& answer) {
  const auto& found = answer.outcome.improvement;
  said_ = answer.package.empty() ? Said::refused : Said::good;
  QString words = answer.package.empty()
                      ? tr("<b>Nothing was replaced.</b> With these corrections the model would be worse on those held out. Correct more files, or look whether some corrections contradict each other.")
                      : tr("<b>Better or as good, and in use:</b> “%1” is a new model beside the old one; its card says what taught it. The open file is analysed again.").arg(fileName(answer.package).toHtmlEscaped());
  if (!answer.outcome.leftOut.empty())
    words += QStringLiteral("<br>") + tr("Not learned from: %n; the first: %1", nullptr, static_cast<int>(answer.outcome.leftOut.size()))
                                          .arg((toText(answer.outcome.leftOut.front().item) + QStringLiteral(": ") + toText(answer.outcome.leftOut.front().reason)).toHtmlEscaped());
  words += QStringLiteral("<br>") + tr("Learned from %1 corrections of %2 files in %3 s. Classes without corrections are held where they were, but may lose a little: correct some of every class that matters.")
                                        .arg(found.learned.size()).arg(found.sources).arg(answer.outcome.seconds, 0, 'f', 1);
  answer_->setText(figuresTable(found) + words);
  colour();
  refresh();
}

void ImproveDialog::setFailure(const QString& why) {
  said_ = Said::bad;
  answer_->setText(why.toHtmlEscaped());
  colour();
  refresh();
}

void ImproveDialog::colour() { setTextColour(*answer_, said_ == Said::bad ? widgets::theme().bad : said_ == Said::refused ? widgets::theme().warn : widgets::theme().text); }

void ImproveDialog::changeEvent(QEvent* event) {
  QDialog::changeEvent(event);
  if (event->type() == QEvent::PaletteChange) colour();
}

void ImproveDialog::forget() {
  std::vector<analysis::Correction> gone;
  for (const auto& range : table_->selectedRanges())
    for (int row = range.topRow(); row <= range.bottomRow(); ++row) gone.push_back(list_[static_cast<std::size_t>(row)]);
  for (const auto& one : gone)
    if (one.own) Q_EMIT forgetRequested(one);
}

void ImproveDialog::refresh() {
  const auto marked = chosen();
  std::set<std::filesystem::path> files;
  for (const auto& one : marked) files.insert(one.media);
  QString missing = why_;
  if (missing.isEmpty() && files.size() < 2) missing = tr("Corrections of at least two files are needed: one to learn from, one to check with.");
  progress_->setVisible(working_);
  stage_->setVisible(working_ || !missing.isEmpty());
  if (!working_) stage_->setText(missing);
  cancel_->setVisible(working_);
  improve_->setVisible(!working_);
  improve_->setEnabled(missing.isEmpty());
  full_->setEnabled(!working_ && !marked.empty() && why_.isEmpty());
  back_->setVisible(said_ == Said::good && !working_);
  answer_->setVisible(said_ != Said::nothing);
  bool own = false;
  for (const auto& range : table_->selectedRanges())
    for (int row = range.topRow(); row <= range.bottomRow(); ++row) own = own || list_[static_cast<std::size_t>(row)].own;
  forget_->setEnabled(own && !working_);
}

}  // namespace chladni::ui
