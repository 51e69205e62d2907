#include "core/training/recipe_presets.h"

#include <filesystem>

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

// The shipped instrument recogniser, from recorded notes and soundfonts.
Recipe instruments() {
  Recipe r;
  r.source = "instruments";
  r.frontend = "instruments-s";
  r.title = "Instruments, small";
  r.depth = 4;
  r.width = 192;
  r.heads = 3;
  r.stride = 16;
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
  Recipe r = instruments();
  r.family = "asit";
  r.title = "ASiT, small";
  r.headFactor = 2.0;
  return r;
}

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
  r.clusters = 128;
  r.headHidden = 256;
  r.dropout = 0.0;
  r.headDropout = 0.2;
  r.codeMasking = 0.2;
  r.loss = "cross-entropy";
  r.labelSmoothing = 0.1;
  r.batch = 48;
  r.steps = 4000;
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
  r.auxiliaryLoss = 0.3;
  r.optimiser = "adamw";
  r.weightDecay = 0.02;
  r.schedule = "cosine";
  r.batch = 8;
  r.epochs = 12;
  r.warmupSteps = 50;
  r.clipNorm = 2.0;
  r.evaluateEvery = 1;
  r.dtype = "fp16";
  return r;
}

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
  r.batch = 8;
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

Recipe tinyAvAtt() {
  Recipe r = aveSmall("av-att");
  r.width = 48;
  r.hidden = 64;
  r.attentionWidth = 64;
  r.epochs = 8;
  r.warmupSteps = 10;
  return r;
}

std::vector<RecipePreset> makePresets() {
  std::vector<RecipePreset> presets{
      {"ast-finetune", "Finetune an AST on your own labelled sound", astFinetune()},
      {"ast-linear-probe", "Teach only the head of an AST", [] { Recipe r = astFinetune(); r.freezeBase = true; r.rate = 1e-3; r.headFactor = 1.0; r.layerDecay = 1.0; return r; }()},
      {"ast-audioset", "AST on the whole of AudioSet, as published", astAudioSet()},
      {"ast-audioset-balanced", "AST on the balanced part of AudioSet, as published", astBalancedAudioSet()},
      {"ast-esc50", "AST on ESC-50 from AudioSet weights, as published", astEsc50()},
      {"ast-speech-commands", "AST on Speech Commands, as published", astSpeechCommands()},
      {"ast-instruments", "AST for instruments with the settings of the instrument study", astThesis()},
      {"asit-pretrain", "ASiT without labels, as the authors' code", asitPretrain()},
      {"asit-pretrain-paper", "ASiT without labels, as the paper says", asitPaper()},
      {"tiny-asit", "A tiny ASiT without labels, to try a data set in a minute", tinyAsit()},
      {"asit-finetune", "Teach a pre-trained ASiT to classify, with the paper's settings for ESC-50", asitFinetune()},
      {"asit-finetune-audioset-20k", "The same for the balanced part of AudioSet", asitAudioSet20k()},
      {"asit-finetune-audioset-2m", "The same for the whole of AudioSet", asitAudioSet2m()},
      {"asit-finetune-speech-commands", "The same for Speech Commands", asitSpeechCommands()},
      {"asit-s-pretrain", "A small ASiT for instruments, first stage: without labels, from files", asitSmallPretrain()},
      {"asit-s", "The same, second stage: classes, from notes and soundfonts; start is the first", asitSmall()},
      {"bag-of-codes", "A bag of auto-encoder codes for any number of classes, as studied on FSD50K", bagOfCodes()},
      {"bag-of-codes-s", "A small bag of codes, from rendered phrases and recorded notes", bagOfCodesSmall()},
      {"tiny-bag-of-codes", "A tiny bag of codes, to try a data set in minutes", tinyBagOfCodes()},
      {"lyrics-mae", "Sound and lyrics without labels, as the audio + lyrics thesis; vocabulary is a vocab.txt", lyricsMae()},
      {"lyrics-mae-cav-mae-losses", "The same with the losses of the CAV-MAE authors' code", lyricsMaeCavMaeLosses()},
      {"lyrics-finetune", "Teach a lyrics-mae to classify songs by sound, lyrics or both; start is the model", lyricsFinetune()},
      {"tiny-lyrics-mae", "A tiny model of sound and lyrics, to try a data set in a minute", tinyLyrics()},
      {"tiny-lyrics-classify", "A tiny classifier of sound and lyrics, likewise", tinyLyricsClassify()},
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
      {"instruments-s", "The small instrument recogniser that ships, from notes and soundfonts", instruments()},
      {"cav-mae", "Sound and pictures without labels, as the CAV-MAE authors' code", cavMae()},
      {"dualmae-as-run", "The same with the settings that the DualMAE thesis ran", dualMaeAsRun()},
      {"dualmae-as-written", "The same as the thesis describes it, without contrast", dualMaeAsWritten()},
      {"cav-mae-finetune", "Teach a pretrained CAV-MAE to classify by sound, picture or both", cavMaeFinetune()},
      {"dualmae-s", "The small painter of sound and pictures that ships, from scores", dualMaeSmall()},
      {"tiny-dualmae", "A tiny painter of sound and pictures, to try a data set in minutes", tinyDualMae()},
      {"tiny-av-att", "A tiny localiser of events from media, to try a folder of scenes in a minute", tinyAvAtt()},
      {"tiny-ast", "A tiny AST from nothing, to try a data set in a minute", tinyAst()},
  };
  for (auto& preset : presets) preset.recipe.preset = preset.name;
  return presets;
}

}  // namespace

const std::vector<RecipePreset>& recipePresets() {
  static const std::vector<RecipePreset> presets = makePresets();
  return presets;
}

Result<Recipe> presetRecipe(const std::string& name) {
  std::vector<std::string> known;
  for (const auto& preset : recipePresets()) {
    if (preset.name == name) return preset.recipe;
    known.emplace_back(preset.name);
  }
  const auto nearest = nearestName(name, known);
  return fail(ErrorCode::notFound, serial::printable(name) + ": neither a recipe file nor a preset" +
                                       (nearest.empty() ? "; train presets lists them" : "; did you mean " + nearest + "?"));
}

Result<Recipe> resolveRecipe(const std::string& fileOrPreset, const std::vector<std::string>& assignments) {
  Recipe recipe;
  std::error_code ignored;
  if (std::filesystem::is_regular_file(fileOrPreset, ignored)) {
    auto json = serial::readJsonFile(fileOrPreset);
    if (!json) return fail(json.error());
    const auto* named = json->find("preset");
    if (named && named->string() && !named->string()->empty()) {
      auto preset = presetRecipe(*named->string());
      if (!preset) return fail(preset.error(), fileOrPreset);
      recipe = *preset;
    }
    auto read = recipeFromJson(*json, recipe);
    if (!read) return fail(read.error(), fileOrPreset);
    recipe = *read;
  } else if (!fileOrPreset.empty()) {
    auto preset = presetRecipe(fileOrPreset);
    if (!preset) return fail(preset.error());
    recipe = *preset;
  }
  for (const auto& assignment : assignments)
    if (auto set = setField(recipe, assignment); !set) return fail(set.error());
  return recipe;
}

}  // namespace chladni::training
