// ModelFacts: what there is to say of one package: its manifest at once; its size and its card, which are read beside the
// window, as they come. Links and pictures of a card have no effect. GUI thread only.
#pragma once

#include <QTextBrowser>
#include <memory>
#include <optional>

#include "core/inference/model_spec.h"
#include "core/jobs/job_queue.h"
#include "ui/bridge/gui_post.h"

namespace chladni::ui {

class ModelFacts : public QTextBrowser {
  Q_OBJECT

 public:
  explicit ModelFacts(QWidget* parent = nullptr);
  ~ModelFacts() override;

  // `defaults`: what it is the first choice for.
  void showModel(const inference::ModelSpec& spec, const QStringList& defaults);
  // Instead of a model.
  void showText(const QString& text);
  [[nodiscard]] bool busy() const { return asked_ != answered_; }

 private:
  struct OnDisk {
    QString card;
    std::uintmax_t bytes = 0;
  };
  void show(const inference::ModelSpec& spec, const QStringList& defaults, const OnDisk& disk);
  void appendCard(const QString& markdown);

  std::uint64_t asked_ = 0, answered_ = 0;
  GuiPost post_;
  std::unique_ptr<jobs::JobQueue> queue_;
};

}  // namespace chladni::ui
