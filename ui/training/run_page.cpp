#include "ui/training/run_page.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDateTime>
#include <QEvent>
#include <QFontDatabase>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QPlainTextEdit>
#include <QSignalBlocker>
#include <QSlider>
#include <QTabBar>
#include <QTabWidget>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/training/film_strip.h"
#include "ui/training/run_head.h"
#include "ui/training/run_words.h"
#include "ui/training/study_view.h"
#include "ui/workspace/paths.h"
#include "widgets/plots/curve_plot.h"
#include "widgets/theme/theme.h"

namespace chladni::ui {
namespace {

enum Tab { kStudy, kCurves, kPaintings };
constexpr QSize kLeastPlot{120, 60};
constexpr int kMostSmoothing = 99;
constexpr int kFirstSmoothing = 60;

QPlainTextEdit* textPage(const QString& name, bool fixedWidth) {
  auto* page = new QPlainTextEdit;
  page->setReadOnly(true);
  page->setFrameShape(QFrame::NoFrame);
  page->setAccessibleName(name);
  page->setLineWrapMode(QPlainTextEdit::WidgetWidth);
  if (fixedWidth) page->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
  return page;
}

// The title of a plot followed by the names of its curves, each after a stroke in its colour.
QString titleText(const QString& title, const Curves& curves) {
  QString text = QStringLiteral("<b>%1</b>").arg(title);
  const auto named = std::count_if(curves.begin(), curves.end(), [](const widgets::Curve& curve) { return !curve.name.isEmpty(); });
  if (named < 2) return text;
  for (const auto& curve : curves)
    if (!curve.name.isEmpty())
      text += QStringLiteral(" &nbsp; <span style='color:%1'><b>%2</b></span>&nbsp;<span style='color:%3'>%4</span>")
                  .arg(curve.colour.name(), curve.dashed ? QStringLiteral("╌╌") : QStringLiteral("━"), widgets::theme().quiet.name(), curve.name.toHtmlEscaped());
  return text;
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
  tabs_->addTab(makeCurves(), tr("Curves"));
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

widgets::CurvePlot* RunPage::makePlot(const QString& title, const QString& y, QGridLayout* grid, int row, int column, int rows) {
  auto* frame = new QWidget;
  auto* box = new QVBoxLayout(frame);
  box->setContentsMargins(0, 0, 0, 0);
  box->setSpacing(0);
  auto* label = new QLabel(title, frame);
  label->setContentsMargins(8, 0, 0, 0);
  label->setTextFormat(Qt::RichText);
  label->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);  // many names are cut off, not room taken for them
  auto* plot = new widgets::CurvePlot(frame);
  plot->setLegendShown(false);
  titles_[plot] = {title, label};
  plot->setAxes({}, y);
  plot->setMinimumSize(kLeastPlot);
  box->addWidget(label);
  box->addWidget(plot, 1);
  grid->addWidget(frame, row, column, rows, 1);
  connect(plot, &widgets::CurvePlot::valueUnderCursor, this, &RunPage::valueUnderCursor);
  connect(plot, &widgets::CurvePlot::exportFailed, this, &RunPage::failed);
  return plot;
}

QWidget* RunPage::makeCurves() {
  auto* page = new QWidget;
  axis_ = new QComboBox(page);
  axis_->addItems({tr("Steps"), tr("Minutes"), tr("Epochs")});
  axis_->setAccessibleName(tr("Horizontal axis"));
  axis_->setObjectName("runAxis");
  smoothing_ = new QSlider(Qt::Horizontal, page);
  smoothing_->setRange(0, kMostSmoothing);
  smoothing_->setValue(kFirstSmoothing);
  smoothing_->setFixedWidth(120);
  smoothing_->setAccessibleName(tr("Smoothing"));
  smoothing_->setToolTip(tr("Smoothing of the curves; the values as they are stay faint behind"));
  smoothing_->setObjectName("runSmoothing");
  logarithmic_ = new QCheckBox(tr("Logarithmic loss"), page);
  logarithmic_->setObjectName("runLogarithmic");
  figure_ = new QComboBox(page);
  figure_->setAccessibleName(tr("Figure to compare"));
  figure_->setToolTip(tr("Figure to compare the selected runs by"));
  figure_->setSizeAdjustPolicy(QComboBox::AdjustToContents);
  figure_->hide();
  auto* controls = new QWidget(tabs_);
  auto* row = new QHBoxLayout(controls);
  row->setContentsMargins(0, 2, 12, 2);
  row->setSpacing(8);
  row->addWidget(figure_);
  row->addWidget(new QLabel(tr("Over"), page));
  row->addWidget(axis_);
  row->addSpacing(8);
  row->addWidget(new QLabel(tr("Smoothing"), page));
  row->addWidget(smoothing_);
  row->addSpacing(8);
  row->addWidget(logarithmic_);
  tabs_->setCornerWidget(controls);
  connect(tabs_, &QTabWidget::currentChanged, controls, [controls](int tab) { controls->setVisible(tab == kCurves); });
  auto* grid = new QGridLayout;
  grid->setContentsMargins(8, 8, 12, 8);
  grid->setHorizontalSpacing(12);
  grid->setVerticalSpacing(4);
  loss_ = makePlot(tr("Loss"), {}, grid, 0, 0, 2);
  figures_ = makePlot(tr("Held-out figures"), {}, grid, 0, 1, 2);
  rate_ = makePlot(tr("Learning rate"), {}, grid, 0, 2, 1);
  speed_ = makePlot(tr("Examples per second"), {}, grid, 1, 2, 1);
  grid->setColumnStretch(0, 5);
  grid->setColumnStretch(1, 5);
  grid->setColumnStretch(2, 4);
  auto* column = new QVBoxLayout(page);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  column->addLayout(grid, 1);
  connect(axis_, &QComboBox::currentIndexChanged, this, [this] {
    refreshCurves();
    for (auto* plot : {loss_, figures_, rate_, speed_}) plot->showAll();
  });
  connect(smoothing_, &QSlider::valueChanged, this, &RunPage::refreshCurves);
  connect(logarithmic_, &QCheckBox::toggled, loss_, &widgets::CurvePlot::setLogarithmicY);
  connect(figure_, &QComboBox::currentIndexChanged, this, &RunPage::refreshCurves);
  return page;
}

CurveChoice RunPage::choice() const {
  CurveChoice made;
  made.axis = static_cast<RunAxis>(axis_->currentIndex());
  made.smoothing = smoothing_->value() / 100.0;
  made.figure = figure_->currentText();
  return made;
}

void RunPage::setRuns(std::vector<runs::RunSummary> runs, std::vector<ShownRun> shown) {
  runs_ = std::move(runs);
  shown_ = std::move(shown);
  studyRead_.reset();
  showTabsOf(false);
  const QString metric = !shown_.empty() && shown_.front().history ? QString::fromStdString(shown_.front().history->metric) : QString();
  offerFigures(figuresOf(shown_), metric);
  figure_->setVisible(shown_.size() > 1 && figure_->count() > 1);
  refreshHead();
  refreshCurves();
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
  if (studyRead_) {
    for (const auto& member : studyRead_->members)
      if (member.history) shown_.push_back({QString::fromStdString(member.run.folder), {}, member.history});
    offerFigures(figuresOf(shown_), shown_.empty() ? QString() : QString::fromStdString(shown_.front().history->metric));
  }
  figure_->setVisible(figure_->count() > 1);
  refreshHead();
  refreshCurves();
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

void RunPage::offerFigures(const QStringList& names, const QString& usual) {
  QStringList listed;
  for (int n = 0; n < figure_->count(); ++n) listed << figure_->itemText(n);
  if (names == listed) return;
  const QSignalBlocker quiet(figure_);
  const QString before = figure_->currentText();
  figure_->clear();
  figure_->addItems(names);
  figure_->setCurrentText(names.contains(before) ? before : usual);
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

void RunPage::refreshCurves() {
  const auto made = choice();
  const QStringList titles{tr("step"), tr("minutes"), tr("epoch")};
  const QString x = titles.at(axis_->currentIndex());
  const auto fill = [&](widgets::CurvePlot* plot, Curves curves, const QString& nothing) {
    plot->setAxes(x, {});
    titles_[plot].second->setText(titleText(titles_[plot].first, curves));
    plot->setMessage(curves.empty() ? nothing : QString());
    plot->setCurves(std::move(curves));
  };
  const bool reading = (ofStudy_ && !studyRead_) || std::any_of(shown_.begin(), shown_.end(), [](const ShownRun& run) { return !run.history; });
  const QString wait = reading ? tr("Reading what the run said…") : tr("Curves appear with the first steps.");
  fill(loss_, studyRead_ ? studyLossCurves(*studyRead_, made) : lossCurves(shown_, made), wait);
  auto figures = studyRead_ ? studyFigureCurves(*studyRead_, made) : figureCurves(shown_, made);
  const bool shares = !figures.empty() && std::all_of(figures.begin(), figures.end(), [](const widgets::Curve& curve) {
    return std::all_of(curve.y.begin(), curve.y.end(), [](double y) { return !(y < 0.0 || y > 1.0); });
  });
  if (shares != shares_) figures_->setYLimits(shares ? std::optional(std::pair(0.0, 1.0)) : std::nullopt);  // also undoes a zoom
  shares_ = shares;
  fill(figures_, std::move(figures), reading ? wait : tr("Figures of the held-out part appear after the first epoch, when a part is held out."));
  fill(rate_, studyRead_ ? studyRateCurves(*studyRead_, made) : rateCurves(shown_, made), wait);
  fill(speed_, studyRead_ ? studySpeedCurves(*studyRead_, made) : speedCurves(shown_, made), wait);
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
