// CorrectionBook: what was corrected so far, kept with the open project, else in a file of the user's; read again on a worker
// whenever the project changes. One said later of the very same stretch replaces the earlier one. GUI thread only.
#pragma once

#include <QObject>
#include <QTimer>
#include <filesystem>
#include <functional>
#include <memory>
#include <vector>

#include "core/analysis/corrections.h"
#include "core/jobs/job_queue.h"
#include "ui/bridge/gui_post.h"

namespace chladni::ui {

class LabelController;

class CorrectionBook : public QObject {
  Q_OBJECT

 public:
  // `file`: where corrections are kept while no project is open.
  CorrectionBook(LabelController& labels, std::filesystem::path file, QObject* parent);
  ~CorrectionBook() override;

  [[nodiscard]] const std::vector<analysis::Correction>& all() const { return all_; }
  [[nodiscard]] int files() const;
  // "12 corrections of 7 files"
  [[nodiscard]] QString countText() const;
  [[nodiscard]] bool busy() const { return asked_ != answered_ || timer_.isActive(); }
  // False when it could not be kept; why has been told.
  bool add(const analysis::Correction& correction);
  // Only own ones: labels of accepted proposals stay in the project.
  void remove(const analysis::Correction& correction);

 Q_SIGNALS:
  void changed();
  void failed(const QString& why);

 private:
  [[nodiscard]] std::filesystem::path project() const;
  void read();
  // Of the file, where there is no project.
  bool edit(const std::function<std::vector<analysis::Correction>(const std::vector<analysis::Correction>&)>& change);

  LabelController& labels_;
  const std::filesystem::path file_;
  std::vector<analysis::Correction> all_;
  std::uint64_t asked_ = 0, answered_ = 0;
  QTimer timer_;
  GuiPost post_;
  std::unique_ptr<jobs::JobQueue> queue_;  // last: joined before anything above dies
};

}  // namespace chladni::ui
