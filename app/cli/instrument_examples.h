// InstrumentExamples: training examples of instruments made on the fly: a phrase assembled from recorded or rendered
// notes, sometimes with a second instrument under it, then room, equaliser, noise and level, then the model's own front
// end, then SpecAugment. Example `index` is the same whenever it is asked for. Immutable; any thread.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/dsp/frontend.h"
#include "core/synth/phrase_assembler.h"
#include "core/training/example_source.h"

namespace chladni::cli {

struct ExampleOptions {
  double recordedShare = 0.65;   // when a class has both kinds of notes
  double renderedWeight = 0.6;   // how often a class without recordings is drawn, against 1
  double mixture = 0.06;         // probability of a second instrument
  double colour = 0.6;           // strength of room, equaliser and noise
  double masking = 0.15;         // probability of each SpecAugment mask
};

class InstrumentExamples final : public training::ExampleSource {
 public:
  InstrumentExamples(const synth::PhraseAssembler& assembler, dsp::Frontend frontend, std::vector<std::string> classes,
                     const std::map<std::string, bool>& recorded, ExampleOptions options);

  [[nodiscard]] std::int64_t rows() const override { return frontend_.spec().targetFrames; }
  [[nodiscard]] std::int64_t columns() const override { return frontend_.bins(); }
  [[nodiscard]] std::int64_t classes() const override { return static_cast<std::int64_t>(classes_.size()); }
  Result<void> example(std::uint64_t index, std::span<float> input, std::span<float> target) const override;

 private:
  [[nodiscard]] std::size_t drawClass(synth::Random& random) const;
  [[nodiscard]] std::vector<float> sound(std::span<float> target, synth::Random& random) const;
  void mask(Matrix& features, synth::Random& random) const;

  const synth::PhraseAssembler& assembler_;
  dsp::Frontend frontend_;
  std::vector<std::string> classes_;
  std::vector<double> cumulative_;  // of the weights of the classes
  ExampleOptions options_;
};

}  // namespace chladni::cli
