#include "ui/playback/sink_thread.h"

#include <QAudioDevice>
#include <QMediaDevices>
#include <algorithm>
#include <cmath>
#include <cstring>
#include <utility>

namespace chladni::ui {
namespace {

constexpr int kBufferMs = 120;  // long enough for a busy machine, short enough for a seek to feel immediate
constexpr int kLookMs = 15;
constexpr auto kStillLimit = std::chrono::seconds(4);  // devices that wake up take their time, those that are gone for ever
constexpr auto kCarryLimit = std::chrono::milliseconds(60);  // how long to trust the steady clock between looks

// The device's own rate when it takes stereo floats or 16-bit integers there; an invalid format when it takes neither.
QAudioFormat stereoFormat(const QAudioDevice& device) {
  QAudioFormat format = device.preferredFormat();
  if (format.sampleRate() <= 0) format.setSampleRate(48000);
  format.setChannelCount(AudioFeed::kChannels);
  for (const auto kind : {QAudioFormat::Float, QAudioFormat::Int16}) {
    format.setSampleFormat(kind);
    if (device.isFormatSupported(format)) return format;
  }
  return {};
}

// The platform layer complains on stderr when there is no sound server; the window says it better.
QAudioDevice defaultDevice() {
  const auto before = qInstallMessageHandler([](QtMsgType, const QMessageLogContext&, const QString&) {});
  const QAudioDevice device = QMediaDevices::defaultAudioOutput();
  qInstallMessageHandler(before);
  return device;
}

}  // namespace

FeedDevice::FeedDevice(std::shared_ptr<AudioFeed> feed, QAudioFormat::SampleFormat format)
    : feed_(std::move(feed)), format_(format) {
  open(QIODevice::ReadOnly | QIODevice::Unbuffered);
}

qint64 FeedDevice::bytesAvailable() const { return 1 << 20; }

qint64 FeedDevice::readData(char* data, qint64 size) {
  const qint64 bytesPerValue = format_ == QAudioFormat::Float ? 4 : 2;
  const qint64 values = size / (bytesPerValue * AudioFeed::kChannels) * AudioFeed::kChannels;
  scratch_.resize(static_cast<std::size_t>(values));
  feed_->pull(scratch_);
  if (format_ == QAudioFormat::Float) {
    std::memcpy(data, scratch_.data(), static_cast<std::size_t>(values) * sizeof(float));
  } else {
    for (qint64 i = 0; i < values; ++i) {
      const float clipped = std::clamp(scratch_[static_cast<std::size_t>(i)], -1.0F, 1.0F);
      const auto sample = static_cast<std::int16_t>(std::lround(clipped * 32767.0F));
      std::memcpy(data + 2 * i, &sample, sizeof sample);
    }
  }
  return values * bytesPerValue;
}

SinkThread::SinkThread() : timer_(new QTimer(this)) {
  timer_->setTimerType(Qt::PreciseTimer);
  timer_->setInterval(kLookMs);
  connect(timer_, &QTimer::timeout, this, &SinkThread::look);
}

SinkThread::~SinkThread() { stop(); }

void SinkThread::start(const std::filesystem::path& path, MediaTime from, std::optional<TimeRange> loop,
                       const Rendering& rendering) {
  stop();
  const QAudioDevice device = defaultDevice();
  format_ = device.isNull() ? QAudioFormat() : stereoFormat(device);
  if (!format_.isValid()) {
    Q_EMIT unavailable();
    return;
  }
  auto feed = std::make_shared<AudioFeed>(path, SampleRate(format_.sampleRate()));
  feed->seek(from, loop, rendering);
  device_ = std::make_unique<FeedDevice>(feed, format_.sampleFormat());
  sink_ = std::make_unique<QAudioSink>(device, format_);
  sink_->setBufferSize(format_.bytesForDuration(kBufferMs * 1000));
  sink_->setVolume(volume_);
  {
    const std::lock_guard lock(mutex_);
    feed_ = feed;
    framesAtLook_ = 0;
    timeOfLook_ = std::chrono::steady_clock::now();
  }
  processedAtLook_ = 0;
  lastMoved_ = std::chrono::steady_clock::now();
  sink_->start(device_.get());
  if (sink_->error() != QAudio::NoError) {
    stop();
    Q_EMIT unavailable();
    return;
  }
  timer_->start();
}

void SinkThread::stop() {
  timer_->stop();
  if (sink_) sink_->reset();
  sink_.reset();
  device_.reset();
  std::shared_ptr<AudioFeed> old;
  const std::lock_guard lock(mutex_);
  old.swap(feed_);
}

void SinkThread::setVolume(double volume) {
  volume_ = volume;
  if (sink_) sink_->setVolume(volume);
}

// A device that was unplugged, or whose server ended, says so or just takes no more.
bool SinkThread::lost() const {
  return sink_->state() == QAudio::StoppedState || sink_->error() == QAudio::FatalError || sink_->error() == QAudio::IOError ||
         std::chrono::steady_clock::now() - lastMoved_ > kStillLimit;
}

void SinkThread::look() {
  if (!sink_) return;
  const qint64 before = std::exchange(processedAtLook_, sink_->processedUSecs());
  if (processedAtLook_ != before) lastMoved_ = std::chrono::steady_clock::now();
  if (lost()) {
    stop();
    Q_EMIT unavailable();
    return;
  }
  const std::int64_t processed = format_.framesForDuration(processedAtLook_);
  const std::int64_t waiting = format_.framesForBytes(static_cast<qint32>(sink_->bufferSize() - sink_->bytesFree()));
  const std::lock_guard lock(mutex_);
  // Time does not run backwards, even when the device's own figures jitter.
  framesAtLook_ = std::max(framesAtLook_, processed - waiting);
  timeOfLook_ = std::chrono::steady_clock::now();
}

std::shared_ptr<AudioFeed> SinkThread::feed() const {
  const std::lock_guard lock(mutex_);
  return feed_;
}

std::int64_t SinkThread::heardFrames() const {
  const std::lock_guard lock(mutex_);
  if (!feed_ || framesAtLook_ <= 0) return 0;
  const auto since = std::min<std::chrono::steady_clock::duration>(
      std::chrono::steady_clock::now() - timeOfLook_, kCarryLimit);
  return framesAtLook_ + std::chrono::duration_cast<std::chrono::microseconds>(since).count() * feed_->rate().hz() / 1000000;
}

}  // namespace chladni::ui
