// ComparePage: the report that is shown beside another one. Figures of the whole with how far chance alone could carry their
// difference (paired bootstrap and McNemar's test, core/analysis/report_comparison.h) and each class's F1 in both. Reads and
// tests on a worker; a newer choice replaces an older one. GUI thread only.
#pragma once

#include <QWidget>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>

#include "core/analysis/report_comparison.h"
#include "core/base/result.h"
#include "core/jobs/job_queue.h"
#include "ui/bridge/gui_post.h"

QT_BEGIN_NAMESPACE
class QComboBox;
class QLabel;
class QTableWidget;
QT_END_NAMESPACE

namespace chladni::ui {

// Both reports and what a test says of them; without `pair` the reason why there is none.
struct ReportPair {
  analysis::ReportSummary own, other;
  std::optional<analysis::PairComparison> pair;
  std::optional<Error> untested;
};
// Blocking. Fails as readReport does.
Result<ReportPair> pairOfReports(const std::filesystem::path& own, const std::filesystem::path& other, const std::stop_token& stop);

class ComparePage : public QWidget {
  Q_OBJECT

 public:
  explicit ComparePage(std::filesystem::path reportFolder, QWidget* parent = nullptr);
  ~ComparePage() override;

  // The report that is shown, as a file.
  void setReport(const std::filesystem::path& path);
  void compareWith(const std::filesystem::path& other);
  // Asks where to: the classes of both as CSV.
  void exportTable();
  [[nodiscard]] bool busy() const { return queue_->pending() > 0; }

 Q_SIGNALS:
  void complained(const QString& why);

 protected:
  void changeEvent(QEvent* event) override;

 private:
  void offerReports();
  void choose(int row);
  void showPair(ReportPair pair);
  void showFigures();
  [[nodiscard]] QString verdict() const;
  void fillTable();

  const std::filesystem::path reportFolder_;
  std::filesystem::path own_;
  std::optional<ReportPair> shown_;
  std::uint64_t asked_ = 0;

  QComboBox* others_ = nullptr;
  QLabel* figures_ = nullptr;
  QTableWidget* table_ = nullptr;
  GuiPost post_;
  std::unique_ptr<jobs::JobQueue> queue_;
};

}  // namespace chladni::ui
