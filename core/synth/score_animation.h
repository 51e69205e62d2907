// ScoreAnimation: a picture that moves with a piece: what sounds is lit, higher notes stand higher (or farther right),
// louder ones are larger. Four styles, drawn once for a piece with its colours and sizes: rows of lit bars, one row a
// voice; a roll that wanders past a line; shapes that jump and swell; bars that fall onto a line. Pictures are squares
// of 8 bits. Deterministic in the generator handed in. Immutable, plain values; any thread.
#pragma once

#include <vector>

#include "core/synth/picture_canvas.h"
#include "core/synth/score_piece.h"

namespace chladni::synth {

enum class AnimationStyle { rows, roll, shapes, falling };

class ScoreAnimation {
 public:
  ScoreAnimation(Piece piece, Random& random);
  ScoreAnimation(Piece piece, AnimationStyle style, Random& random);
  [[nodiscard]] const Piece& piece() const { return piece_; }
  [[nodiscard]] AnimationStyle style() const { return style_; }
  [[nodiscard]] VideoFrame paint(double seconds, int size) const;

  // How loud a note is at a time: it swells at once, decays while it is held and ends quickly. 0 when it is silent.
  static double loudnessAt(const PieceNote& note, double seconds);

 private:
  void drawLooks(Random& random);
  [[nodiscard]] double heightOf(const PieceVoice& voice, const PieceNote& note) const;
  void rows(Canvas& canvas, double seconds) const;
  void roll(Canvas& canvas, double seconds, bool falling) const;
  void shapes(Canvas& canvas, double seconds) const;

  Piece piece_;
  AnimationStyle style_;
  Rgb above_, below_;                   // the background, top to bottom
  std::vector<Rgb> colours_;            // of voices
  std::vector<int> forms_;              // of voices, in style shapes
  double thickness_ = 0.05, reach_ = 2.0, dim_ = 0.3, line_ = 0.5;
  double lowest_ = 36.0, highest_ = 84.0;  // keys at the ends of the common scale
  double barWidth_ = 0.07;
};

}  // namespace chladni::synth
