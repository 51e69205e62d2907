// Presets of sound and pictures: CAV-MAE and DualMAE.
#include "core/training/preset_tables.h"

namespace chladni::training {
namespace {

// As the authors' pretraining script; the published runs used 4 GPUs of 27 clips each.
Recipe cavMae() {
  Recipe r;
  r.family = "cavmae-pretrain";
  r.task = "pretrain";
  r.variant = "cav-mae";
  r.frontend = "cavmae";
  r.depth = 11;
  r.maskRatio = 0.75;
  r.reconstructionWeight = 1.0;
  r.optimiser = "adam";
  r.beta1 = 0.95;
  r.weightDecay = 5e-7;
  r.rate = 5e-5;
  r.schedule = "step";
  r.stepStart = 10;
  r.stepEvery = 5;
  r.epochs = 25;
  r.batch = 27;
  r.accumulate = 4;
  r.noise = true;
  r.roll = 1024;
  r.labels = "multi-label";
  r.select = "last";
  return r;
}

Recipe dualMaeAsRun() {
  Recipe r = cavMae();
  r.variant = "dualmae-as-run";
  r.batch = 12;
  r.accumulate = 1;
  return r;
}

// The thesis's text: twelve blocks each, no contrastive loss.
Recipe dualMaeAsWritten() {
  Recipe r = dualMaeAsRun();
  r.variant = "dualmae-as-written";
  r.depth = r.unifiedDepth = 12;
  r.contrastiveWeight = 0.0;
  return r;
}

Recipe cavMaeFinetune() {
  Recipe r;
  r.family = "cavmae-classify";
  r.frontend = "cavmae";
  r.depth = 11;
  r.optimiser = "adam";
  r.beta1 = 0.95;
  r.weightDecay = 5e-7;
  r.rate = 1e-5;
  r.headFactor = 100.0;
  r.schedule = "step";
  r.stepStart = 2;
  r.epochs = 10;
  r.batch = 12;
  r.maskBins = 48;
  r.maskFrames = 192;
  r.mixup = 0.5;
  r.noise = true;
  r.roll = 1024;
  r.balanced = true;
  r.labelSmoothing = 0.1;
  r.averageFrom = 3;
  r.averageTo = 10;
  r.dropLast = false;
  return r;
}

// The shipped painter of sound and pictures, from scores: it needs no data at all.
Recipe dualMaeSmall() {
  Recipe r;
  r.family = "cavmae-pretrain";
  r.task = "pretrain";
  r.title = "DualMAE, small";
  r.source = "scores";
  r.frontend = "dualmae-s";
  r.depth = 2;
  r.unifiedDepth = 2;
  r.width = 192;
  r.heads = 3;
  r.decoderDepth = 3;
  r.decoderWidth = 128;
  r.decoderHeads = 4;
  r.pixelNorm = false;
  r.maskRatio = 0.75;
  r.reconstructionWeight = 1.0;
  r.optimiser = "muon";
  r.rate = 1.5e-3;
  r.matrixRate = 0.02;
  r.beta2 = 0.98;
  r.batch = 24;  // a step of Muon costs as much as 16 examples of this net
  r.examples = 2400;
  r.steps = 20000;
  r.warmupSteps = 60;
  r.clipNorm = 2.0;
  r.ema = 0.998;
  r.validationShare = 0.05;
  r.loaders = 1;
  r.threads = 1;
  r.select = "last";
  r.dtype = "fp16";
  return r;
}

Recipe tinyDualMae() {
  Recipe r = dualMaeSmall();
  r.title.clear();
  r.source = "files";
  r.frames = 96;
  r.pictureSize = 64;
  r.depth = 1;
  r.unifiedDepth = 1;
  r.width = 96;
  r.decoderDepth = 1;
  r.decoderWidth = 64;
  r.batch = 8;
  r.epochs = 10;
  r.steps = 0;
  r.warmupSteps = 10;
  r.validationShare = 0.1;
  r.ema = 0.98;
  r.crop = "random";
  return r;
}

}  // namespace

std::vector<RecipePreset> cavmaePresets() {
  return {
      {"cav-mae", "Sound and pictures without labels, as the CAV-MAE authors' code", cavMae()},
      {"dualmae-as-run", "The same with the settings that the DualMAE thesis ran", dualMaeAsRun()},
      {"dualmae-as-written", "The same as the thesis describes it, without contrast", dualMaeAsWritten()},
      {"cav-mae-finetune", "Teach a pretrained CAV-MAE to classify by sound, picture or both", cavMaeFinetune()},
      {"dualmae-s", "The small painter of sound and pictures that ships, from scores", dualMaeSmall()},
      {"tiny-dualmae", "A tiny painter of sound and pictures, to try a data set in minutes", tinyDualMae()},
  };
}

}  // namespace chladni::training
