#include "core/analysis/features.h"

#include <algorithm>
#include <cmath>

#include "core/analysis/model_clip.h"

namespace chladni::analysis {

namespace {

constexpr std::int64_t kRowsAtOnce = 8;

struct Windows {
  double hop = 1.0;
  double window = 1.0;
  [[nodiscard]] TimeRange at(std::int64_t row) const {
    const double start = static_cast<double>(row) * hop;
    return {MediaTime::fromSeconds(start), MediaTime::fromSeconds(start + window)};
  }
};

// Sound of windows [first, last): decoded once, cut, each filled up with silence to its length.
Result<std::vector<std::vector<float>>> soundOf(const Recording& recording, const FrontendSpec& frontend,
                                                const Windows& windows, std::int64_t first, std::int64_t last,
                                                const std::stop_token& stop) {
  const MediaTime from = windows.at(first).start;
  auto sound = recording.readAudio({from, windows.at(last - 1).end}, frontend.rate, frontend.channelMix, stop);
  if (!sound) return fail(sound.error());
  const std::vector<float> none;
  const std::vector<float>& samples = sound->channels.empty() ? none : sound->channels.front();
  const std::int64_t lead = frontend.rate.samples(sound->startTime - from);
  const auto length = frontend.rate.samples(MediaTime::fromSeconds(windows.window));
  std::vector<std::vector<float>> cut;
  for (std::int64_t row = first; row < last; ++row) {
    const std::int64_t start = frontend.rate.samples(windows.at(row).start - from) - lead;
    std::vector<float> window(static_cast<std::size_t>(length), 0.0F);
    const std::int64_t begin = std::clamp<std::int64_t>(start, 0, static_cast<std::int64_t>(samples.size()));
    const std::int64_t end = std::clamp<std::int64_t>(start + length, begin, static_cast<std::int64_t>(samples.size()));
    std::copy(samples.begin() + begin, samples.begin() + end, window.begin() + (begin - start));
    cut.push_back(std::move(window));
  }
  return cut;
}

}  // namespace

std::int64_t featureRows(const Recording& recording, const inference::FeatureExtractor& extractor) {
  return std::max<std::int64_t>(1, std::llround(recording.durationSeconds() / extractor.hopSeconds()));
}

Result<void> extractFeatures(const Recording& recording, const inference::LoadedModel& backbone, const FeatureOptions& options,
                             const FeatureSink& sink, const ProgressSink& progress, std::stop_token stop) {
  const auto* extractor = backbone.featureExtractor();
  if (!extractor) return fail(ErrorCode::unsupported, backbone.spec().name + ": this model gives no features; choose a backbone");
  auto cutter = ModelClipCutter::open(recording, backbone.spec(), stop);
  if (!cutter) return fail(cutter.error());
  const std::string tap = options.tap.empty() ? extractor->taps().front().name : options.tap;
  const Windows windows{extractor->hopSeconds(), extractor->windowSeconds()};
  const std::int64_t all = featureRows(recording, *extractor);
  const std::int64_t end = options.rows < 0 ? all : std::min(all, options.firstRow + options.rows);
  for (std::int64_t first = options.firstRow; first < end; first += kRowsAtOnce) {
    const std::int64_t last = std::min(end, first + kRowsAtOnce);
    std::vector<ModelClip> clips(static_cast<std::size_t>(last - first));
    if (cutter->hears()) {
      auto sound = soundOf(recording, backbone.spec().frontend, windows, first, last, stop);
      if (!sound) return fail(sound.error());
      for (std::size_t i = 0; i < clips.size(); ++i) clips[i].sound = std::move((*sound)[i]);
    }
    std::vector<inference::ModelInput> inputs;
    for (std::int64_t row = first; row < last; ++row) {
      ModelClip& clip = clips[static_cast<std::size_t>(row - first)];
      auto frames = cutter->frames(windows.at(row), stop);
      if (!frames) return fail(frames.error());
      clip.frames = std::move(*frames);
      inputs.push_back(clip.input());
    }
    auto block = extractor->features(inputs, tap, stop);
    if (!block) return fail(block.error());
    if (auto taken = sink(*block); !taken) return taken;
    if (progress) progress({"features", last, end});
  }
  return {};
}

Result<inference::FeatureBlock> allFeatures(const Recording& recording, const inference::LoadedModel& backbone,
                                            const FeatureOptions& options, const ProgressSink& progress, std::stop_token stop) {
  inference::FeatureBlock all;
  const auto append = [&](const inference::FeatureBlock& block) -> Result<void> {
    if (all.rows == 0) all = inference::FeatureBlock{0, block.shape, {}, block.hopSeconds, block.windowSeconds};
    all.rows += block.rows;
    all.values.insert(all.values.end(), block.values.begin(), block.values.end());
    return {};
  };
  auto done = extractFeatures(recording, backbone, options, append, progress, std::move(stop));
  if (!done) return fail(done.error());
  return all;
}

}  // namespace chladni::analysis
