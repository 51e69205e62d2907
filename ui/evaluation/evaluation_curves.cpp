#include "ui/evaluation/evaluation_curves.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QSignalBlocker>
#include <QVBoxLayout>

#include "ui/evaluation/score_text.h"
#include "ui/workspace/text.h"
#include "widgets/plots/curve_plot.h"
#include "widgets/prediction/class_lane.h"
#include "widgets/theme/quiet_label.h"
#include "widgets/theme/class_colours.h"
#include "widgets/theme/theme.h"

namespace chladni::ui {
namespace {

using widgets::Curve;

Curve curveOf(const ReportClass& one, const QColor& colour, bool thin) {
  Curve curve;
  curve.name = toText(one.name);
  curve.colour = colour;
  curve.thin = thin;
  for (const auto& [recall, precision, threshold] : one.curve) {
    curve.x.push_back(recall);
    curve.y.push_back(precision);
  }
  // What is called first stands for all recall below it.
  if (!curve.x.empty() && curve.x.front() > 0.0) {
    curve.x.insert(curve.x.begin(), 0.0);
    curve.y.insert(curve.y.begin(), curve.y.front());
  }
  return curve;
}

// The point where precision and recall agree best: the largest F1.
const std::array<double, 3>* bestPoint(const ReportClass& one) {
  const auto f1 = [](const std::array<double, 3>& p) { return p[0] + p[1] > 0.0 ? 2.0 * p[0] * p[1] / (p[0] + p[1]) : 0.0; };
  const std::array<double, 3>* best = nullptr;
  for (const auto& point : one.curve)
    if (best == nullptr || f1(point) > f1(*best)) best = &point;
  return best;
}

QVBoxLayout* columnOf(QWidget* page) {
  auto* column = new QVBoxLayout(page);
  column->setContentsMargins(12, 8, 12, 8);
  column->setSpacing(4);
  return column;
}

widgets::CurvePlot* plotOn(QWidget* page, const QString& x, const QString& y) {
  auto* plot = new widgets::CurvePlot(page);
  plot->setAxes(x, y);
  plot->setYLimits(std::pair(0.0, 1.0));
  plot->setLegendShown(false);
  return plot;
}

}  // namespace

std::vector<Curve> rankingCurves(const EvaluationReport& report, int chosen) {
  std::vector<Curve> curves;
  for (std::size_t n = 0; n < report.classes.size(); ++n) {
    const auto& one = report.classes[n];
    if (one.curve.empty()) continue;
    const int index = static_cast<int>(n);
    if (chosen < 0) curves.push_back(curveOf(one, widgets::classColour(toText(one.name)), true));
    else if (chosen != index) curves.push_back(curveOf(one, widgets::theme().hairline, true));
  }
  if (chosen >= 0) {
    // Only the chosen one has a name: the others are a backdrop.
    for (Curve& curve : curves) curve.name.clear();
    const auto& one = report.classes[static_cast<std::size_t>(chosen)];
    if (!one.curve.empty()) curves.push_back(curveOf(one, widgets::classColour(toText(one.name)), false));
  }
  return curves;
}

std::vector<Curve> calibrationCurves(const EvaluationReport& report) {
  Curve honest;
  honest.name = EvaluationCurves::tr("honest");
  honest.colour = widgets::theme().quiet;
  honest.x = {0.0, 1.0};
  honest.y = {0.0, 1.0};
  honest.dashed = true;
  Curve model;
  model.name = EvaluationCurves::tr("right");
  model.colour = widgets::theme().accent;
  for (const ReportBin& bin : report.bins) {
    if (bin.count == 0) continue;
    model.x.push_back(bin.confidence);
    model.y.push_back(bin.accuracy);
  }
  if (model.x.empty()) return {};
  return {honest, model};
}

EvaluationCurves::EvaluationCurves(QWidget* parent) : QObject(parent), ranking_(new QWidget(parent)), calibration_(new QWidget(parent)) {
  classes_ = new QComboBox(ranking_);
  classes_->setObjectName("curveClass");
  classes_->setAccessibleName(tr("Class of the curve"));
  classes_->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  classes_->setMinimumContentsLength(16);
  note_ = widgets::quietLabel({}, ranking_);
  rankingPlot_ = plotOn(ranking_, tr("recall"), tr("precision"));
  auto* row = new QHBoxLayout;
  row->addWidget(classes_);
  row->addWidget(note_, 1);
  auto* column = columnOf(ranking_);
  column->addLayout(row);
  column->addWidget(rankingPlot_, 1);
  honesty_ = widgets::quietLabel({}, calibration_);
  calibrationPlot_ = plotOn(calibration_, tr("how sure the model was"), tr("how often it was right"));
  auto* second = columnOf(calibration_);
  second->addWidget(honesty_);
  second->addWidget(calibrationPlot_, 1);
  connect(classes_, &QComboBox::currentIndexChanged, this, &EvaluationCurves::refresh);
  for (auto* plot : {rankingPlot_, calibrationPlot_}) connect(plot, &widgets::CurvePlot::valueUnderCursor, this, &EvaluationCurves::valueUnderCursor);
  refresh();
}

void EvaluationCurves::setReport(const EvaluationReport& report) {
  report_ = report;
  {
    const QSignalBlocker quiet(classes_);
    classes_->clear();
    classes_->addItem(tr("all classes"));
    for (const auto& one : report.classes) classes_->addItem(toText(one.name));
  }
  refresh();
  rankingPlot_->showAll();
  calibrationPlot_->showAll();
}

void EvaluationCurves::choose(int index) { classes_->setCurrentIndex(index + 1); }

void EvaluationCurves::refresh() {
  classes_->setEnabled(report_.has_value());
  const QString missing = report_ ? tr("This report holds no curves; evaluate again to have them.") : tr("Curves of a report appear here.");
  const int chosen = classes_->currentIndex() - 1;
  auto ranking = report_ ? rankingCurves(*report_, chosen) : std::vector<Curve>{};
  rankingPlot_->setMessage(ranking.empty() ? missing : QString());
  note_->clear();
  if (report_ && chosen >= 0 && chosen < static_cast<int>(report_->classes.size())) {
    const auto& one = report_->classes[static_cast<std::size_t>(chosen)];
    if (const auto* best = bestPoint(one))
      note_->setText(tr("best at threshold %1: precision %2, recall %3").arg(scoreText((*best)[2]), scoreText((*best)[1]), scoreText((*best)[0])));
    else note_->setText(tr("no item of this class"));
  }
  rankingPlot_->setCurves(std::move(ranking));
  auto calibration = report_ ? calibrationCurves(*report_) : std::vector<Curve>{};
  calibrationPlot_->setMessage(calibration.empty() ? missing : QString());
  calibrationPlot_->setCurves(std::move(calibration));
  QString words;
  if (report_ && report_->calibrationError) words = tr("Off by %1 on average: below the dashed line the model is too sure, above it too modest.").arg(scoreText(*report_->calibrationError));
  if (report_ && report_->temperature) words += tr(" A temperature of %1 would suit.").arg(scoreText(*report_->temperature));
  honesty_->setText(words);
}

}  // namespace chladni::ui
