// ModelClip: a stretch of a recording as one model is shown it: sound at the model's rate, video frames where the model's
// picture front end wants them, lyrics. Only what the model uses is decoded. Blocking; for workers.
#pragma once

#include <stop_token>
#include <string>
#include <vector>

#include "core/analysis/recording.h"
#include "core/inference/model_input.h"
#include "core/inference/model_spec.h"
#include "core/media/video_reader.h"

namespace chladni::analysis {

struct ModelClip {
  std::vector<float> sound;        // empty: the model hears nothing or the file is silent
  std::vector<VideoFrame> frames;  // empty: the model sees nothing or the file has no picture
  std::string lyrics;
  TimeRange span;                  // of media
  [[nodiscard]] inference::ModelInput input() const;
};

// When the model looks, for a clip that covers `span`: one moment in the middle, so many spread evenly, or so many a second.
std::vector<MediaTime> frameTimes(const PictureSpec& picture, const TimeRange& span);

// Cuts clips out of one recording; rising times are fastest. One thread at a time.
class ModelClipCutter {
 public:
  // Fails with notFound when the file has nothing that the model could use, saying what that would be.
  static Result<ModelClipCutter> open(const Recording& recording, const inference::ModelSpec& spec, std::stop_token stop);

  // The stretch is clipped to the file. Sound shorter than one analysis window is filled up with silence.
  Result<ModelClip> cut(const TimeRange& span, std::stop_token stop);
  // Frames alone, for callers that stream the sound themselves.
  Result<std::vector<VideoFrame>> frames(const TimeRange& span, std::stop_token stop);
  [[nodiscard]] bool hears() const { return hears_; }
  [[nodiscard]] bool sees() const { return video_.has_value(); }

 private:
  ModelClipCutter(const Recording& recording, const inference::ModelSpec& spec) : recording_(&recording), spec_(&spec) {}
  const Recording* recording_;
  const inference::ModelSpec* spec_;
  bool hears_ = false;
  std::optional<media::VideoReader> video_;
};

// The model's own length of media, in seconds; of models that take any length, what the package recommends, else 10.
double clipSeconds(const inference::ModelSpec& spec);
// The clip of the model's own length centred at `at` where the file allows it. Fails with invalidArgument when the file
// has nothing there.
Result<ModelClip> clipAround(const Recording& recording, const inference::ModelSpec& spec, MediaTime at,
                             std::stop_token stop);

}  // namespace chladni::analysis
