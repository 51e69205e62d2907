#include <limits>

#include "core/training/recipe.h"

namespace chladni::training {
namespace {

using R = Recipe;
constexpr double kMany = 1e15;  // whole numbers up to here are exact as doubles

std::vector<RecipeField> makeFields() {
  return {
      {"preset", "what", &R::preset, "", 0, 0, {}, "Preset that the other fields change; see train presets"},
      {"family", "what", &R::family, "", 0, 0, {}, "Family of models"},
      {"task", "what", &R::task, "", 0, 0, {"classify", "pretrain", "localise"}, "What the model learns"},
      {"title", "what", &R::title, "", 0, 0, {}, "Title of the model that results"},
      {"start", "what", &R::start, "", 0, 0, {}, "Model package whose weights are the start; empty: from nothing"},

      {"data", "data", &R::data, "", 0, 0, {}, "Manifest, list or folder of classes"},
      {"media", "data", &R::media, "", 0, 0, {}, "Folder of the media, for lists that do not say it"},
      {"classes", "data", &R::classes, "", 0, 0, {}, "Table of classes, in the order of the outputs; empty: those that occur"},
      {"source", "data", &R::source, "", 0, 0, {"files", "instruments", "scores", "events"}, "files: the data above; instruments: phrases made from notes; scores: pieces played from notes, with pictures that move with them; events: a folder in AVE's format"},
      {"labels", "data", &R::labels, "", 0, 0, {"auto", "multi-class", "multi-label"}, "One class an item or any number; auto: as the data have it"},
      {"group_by", "data", &R::groupBy, "", 0, 0, {"source", "folder", "item"}, "What stays on one side of the held-out split: recordings, folders, or nothing"},
      {"validation_share", "data", &R::validationShare, "share", 0, 0.9, {}, "Held out when the data name no split; 0: nothing is measured"},
      {"folds", "data", &R::folds, "folds", 0, 1000, {}, "Cross-validation: the data are dealt out to so many folds, whole sources at a time, each held out in a run of its own; 0: none"},
      {"fold", "data", &R::fold, "", 0, 1000, {}, "Which fold is held out, from 1; 0: every one in turn"},
      {"balanced", "data", &R::balanced, "", 0, 0, {}, "Draw rare classes as often as common ones"},
      {"crop", "data", &R::crop, "", 0, 0, {"start", "random"}, "Which part of an item longer than the model's clip; bags of codes take one of its whole seconds with start"},
      {"examples", "data", &R::examples, "examples", 1, kMany, {}, "Length of an epoch of made-up data"},
      {"cache_mb", "data", &R::cacheMegabytes, "MB", 0, 1e9, {}, "Room for decoded sound and features on disk; 0: none are kept"},
      {"cache_folder", "data", &R::cacheFolder, "", 0, 0, {}, "Where they are kept; empty: the user's cache folder"},
      {"loaders", "data", &R::loaders, "threads", 1, 256, {}, "Threads that decode and make features while the model learns"},

      {"frontend", "model", &R::frontend, "", 0, 0, {}, "Name of the front end, when the model starts from nothing"},
      {"frames", "model", &R::frames, "columns", 0, 100000, {}, "Length of the model's clip; 0: as the front end or the start has it"},
      {"sample_rate", "model", &R::sampleRate, "Hz", 0, 192000, {}, "Rate of the sound, when the model starts from nothing; 0: the front end's own"},
      {"depth", "model", &R::depth, "blocks", 1, 100, {}, "Blocks, when the model starts from nothing"},
      {"width", "model", &R::width, "", 8, 8192, {}, "Width of a token, likewise"},
      {"heads", "model", &R::heads, "", 1, 128, {}, "Attention heads, likewise"},
      {"stride", "model", &R::stride, "pixels", 1, 64, {}, "Stride of the patches, likewise"},
      {"stem", "model", &R::stem, "channels", 0, 512, {}, "Convolutions beside the patches of an AST, of so many channels at first; also given to a start that has none; 0: none"},
      {"backbone", "model", &R::backbone, "", 0, 0, {"auto", "small", "packages", "features"}, "What a localiser reads: small nets that learn with it; sound_backbone and picture_backbone; the folder's audio_feature.h5 and visual_feature.h5; auto: these if they are there, else small"},
      {"sound_backbone", "model", &R::soundBackbone, "", 0, 0, {}, "Package whose features a localiser hears, backbone packages or features; empty: vggish"},
      {"picture_backbone", "model", &R::pictureBackbone, "", 0, 0, {}, "Package whose features a localiser sees, likewise; empty: vgg19"},
      {"cell", "model", &R::cell, "", 0, 0, {"lstm", "gru"}, "Recurrent layers of a localiser"},
      {"attention", "model", &R::attention, "", 0, 0, {"published", "paper"}, "How sound guides a localiser's eye: as the published program or as the paper has it"},
      {"hidden", "model", &R::hidden, "", 1, 8192, {}, "Width of a localiser's recurrent layers, in each direction, or of a bag of codes' auto-encoders"},
      {"head_hidden", "model", &R::headHidden, "", 1, 65536, {}, "Width of the classifier of a bag of codes"},
      {"code_divisor", "model", &R::codeDivisor, "", 1, 1024, {}, "A code has this part of its patch's values: 10 for a tenth"},
      {"clusters", "model", &R::clusters, "centres", 2, 65536, {}, "Words in each codebook"},
      {"attention_width", "model", &R::attentionWidth, "", 1, 16384, {}, "Width of a localiser's attention"},
      {"fusion_blocks", "model", &R::fusionBlocks, "blocks", 1, 64, {}, "Residual blocks of DMRN"},
      {"weak", "model", &R::weak, "", 0, 0, {}, "A localiser learns from one label a clip, not one a second"},
      {"variant", "model", &R::variant, "", 0, 0, {}, "Reading of the family, when it has several: asit-code, asit-paper, cav-mae, dualmae-as-run, dualmae-as-written, lyrics-mae or lyrics-mae-cav-mae-losses; empty: the usual one"},
      {"projection_hidden", "model", &R::projectionHidden, "", 0, 65536, {}, "Width of projection heads; 0: as the variant has it"},
      {"projection_outputs", "model", &R::projectionOutputs, "", 0, 65536, {}, "Outputs of projection heads; 0: as the variant has it"},

      {"unified_depth", "model", &R::unifiedDepth, "blocks", 1, 100, {}, "Blocks over sound and picture together, when a model of both starts from nothing; depth is that of each branch"},
      {"decoder_depth", "model", &R::decoderDepth, "blocks", 0, 100, {}, "Blocks that paint, likewise"},
      {"decoder_width", "model", &R::decoderWidth, "", 8, 8192, {}, "Width of a token there"},
      {"decoder_heads", "model", &R::decoderHeads, "", 1, 128, {}, "Attention heads there"},
      {"patch", "model", &R::patch, "pixels", 1, 256, {}, "Side of a patch of sound and picture, likewise; it divides bands, columns and picture_size"},
      {"picture_size", "model", &R::pictureSize, "pixels", 0, 1024, {}, "Side of the square that a model from nothing sees; 0: as the front end has it"},
      {"pixel_norm", "model", &R::pixelNorm, "", 0, 0, {}, "Paint patches without their own level and contrast, as published; a model that is to be looked at learns without"},
      {"modality", "model", &R::modality, "", 0, 0, {"both", "sound", "picture", "words"}, "What a classifier of sound and pictures, or of sound and lyrics, learns from"},
      {"vocabulary", "model", &R::vocabulary, "", 0, 0, {}, "Words that a model from nothing reads: a vocab.txt with one WordPiece a line, such as BERT's"},
      {"tokens", "model", &R::tokens, "tokens", 2, 4096, {}, "Of the lyrics that it reads: cut or padded to so many"},
      {"text_depth", "model", &R::textDepth, "blocks", 1, 100, {}, "Blocks that read; depth is that of those that hear, unified_depth of those over both"},
      {"text_layout", "model", &R::textLayout, "", 0, 0, {"pre-norm", "bert"}, "Where the norms of those blocks stand; bert: after attention and layers, as BERT's weights want it"},

      {"mask_ratio", "pretrain", &R::maskRatio, "share", 0, 0.99, {}, "Hidden share of the input, at most"},
      {"alien_ratio", "pretrain", &R::alienRatio, "share", 0, 0.99, {}, "Replaced by other examples' content instead of nothing; 0: never"},
      {"class_weight", "pretrain", &R::classWeight, "", 0, 1000, {}, "Weight of the loss of whole clips"},
      {"data_weight", "pretrain", &R::dataWeight, "", 0, 1000, {}, "Weight of the loss of patches"},
      {"reconstruction_weight", "pretrain", &R::reconstructionWeight, "", 0, 1000, {}, "Weight of the loss of what is painted"},
      {"teacher_momentum", "pretrain", &R::teacherMomentum, "share", 0, 1, {}, "Of the teacher at the start; it reaches 1 at the end"},

      {"mask_mode", "pretrain", &R::maskMode, "", 0, 0, {"unstructured", "time", "frequency", "time-frequency", "block", "grid"}, "Which patches are hidden; time and frequency concern the sound alone"},
      {"picture_mask_ratio", "pretrain", &R::pictureMaskRatio, "share", -1, 0.99, {}, "Hidden share of the picture; below 0: mask_ratio"},
      {"text_weight", "pretrain", &R::textWeight, "", 0, 1e9, {}, "Weight of the loss of hidden words beside that of the sound, which is a sum over all hidden values unless the variant takes the mean"},
      {"contrastive_weight", "pretrain", &R::contrastiveWeight, "", 0, 1000, {}, "Weight of the loss that tells sounds and pictures, or lyrics, of other clips apart"},

      {"mixup", "augment", &R::mixup, "share", 0, 1, {}, "Examples that are mixed with another one"},
      {"mask_bins", "augment", &R::maskBins, "bins", 0, 4096, {}, "Widest band that is masked; 0: none"},
      {"mask_frames", "augment", &R::maskFrames, "columns", 0, 100000, {}, "Longest stretch that is masked; 0: none"},
      {"noise", "augment", &R::noise, "", 0, 0, {}, "Add noise of random strength to the features"},
      {"roll", "augment", &R::roll, "columns", 0, 100000, {}, "Farthest circular shift in time; 0: none"},
      {"label_smoothing", "augment", &R::labelSmoothing, "share", 0, 0.99, {}, "Taken from the target for all classes"},
      {"patchout", "augment", &R::patchout, "share", 0, 0.95, {}, "Patches left out of each training step"},
      {"modality_dropout", "augment", &R::modalityDropout, "share", 0, 1, {}, "Examples of which only the sound or only the picture is shown"},
      {"dropout", "augment", &R::dropout, "share", 0, 0.95, {}, "Of the hidden units of auto-encoders"},
      {"head_dropout", "augment", &R::headDropout, "share", 0, 0.95, {}, "Of those of the classifier of a bag of codes"},
      {"word_masking", "augment", &R::wordMasking, "share", 0, 0.95, {}, "Words of the lyrics replaced by [MASK]"},
      {"code_masking", "augment", &R::codeMasking, "share", 0, 0.95, {}, "Counts of codes that are left out, each by itself"},
      {"drop_path", "augment", &R::dropPath, "share", 0, 0.95, {}, "Blocks passed over at random, at most, in the last block"},

      {"loss", "optimise", &R::loss, "", 0, 0, {"auto", "cross-entropy", "binary", "binary+strongest", "soft-margin", "huber"}, "auto: binary for multi-label data; binary+strongest: and a softmax of which is the strongest; soft-margin: of probabilities, as AVE's localisers were published; huber: of probabilities, bags of codes only"},
      {"huber_delta", "optimise", &R::huberDelta, "", 1e-6, 1, {}, "Error up to which that loss is a square"},
      {"coder_share", "optimise", &R::coderShare, "share", 0.01, 0.99, {}, "Of a bag of codes' run that its auto-encoders take; the head learns in what is left"},
      {"codebook_seconds", "optimise", &R::codebookSeconds, "seconds", 1, 10000000, {}, "Of the training sounds that its codebooks are made from"},
      {"auxiliary_loss", "optimise", &R::auxiliaryLoss, "", 0, 100, {}, "Weight of heads that only help learning; 0: none"},
      {"pointing_weight", "optimise", &R::pointingWeight, "", 0, 100, {}, "Weight of the loss that a localiser attends to where the sound comes from, with folders that say so (positions.csv); 0: none"},
      {"optimiser", "optimise", &R::optimiser, "", 0, 0, {"adamw", "adam", "muon"}, "adam: weight decay as part of the gradient; muon: orthogonal steps for the blocks' matrices"},
      {"rate", "optimise", &R::rate, "", 0, 10, {}, "Learning rate after the warm-up"},
      {"head_factor", "optimise", &R::headFactor, "", 0, 1e6, {}, "The head's rate over the others'"},
      {"layer_decay", "optimise", &R::layerDecay, "", 0.01, 1, {}, "Rate of each block over that of the next one above"},
      {"matrix_rate", "optimise", &R::matrixRate, "", 0, 10, {}, "Rate of muon's matrices"},
      {"weight_decay", "optimise", &R::weightDecay, "", 0, 10, {}, "Of matrices and kernels; for AST with adam of everything"},
      {"last_weight_decay", "optimise", &R::lastWeightDecay, "", -1, 10, {}, "Reached along a cosine at the end; below 0: weight_decay stays"},
      {"beta1", "optimise", &R::beta1, "", 0, 0.99999, {}, "Memory of the mean gradient"},
      {"beta2", "optimise", &R::beta2, "", 0, 0.99999, {}, "Memory of its square"},
      {"epsilon", "optimise", &R::epsilon, "", 1e-16, 1, {}, "Added to the root of the square"},
      {"freeze_base", "optimise", &R::freezeBase, "", 0, 0, {}, "Teach the head alone"},
      {"batch", "optimise", &R::batch, "examples", 1, 1000000, {}, "Examples looked at together"},
      {"accumulate", "optimise", &R::accumulate, "batches", 1, 100000, {}, "Batches whose gradients make one step"},
      {"drop_last", "optimise", &R::dropLast, "", 0, 0, {}, "Leave out the incomplete batch at the end of an epoch"},
      {"schedule", "optimise", &R::schedule, "", 0, 0, {"constant", "cosine", "step", "plateau"}, "How the rate falls"},
      {"warmup", "optimise", &R::warmup, "", 0, 0, {"linear", "ast"}, "ast: the published stairs over 1000 steps"},
      {"warmup_steps", "optimise", &R::warmupSteps, "steps", 0, kMany, {}, "Of the linear warm-up"},
      {"warmup_epochs", "optimise", &R::warmupEpochs, "epochs", 0, kMany, {}, "Of the linear warm-up, instead of steps"},
      {"last_rate", "optimise", &R::lastRate, "", 0, 10, {}, "Where the cosine ends"},
      {"step_start", "optimise", &R::stepStart, "epochs", 0, kMany, {}, "Last epoch at the full rate, schedule step"},
      {"step_every", "optimise", &R::stepEvery, "epochs", 1, kMany, {}, "Epochs from fall to fall"},
      {"step_decay", "optimise", &R::stepDecay, "", 1e-6, 0.999999, {}, "What the rate is multiplied by, schedules step and plateau"},
      {"patience", "optimise", &R::patience, "epochs", 0, kMany, {}, "Epochs without progress before a plateau falls"},
      {"clip_norm", "optimise", &R::clipNorm, "", 0, 1e9, {}, "Largest norm of the gradient; 0: any"},
      {"clip_each", "optimise", &R::clipEach, "", 0, 0, {}, "clip_norm holds for each tensor by itself, not for all together"},
      {"ema", "optimise", &R::ema, "share", 0, 0.999999, {}, "Moving average of the weights, which becomes the model; 0: none"},
      {"average_from", "optimise", &R::averageFrom, "epochs", 0, kMany, {}, "First epoch whose weights are averaged into the model; 0: none"},
      {"average_to", "optimise", &R::averageTo, "epochs", 0, kMany, {}, "Last such epoch; 0: the last one"},

      {"epochs", "length", &R::epochs, "epochs", 1, kMany, {}, "Passes over the data"},
      {"steps", "length", &R::steps, "steps", 0, kMany, {}, "Steps instead of epochs; 0: epochs count"},
      {"minutes", "length", &R::minutes, "minutes", 0, 1e7, {}, "End after so long, with the schedule run to its end; 0: no limit"},
      {"early_stop", "length", &R::earlyStop, "epochs", 0, kMany, {}, "End after so many evaluations without progress; 0: never"},

      {"device", "machine", &R::device, "", 0, 0, {}, "auto, cpu, cuda or cuda:N"},
      {"precision", "machine", &R::precision, "", 0, 0, {"fp32", "bf16"}, "Of the products; weights stay fp32"},
      {"threads", "machine", &R::threads, "threads", 0, 4096, {}, "For computing on the CPU; 0: every core. A run repeats bit for bit only with the same number"},
      {"recompute", "machine", &R::recompute, "", 0, 0, {}, "Compute the insides of transformer blocks again on the way back instead of keeping them: less memory, more time, the same result"},
      {"process_wait", "machine", &R::processWait, "minutes", 0.05, 10000, {}, "How long one of several processes waits for the others before the run ends"},
      {"seed", "machine", &R::seed, "", 0, kMany, {}, "Of everything random"},

      {"report_every", "keep", &R::reportEvery, "steps", 1, kMany, {}, "Steps from one line to the next"},
      {"evaluate_every", "keep", &R::evaluateEvery, "epochs", 1, kMany, {}, "Epochs from one evaluation to the next"},
      {"checkpoint_every", "keep", &R::checkpointEvery, "steps", 0, kMany, {}, "Steps between checkpoints; 0: only at the end of epochs"},
      {"keep_last", "keep", &R::keepLast, "checkpoints", 1, 1000, {}, "Newest checkpoints that stay"},
      {"keep_every", "keep", &R::keepEvery, "epochs", 0, kMany, {}, "Checkpoints of every so many epochs stay as well; 0: none"},
      {"bad_batches", "keep", &R::badBatches, "batches", 0, 1000, {}, "Batches in a row whose loss is not a number that are passed over"},
      {"tensorboard", "keep", &R::tensorboard, "", 0, 0, {}, "Write the numbers for TensorBoard as well, events.out.tfevents.* in the run folder"},
      {"select", "keep", &R::select, "", 0, 0, {"best", "last"}, "Which weights become the model, unless epochs are averaged"},
      {"dtype", "keep", &R::dtype, "", 0, 0, {"fp32", "fp16", "bf16"}, "How the model's weights are stored"},
  };
}

}  // namespace

const std::vector<RecipeField>& recipeFields() {
  static const std::vector<RecipeField> fields = makeFields();
  return fields;
}

const RecipeField* findRecipeField(std::string_view name) {
  for (const auto& field : recipeFields())
    if (field.name == name) return &field;
  return nullptr;
}

}  // namespace chladni::training
