// ListeningBar: three buttons that let a reconstruction be heard: the original as the model knows it, what was shown to it,
// and what it painted. GUI thread only.
#pragma once

#include <memory>
#include <mutex>
#include <optional>

#include "core/analysis/listening.h"
#include "ui/docks/voice_bar.h"

namespace chladni::ui {

class ListeningBar : public VoiceBar {
  Q_OBJECT

 public:
  explicit ListeningBar(QWidget* parent = nullptr);

  // Null: nothing to hear. What sounds of another clip stops.
  void setClip(std::shared_ptr<const analysis::ReconstructedClip> clip, const FrontendSpec& spec);
  // Made so far for the clip on show; empty before the first press.
  [[nodiscard]] std::optional<analysis::Listening> listening() const;

 private:
  // Filled by the worker, once for each clip.
  struct Sounds {
    std::mutex mutex;
    std::optional<analysis::Listening> listening;  // guarded by mutex
  };
  std::shared_ptr<const analysis::ReconstructedClip> clip_;
  std::shared_ptr<Sounds> sounds_;
};

}  // namespace chladni::ui
