// Presets of the AST study, own finetuning and the shipped instrument recogniser.
#include "core/training/preset_tables.h"

namespace chladni::training {
namespace {

// What all recipes of the AST study share: Adam with its decay inside the gradient, the stairs of the warm-up, and the
// mean of the epochs' weights.
Recipe astStudy() {
  Recipe r;
  r.optimiser = "adam";
  r.beta1 = 0.95;
  r.weightDecay = 5e-7;
  r.schedule = "step";
  r.warmup = "ast";
  r.dropLast = false;
  r.clipNorm = 0.0;
  return r;
}

Recipe astAudioSet() {
  Recipe r = astStudy();
  r.labels = "multi-label";
  r.rate = 1e-5;
  r.epochs = 5;
  r.batch = 12;
  r.stepStart = 2;
  r.maskBins = 48;
  r.maskFrames = 192;
  r.mixup = 0.5;
  r.balanced = true;
  r.averageFrom = 1;
  r.averageTo = 5;
  return r;
}

Recipe astBalancedAudioSet() {
  Recipe r = astAudioSet();
  r.rate = 5e-5;
  r.epochs = 25;
  r.stepStart = 10;
  r.stepEvery = 5;
  r.balanced = false;
  r.averageFrom = 6;
  r.averageTo = 25;
  return r;
}

Recipe astEsc50() {
  Recipe r = astStudy();
  r.frontend = "ast-esc50";
  r.labels = "multi-class";
  r.rate = 1e-5;
  r.epochs = 25;
  r.batch = 48;
  r.stepStart = 5;
  r.stepDecay = 0.85;
  r.maskBins = 24;
  r.maskFrames = 96;
  r.warmup = "linear";
  return r;
}

Recipe astSpeechCommands() {
  Recipe r = astStudy();
  r.frontend = "ast-speech-commands";
  r.labels = "multi-class";
  r.loss = "binary";
  r.rate = 2.5e-4;
  r.epochs = 30;
  r.batch = 128;
  r.stepStart = 5;
  r.stepDecay = 0.85;
  r.maskBins = r.maskFrames = 48;
  r.mixup = 0.6;
  r.noise = true;
  r.roll = 10;
  r.warmup = "linear";
  return r;
}

Recipe astThesis() {
  Recipe r = astStudy();
  r.frontend = "cavmae";
  r.stride = 16;
  r.labels = "multi-class";
  r.rate = 1e-4;
  r.epochs = 5;
  r.batch = 12;
  r.stepStart = 2;
  r.maskBins = 48;
  r.maskFrames = 192;
  r.mixup = 0.5;
  r.averageFrom = 1;
  r.averageTo = 5;
  r.warmup = "linear";
  return r;
}

// For a person's own few hundred clips on an ordinary machine.
Recipe astFinetune() {
  Recipe r;
  r.rate = 5e-5;
  r.headFactor = 10.0;
  r.layerDecay = 0.85;
  r.epochs = 20;
  r.batch = 8;
  r.warmupSteps = 20;
  r.clipNorm = 1.0;
  r.maskBins = 24;
  r.maskFrames = 96;
  r.labelSmoothing = 0.1;
  r.balanced = true;
  r.earlyStop = 5;
  return r;
}

Recipe tinyAst() {
  Recipe r;
  r.depth = 3;
  r.width = 96;
  r.heads = 3;
  r.stride = 16;
  r.frames = 128;
  r.rate = 1e-3;
  r.epochs = 12;
  r.batch = 16;
  r.warmupSteps = 10;
  r.clipNorm = 2.0;
  r.ema = 0.98;
  r.labelSmoothing = 0.05;
  return r;
}

}  // namespace

// The shipped instrument recogniser, from recorded notes and soundfonts.
Recipe instrumentRecipe() {
  Recipe r;
  r.source = "instruments";
  r.labels = "multi-label";
  r.loss = "binary+strongest";
  r.frontend = "instruments-s";
  r.title = "Instruments, small";
  r.depth = 4;
  r.width = 192;
  r.heads = 3;
  r.stride = 16;
  r.stem = 32;
  r.optimiser = "muon";
  r.rate = 1.5e-3;
  r.matrixRate = 0.02;
  r.beta2 = 0.98;
  r.batch = 48;
  r.steps = 4000;
  r.warmupSteps = 80;
  r.lastRate = 1.5e-6;
  r.labelSmoothing = 0.1;
  r.auxiliaryLoss = 0.5;
  r.clipNorm = 2.0;
  r.ema = 0.998;
  r.validationShare = 0.0;
  r.loaders = 1;
  r.threads = 1;
  r.reportEvery = 20;
  r.select = "last";
  r.dtype = "fp16";
  return r;
}

namespace {

// A tagger of AVE's events by ear: the instrument recogniser taught further, from clips of a second and more.
Recipe audioEventRecipe() {
  Recipe r = instrumentRecipe();
  r.source = "files";
  r.title = "Audio events, small";
  r.start = "instruments-s";
  r.crop = "random";
  r.balanced = true;
  r.mixup = 0.5;
  r.maskBins = 24;
  r.maskFrames = 16;
  r.rate = 5e-4;
  r.matrixRate = 0.01;
  r.headFactor = 2.0;
  r.auxiliaryLoss = 0.0;
  r.steps = 1500;
  return r;
}

}  // namespace

std::vector<RecipePreset> astPresets() {
  return {
      {"ast-finetune", "Finetune an AST on your own labelled sound", astFinetune()},
      {"ast-linear-probe", "Teach only the head of an AST", [] { Recipe r = astFinetune(); r.freezeBase = true; r.rate = 1e-3; r.headFactor = 1.0; r.layerDecay = 1.0; return r; }()},
      {"ast-audioset", "AST on the whole of AudioSet, as published", astAudioSet()},
      {"ast-audioset-balanced", "AST on the balanced part of AudioSet, as published", astBalancedAudioSet()},
      {"ast-esc50", "AST on ESC-50 from AudioSet weights, as published", astEsc50()},
      {"ast-speech-commands", "AST on Speech Commands, as published", astSpeechCommands()},
      {"ast-instruments", "AST for instruments with the settings of the instrument study", astThesis()},
      {"instruments-s", "The small instrument recogniser that ships, from notes and soundfonts", instrumentRecipe()},
      {"audio-events-s", "A small tagger of everyday events by ear, from clips; start is the instrument recogniser", audioEventRecipe()},
      {"tiny-ast", "A tiny AST from nothing, to try a data set in a minute", tinyAst()},
  };
}

}  // namespace chladni::training
