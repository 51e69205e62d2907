// SampleLoader: the provider of a waveform lane's samples. One thread decodes the newest wish; one that is replaced is stopped.
// What cannot be read is left to the peaks. GUI thread only; destruction joins.
#pragma once

#include <memory>

#include "core/analysis/recording.h"
#include "core/jobs/keyed_worker.h"
#include "ui/bridge/gui_post.h"
#include "widgets/waveform/sample_provider.h"

namespace chladni::ui {

class SampleLoader : public widgets::SampleProvider {
  Q_OBJECT

 public:
  explicit SampleLoader(QObject* parent = nullptr);

  // Null: there is nothing to read. Answers about the recording before are dropped.
  void setRecording(std::shared_ptr<const analysis::Recording> recording);
  [[nodiscard]] const std::shared_ptr<const widgets::SampleStretch>& stretch() const override { return stretch_; }
  void want(std::int64_t first, std::int64_t last) override;
  [[nodiscard]] bool idle() const override { return answered_ >= asked_; }

 private:
  struct Request {
    std::shared_ptr<const analysis::Recording> recording;
    std::int64_t first = 0, last = 0;
  };
  void accept(std::uint64_t generation, std::shared_ptr<const widgets::SampleStretch> stretch);

  std::shared_ptr<const analysis::Recording> recording_;
  std::shared_ptr<const widgets::SampleStretch> stretch_;
  std::uint64_t asked_ = 0, answered_ = 0;
  GuiPost post_;
  // last: its thread uses what is above
  jobs::KeyedWorker<int, Request> worker_;
};

}  // namespace chladni::ui
