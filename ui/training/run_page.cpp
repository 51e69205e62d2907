#include "ui/training/run_page.h"

#include <QDateTime>
#include <QFontDatabase>
#include <QPlainTextEdit>
#include <QTabBar>
#include <QTabWidget>
#include <QVBoxLayout>

#include "ui/training/film_strip.h"
#include "ui/training/run_head.h"
#include "ui/training/run_words.h"
#include "ui/training/study_curves.h"
#include "ui/training/study_view.h"
#include "ui/workspace/paths.h"

namespace chladni::ui {
namespace {

enum Tab { kStudy, kCurves, kPaintings };

QPlainTextEdit* textPage(const QString& name, bool fixedWidth) {
  auto* page = new QPlainTextEdit;
  page->setReadOnly(true);
  page->setFrameShape(QFrame::NoFrame);
  page->setAccessibleName(name);
  page->setLineWrapMode(QPlainTextEdit::WidgetWidth);
  if (fixedWidth) page->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
  return page;
}

QString kindWord(runs::LogKind kind) {
  switch (kind) {
    case runs::LogKind::warning: return RunPage::tr("warning  ");
    case runs::LogKind::error: return RunPage::tr("error  ");
    default: return {};
  }
}

QString logText(const runs::LogLine& line) {
  return QDateTime::fromSecsSinceEpoch(static_cast<qint64>(line.time)).toString(QStringLiteral("HH:mm:ss  ")) + kindWord(line.kind) + QString::fromStdString(line.text);
}

}  // namespace

RunPage::RunPage(QWidget* parent) : QWidget(parent) {
  tabs_ = new QTabWidget(this);
  tabs_->setAccessibleName(tr("What is known of the run"));
  tabs_->setObjectName("runTabs");
  tabs_->tabBar()->setDrawBase(false);
  log_ = textPage(tr("Log"), true);
  data_ = textPage(tr("Data"), false);
  recipe_ = textPage(tr("Recipe"), true);
  studyView_ = new StudyView(tabs_);
  connect(studyView_, &StudyView::chosenChanged, this, &RunPage::refreshHead);
  connect(studyView_, &StudyView::valueUnderCursor, this, &RunPage::valueUnderCursor);
  connect(studyView_, &StudyView::failed, this, &RunPage::failed);
  tabs_->addTab(studyView_, tr("Study"));
  curves_ = new CurvesPage(tabs_);
  connect(curves_, &CurvesPage::valueUnderCursor, this, &RunPage::valueUnderCursor);
  connect(curves_, &CurvesPage::failed, this, &RunPage::failed);
  tabs_->addTab(curves_, tr("Curves"));
  tabs_->setCornerWidget(&curves_->controls());
  connect(tabs_, &QTabWidget::currentChanged, this, [this](int tab) { curves_->controls().setVisible(tab == kCurves); });
  strip_ = new FilmStrip(tabs_);
  tabs_->addTab(strip_, tr("Paintings"));
  tabs_->addTab(log_, tr("Log"));
  tabs_->addTab(data_, tr("Data"));
  tabs_->addTab(recipe_, tr("Recipe"));
  tabs_->setTabVisible(kStudy, false);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  head_ = new RunHead(this);
  column->addWidget(head_);
  column->addWidget(tabs_, 1);
}

void RunPage::setRuns(std::vector<runs::RunSummary> runs, std::vector<ShownRun> shown) {
  runs_ = std::move(runs);
  shown_ = std::move(shown);
  studyRead_.reset();
  showTabsOf(false);
  refreshHead();
  curves_->showRuns(shown_);
  refreshLog();
  refreshData();
  refreshStrip();
}

void RunPage::setStudy(runs::RunSummary summary, std::shared_ptr<const runs::StudyReading> study) {
  runs_ = {std::move(summary)};
  shown_.clear();
  studyRead_ = std::move(study);
  showTabsOf(true);
  studyView_->setReading(studyRead_);
  if (studyRead_) shown_ = runsOf(*studyRead_);
  refreshHead();
  curves_->showStudy(studyRead_);
  refreshStudyTexts();
}

// The tab that a person chose stays, unless this kind has none of it.
void RunPage::showTabsOf(bool study) {
  if (study == ofStudy_) return;
  ofStudy_ = study;
  tabs_->setTabVisible(kStudy, study);
  tabs_->setTabVisible(kPaintings, !study);
  if (study) tabs_->setCurrentIndex(kStudy);
  logOf_.clear();
}

// The log of every run after its name, and what was found in the data, once.
void RunPage::refreshStudyTexts() {
  if (!studyRead_) return;
  QString text;
  for (const auto& member : studyRead_->members) {
    text += QStringLiteral("%1  %2\n").arg(QString::fromStdString(member.run.folder), member.begun ? phaseWord(member.phase) : tr("not yet"));
    if (member.history)
      for (const auto& line : member.history->log) text += QStringLiteral("  ") + logText(line) + '\n';
  }
  if (log_->toPlainText() != text) log_->setPlainText(text);
  refreshData();
}

void RunPage::refreshStrip() {
  if (runs_.empty() || shown_.empty()) return;
  const auto& history = shown_.front().history;
  strip_->setRun(runs_.front().folder, history ? history->epochs.size() : 0, history ? history->stepsPerEpoch : 0);
}

void RunPage::setRecipeText(const QString& text) {
  if (recipe_->toPlainText() != text) recipe_->setPlainText(text);
}

void RunPage::showTab(int index) { tabs_->setCurrentIndex(index); }

QString RunPage::findingText() const { return head_->findingText(); }

void RunPage::refreshHead() {
  const auto* history = !shown_.empty() ? shown_.front().history.get() : nullptr;
  const bool hasModel = !runs_.empty() && runs_.front().hasModel && !runs_.front().alive();
  head_->show(runs_, {ofStudy_, history, ofStudy_ ? studyView_->chosenModel() : hasModel ? toQString(runs_.front().folder) : QString()});
}

void RunPage::refreshLog() {
  const auto history = shown_.empty() ? nullptr : shown_.front().history;
  const QString of = runs_.empty() ? QString() : toQString(runs_.front().folder);
  const std::size_t lines = history ? history->log.size() : 0;
  if (of == logOf_ && lines == logLines_) return;
  // Only what is new, so that selection and scroll position stay.
  const std::size_t from = of == logOf_ && lines > logLines_ ? logLines_ : 0;
  if (from == 0) log_->clear();
  for (std::size_t n = from; n < lines; ++n) {
    const auto& line = history->log[n];
    log_->appendPlainText(logText(line));
  }
  logOf_ = of;
  logLines_ = lines;
}

void RunPage::refreshData() {
  const auto history = shown_.empty() ? nullptr : shown_.front().history;
  QStringList lines;
  if (!runs_.empty() && !runs_.front().data.empty()) lines << QString::fromStdString(runs_.front().data);
  if (history && history->report) {
    const serial::JsonField report(*history->report);
    const auto count = [&](const char* name) { return report[name].whole().value_or(0); };
    lines << tr("%1 items, %2: %3 to learn from, %4 held out, %5 kept for tests")
                 .arg(count("items")).arg(spanText(report["seconds"].number().value_or(0.0))).arg(count("train")).arg(count("validation")).arg(count("test"));
    for (const auto& warning : report["warnings"].strings().value_or(std::vector<std::string>{})) lines << QStringLiteral("⚠ ") + QString::fromStdString(warning);
  } else {
    lines << tr("What was found in the data appears here when they have been looked through.");
  }
  const QString text = lines.join(QStringLiteral("\n"));
  if (data_->toPlainText() != text) data_->setPlainText(text);
}

}  // namespace chladni::ui
