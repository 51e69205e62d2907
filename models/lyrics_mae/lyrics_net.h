// LyricsNet: the trainable audio + lyrics masked autoencoder and its classifier. Sound [batch, frames, bins] fp32,
// normalised by the front end; lyrics [batch, token] int64 ids. Parameter names follow CAV-MAE, with "t" for the text
// where that has "v" (blocks_t, pos_embed_t); the pairs of norms inside blocks keep theirs (norm1_a sound, norm1_v text).
// Position tables are parameters without gradient: they are saved and loaded, never learned.
// Use: LyricsNet net(config); net.initialise(); auto logits = net.logits(sound, ids);
// Keeps no run state; one thread trains, any number may run fixed parameters. Throws c10::Error.
#pragma once

#include <memory>

#include "core/nn/contrastive.h"
#include "core/nn/masking.h"
#include "core/nn/modal_blocks.h"
#include "models/lyrics_mae/lyrics_config.h"

namespace chladni::models::lyrics_mae {

// A table of vectors, weight [entry, width].
class WordTable : public torch::nn::Module {
 public:
  WordTable(std::int64_t entries, std::int64_t width);
  at::Tensor forward(const at::Tensor& ids) const;
  at::Tensor weight;
};

// "mlp_head.": norm "0" and linear "1".
class LyricsHead : public torch::nn::Module {
 public:
  LyricsHead(std::int64_t width, std::int64_t classes, double epsilon);
  at::Tensor forward(const at::Tensor& pooled) const;
  std::shared_ptr<nn::LayerNorm> norm;
  std::shared_ptr<nn::Linear> linear;
};

// What the masked encoder says: tokens after the joint layers, in three passes.
struct LyricsEncoding {
  at::Tensor joint;        // [batch, kept sound + kept text, width], sound first
  at::Tensor sound, text;  // each modality alone, for the contrastive loss
  nn::TokenMask soundMask, textMask;
};

struct LyricsPrediction {
  at::Tensor sound;  // [batch, patch, patch * patch]
  at::Tensor text;   // [batch, token, vocabulary]: logits of words
};

// Scalars, each unweighted, in every reading.
struct LyricsLosses {
  at::Tensor soundMean, soundFrobenius, text;
  nn::ContrastiveResult rows, columns;
};

class LyricsNet : public torch::nn::Module {
 public:
  enum class Blocks { all, none };  // none: everything around the blocks, for inference
  explicit LyricsNet(const LyricsConfig& config, Blocks blocks = Blocks::all);

  // Tokens with positions and modality vectors, [batch, token, width].
  at::Tensor embedSound(const at::Tensor& sound) const;
  at::Tensor embedText(const at::Tensor& ids) const;
  // One branch up to the joint layers, from embedded (and masked) tokens.
  at::Tensor soundBranch(at::Tensor tokens) const;
  at::Tensor textBranch(at::Tensor tokens) const;

  // noise [batch, patch] and [batch, token]: what is kept of each is drawn from it.
  LyricsEncoding encode(const at::Tensor& sound, const at::Tensor& ids, const at::Tensor& soundNoise,
                        const at::Tensor& textNoise, double maskRatio) const;
  // All tokens of both modalities in their places, as the decoder's blocks get them. Precondition: config().decoder.
  at::Tensor decoderInput(const LyricsEncoding& encoding) const;
  LyricsPrediction decode(const LyricsEncoding& encoding) const;
  LyricsLosses losses(const at::Tensor& sound, const at::Tensor& ids, const LyricsEncoding& encoding,
                      const LyricsPrediction& prediction, std::int64_t padId = 0) const;

  // Without masking; mean of the joint tokens. An undefined tensor leaves that modality out: the other runs alone with
  // its own norms. Precondition: config().classes > 0, one of the two is defined.
  at::Tensor logits(const at::Tensor& sound, const at::Tensor& ids) const;

  void initialise();
  [[nodiscard]] std::int64_t learned() const;  // parameters without the fixed position tables
  [[nodiscard]] const LyricsConfig& config() const { return config_; }
  [[nodiscard]] at::Tensor soundTargets(const at::Tensor& sound) const;  // [batch, patch, value]

  at::Tensor modality_a, modality_t, pos_embed_a, pos_embed_t;
  at::Tensor mask_token, decoder_modality_a, decoder_modality_t, decoder_pos_embed_a, decoder_pos_embed_t;
  std::shared_ptr<nn::PatchKernel> patch_embed_a;
  std::shared_ptr<WordTable> word_embed;
  std::shared_ptr<nn::LayerNorm> norm_embed_t;  // only in the BERT layout
  std::shared_ptr<nn::ModalStack> blocks_a, blocks_t, blocks_u, decoder_blocks;
  std::shared_ptr<nn::LayerNorm> norm_a, norm_t, norm, decoder_norm;
  std::shared_ptr<nn::Linear> decoder_embed, decoder_pred_a, decoder_pred_t;
  std::shared_ptr<LyricsHead> mlp_head;

 private:
  void addDecoder(bool blocks);
  LyricsConfig config_;
};

// Squared error summed over all masked values, mean over the batch. perPatch, mask [batch, patch]; `values` in a patch.
at::Tensor soundFrobenius(const at::Tensor& perPatch, const at::Tensor& mask, std::int64_t values);
// Cross-entropy of words: each clip's mean over its masked tokens, mean over clips; a clip with none to count adds
// nothing. logits [batch, token, word]. ignoreId: masked tokens of that id do not count; -1: all do.
at::Tensor textLoss(const at::Tensor& logits, const at::Tensor& ids, const at::Tensor& mask, std::int64_t ignoreId);
// contrastive + reconstruction weight (sound + text weight * text), by the objective's readings.
at::Tensor total(const LyricsLosses& losses, const LyricsObjective& objective);

enum class ClassLoss { mean, sumOfClasses };  // over classes; mean over clips both ways. The thesis's formula sums.
at::Tensor multiLabelLoss(const at::Tensor& logits, const at::Tensor& targets, ClassLoss reading);

}  // namespace chladni::models::lyrics_mae
