// DataPage: from what a training learns: a folder of classes, a manifest or list, or the labels of the open project. Looks
// at the data as soon as they are named, on a worker, with the training's own code, and says what it found: counts, the
// examples of each class, and what is wrong with them. GUI thread only; destruction stops the worker.
#pragma once

#include <QTimer>
#include <QWidget>
#include <filesystem>
#include <memory>
#include <optional>

#include "core/jobs/job_queue.h"
#include "core/runs/data_check.h"
#include "ui/bridge/gui_post.h"

QT_BEGIN_NAMESPACE
class QLabel;
class QLineEdit;
class QProgressBar;
class QRadioButton;
QT_END_NAMESPACE

namespace chladni::widgets {
class BarList;
}

namespace chladni::ui {

class DataPage : public QWidget {
  Q_OBJECT

 public:
  // `project`: the open one, if any. `labelFolder`: where its labels are written as a manifest.
  DataPage(std::filesystem::path project, std::filesystem::path labelFolder, QWidget* parent = nullptr);
  ~DataPage() override;

  // Fields other than `data` count as well: what is held out, the front end, the batch.
  void setRecipe(const training::Recipe& recipe);
  void setPath(const QString& path);
  [[nodiscard]] QString path() const;
  [[nodiscard]] const std::optional<runs::DataCheck>& check() const { return check_; }
  // Why the data cannot be used; empty when they can, or while they are looked at.
  [[nodiscard]] QString problem() const { return problem_; }
  [[nodiscard]] bool looking() const { return looking_; }
  // Phrases made from notes need no data.
  [[nodiscard]] bool needsData() const { return recipe_.source == "files"; }

 Q_SIGNALS:
  void changed();

 private:
  void choose(bool folder);
  void useProject();
  void schedule();
  void look();
  void show();

  const std::filesystem::path project_;
  const std::filesystem::path labelFolder_;
  training::Recipe recipe_;
  std::optional<runs::DataCheck> check_;
  QString problem_;
  bool looking_ = false;
  std::uint64_t asked_ = 0;

  QRadioButton* files_;
  QRadioButton* labels_;
  QLineEdit* path_;
  QLabel* counts_;
  QLabel* remarks_;
  QProgressBar* progress_;
  widgets::BarList* bars_;
  QTimer timer_;
  GuiPost post_;
  std::unique_ptr<jobs::JobQueue> queue_;
};

}  // namespace chladni::ui
