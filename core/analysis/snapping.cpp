#include "core/analysis/snapping.h"

#include <algorithm>
#include <cmath>

#include "core/dsp/onset.h"
#include "core/media/audio_reader.h"
#include "core/media/video_reader.h"

namespace chladni::analysis {
namespace {

constexpr int kBinsPerColour = 16;
constexpr int kPictureSize = 64;
constexpr std::int64_t kAround = 8;       // pictures to each side that a cut stands out from
constexpr float kLeastDistance = 0.25F;   // half the L1 distance of two histograms, 0..1
constexpr float kStandsOut = 4.0F;        // times the mean around

MediaTime distance(MediaTime a, MediaTime b) { return a < b ? b - a : a - b; }

class Nearest {
 public:
  Nearest(MediaTime at, MediaTime within, std::optional<MediaTime> except) : at_(at), within_(within), except_(except) {}

  void offer(MediaTime target, SnapKind kind) {
    if (except_ == target || distance(at_, target) > within_) return;
    if (!best_ || distance(at_, target) < distance(at_, best_->at)) best_ = SnapPoint{target, kind};
  }
  // The two neighbours of the instant are enough; a third in case one of them is excepted.
  void offer(const std::vector<MediaTime>& targets, SnapKind kind) {
    const auto next = std::lower_bound(targets.begin(), targets.end(), at_);
    for (auto it = next; it != targets.end() && it - next < 2; ++it) offer(*it, kind);
    for (auto it = next; it != targets.begin() && next - it < 2;) offer(*--it, kind);
  }
  [[nodiscard]] std::optional<SnapPoint> best() const { return best_; }

 private:
  MediaTime at_;
  MediaTime within_;
  std::optional<MediaTime> except_;
  std::optional<SnapPoint> best_;
};

float distance(const std::vector<float>& a, const std::vector<float>& b) {
  float sum = 0.0F;
  for (std::size_t i = 0; i < std::min(a.size(), b.size()); ++i) sum += std::abs(a[i] - b[i]);
  return sum / 2.0F;
}

}  // namespace

std::optional<SnapPoint> snapPoint(const SnapTargets& targets, MediaTime at, MediaTime within, std::optional<MediaTime> except) {
  Nearest nearest(at, within, except);
  nearest.offer(targets.edges, SnapKind::edge);
  nearest.offer(targets.onsets, SnapKind::onset);
  nearest.offer(targets.cuts, SnapKind::cut);
  if (const std::int64_t step = targets.gridStep.nanoseconds(); step > 0) {
    const auto line = std::llround(static_cast<double>(at.nanoseconds()) / static_cast<double>(step));
    nearest.offer(MediaTime::fromNanoseconds(line * step), SnapKind::grid);
  }
  return nearest.best();
}

std::vector<MediaTime> edgesOf(const std::vector<LabelTrack>& tracks) {
  std::vector<MediaTime> edges;
  for (const LabelTrack& track : tracks) {
    for (const Label& label : track.labels) {
      if (label.state == LabelState::rejected) continue;
      edges.push_back(label.span.start);
      edges.push_back(label.span.end);
    }
  }
  std::sort(edges.begin(), edges.end());
  edges.erase(std::unique(edges.begin(), edges.end()), edges.end());
  return edges;
}

Result<std::vector<MediaTime>> onsetsOf(const Recording& recording, std::stop_token stop) {
  if (!recording.hasAudio()) return std::vector<MediaTime>{};
  media::AudioReaderOptions options;
  options.mix = ChannelMix::mean;
  auto reader = media::AudioReader::open(recording.path(), options, stop);
  if (!reader) return fail(reader.error());
  auto detector = dsp::OnsetDetector::create(reader->info().rate);
  if (!detector) return fail(detector.error());
  for (;;) {
    auto block = reader->next(stop);
    if (!block) return fail(block.error());
    if (!*block) return detector->finish();
    detector->push((*block)->channels.front());
  }
}

Look lookOf(const VideoFrame& frame) {
  Look look{frame.time, std::vector<float>(3 * kBinsPerColour, 0.0F)};
  if (frame.rgb.empty()) return look;
  const float one = 1.0F / static_cast<float>(frame.rgb.size());
  for (std::size_t i = 0; i < frame.rgb.size(); ++i) look.histogram[i % 3 * kBinsPerColour + frame.rgb[i] * kBinsPerColour / 256] += one;
  return look;
}

std::vector<MediaTime> cutsAmong(const std::vector<Look>& looks) {
  std::vector<float> change(looks.size(), 0.0F);
  for (std::size_t i = 1; i < looks.size(); ++i) change[i] = distance(looks[i - 1].histogram, looks[i].histogram);
  std::vector<MediaTime> cuts;
  const auto count = static_cast<std::int64_t>(looks.size());
  for (std::int64_t i = 1; i < count; ++i) {
    const float here = change[static_cast<std::size_t>(i)];
    if (here < kLeastDistance) continue;
    float around = 0.0F;
    int neighbours = 0;
    for (std::int64_t k = std::max<std::int64_t>(1, i - kAround); k <= std::min(count - 1, i + kAround); ++k) {
      if (k == i) continue;
      around += change[static_cast<std::size_t>(k)];
      ++neighbours;
    }
    if (neighbours == 0 || here >= kStandsOut * around / static_cast<float>(neighbours)) cuts.push_back(looks[static_cast<std::size_t>(i)].at);
  }
  return cuts;
}

Result<std::vector<MediaTime>> cutsOf(const Recording& recording, std::stop_token stop) {
  if (!recording.hasVideo() || recording.durationSeconds() > kLongestForCuts) return std::vector<MediaTime>{};
  media::VideoReaderOptions options;
  options.maxWidth = options.maxHeight = kPictureSize;
  options.quick = true;
  auto reader = media::VideoReader::open(recording.path(), options, stop);
  if (!reader) return fail(reader.error());
  std::vector<Look> looks;
  for (;;) {
    auto frame = reader->next(stop);
    if (!frame) return fail(frame.error());
    if (!*frame) return cutsAmong(looks);
    looks.push_back(lookOf(**frame));
  }
}

}  // namespace chladni::analysis
