#include "core/analysis/recording.h"

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>
#include <utility>

#include "core/analysis/peak_cache.h"
#include "core/analysis/spectrogram_tiles.h"

namespace chladni::analysis {

namespace {

constexpr std::size_t kQueuedBlocks = 64;
constexpr std::size_t kKeptBuilds = 3;
using Pyramids = std::vector<std::shared_ptr<MinMaxPyramid>>;

Error noSound(const std::filesystem::path& path) {
  return {ErrorCode::notFound, path.string() + ": no audio stream; there is only a picture to analyse", {}};
}

// Mono blocks on their way from the decoder to the spectrogram. When the spectrogram cannot keep up the decoder does
// not wait: the feeder reads the rest of the file itself, so that the overview is there as fast as the file decodes.
class SpectrogramFeeder {
 public:
  SpectrogramFeeder(std::shared_ptr<const SoundFile> sound, std::shared_ptr<CoarseSpectrogram> spectrogram,
                    std::stop_token stop)
      : sound_(std::move(sound)), spectrogram_(std::move(spectrogram)), stop_(std::move(stop)) {
    if (spectrogram_) thread_ = std::jthread([this] { run(); });
  }

  void offer(std::vector<float> mono) {
    {
      const std::lock_guard lock(mutex_);
      if (!spectrogram_ || overflowed_) return;
      if (blocks_.size() >= kQueuedBlocks)
        overflowed_ = true;
      else
        blocks_.push_back(std::move(mono));
    }
    wake_.notify_one();
  }
  // No more sound; `complete` false when it was not decoded to its end.
  void close(bool complete) {
    {
      const std::lock_guard lock(mutex_);
      closed_ = true;
      complete_ = complete;
    }
    wake_.notify_one();
  }
  // After close().
  void join() {
    if (thread_.joinable()) thread_.join();
  }

 private:
  void run() {
    std::int64_t fed = 0;
    for (;;) {
      std::unique_lock lock(mutex_);
      wake_.wait(lock, [&] { return !blocks_.empty() || closed_ || overflowed_; });
      if (blocks_.empty()) break;
      const std::vector<float> block = std::move(blocks_.front());
      blocks_.pop_front();
      lock.unlock();
      if (stop_.stop_requested() || !spectrogram_->append(block)) return;
      fed += static_cast<std::int64_t>(block.size());
    }
    if (overflowed_) {
      const Result<void> rest = feedFromFile(*sound_, *spectrogram_, fed, stop_);
      static_cast<void>(rest);  // unfinished then, which is what its readers look at
    } else if (complete_) {
      const Result<void> finished = spectrogram_->finish();
      static_cast<void>(finished);
    }
  }

  const std::shared_ptr<const SoundFile> sound_;
  const std::shared_ptr<CoarseSpectrogram> spectrogram_;
  const std::stop_token stop_;
  // guarded by mutex_ until closed or overflowed, constant afterwards
  std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<std::vector<float>> blocks_;
  bool overflowed_ = false;
  bool closed_ = false;
  bool complete_ = false;
  std::jthread thread_;
};

std::vector<float> meanOf(AudioBuffer& block) {
  std::vector<float> mean = block.channels.front();
  if (block.channels.size() == 1) return mean;
  for (std::size_t c = 1; c < block.channels.size(); ++c) {
    const float* from = block.channels[c].data();
    for (std::size_t n = 0; n < mean.size(); ++n) mean[n] += from[n];
  }
  const float scale = 1.0F / static_cast<float>(block.channels.size());
  for (float& value : mean) value *= scale;
  return mean;
}

}  // namespace

struct Recording::State {
  std::filesystem::path path;
  media::MediaInfo info;
  std::shared_ptr<SoundFile> sound;  // null without an audio stream
  std::atomic<bool> scanned{false};
  std::atomic<double> duration{0.0};
  // guarded by mutex
  mutable std::mutex mutex;
  std::vector<std::shared_ptr<const MinMaxPyramid>> pyramids;  // one a channel
  Pyramids unfilled;                                           // the same, before the first scan
  mutable std::vector<std::shared_ptr<CoarseBuild>> builds;    // most recently used last

  void adoptCache() {
    const auto key = sound->identity().contentKey();
    if (!key) return;
    auto cached = loadPeaks(*key);
    if (!cached || cached->rate != sound->rate().hz() || cached->pyramids.size() != pyramidCount()) return;
    pyramids = std::move(cached->pyramids);
    setExact(cached->samples);
  }
  [[nodiscard]] std::size_t pyramidCount() const { return static_cast<std::size_t>(info.audio.front().channels); }
  // The ones made by open() serve the first scan, so that who asked early sees them fill.
  Pyramids pyramidsToFill() {
    const std::lock_guard lock(mutex);
    if (!unfilled.empty()) return std::exchange(unfilled, {});
    Pyramids fresh(pyramidCount());
    for (auto& pyramid : fresh) pyramid = std::make_shared<MinMaxPyramid>();
    pyramids.assign(fresh.begin(), fresh.end());
    return fresh;
  }
  void setExact(std::int64_t samples) {
    sound->setSamples(samples);
    double seconds = static_cast<double>(samples) / sound->rate().hz();
    if (const auto* video = info.mainVideo()) seconds = std::max(seconds, video->startSeconds + video->durationSeconds);
    duration.store(seconds);
    scanned.store(true, std::memory_order_release);
  }
  Result<std::shared_ptr<CoarseBuild>> build(const SpectrogramSettings& settings) const {
    const std::lock_guard lock(mutex);
    const auto found = std::find_if(builds.begin(), builds.end(),
                                    [&](const auto& build) { return build->settings() == settings; });
    if (found != builds.end()) {
      std::rotate(found, found + 1, builds.end());
      return builds.back();
    }
    auto engine = SpectrumEngine::create(settings, sound->rate());
    if (!engine) return fail(engine.error());
    const bool leftToScan = settings == SpectrogramSettings{} && !scanned.load();
    builds.push_back(std::make_shared<CoarseBuild>(settings, std::move(*engine), leftToScan));
    if (builds.size() > kKeptBuilds) builds.erase(builds.begin());
    return builds.back();
  }

  Result<void> decode(const Pyramids& into, SpectrogramFeeder& feeder, const ProgressSink& progress,
                      const std::stop_token& stop);
};

Recording::Recording(std::unique_ptr<State> state) : state_(std::move(state)) {}
Recording::~Recording() = default;

Result<std::shared_ptr<Recording>> Recording::open(const std::filesystem::path& path) {
  auto info = media::probe(path);
  if (!info) return fail(info.error());
  auto identity = FileIdentity::of(path);
  if (!identity) return fail(identity.error());
  auto state = std::make_unique<State>();
  state->path = path;
  state->info = std::move(*info);
  state->duration.store(state->info.durationSeconds);
  if (state->info.hasAudio()) {
    const media::AudioStreamInfo& stream = state->info.audio.front();
    const double seconds = stream.durationSeconds > 0.0 ? stream.startSeconds + stream.durationSeconds
                                                        : state->info.durationSeconds;
    state->sound = std::make_shared<SoundFile>(std::move(*identity), stream.rate,
                                               stream.rate.samples(MediaTime::fromSeconds(seconds)));
    state->unfilled = state->pyramidsToFill();
    state->adoptCache();
  } else {
    state->scanned.store(true);
  }
  return std::shared_ptr<Recording>(new Recording(std::move(state)));
}

const std::filesystem::path& Recording::path() const { return state_->path; }
const media::MediaInfo& Recording::info() const { return state_->info; }
bool Recording::hasAudio() const { return state_->info.hasAudio(); }
bool Recording::hasVideo() const { return state_->info.hasVideo(); }
double Recording::durationSeconds() const { return state_->duration.load(); }
bool Recording::scanned() const { return state_->scanned.load(std::memory_order_acquire); }

std::vector<std::shared_ptr<const MinMaxPyramid>> Recording::peaks() const {
  const std::lock_guard lock(state_->mutex);
  return state_->pyramids;
}

SampleRate Recording::rate() const { return state_->sound ? state_->sound->rate() : SampleRate{}; }

Result<void> Recording::State::decode(const Pyramids& into, SpectrogramFeeder& feeder, const ProgressSink& progress,
                                      const std::stop_token& stop) {
  auto reader = sound->openReader(sound->rate(), std::nullopt, stop);
  if (!reader) return fail(reader.error());
  const std::int64_t expected = sound->samples();
  std::int64_t done = 0;
  for (;;) {
    if (stop.stop_requested()) return fail(ErrorCode::cancelled, "reading was stopped");
    auto block = reader->next(stop);
    if (!block) return fail(block.error());
    if (!*block) break;
    std::vector<float> mean = meanOf(**block);
    for (std::size_t c = 0; c < std::min(into.size(), (*block)->channels.size()); ++c)
      into[c]->append((*block)->channels[c]);
    done += (*block)->samples();
    feeder.offer(std::move(mean));
    if (progress) progress({"reading", std::min(done, expected), expected});
  }
  for (const auto& pyramid : into) pyramid->finish();
  auto unchanged = sound->identity().unchanged();
  if (!unchanged) return unchanged;
  setExact(done);
  return {};
}

Result<void> Recording::scan(const ProgressSink& progress, std::stop_token stop) {
  State& state = *state_;
  if (state.scanned.load() || !state.sound) return {};
  auto build = state.build(SpectrogramSettings{});
  if (!build) return fail(build.error());
  const Pyramids pyramids = state.pyramidsToFill();
  const auto spectrogram = (*build)->claim();
  SpectrogramFeeder feeder(state.sound, spectrogram, stop);
  auto decoded = state.decode(pyramids, feeder, progress, stop);
  feeder.close(decoded.has_value());
  if (decoded) {
    if (const auto key = state.sound->identity().contentKey())
      storePeaks(*key, {state.sound->samples(), state.sound->rate().hz(), {pyramids.begin(), pyramids.end()}});
  }
  feeder.join();
  if (spectrogram) (*build)->release();
  return decoded;
}

std::shared_ptr<TileSource> Recording::spectrogram(const SpectrogramSettings& settings) const {
  if (!state_->sound) return emptyTiles(noSound(state_->path));
  auto build = state_->build(settings);
  if (!build) return emptyTiles(build.error());
  return std::make_shared<SpectrogramTiles>(state_->sound, std::move(*build));
}

Result<AudioBuffer> Recording::readAudio(TimeRange range, SampleRate rate, ChannelMix mix,
                                         std::stop_token stop) const {
  if (!state_->sound) return fail(noSound(state_->path));
  if (!rate.valid()) rate = state_->sound->rate();
  return state_->sound->read(rate, mix, rate.samples(range.start), rate.samples(range.end), stop);
}

Result<AudioBuffer> Recording::readSamples(std::int64_t first, std::int64_t last, std::stop_token stop) const {
  if (!state_->sound) return fail(noSound(state_->path));
  return state_->sound->read(state_->sound->rate(), std::nullopt, first, last, stop);
}

Result<std::shared_ptr<const SoundFile>> Recording::sound() const {
  if (!state_->sound) return fail(noSound(state_->path));
  return std::shared_ptr<const SoundFile>(state_->sound);
}

}  // namespace chladni::analysis
