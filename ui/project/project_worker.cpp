#include "ui/project/project_worker.h"

#include <chrono>

namespace chladni::ui {
namespace {

constexpr std::chrono::milliseconds kBetweenReports{100};

}  // namespace

bool ProjectWorker::start(const std::filesystem::path& path, Work work) {
  if (busy_) return false;
  busy_ = true;
  thread_ = std::jthread([this, path, work = std::move(work), post = post_](const std::stop_token& stop) {
    auto last = std::chrono::steady_clock::time_point();
    const ProgressSink progress = [&, post](const Progress& now) {
      const auto time = std::chrono::steady_clock::now();
      if (time - last < kBetweenReports) return;
      last = time;
      const QString text = QStringLiteral("%1 %2 %").arg(QString::fromStdString(now.stage)).arg(now.total > 0 ? 100 * now.done / now.total : 0);
      post([this, text] { Q_EMIT progressed(text); });
    };
    auto project = store::Project::open(path);
    Then then;
    if (project) then = work(*project, stop, progress);
    else then = [this, why = QString::fromStdString(project.error().describe())] { Q_EMIT failed(why); };
    post([this, then = std::move(then)] {
      busy_ = false;
      if (then) then();
      Q_EMIT finished();
    });
  });
  return true;
}

}  // namespace chladni::ui
