// Presets of bags of codes.
#include "core/training/preset_tables.h"

namespace chladni::training {
namespace {

// The study's best: codebooks of 256, a head of 512, a third of the counts left out. It says nothing of rates.
Recipe bagOfCodes() {
  Recipe r;
  r.family = "bag-of-codes";
  r.frontend = "bow";
  r.labels = "multi-label";
  r.hidden = 2048;
  r.loss = "huber";
  r.optimiser = "adam";
  r.weightDecay = 0.0;
  r.rate = 1e-3;
  r.warmupSteps = 100;
  r.batch = 64;
  r.epochs = 100;
  return r;
}

// The small one that ships, from rendered phrases and recorded notes in files: quick to teach on a busy machine.
Recipe bagOfCodesSmall() {
  Recipe r = bagOfCodes();
  r.title = "Bag of codes, small";
  r.frontend = "bag-of-codes-s";
  r.labels = "multi-class";
  r.balanced = true;
  r.hidden = 128;
  r.clusters = 256;
  r.headHidden = 512;
  r.dropout = 0.0;
  r.headDropout = 0.2;
  r.codeMasking = 0.2;
  r.loss = "cross-entropy";
  r.labelSmoothing = 0.1;
  r.batch = 48;
  r.steps = 16000;
  r.warmupSteps = 60;
  r.coderShare = 0.3;
  r.codebookSeconds = 500;
  r.clipNorm = 2.0;
  r.validationShare = 0.05;
  r.loaders = 1;
  r.threads = 1;
  r.reportEvery = 20;
  r.select = "last";
  r.dtype = "fp16";
  return r;
}

Recipe tinyBagOfCodes() {
  Recipe r = bagOfCodesSmall();
  r.title.clear();
  r.labels = "auto";
  r.hidden = 64;
  r.clusters = 32;
  r.headHidden = 64;
  r.codebookSeconds = 200;
  r.batch = 16;
  r.steps = 0;
  r.epochs = 30;
  r.warmupSteps = 10;
  r.validationShare = 0.1;
  r.select = "best";
  return r;
}

}  // namespace

std::vector<RecipePreset> bagPresets() {
  return {
      {"bag-of-codes", "A bag of auto-encoder codes for any number of classes, as studied on FSD50K", bagOfCodes()},
      {"bag-of-codes-s", "A small bag of codes, from rendered phrases and recorded notes", bagOfCodesSmall()},
      {"tiny-bag-of-codes", "A tiny bag of codes, to try a data set in minutes", tinyBagOfCodes()},
  };
}

}  // namespace chladni::training
