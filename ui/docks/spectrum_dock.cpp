#include "ui/docks/spectrum_dock.h"

#include "widgets/plots/spectrum_plot.h"

namespace chladni::ui {
namespace {

constexpr int kWindowSamples = 8192;
constexpr double kBottomDb = -120.0;
constexpr double kTopDb = 0.0;

}  // namespace

SpectrumDock::SpectrumDock(QWidget* parent)
    : QDockWidget(tr("Spectrum"), parent), plot_(new widgets::SpectrumPlot(this)), post_(this) {
  setObjectName("spectrum");
  setWidget(plot_);
  plot_->setRange(kBottomDb, kTopDb);
  connect(plot_, &widgets::CurvePlot::valueUnderCursor, this, &SpectrumDock::valueUnderCursor);
  worker_ = std::make_unique<jobs::KeyedWorker<int, Request>>(
      [this, post = post_](int, std::uint64_t generation, Request& request, std::stop_token stop) {
        auto spectrum = analysis::spectrumAt(*request.recording, MediaTime::fromSeconds(request.seconds), kWindowSamples, stop);
        post([this, generation, spectrum = std::move(spectrum)] { accept(generation, spectrum); });
      });
}

void SpectrumDock::setRecording(std::shared_ptr<const analysis::Recording> recording) {
  recording_ = recording && recording->hasAudio() ? std::move(recording) : nullptr;
  if (!recording_) {
    answered_ = asked_;
    worker_->cancelAll();
    plot_->setSpectrum({}, {}, {});
  }
  ask();
}

void SpectrumDock::setPlayhead(double seconds) {
  if (playhead_ == seconds) return;
  playhead_ = seconds;
  ask();
}

void SpectrumDock::showEvent(QShowEvent* event) {
  QDockWidget::showEvent(event);
  ask();
}

void SpectrumDock::ask() {
  if (recording_ && isVisible()) asked_ = worker_->submit(0, {recording_, playhead_});
}

void SpectrumDock::accept(std::uint64_t generation, const Result<analysis::MomentSpectrum>& spectrum) {
  if (generation <= answered_) return;
  answered_ = generation;
  if (spectrum) plot_->setSpectrum(spectrum->hertz, spectrum->decibels, tr("%1 s").arg(spectrum->at.seconds(), 0, 'f', 2));
  // Beyond the end of the sound there is nothing to show, and that is no failure.
  if (!spectrum && spectrum.error().code != ErrorCode::cancelled) plot_->setSpectrum({}, {}, {});
  Q_EMIT settled();
}

}  // namespace chladni::ui
