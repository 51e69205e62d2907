// LyricsConfig: every free size of the audio + lyrics model, parsed from ModelSpec::architecture and checked before
// anything is allocated; and LyricsObjective, the readings of its losses. Defaults: the thesis's values. Keys of
// `architecture` are the field names in snake_case ("text_depth"). Fails with incompatibleModel naming the bad field.
// Sources: the audio + lyrics thesis on the base of Gong et al., "Contrastive Audio-Visual Masked Autoencoder", 2023.
#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "core/base/result.h"
#include "core/data/attention_map.h"
#include "core/inference/model_spec.h"

namespace chladni::models::lyrics_mae {

// How the layers of the text encoder are ordered. BERT's own weights fit `bert` exactly and `preNorm` approximately.
enum class TextLayout {
  preNorm,  // as every other block of the model
  bert      // norms after attention and MLP with epsilon 1e-12, and one after the embedding
};

enum class AudioLoss {
  frobenius,  // squared error summed over all masked values, mean over the batch: the thesis's formula
  mean        // mean per value over masked patches: CAV-MAE's program
};

// rows: for every sound, soft-max over the lyrics (the thesis). columns: the other way round (CAV-MAE).
enum class ContrastiveDirection { rows, columns };

struct LyricsObjective {
  AudioLoss audioLoss = AudioLoss::frobenius;
  double textWeight = 1000.0;  // meant for the Frobenius reading; 1 suits the mean
  double reconstructionWeight = 1.0;
  double contrastiveWeight = 1.0;  // 0.01 in CAV-MAE
  ContrastiveDirection direction = ContrastiveDirection::rows;
  double temperature = 0.05;
  bool standardisedTargets = false;  // sound patches standardised one by one; off for inpainting
  bool ignorePadding = false;        // [PAD] tokens leave the text loss
  double maskRatio = 0.75;           // of both modalities; 0.5 gave the best classifier

  bool operator==(const LyricsObjective&) const = default;
};

struct LyricsConfig {
  std::int64_t width = 768;
  std::int64_t heads = 12;
  double mlpRatio = 4.0;
  std::int64_t audioDepth = 5, textDepth = 5, jointDepth = 1;
  std::int64_t decoderWidth = 512, decoderHeads = 16, decoderDepth = 4;
  std::int64_t patch = 16;
  std::int64_t bins = 128, frames = 512;  // of the input
  std::int64_t tokens = 256;              // of the lyrics
  std::int64_t vocabularySize = 30522;
  double epsilon = 1e-5;
  TextLayout textLayout = TextLayout::preNorm;
  bool decoder = true;       // it can reconstruct
  std::int64_t classes = 0;  // 0: no classifier
  // What the lyrics go through before the net.
  bool specialTokens = true;  // [CLS] first, [SEP] last
  bool cleanLyrics = true;    // repeated lines and paragraphs out
  std::int64_t wordLimit = 100;
  LyricsObjective objective;

  [[nodiscard]] std::int64_t rows() const { return bins / patch; }
  [[nodiscard]] std::int64_t columns() const { return frames / patch; }
  [[nodiscard]] std::int64_t patches() const { return rows() * columns(); }
  // The grid that positions of the lyrics are taken from: as near to a square as it goes, rows <= columns.
  [[nodiscard]] std::int64_t textRows() const;
  [[nodiscard]] std::int64_t textColumns() const { return tokens / textRows(); }
  [[nodiscard]] std::int64_t hidden(std::int64_t ofWidth) const;
  [[nodiscard]] PatchGrid grid(double columnSeconds) const;

  bool operator==(const LyricsConfig&) const = default;
};

Result<void> check(const LyricsConfig& config);
// "lyrics-mae" has a decoder and no classifier, "lyrics-classify" the other way round. Sizes of the input come from
// spec.frontend.
Result<LyricsConfig> configFromSpec(const inference::ModelSpec& spec);
std::map<std::string, inference::Attribute> toArchitecture(const LyricsConfig& config);

}  // namespace chladni::models::lyrics_mae
