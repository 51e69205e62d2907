// Makes a package of "lyrics-mae" or "lyrics-classify" from a checkpoint: reads it, finds names and sizes, accounts for
// every tensor, and writes model.json, weights.safetensors, vocab.txt and CARD.md. Accepted only when every difference
// has its reason; else nothing is written and the report says why. A file of CAV-MAE together with one of BERT makes a
// starting point for training (lyrics_start.h).
// Settings (lyrics_settings.h, README) are also read from a safetensors file's metadata. Fails with invalidArgument for a
// setting that the family does not know.
#pragma once

#include "core/inference/model_family.h"
#include "models/lyrics_mae/lyrics_family.h"

namespace chladni::models::lyrics_mae {

Result<inference::ImportReport> importLyrics(const inference::ImportOptions& options, LyricsTask task);

}  // namespace chladni::models::lyrics_mae
