// ClipReader: cuts the sound of a recording into windows on a thread of its own, a bounded number ahead, so that
// decoding and resampling overlap inference. One thread calls next(); destruction stops the reader thread and joins.
// Private to core/analysis.
#pragma once

#include <condition_variable>
#include <deque>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "core/analysis/sound_file.h"

namespace chladni::analysis {

struct ClipPlan {
  SampleRate rate;
  ChannelMix mix = ChannelMix::first;
  std::int64_t windowSamples = 0;
  std::int64_t hopSamples = 0;
  std::int64_t leastSamples = 0;  // shorter clips are padded with silence to this
  std::int64_t firstSample = 0;
  std::optional<std::int64_t> endSample;  // else the end of the sound
};

struct CutClip {
  std::vector<float> sound;
  TimeRange window;  // of media, without padding
};

class ClipReader {
 public:
  ClipReader(std::shared_ptr<const SoundFile> sound, ClipPlan plan, std::size_t ahead);
  // Up to `most` clips, at least one; none at the end.
  Result<std::vector<CutClip>> next(std::size_t most, std::stop_token stop);

 private:
  void run(const std::stop_token& stop);
  Result<void> cutAll(const std::stop_token& stop);
  bool deliver(CutClip clip, const std::stop_token& stop);

  const std::shared_ptr<const SoundFile> sound_;
  const ClipPlan plan_;
  const std::size_t ahead_;
  // guarded by mutex_
  std::mutex mutex_;
  std::condition_variable_any changed_;
  std::deque<CutClip> clips_;
  bool ended_ = false;
  std::optional<Error> failure_;
  // last, so that it is joined before anything above dies
  std::jthread thread_;
};

}  // namespace chladni::analysis
