// HeadImprover: teaches the head of a model with corrections on a worker, so that the window goes on. The result is a new
// package; when the held-out part says that it is worse, there is none. What was listened to is remembered for the next
// time. GUI thread only; destruction stops and joins the worker.
#pragma once

#include <QObject>
#include <filesystem>
#include <memory>
#include <optional>
#include <vector>

#include "core/analysis/corrections.h"
#include "core/analysis/improve_run.h"
#include "core/jobs/job_queue.h"
#include "ui/bridge/gui_post.h"

namespace chladni::ui {

struct ImproveRequest {
  std::shared_ptr<const inference::ModelRegistry> registry;
  inference::RuntimeOptions runtime;
  inference::ModelSpec model;
  std::vector<analysis::Correction> corrections;
  std::filesystem::path manifest;     // written; named in the record of the package
  std::filesystem::path destination;  // the package to make
};

struct ImproveAnswer {
  analysis::ImproveOutcome outcome;  // left out: also corrections to classes that the model does not have
  inference::ModelSpec model;        // that was to be improved
  std::filesystem::path package;     // the new one; empty: it would be worse
};

class HeadImprover : public QObject {
  Q_OBJECT

 public:
  explicit HeadImprover(QObject* parent = nullptr);
  ~HeadImprover() override;

  // A running one is stopped first.
  void start(ImproveRequest request);
  void cancel();
  [[nodiscard]] bool running() const { return running_; }

 Q_SIGNALS:
  void progressed(const QString& stage, int done, int total);
  void finished(const chladni::ui::ImproveAnswer& answer);
  void failed(const QString& why);
  void ended();  // after either, and after cancel()

 private:
  std::uint64_t number_ = 0;
  bool running_ = false;
  GuiPost post_;
  // worker only
  analysis::FeatureMemory memory_;
  // last: joined before anything above dies
  std::unique_ptr<jobs::JobQueue> queue_;
};

}  // namespace chladni::ui
