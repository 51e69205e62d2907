#include "core/analysis/clip_reader.h"

#include <algorithm>

namespace chladni::analysis {

ClipReader::ClipReader(std::shared_ptr<const SoundFile> sound, ClipPlan plan, std::size_t ahead)
    : sound_(std::move(sound)), plan_(plan), ahead_(ahead), thread_([this](const std::stop_token& stop) { run(stop); }) {}

Result<std::vector<CutClip>> ClipReader::next(std::size_t most, std::stop_token stop) {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, stop, [&] { return !clips_.empty() || ended_; });
  if (stop.stop_requested()) return fail(ErrorCode::cancelled, "classification was stopped");
  if (clips_.empty() && failure_) return fail(*failure_);
  std::vector<CutClip> batch;
  while (!clips_.empty() && batch.size() < most) {
    batch.push_back(std::move(clips_.front()));
    clips_.pop_front();
  }
  changed_.notify_all();
  return batch;
}

void ClipReader::run(const std::stop_token& stop) {
  const Result<void> cut = cutAll(stop);
  const std::lock_guard lock(mutex_);
  if (!cut) failure_ = cut.error();
  ended_ = true;
  changed_.notify_all();
}

bool ClipReader::deliver(CutClip clip, const std::stop_token& stop) {
  clip.sound.resize(std::max(clip.sound.size(), static_cast<std::size_t>(plan_.leastSamples)), 0.0F);
  std::unique_lock lock(mutex_);
  if (!changed_.wait(lock, stop, [&] { return clips_.size() < ahead_; })) return false;
  clips_.push_back(std::move(clip));
  changed_.notify_all();
  return true;
}

// Holds the sound from the start of the next window on, and the newest window of it, which the last clip may need.
Result<void> ClipReader::cutAll(const std::stop_token& stop) {
  auto reader = sound_->openReader(plan_.rate, plan_.mix, stop);
  if (!reader) return fail(reader.error());
  if (plan_.firstSample > 0) {
    auto sought = reader->seek(plan_.rate.time(plan_.firstSample), stop);
    if (!sought) return fail(sought.error());
  }
  std::vector<float> held;
  std::int64_t start = plan_.firstSample;  // of the next window; may lie beyond what is held when windows leave gaps
  std::int64_t heldStart = start;
  std::int64_t cutTo = 0;  // end of the last window cut
  const auto heldEnd = [&] { return heldStart + static_cast<std::int64_t>(held.size()); };
  const auto cut = [&](std::int64_t from, std::int64_t to) {
    cutTo = to;
    return deliver({{held.begin() + (from - heldStart), held.begin() + (to - heldStart)},
                    {plan_.rate.time(from), plan_.rate.time(to)}},
                   stop);
  };
  while (!plan_.endSample || heldEnd() < *plan_.endSample) {
    auto block = reader->next(stop);
    if (!block) return fail(block.error());
    if (!*block) break;
    const std::vector<float>& samples = (*block)->channels.front();
    held.insert(held.end(), samples.begin(), samples.end());
    if (plan_.endSample && heldEnd() > *plan_.endSample) held.resize(static_cast<std::size_t>(*plan_.endSample - heldStart));
    for (; start + plan_.windowSamples <= heldEnd(); start += plan_.hopSamples)
      if (!cut(start, start + plan_.windowSamples)) return fail(ErrorCode::cancelled, "classification was stopped");
    const std::int64_t drop = std::min(start, heldEnd() - plan_.windowSamples) - heldStart;
    if (drop <= 0) continue;
    held.erase(held.begin(), held.begin() + drop);
    heldStart += drop;
  }
  // What is left is shorter than a window: the last one moves back to end with the sound, rather than be mostly padding.
  const std::int64_t end = heldEnd();
  if (start < end && cutTo < end && !cut(std::max(heldStart, end - plan_.windowSamples), end))
    return fail(ErrorCode::cancelled, "classification was stopped");
  return {};
}

}  // namespace chladni::analysis
