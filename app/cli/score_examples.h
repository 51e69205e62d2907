// ScoreExamples: examples of sound and pictures that need no data: a piece is written and played from notes, its picture
// follows the score (core/synth), with a little room, equaliser and noise. Fields as training::ClipExamples, both present.
// A draw of the training part is a fresh piece each time; the held-out part is a fixed list of other pieces.
// Immutable; any thread. Borrows the writer.
#pragma once

#include <string>
#include <vector>

#include "core/dsp/frontend.h"
#include "core/synth/score_piece.h"
#include "core/training/examples.h"

namespace chladni::cli {

class ScoreExamples final : public training::Examples {
 public:
  // `examples` are the length of an epoch. The front end sees.
  ScoreExamples(const synth::PieceWriter& writer, dsp::Frontend frontend, std::int64_t examples, bool heldOut);

  [[nodiscard]] const std::vector<training::ExampleField>& fields() const override { return fields_; }
  [[nodiscard]] std::int64_t size() const override { return examples_; }
  [[nodiscard]] std::string nameOf(std::int64_t item) const override { return "piece " + std::to_string(item); }
  Result<void> make(const training::ExampleDraw& draw, std::span<const std::span<float>> values) const override;

 private:
  const synth::PieceWriter& writer_;
  dsp::Frontend frontend_;
  std::int64_t examples_;
  bool heldOut_;
  std::vector<training::ExampleField> fields_;
};

}  // namespace chladni::cli
