#include "ui/docks/course_dock.h"

#include "widgets/plots/course_plot.h"
#include "widgets/prediction/class_lane.h"
#include "widgets/theme/class_colours.h"
#include "widgets/theme/theme.h"

namespace chladni::ui {

CourseDock::CourseDock(QWidget* parent)
    : QDockWidget(tr("Classes over time"), parent), plot_(new widgets::CoursePlot(widgets::classColour, widgets::shortClassName, this)) {
  setObjectName("course");
  setWidget(plot_);
  connect(plot_, &widgets::CurvePlot::valueUnderCursor, this, &CourseDock::valueUnderCursor);
}

void CourseDock::setPrediction(std::shared_ptr<const Prediction> prediction) { plot_->setPrediction(std::move(prediction)); }

void CourseDock::setPlayhead(double seconds) { plot_->setMarker(seconds, widgets::theme().playhead); }

}  // namespace chladni::ui
