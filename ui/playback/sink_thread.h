// SinkThread: the part of AudioOutput that lives on the audio thread: device, QAudioSink and the feed it pulls from.
// Slots run on the audio thread; snapshot() and feed() from any. Not used outside ui/playback.
#pragma once

#include <QAudioFormat>
#include <QAudioSink>
#include <QIODevice>
#include <QObject>
#include <QTimer>
#include <chrono>
#include <memory>
#include <mutex>

#include "ui/playback/audio_feed.h"

namespace chladni::ui {

// What the sink reads from: never empty, so that the sink never goes idle by itself.
class FeedDevice : public QIODevice {
 public:
  FeedDevice(std::shared_ptr<AudioFeed> feed, QAudioFormat::SampleFormat format);
  [[nodiscard]] bool isSequential() const override { return true; }
  [[nodiscard]] qint64 bytesAvailable() const override;

 protected:
  qint64 readData(char* data, qint64 size) override;
  qint64 writeData(const char*, qint64) override { return -1; }

 private:
  std::shared_ptr<AudioFeed> feed_;
  QAudioFormat::SampleFormat format_;
  std::vector<float> scratch_;
};

class SinkThread : public QObject {
  Q_OBJECT

 public:
  SinkThread();
  ~SinkThread() override;

  void start(const std::filesystem::path& path, MediaTime from, std::optional<TimeRange> loop,
             const Rendering& rendering = {});
  void stop();
  void setVolume(double volume);

  // The running feed, null when stopped. Any thread.
  [[nodiscard]] std::shared_ptr<AudioFeed> feed() const;
  // Frames that have left the loudspeaker, carried on from the last look by the steady clock. Any thread.
  [[nodiscard]] std::int64_t heardFrames() const;

 Q_SIGNALS:
  // There is no device, or the one that played is gone.
  void unavailable();

 private:
  void look();
  [[nodiscard]] bool lost() const;

  // audio thread only
  std::unique_ptr<QAudioSink> sink_;
  std::unique_ptr<FeedDevice> device_;
  QTimer* timer_;  // a child: it moves to the thread with this
  QAudioFormat format_;
  double volume_ = 1.0;
  qint64 processedAtLook_ = 0;  // microseconds, the device's own count
  std::chrono::steady_clock::time_point lastMoved_;
  // guarded by mutex_
  mutable std::mutex mutex_;
  std::shared_ptr<AudioFeed> feed_;
  std::int64_t framesAtLook_ = 0;
  std::chrono::steady_clock::time_point timeOfLook_;
};

}  // namespace chladni::ui
