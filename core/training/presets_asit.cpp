// Presets of ASiT, learning without labels and classifying.
#include "core/training/preset_tables.h"

namespace chladni::training {
namespace {

// As the authors' code; their rate is for 256 clips a step.
Recipe asitPretrain() {
  Recipe r;
  r.family = "asit";
  r.task = "pretrain";
  r.variant = "asit-code";
  r.frontend = "asit";
  r.sampleRate = 32000;
  r.rate = 5e-4 * 32.0 / 256.0;
  r.lastRate = 1e-6;
  r.batch = 32;
  r.epochs = 100;
  r.warmupEpochs = 10;
  r.weightDecay = 0.04;
  r.lastWeightDecay = 0.4;
  r.clipNorm = 3.0;
  r.clipEach = true;
  r.dropPath = 0.1;
  r.select = "last";
  return r;
}

Recipe asitPaper() {
  Recipe r = asitPretrain();
  r.variant = "asit-paper";
  r.sampleRate = 16000;
  r.optimiser = "adam";
  r.rate = 5e-4 * 160.0 / 256.0;
  r.batch = 40;
  r.accumulate = 4;
  r.epochs = 40;
  r.reconstructionWeight = 1.0;
  return r;
}

Recipe tinyAsit() {
  Recipe r = asitPretrain();
  r.depth = 2;
  r.width = 96;
  r.heads = 3;
  r.frames = 96;
  r.sampleRate = 16000;
  r.projectionHidden = 128;
  r.projectionOutputs = 256;
  r.rate = 1e-3;
  r.batch = 8;
  r.epochs = 10;
  r.warmupEpochs = 1;
  return r;
}

// The paper's fine-tuning on ESC-50's scale of data; what differs from one published set to the next is in its table.
Recipe asitFinetune() {
  Recipe r;
  r.family = "asit";
  r.frontend = "asit";
  r.rate = 1e-3;
  r.epochs = 60;
  r.batch = 64;
  r.warmupEpochs = 5;
  r.lastRate = 1e-6;
  r.weightDecay = 0.05;
  r.dropPath = 0.1;
  r.labelSmoothing = 0.1;
  r.maskFrames = 96;
  r.maskBins = 24;
  r.noise = true;
  r.dropLast = false;
  return r;
}

Recipe asitAudioSet20k() {
  Recipe r = asitFinetune();
  r.labels = "multi-label";
  r.maskFrames = 192;
  r.maskBins = 48;
  r.mixup = 0.5;
  r.labelSmoothing = 0.0;
  return r;
}

Recipe asitAudioSet2m() {
  Recipe r = asitAudioSet20k();
  r.rate = 1e-4;
  r.balanced = true;
  return r;
}

Recipe asitSpeechCommands() {
  Recipe r = asitFinetune();
  r.maskFrames = r.maskBins = 48;
  return r;
}

// A small ASiT for instruments: first without labels from files, then the classifier from notes and soundfonts.
Recipe asitSmallPretrain() {
  Recipe r = asitPretrain();
  r.title = "ASiT, small, pre-trained";
  r.frontend = "instruments-s";
  r.sampleRate = 0;
  r.depth = 4;
  r.width = 192;
  r.heads = 3;
  r.projectionHidden = 384;
  r.projectionOutputs = 1024;
  r.rate = 1e-3;
  r.epochs = 30;
  r.warmupEpochs = 2;
  r.dropPath = 0.0;
  r.validationShare = 0.03;
  r.loaders = 1;
  r.threads = 1;
  r.dtype = "fp16";
  return r;
}

Recipe asitSmall() {
  Recipe r = instrumentRecipe();
  r.family = "asit";
  r.title = "ASiT, small";
  r.headFactor = 2.0;
  return r;
}

}  // namespace

std::vector<RecipePreset> asitPresets() {
  return {
      {"asit-pretrain", "ASiT without labels, as the authors' code", asitPretrain()},
      {"asit-pretrain-paper", "ASiT without labels, as the paper says", asitPaper()},
      {"tiny-asit", "A tiny ASiT without labels, to try a data set in a minute", tinyAsit()},
      {"asit-finetune", "Teach a pre-trained ASiT to classify, with the paper's settings for ESC-50", asitFinetune()},
      {"asit-finetune-audioset-20k", "The same for the balanced part of AudioSet", asitAudioSet20k()},
      {"asit-finetune-audioset-2m", "The same for the whole of AudioSet", asitAudioSet2m()},
      {"asit-finetune-speech-commands", "The same for Speech Commands", asitSpeechCommands()},
      {"asit-s-pretrain", "A small ASiT for instruments, first stage: without labels, from files", asitSmallPretrain()},
      {"asit-s", "The same, second stage: classes, from notes and soundfonts; start is the first", asitSmall()},
  };
}

}  // namespace chladni::training
