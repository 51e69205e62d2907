#include "ui/analysis/correction_book.h"

#include <set>

#include "ui/project/label_controller.h"
#include "ui/workspace/text.h"

namespace chladni::ui {
namespace {

constexpr int kSettleMs = 200;  // edits come in storms
constexpr std::chrono::milliseconds kPatience{2000};

Result<std::vector<analysis::Correction>> readFrom(const std::filesystem::path& project, const std::filesystem::path& file) {
  if (project.empty()) return analysis::readCorrections(file);
  auto opened = store::Project::open(project, kPatience);
  if (!opened) return fail(opened.error());
  return analysis::correctionsOf(*opened);
}

}  // namespace

CorrectionBook::CorrectionBook(LabelController& labels, std::filesystem::path file, QObject* parent)
    : QObject(parent), labels_(labels), file_(std::move(file)), post_(this), queue_(std::make_unique<jobs::JobQueue>(jobs::QueueOrder::inOrder, 1)) {
  timer_.setSingleShot(true);
  timer_.setInterval(kSettleMs);
  connect(&timer_, &QTimer::timeout, this, &CorrectionBook::read);
  connect(&labels_, &LabelController::projectChanged, this, [this] { timer_.start(); });
  // Selecting a label is a change to its views, not to the project; the name of the last step is.
  connect(&labels_, &LabelController::changed, this, [this, last = QString()]() mutable {
    const QString now = labels_.undoName() + '\n' + labels_.redoName();
    if (now != last) timer_.start();
    last = now;
  });
  read();
}

CorrectionBook::~CorrectionBook() = default;

std::filesystem::path CorrectionBook::project() const {
  auto* project = labels_.project();
  return project != nullptr ? project->path() : std::filesystem::path();
}

int CorrectionBook::files() const {
  std::set<std::filesystem::path> names;
  for (const auto& one : all_) names.insert(one.media);
  return static_cast<int>(names.size());
}

QString CorrectionBook::countText() const {
  if (all_.empty()) return tr("nothing corrected yet");
  const QString corrections = all_.size() == 1 ? tr("1 correction") : tr("%1 corrections").arg(all_.size());
  return files() == 1 ? tr("%1 of 1 file").arg(corrections) : tr("%1 of %2 files").arg(corrections).arg(files());
}

void CorrectionBook::read() {
  timer_.stop();
  queue_->submit([this, project = project(), file = file_, number = ++asked_](const std::stop_token&) {
    auto list = readFrom(project, file);
    post_([this, list = std::move(list), number] {
      answered_ = number;
      if (number != asked_) return;
      if (!list) Q_EMIT failed(toText(list.error()));
      all_ = list ? *list : std::vector<analysis::Correction>{};
      Q_EMIT changed();
    });
  });
}

bool CorrectionBook::add(const analysis::Correction& correction) {
  if (!project().empty()) return labels_.keepCorrection(correction);
  return edit([&](const auto& list) { return analysis::withCorrection(list, correction); });
}

void CorrectionBook::remove(const analysis::Correction& correction) {
  if (!correction.own) return;
  if (!project().empty()) return labels_.dropCorrection(correction);
  edit([&](auto list) {
    std::erase(list, correction);
    return list;
  });
}

bool CorrectionBook::edit(const std::function<std::vector<analysis::Correction>(const std::vector<analysis::Correction>&)>& change) {
  // As it is on disk now: another window may have written to it, and of one that cannot be read all would be lost.
  auto before = analysis::readCorrections(file_);
  if (!before) {
    Q_EMIT failed(tr("%1; nothing is written to it, mend it or move it away first").arg(toText(before.error())));
    return false;
  }
  auto list = change(*before);
  if (auto kept = analysis::writeCorrections(file_, list); !kept) {
    Q_EMIT failed(toText(kept.error()));
    return false;
  }
  all_ = std::move(list);
  Q_EMIT changed();
  return true;
}

}  // namespace chladni::ui
