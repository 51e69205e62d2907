// InstrumentExamples: training examples of instruments made on the fly: a phrase assembled from recorded or rendered
// notes, sometimes with others under it, sometimes nothing that is an instrument, then room, equaliser, noise and level,
// then the model's own front end, then SpecAugment. Fields: "input", "target" and, if asked for, "certainty": where something recorded
// sounds, a no to a class that has hardly any recordings counts less; else it would be learned that nothing recorded can be
// of such a class. A draw is the same whenever it is asked for. Immutable; any thread.
#pragma once

#include <map>
#include <span>
#include <string>
#include <vector>

#include "core/dsp/frontend.h"
#include "core/synth/phrase_assembler.h"
#include "core/training/examples.h"

namespace chladni::cli {

struct ExampleOptions {
  std::int64_t examples = 24000;  // length of an epoch
  double recordedShare = 0.5;     // when a class has both kinds of notes
  double renderedWeight = 1.0;    // how often a class without recordings is drawn, against 1
  double mixture = 0.06;          // probability of more than one instrument
  std::int64_t voices = 2;        // of a mixture, at most
  double nothing = 0.0;           // probability of an example without any instrument; targets are all 0 then
  double knownNothing = 0.7;      // share of those taken from sounds of no instrument in the bank, if it has any
  double background = 0.1;        // probability of such a sound under a phrase
  bool multiLabel = false;        // every instrument of a mixture is wholly right, instead of a share of one
  double colour = 0.75;           // strength of room, equaliser and noise
  bool certainty = false;         // the third field
  double leastCertainty = 0.25;   // of a no, said of a recording to a class that was learned from rendered notes alone
  double masking = 0.15;          // probability of each SpecAugment mask
  double labelSmoothing = 0.1;    // share of the target that all classes get; of shares only
};

class InstrumentExamples final : public training::Examples {
 public:
  InstrumentExamples(const synth::PhraseAssembler& assembler, dsp::Frontend frontend, std::vector<std::string> classes,
                     const std::map<std::string, double>& recordings, ExampleOptions options);  // recordings: how many of a class, in sources

  [[nodiscard]] const std::vector<training::ExampleField>& fields() const override { return fields_; }
  [[nodiscard]] std::int64_t size() const override { return options_.examples; }
  [[nodiscard]] std::string nameOf(std::int64_t item) const override { return "phrase " + std::to_string(item); }
  Result<void> make(const training::ExampleDraw& draw, std::span<const std::span<float>> values) const override;

 private:
  struct Voice {
    std::size_t label = 0;
    float gain = 1.0F;
  };
  [[nodiscard]] std::size_t drawClass(synth::Random& random) const;
  [[nodiscard]] std::vector<Voice> drawVoices(synth::Random& random) const;
  struct Scene {
    std::vector<float> samples;
    bool recorded = false;  // a part of it
  };
  [[nodiscard]] std::vector<float> soundOfNone(synth::Random& random) const;
  void addBackground(std::vector<float>& samples, synth::Random& random) const;
  [[nodiscard]] Scene sound(std::span<float> target, synth::Random& random) const;
  void weigh(std::span<const float> target, bool recorded, std::span<float> certainty) const;
  void mask(Matrix& features, synth::Random& random) const;

  const synth::PhraseAssembler& assembler_;
  dsp::Frontend frontend_;
  std::vector<std::string> classes_;
  std::vector<double> cumulative_;  // of the weights of the classes
  std::vector<float> certainties_;  // of a no to a recording
  ExampleOptions options_;
  std::vector<training::ExampleField> fields_;
};

}  // namespace chladni::cli
