// A starting point for training, as the thesis makes it: sound encoder, joint layer and decoder from a CAV-MAE, word
// table and text encoder from the first layers of a BERT; position tables are made anew for the model's own grids; what
// neither has keeps its fresh values. Every tensor taken, made anew or left is a line. With TextLayout::bert the copy of
// BERT is exact, with preNorm only an approximation (BERT's norms stand after attention and MLP), and a line says so.
// Fails with incompatibleModel naming what is missing or of another size.
#pragma once

#include "models/lyrics_mae/lyrics_detect.h"

namespace chladni::models::lyrics_mae {

struct LyricsSources {
  nn::NamedTensors cavMae;  // names without "module."
  nn::NamedTensors bert;    // names with or without "bert."
};

[[nodiscard]] bool isCavMae(const nn::NamedTensors& canonical);
Result<nn::CanonicalWeights> startingPoint(const LyricsConfig& config, const LyricsSources& sources);

}  // namespace chladni::models::lyrics_mae
