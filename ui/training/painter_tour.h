// PainterTour: "train your first masked autoencoder": four short pages from what is hidden to a model of one's own that paints
// it, beside the one that ships. The training is a run like any other and goes on when this is closed. GUI thread only.
#pragma once

#include <QDialog>
#include <filesystem>
#include <memory>
#include <optional>
#include <vector>

#include "core/inference/model_registry.h"
#include "core/jobs/job_queue.h"
#include "ui/bridge/gui_post.h"
#include "ui/training/runs_controller.h"

QT_BEGIN_NAMESPACE
class QLabel;
class QProgressBar;
class QPushButton;
class QStackedWidget;
QT_END_NAMESPACE

namespace chladni::ui {

class FilmStrip;

struct TourSetup {
  std::filesystem::path film;  // bundled
  std::shared_ptr<const inference::ModelRegistry> registry;
  inference::RuntimeOptions runtime;
  std::string shipped = "dualmae-s";
};

class PainterTour : public QDialog {
  Q_OBJECT

 public:
  PainterTour(RunsController& runs, TourSetup setup, QWidget* parent = nullptr);
  ~PainterTour() override;

  void showPage(int page);
  [[nodiscard]] int page() const;
  void begin();
  // Both models at the same moment of the film: their errors in words; empty until they have painted.
  [[nodiscard]] QString verdict() const;
  [[nodiscard]] bool painting() const { return painting_; }

 Q_SIGNALS:
  void failed(const QString& why);
  // The model of the run, for the reconstruction dock.
  void modelReady(const QString& package);

 private:
  struct Painted {
    QString title;
    QImage original, seen, painted;
    double error = 0.0;
  };
  QWidget* textPage(const QString& title, const QString& text);
  QWidget* learnPage();
  QWidget* comparePage();
  void follow();
  void compare();
  void showPainted(const std::vector<Painted>& painted);
  void refresh();

  RunsController& runs_;
  const TourSetup setup_;
  std::filesystem::path run_;  // empty: not begun
  bool waiting_ = false;       // for the run to be made
  bool painting_ = false;
  bool compared_ = false;

  QStackedWidget* pages_;
  QPushButton* back_;
  QPushButton* next_;
  QLabel* course_ = nullptr;
  QProgressBar* progress_ = nullptr;
  FilmStrip* strip_ = nullptr;
  QPushButton* stop_ = nullptr;
  QLabel* pictures_ = nullptr;
  QLabel* verdict_ = nullptr;
  GuiPost post_;
  std::unique_ptr<jobs::JobQueue> queue_;  // last: joined before anything above dies
};

}  // namespace chladni::ui
