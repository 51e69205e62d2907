// Presets of events seen and heard.
#include "core/training/preset_tables.h"

namespace chladni::training {
namespace {

// The published localisers: Adam, batches of 64, 300 epochs, on AVE's features where the folder has them.
Recipe avePublished(const char* family) {
  Recipe r;
  r.family = family;
  r.task = "localise";
  r.source = "events";
  r.frontend = "small-av";
  r.width = 128;
  r.loss = "soft-margin";
  r.optimiser = "adam";
  r.rate = 1e-3;
  r.weightDecay = 0.0;
  r.schedule = "step";
  r.stepStart = 288;  // 15000 steps of 52 an epoch
  r.stepEvery = 288;
  r.stepDecay = 0.1;
  r.batch = 64;
  r.epochs = 300;
  r.evaluateEvery = 5;
  r.heads = 1;
  return r;
}

Recipe aveWeak(const char* family) {
  Recipe r = avePublished(family);
  r.weak = true;
  r.epochs = 250;
  return r;
}

// With small backbones that learn along, from media: for synth scenes and sets of some hundred clips.
Recipe aveSmall(const char* family) {
  Recipe r = avePublished(family);
  r.backbone = "small";
  r.attentionWidth = 128;
  r.loss = "cross-entropy";
  r.attention = "paper";  // the published reading cannot look for what it hears
  r.auxiliaryLoss = 0.3;
  r.pointingWeight = 0.5;
  r.optimiser = "adamw";
  r.weightDecay = 0.02;
  r.schedule = "cosine";
  r.batch = 8;
  r.epochs = 14;
  r.warmupSteps = 50;
  r.clipNorm = 2.0;
  r.evaluateEvery = 1;
  r.dtype = "fp16";
  return r;
}

Recipe tinyAvAtt() {
  Recipe r = aveSmall("av-att");
  r.width = 48;
  r.hidden = 64;
  r.attentionWidth = 64;
  r.epochs = 8;
  r.warmupSteps = 10;
  return r;
}

}  // namespace

std::vector<RecipePreset> avePresets() {
  return {
      {"av-att", "Events seen and heard, as published", avePublished("av-att")},
      {"av-att-weak", "The same from one label a clip", aveWeak("av-att")},
      {"dmrn", "Events seen and heard, residual fusion, as published; start may be an av-att", avePublished("dmrn")},
      {"dmrn-weak", "The same from one label a clip", aveWeak("dmrn")},
      {"ave-audio", "Events by ear alone, as published", avePublished("audio-only")},
      {"ave-visual", "Events by eye alone, as published", avePublished("visual-only")},
      {"av-att-s", "Events seen and heard, small backbones that learn along, from media", aveSmall("av-att")},
      {"dmrn-s", "The same with residual fusion", aveSmall("dmrn")},
      {"ave-audio-s", "The same by ear alone", aveSmall("audio-only")},
      {"ave-visual-s", "The same by eye alone", aveSmall("visual-only")},
      {"tiny-av-att", "A tiny localiser of events from media, to try a folder of scenes in a minute", tinyAvAtt()},
  };
}

}  // namespace chladni::training
