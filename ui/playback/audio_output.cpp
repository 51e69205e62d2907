#include "ui/playback/audio_output.h"

#include "ui/playback/sink_thread.h"

namespace chladni::ui {

AudioOutput::AudioOutput(QObject* parent) : QObject(parent), sink_(new SinkThread), toSink_(sink_) {
  thread_.setObjectName("audio");
  sink_->moveToThread(&thread_);
  connect(&thread_, &QThread::finished, sink_, &QObject::deleteLater);
  connect(sink_, &SinkThread::unavailable, this, &AudioOutput::unavailable);
}

AudioOutput::~AudioOutput() {
  if (thread_.isRunning()) {
    thread_.quit();
    thread_.wait();
  } else {
    delete sink_;
  }
}

void AudioOutput::start(const std::filesystem::path& path, MediaTime from, std::optional<TimeRange> loop,
                        const Rendering& rendering) {
  if (!thread_.isRunning()) thread_.start(QThread::TimeCriticalPriority);
  toSink_([sink = sink_, path, from, loop, rendering] { sink->start(path, from, loop, rendering); });
}

void AudioOutput::seek(MediaTime to, std::optional<TimeRange> loop, const Rendering& rendering) {
  if (const auto feed = sink_->feed()) feed->seek(to, loop, rendering);
}

void AudioOutput::stop() {
  if (thread_.isRunning()) toSink_([sink = sink_] { sink->stop(); });
}

void AudioOutput::setVolume(double volume) {
  if (thread_.isRunning()) toSink_([sink = sink_, volume] { sink->setVolume(volume); });
}

std::optional<MediaTime> AudioOutput::heard() const {
  const auto feed = sink_->feed();
  if (!feed) return std::nullopt;
  const std::int64_t frames = sink_->heardFrames();
  return frames > 0 ? feed->mediaAt(frames) : std::nullopt;
}

bool AudioOutput::finished() const {
  const auto feed = sink_->feed();
  return feed && feed->finished(sink_->heardFrames());
}

}  // namespace chladni::ui
