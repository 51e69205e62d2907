#include "ui/docks/prediction_dock.h"

#include <QVBoxLayout>

#include "ui/actions/action_catalogue.h"
#include "widgets/prediction/prediction_panel.h"

namespace chladni::ui {

using namespace widgets;

PredictionDock::PredictionDock(QWidget* parent)
    : QDockWidget(tr("Predictions"), parent), panel_(new PredictionPanel(this)), page_(new QWidget(this)) {
  setObjectName("predictions");
  auto* column = new QVBoxLayout(page_);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  column->addWidget(panel_, 1);
  setWidget(page_);
}

void PredictionDock::setHeader(QWidget* header) { static_cast<QVBoxLayout*>(page_->layout())->insertWidget(0, header); }

void PredictionDock::setBeside(const std::optional<PredictionBeside>& beside) { panel_->setBeside(beside); }

void PredictionDock::setFooter(QWidget* footer) { page_->layout()->addWidget(footer); }

void PredictionDock::clear() {
  panel_->setPrediction(nullptr, false);
  panel_->setMessage(installed_ ? QString() : noModel());
}

void PredictionDock::setModelsInstalled(bool installed) {
  if (!installed) panel_->setMessage(noModel());
  else if (!installed_) panel_->setMessage({});
  installed_ = installed;
}

QString PredictionDock::noModel() {
  return tr("No model is installed. Put a model package into the folder models beside the program or name its "
            "folder in CHLADNI_MODEL_PATH; then the classes heard appear here.");
}

void PredictionDock::setRunning() {
  panel_->setPrediction(nullptr, false);
  panel_->setMessage(tr("The model is listening…"));
}

void PredictionDock::setStopped() { panel_->setMessage(tr("Stopped before the first result. %1 analyses again.").arg(keyOf(*this, "analyse"))); }

void PredictionDock::setFailure(const QString& why) { panel_->setMessage(why); }

void PredictionDock::setPrediction(std::shared_ptr<const Prediction> prediction, bool complete) {
  panel_->setPrediction(std::move(prediction), complete);
}

void PredictionDock::setPlayhead(double seconds) { panel_->setPlayhead(seconds); }

}  // namespace chladni::ui
