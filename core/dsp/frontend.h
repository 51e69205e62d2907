// Frontend: executes a model's FrontendSpec (core/data/frontend_spec.h) on sound already at spec.rate: mix to one
// channel, subtract the mean, bring to spec.levelTarget, filter bank, pad or cut to targetFrames, normalise. Output
// [frame, bin], time first.
// Immutable after create(); any thread may call. The steps are also public one by one because training augments
// between them. create() fails with invalidArgument or unsupported; model input of a clip shorter than one window
// fails with invalidArgument unless spec.shortClip asks for the reference's constant features.
#pragma once

#include <memory>
#include <span>
#include <vector>

#include "core/base/result.h"
#include "core/data/audio_buffer.h"
#include "core/data/frontend_spec.h"
#include "core/data/matrix.h"

namespace chladni::dsp {

class FeatureExtractor;

class Frontend {
 public:
  static Result<Frontend> create(const FrontendSpec& spec);

  [[nodiscard]] const FrontendSpec& spec() const { return spec_; }
  [[nodiscard]] std::int64_t bins() const;
  [[nodiscard]] std::int64_t frames(std::int64_t samples) const;  // before padding or cutting

  // What the model sees, [targetFrames, bins]; with targetFrames 0, every frame of the sound.
  [[nodiscard]] Result<Matrix> modelInput(std::span<const float> mono) const;
  [[nodiscard]] Result<Matrix> modelInput(const AudioBuffer& sound) const;
  // The published loaders' features of a sound that could not be read: 0.01 in every normalised value.
  [[nodiscard]] Matrix unreadableInput() const;

  // The steps of modelInput.
  [[nodiscard]] std::vector<float> mixDown(const AudioBuffer& sound) const;     // channel choice and mean subtraction
  [[nodiscard]] Result<Matrix> features(std::span<const float> centred) const;  // filter bank and short-clip rule
  [[nodiscard]] Matrix fitFrames(Matrix features) const;                        // pad with padValue or cut
  void normalise(Matrix& features) const;

 private:
  Frontend(const FrontendSpec& spec, std::shared_ptr<const FeatureExtractor> extractor);
  [[nodiscard]] Result<Matrix> features(std::span<const float> sound, float offset) const;
  [[nodiscard]] std::vector<float> levelled(std::span<const float> sound, float offset) const;
  [[nodiscard]] Result<Matrix> finished(Result<Matrix> table) const;

  FrontendSpec spec_;
  std::shared_ptr<const FeatureExtractor> extractor_;
};

}  // namespace chladni::dsp
