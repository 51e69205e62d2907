// Which video frames a model is shown. Frame numbers count from 0; times are seconds from the start of the clip.
// Pure functions; any thread.
// References: the frame extractor and loader of CAV-MAE; the visualisation script of the published AVE code.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "core/data/picture_spec.h"

namespace chladni::picture {

// The published extractor: `frames` evenly spaced pictures of the first `seconds` of a video; number i is
// floor(i n / frames) of the n = min(floor(count), floor(seconds * rate)) frames. Empty when n is 0.
std::vector<std::int64_t> storedFrameIndices(double count, double rate, int frames = 10, double seconds = 10.0);

// Which of the stored pictures is shown in evaluation: the middle one.
int evaluationFrame(int frames = 10);

// The wanted picture or the next lower one that exists; nothing when none does.
std::optional<int> availableFrame(const std::vector<bool>& exists, int wanted);

// AVE: step = floor(count / segments); sample i of segment l is floor(l step + i step / perSegment), segment by segment.
// Up to segments - 1 frames at the end are never shown, as published. A video of fewer frames than segments gives 0s.
std::vector<std::int64_t> segmentFrameIndices(std::int64_t count, int segments = 10, int perSegment = 16);

// When to look, for a clip of so many seconds: framesPerSecond evenly spaced times for each started second if given, else
// framesPerClip times; one alone is the middle of the clip, more stand at i / framesPerClip of it.
std::vector<double> frameTimes(const PictureSpec& spec, double clipSeconds);

}  // namespace chladni::picture
