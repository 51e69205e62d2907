#include "ui/project/project_worker.h"
#include "ui/workspace/text.h"

#include <chrono>

namespace chladni::ui {
namespace {

constexpr std::chrono::milliseconds kBetweenReports{100};

}  // namespace

bool ProjectWorker::start(const std::filesystem::path& path, Work work) {
  if (busy_) return false;
  busy_ = true;
  progress_ = {};
  thread_ = std::jthread([this, path, work = std::move(work), post = post_](const std::stop_token& stop) {
    auto last = std::chrono::steady_clock::time_point();
    const ProgressSink progress = [&, post](const Progress& now) {
      const auto time = std::chrono::steady_clock::now();
      if (time - last < kBetweenReports) return;
      last = time;
      post([this, now] {
        progress_ = now;
        Q_EMIT activityChanged();
      });
    };
    auto project = store::Project::open(path);
    Then then;
    if (project) then = work(*project, stop, progress);
    else then = [this, why = toText(project.error())] { Q_EMIT failed(why); };
    post([this, then = std::move(then)] {
      busy_ = false;
      if (then) then();
      Q_EMIT activityChanged();
    });
  });
  Q_EMIT activityChanged();
  return true;
}

}  // namespace chladni::ui
