// SampleProvider: where a waveform lane gets the samples themselves once it is zoomed in so far that blocks of peaks are too
// coarse. stretch() answers at once with what is there; want() says what is needed and forgets what was wanted before; ready()
// follows on the GUI thread. GUI thread only; the lane owns its provider.
#pragma once

#include <QObject>
#include <cstdint>
#include <memory>
#include <vector>

namespace chladni::widgets {

// Samples [first, first + length) of every channel, at the file's own rate.
struct SampleStretch {
  std::int64_t first = 0;
  std::vector<std::vector<float>> channels;

  [[nodiscard]] std::int64_t end() const {
    return first + (channels.empty() ? 0 : static_cast<std::int64_t>(channels.front().size()));
  }
};

class SampleProvider : public QObject {
  Q_OBJECT

 public:
  using QObject::QObject;

  // The newest that was read, of any part; null: none.
  [[nodiscard]] virtual const std::shared_ptr<const SampleStretch>& stretch() const = 0;
  // Of the file, clipped to it.
  virtual void want(std::int64_t first, std::int64_t last) = 0;
  // Nothing is wanted that is not there, or cannot be had.
  [[nodiscard]] virtual bool idle() const = 0;

 Q_SIGNALS:
  void ready();
};

}  // namespace chladni::widgets
