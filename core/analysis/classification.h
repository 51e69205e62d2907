// Classifying a recording window by window, and asking what the model attended to. Blocking functions that the command
// line calls directly and InferenceService calls on its worker. Decoding and resampling overlap inference (a reader
// thread fills a bounded queue of clips). Finished windows are kept when stopped: the partial Prediction is delivered.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <stop_token>

#include "core/analysis/recording.h"
#include "core/base/progress.h"
#include "core/data/attention_map.h"
#include "core/data/prediction.h"
#include "core/data/video_frame.h"
#include "core/inference/model_family.h"

namespace chladni::analysis {

inline constexpr std::uintmax_t kMostLyrics = 1 << 20;  // bytes of a file of lyrics

// What a model that takes both is given of sound and lyrics.
enum class HeardPart { all, soundOnly, lyricsOnly };

struct ClassifyOptions {
  double windowSeconds = 0.0;  // 0: the model's own clip length
  double hopSeconds = 0.0;     // 0: the model's recommended hop, else the window
  std::string lyrics;          // for models that read
  HeardPart part = HeardPart::all;
  std::optional<TimeRange> range = std::nullopt;  // only this stretch, clipped to the file; else all of it
};

using PredictionSink = std::function<void(std::shared_ptr<const Prediction>)>;

// Windows start at 0 (or where the range does), hop apart; the last one ends with the sound and is a whole window too, so it may overlap the one
// before by more. Only a file shorter than a window has a shorter one, padded as the front end says. Clip scores: mean of the windows' probabilities, weighted by seconds of media.
// `partial` is called now and then with what is finished so far.
Result<std::shared_ptr<const Prediction>> classify(const Recording& recording, const inference::LoadedModel& model,
                                                   const ClassifyOptions& options, const ProgressSink& progress,
                                                   const PredictionSink& partial, std::stop_token stop);

struct Attention {
  std::shared_ptr<const AttentionMap> map;
  std::shared_ptr<const Matrix> input;        // exactly the tensor the model heard [column, bin]; null without sound
  std::shared_ptr<const VideoFrame> picture;  // the square that it saw, before scaling; null without a picture
  int layers = 0, heads = 0;                  // of the model
};

// The clip is the model's clip length of sound centred at `at` where the file allows it.
Result<Attention> attend(const Recording& recording, const inference::LoadedModel& model, MediaTime at,
                         const inference::AttentionRequest& request, std::stop_token stop);
Result<Attention> attendOverview(const Recording& recording, const inference::LoadedModel& model, MediaTime at,
                                 std::stop_token stop);

}  // namespace chladni::analysis
