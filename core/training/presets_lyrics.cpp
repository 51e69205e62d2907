// Presets of sound and lyrics.
#include "core/training/preset_tables.h"

namespace chladni::training {
namespace {

// The thesis's runs: its headline table, and its classifier (in five folds there).
Recipe lyricsMae() {
  Recipe r;
  r.family = "lyrics-mae";
  r.task = "pretrain";
  r.variant = "lyrics-mae";
  r.frontend = "lyrics";
  r.crop = "random";
  r.depth = r.textDepth = 5;
  r.decoderDepth = 4;
  r.pixelNorm = false;
  r.maskRatio = 0.75;
  r.contrastiveWeight = 1.0;
  r.reconstructionWeight = 1.0;
  r.textWeight = 1000.0;
  r.optimiser = "adam";
  r.beta1 = 0.95;
  r.weightDecay = 5e-7;
  r.rate = 5e-5;
  r.schedule = "step";
  r.stepStart = 9;  // halved at epoch 10
  r.stepEvery = 10;
  r.epochs = 50;
  r.batch = 48;
  r.select = "last";
  return r;
}

Recipe lyricsMaeCavMaeLosses() {
  Recipe r = lyricsMae();
  r.variant = "lyrics-mae-cav-mae-losses";
  r.contrastiveWeight = 0.01;
  r.textWeight = 1.0;
  return r;
}

Recipe lyricsFinetune() {
  Recipe r = lyricsMae();
  r.family = "lyrics-classify";
  r.task = "classify";
  r.labels = "multi-label";
  r.rate = 1e-5;
  r.stepStart = 1;  // halved at epoch 2
  r.stepEvery = 4;
  r.epochs = 10;
  r.select = "best";
  r.dropLast = false;
  return r;
}

Recipe tinyLyrics() {
  Recipe r = lyricsMaeCavMaeLosses();
  r.frames = 128;
  r.tokens = 32;
  r.depth = r.textDepth = 1;
  r.decoderDepth = 1;
  r.width = 96;
  r.heads = 3;
  r.decoderWidth = 64;
  r.decoderHeads = 2;
  r.contrastiveWeight = 0.1;
  r.optimiser = "adamw";
  r.beta1 = 0.9;
  r.weightDecay = 0.05;
  r.rate = 1e-3;
  r.schedule = "cosine";
  r.batch = 8;
  r.epochs = 10;
  r.warmupSteps = 10;
  return r;
}

Recipe tinyLyricsClassify() {
  Recipe r = tinyLyrics();
  r.family = "lyrics-classify";
  r.task = "classify";
  r.headFactor = 5.0;
  r.select = "best";
  return r;
}

}  // namespace

std::vector<RecipePreset> lyricsPresets() {
  return {
      {"lyrics-mae", "Sound and lyrics without labels, as the audio + lyrics thesis; vocabulary is a vocab.txt", lyricsMae()},
      {"lyrics-mae-cav-mae-losses", "The same with the losses of the CAV-MAE authors' code", lyricsMaeCavMaeLosses()},
      {"lyrics-finetune", "Teach a lyrics-mae to classify songs by sound, lyrics or both; start is the model", lyricsFinetune()},
      {"tiny-lyrics-mae", "A tiny model of sound and lyrics, to try a data set in a minute", tinyLyrics()},
      {"tiny-lyrics-classify", "A tiny classifier of sound and lyrics, likewise", tinyLyricsClassify()},
  };
}

}  // namespace chladni::training
