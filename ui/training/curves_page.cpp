#include "ui/training/curves_page.h"

#include <QCheckBox>
#include <QComboBox>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QSignalBlocker>
#include <QSlider>
#include <algorithm>

#include "ui/training/study_curves.h"
#include "widgets/plots/curve_plot.h"
#include "widgets/theme/theme.h"

namespace chladni::ui {
namespace {

constexpr QSize kLeastPlot{120, 60};
constexpr int kMostSmoothing = 99;
constexpr int kFirstSmoothing = 60;

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

}  // namespace

CurvesPage::CurvesPage(QWidget* parent) : QWidget(parent), controls_(makeControls(parent)) {
  auto* grid = new QGridLayout(this);
  grid->setContentsMargins(8, 8, 12, 8);
  grid->setHorizontalSpacing(12);
  grid->setVerticalSpacing(4);
  loss_ = makePlot(tr("Loss"), *grid, {0, 0, 2});
  figures_ = makePlot(tr("Held-out figures"), *grid, {0, 1, 2});
  rate_ = makePlot(tr("Learning rate"), *grid, {0, 2, 1});
  speed_ = makePlot(tr("Examples per second"), *grid, {1, 2, 1});
  grid->setColumnStretch(0, 5);
  grid->setColumnStretch(1, 5);
  grid->setColumnStretch(2, 4);
  connect(axis_, &QComboBox::currentIndexChanged, this, [this] {
    refresh();
    for (auto* plot : {loss_.plot, figures_.plot, rate_.plot, speed_.plot}) plot->showAll();
  });
  connect(smoothing_, &QSlider::valueChanged, this, &CurvesPage::refresh);
  connect(logarithmic_, &QCheckBox::toggled, loss_.plot, &widgets::CurvePlot::setLogarithmicY);
  connect(figure_, &QComboBox::currentIndexChanged, this, &CurvesPage::refresh);
}

QWidget* CurvesPage::makeControls(QWidget* parent) {
  auto* controls = new QWidget(parent);
  axis_ = new QComboBox(controls);
  axis_->addItems({tr("Steps"), tr("Minutes"), tr("Epochs")});
  axis_->setAccessibleName(tr("Horizontal axis"));
  axis_->setObjectName("runAxis");
  smoothing_ = new QSlider(Qt::Horizontal, controls);
  smoothing_->setRange(0, kMostSmoothing);
  smoothing_->setValue(kFirstSmoothing);
  smoothing_->setFixedWidth(120);
  smoothing_->setAccessibleName(tr("Smoothing"));
  smoothing_->setToolTip(tr("Smoothing of the curves; the values as they are stay faint behind"));
  smoothing_->setObjectName("runSmoothing");
  logarithmic_ = new QCheckBox(tr("Logarithmic loss"), controls);
  logarithmic_->setObjectName("runLogarithmic");
  figure_ = new QComboBox(controls);
  figure_->setAccessibleName(tr("Figure to compare"));
  figure_->setToolTip(tr("Figure to compare the selected runs by"));
  figure_->setSizeAdjustPolicy(QComboBox::AdjustToContents);
  figure_->hide();
  auto* row = new QHBoxLayout(controls);
  row->setContentsMargins(0, 2, 12, 2);
  row->setSpacing(8);
  row->addWidget(figure_);
  row->addWidget(new QLabel(tr("Over"), controls));
  row->addWidget(axis_);
  row->addSpacing(8);
  row->addWidget(new QLabel(tr("Smoothing"), controls));
  row->addWidget(smoothing_);
  row->addSpacing(8);
  row->addWidget(logarithmic_);
  return controls;
}

CurvesPage::Titled CurvesPage::makePlot(const QString& title, QGridLayout& grid, Place place) {
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
  plot->setMinimumSize(kLeastPlot);
  box->addWidget(label);
  box->addWidget(plot, 1);
  grid.addWidget(frame, place.row, place.column, place.rows, 1);
  connect(plot, &widgets::CurvePlot::valueUnderCursor, this, &CurvesPage::valueUnderCursor);
  connect(plot, &widgets::CurvePlot::exportFailed, this, &CurvesPage::failed);
  return {title, label, plot};
}

void CurvesPage::showRuns(std::vector<ShownRun> runs) {
  runs_ = std::move(runs);
  study_.reset();
  ofStudy_ = false;
  offerFigures(figuresOf(runs_), !runs_.empty() && runs_.front().history ? QString::fromStdString(runs_.front().history->metric) : QString());
  figure_->setVisible(runs_.size() > 1 && figure_->count() > 1);
  refresh();
}

void CurvesPage::showStudy(std::shared_ptr<const runs::StudyReading> study) {
  study_ = std::move(study);
  ofStudy_ = true;
  runs_ = study_ ? runsOf(*study_) : std::vector<ShownRun>();
  if (study_) offerFigures(figuresOf(runs_), runs_.empty() ? QString() : QString::fromStdString(runs_.front().history->metric));
  figure_->setVisible(figure_->count() > 1);
  refresh();
}

void CurvesPage::offerFigures(const QStringList& names, const QString& usual) {
  QStringList listed;
  for (int n = 0; n < figure_->count(); ++n) listed << figure_->itemText(n);
  if (names == listed) return;
  const QSignalBlocker quiet(figure_);
  const QString before = figure_->currentText();
  figure_->clear();
  figure_->addItems(names);
  figure_->setCurrentText(names.contains(before) ? before : usual);
}

CurveChoice CurvesPage::choice() const {
  CurveChoice made;
  made.axis = static_cast<RunAxis>(axis_->currentIndex());
  made.smoothing = smoothing_->value() / 100.0;
  made.figure = figure_->currentText();
  return made;
}

bool CurvesPage::reading() const {
  return (ofStudy_ && !study_) || std::any_of(runs_.begin(), runs_.end(), [](const ShownRun& run) { return !run.history; });
}

void CurvesPage::fill(const Titled& into, Curves curves, const QString& nothing) {
  const QStringList axes{tr("step"), tr("minutes"), tr("epoch")};
  into.plot->setAxes(axes.at(axis_->currentIndex()), {});
  into.label->setText(titleText(into.title, curves));
  into.plot->setMessage(curves.empty() ? nothing : QString());
  into.plot->setCurves(std::move(curves));
}

void CurvesPage::limitFigures(const Curves& figures) {
  const bool shares = !figures.empty() && std::all_of(figures.begin(), figures.end(), [](const widgets::Curve& curve) {
    return std::all_of(curve.y.begin(), curve.y.end(), [](double y) { return !(y < 0.0 || y > 1.0); });
  });
  if (shares != shares_) figures_.plot->setYLimits(shares ? std::optional(std::pair(0.0, 1.0)) : std::nullopt);  // also undoes a zoom
  shares_ = shares;
}

void CurvesPage::refresh() {
  const auto made = choice();
  const QString wait = reading() ? tr("Reading what the run said…") : tr("Curves appear with the first steps.");
  fill(loss_, study_ ? studyLossCurves(*study_, made) : lossCurves(runs_, made), wait);
  auto figures = study_ ? studyFigureCurves(*study_, made) : figureCurves(runs_, made);
  limitFigures(figures);
  fill(figures_, std::move(figures), reading() ? wait : tr("Figures of the held-out part appear after the first epoch, when a part is held out."));
  fill(rate_, study_ ? studyRateCurves(*study_, made) : rateCurves(runs_, made), wait);
  fill(speed_, study_ ? studySpeedCurves(*study_, made) : speedCurves(runs_, made), wait);
}

}  // namespace chladni::ui
