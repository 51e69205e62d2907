// SpectrumDock: level over frequency at the playhead, followed while playing. Computed by a worker, of which only the
// newest request is kept; hidden, it asks nothing. GUI thread only; destruction joins the worker.
#pragma once

#include <QDockWidget>
#include <memory>

#include "core/analysis/moment_spectrum.h"
#include "core/jobs/keyed_worker.h"
#include "ui/bridge/gui_post.h"

namespace chladni::widgets {
class SpectrumPlot;
}

namespace chladni::ui {

class SpectrumDock : public QDockWidget {
  Q_OBJECT

 public:
  explicit SpectrumDock(QWidget* parent = nullptr);

  // Null: nothing to show.
  void setRecording(std::shared_ptr<const analysis::Recording> recording);
  void setPlayhead(double seconds);
  [[nodiscard]] bool busy() const { return asked_ > answered_; }
  [[nodiscard]] widgets::SpectrumPlot& plot() { return *plot_; }

 Q_SIGNALS:
  void valueUnderCursor(const QString& text);
  void settled();

 protected:
  void showEvent(QShowEvent* event) override;

 private:
  struct Request {
    std::shared_ptr<const analysis::Recording> recording;
    double seconds = 0.0;
  };
  void ask();
  void accept(std::uint64_t generation, const Result<analysis::MomentSpectrum>& spectrum);

  widgets::SpectrumPlot* plot_;
  std::shared_ptr<const analysis::Recording> recording_;
  double playhead_ = 0.0;
  std::uint64_t asked_ = 0;     // generation of the newest request
  std::uint64_t answered_ = 0;  // generation of the newest answer
  GuiPost post_;
  // last: joined before what it posts to dies
  std::unique_ptr<jobs::KeyedWorker<int, Request>> worker_;
};

}  // namespace chladni::ui
