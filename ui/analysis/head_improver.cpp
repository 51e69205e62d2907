#include "ui/analysis/head_improver.h"

#include "ui/workspace/core_words.h"
#include "ui/workspace/paths.h"
#include "ui/workspace/text.h"

namespace chladni::ui {
namespace {

Result<ImproveAnswer> improve(const ImproveRequest& request, analysis::FeatureMemory& memory, const ProgressSink& progress, std::stop_token stop) {
  auto manifest = analysis::writeManifestFor(request.model, request.corrections, request.manifest);
  if (!manifest) return fail(manifest.error());
  progress({"loading the model", 0, 0});
  auto model = request.registry->load(request.model.folder.empty() ? request.model.name : request.model.folder.string(), request.runtime);
  if (!model) return fail(model.error());
  analysis::ImproveRun run;
  run.manifest = request.manifest;
  run.labelsName = toQString(request.manifest.filename()).toStdString();
  run.destination = request.destination;
  run.memory = &memory;
  auto outcome = analysis::improvePackage(*request.registry, request.runtime, **model, run, progress, stop);
  if (!outcome) return fail(outcome.error());
  ImproveAnswer answer{std::move(*outcome), request.model, {}};
  answer.outcome.leftOut.insert(answer.outcome.leftOut.end(), manifest->leftOut.begin(), manifest->leftOut.end());
  if (answer.outcome.written) answer.package = request.destination;
  return answer;
}

}  // namespace

HeadImprover::HeadImprover(QObject* parent)
    : QObject(parent), post_(this), queue_(std::make_unique<jobs::JobQueue>(jobs::QueueOrder::inOrder, 1)) {}

HeadImprover::~HeadImprover() = default;

void HeadImprover::start(ImproveRequest request) {
  queue_->cancelAll();
  running_ = true;
  queue_->submit([this, request = std::move(request), number = ++number_](const std::stop_token& stop) {
    const auto tell = [this, number](const Progress& progress) {
      post_([this, number, progress] {
        if (number == number_ && running_) Q_EMIT progressed(stageText(progress.stage), static_cast<int>(progress.done), static_cast<int>(progress.total));
      });
    };
    auto answer = improve(request, memory_, tell, stop);
    post_([this, number, answer = std::move(answer)] {
      if (number != number_ || !running_) return;
      running_ = false;
      if (answer) Q_EMIT finished(*answer);
      else if (answer.error().code != ErrorCode::cancelled) Q_EMIT failed(toText(answer.error()));
      Q_EMIT ended();
    });
  });
}

void HeadImprover::cancel() {
  if (!running_) return;
  queue_->cancelAll();
  running_ = false;
  Q_EMIT ended();
}

}  // namespace chladni::ui
