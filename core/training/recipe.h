// Recipe: everything a training run is told, one JSON object of plain fields. recipeFields() is the one table of them:
// name, kind, unit, range, choices, default, help; reading, checking, `train --describe` and the window's form all come
// from it. Rates are of the optimiser, "share" lies between 0 and 1, times are named by their unit. Plain values.
// Reading fails with invalidArgument naming the field, and with the nearest known name for an unknown one.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "core/base/result.h"
#include "core/serial/json_value.h"

namespace chladni::training {

struct Recipe {
  // What is taught.
  std::string preset, family = "ast", task = "classify", title, start;
  // From what.
  std::string data, media, classes, source = "files", labels = "auto", groupBy = "source";
  double validationShare = 0.1;
  std::int64_t folds = 0, fold = 0;
  bool balanced = false;
  std::string crop = "start";
  std::int64_t examples = 24000;
  double cacheMegabytes = 4096.0;
  std::string cacheFolder;
  std::int64_t loaders = 2;
  // What the model sees.
  std::string frontend = "ast";
  std::int64_t frames = 0, sampleRate = 0;
  // Its size, when it starts from nothing.
  std::int64_t depth = 12, width = 768, heads = 12, stride = 10, stem = 0;
  std::string variant;  // of the family; "" is its usual one
  std::string backbone = "auto", soundBackbone, pictureBackbone, cell = "lstm", attention = "published";
  std::int64_t hidden = 128, attentionWidth = 512, fusionBlocks = 1;
  bool weak = false;
  std::int64_t projectionHidden = 0, projectionOutputs = 0;
  // Of bags of codes.
  std::int64_t codeDivisor = 10, clusters = 256, headHidden = 512, codebookSeconds = 2000;
  double coderShare = 0.5;
  // Of models that hear and read.
  std::string vocabulary, textLayout = "pre-norm";
  std::int64_t textDepth = 5, tokens = 256;
  double textWeight = 1000.0, wordMasking = 0.0;
  // Of models that see and hear.
  std::int64_t unifiedDepth = 1, decoderDepth = 8, decoderWidth = 512, decoderHeads = 16, pictureSize = 0, patch = 16;
  bool pixelNorm = true;
  std::string modality = "both";
  double modalityDropout = 0.0;
  // What pre-training hides and weighs, and how a teacher follows.
  double maskRatio = 0.7, alienRatio = 0.3;
  double classWeight = 1.0, dataWeight = 1.0, reconstructionWeight = 2.0;
  double teacherMomentum = 0.996;
  std::string maskMode = "unstructured";
  double pictureMaskRatio = -1.0, contrastiveWeight = 0.01;
  // Changes to the examples.
  double mixup = 0.0;
  std::int64_t maskBins = 0, maskFrames = 0, roll = 0;
  bool noise = false;
  double labelSmoothing = 0.0, patchout = 0.0, dropPath = 0.0;
  double dropout = 0.5, headDropout = 0.4, codeMasking = 0.35;
  // Learning.
  std::string loss = "auto";
  double auxiliaryLoss = 0.0, pointingWeight = 0.0, huberDelta = 1.0;
  std::string optimiser = "adamw";
  double rate = 1e-4, headFactor = 1.0, layerDecay = 1.0, matrixRate = 0.02, weightDecay = 0.05, lastWeightDecay = -1.0;
  double beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8;
  bool freezeBase = false;
  std::int64_t batch = 12, accumulate = 1;
  bool dropLast = true;
  std::string schedule = "cosine", warmup = "linear";
  std::int64_t warmupSteps = 0, warmupEpochs = 0;
  double lastRate = 0.0;
  std::int64_t stepStart = 2, stepEvery = 1, patience = 1;
  double stepDecay = 0.5;
  double clipNorm = 0.0;
  bool clipEach = false;
  double ema = 0.0;
  std::int64_t averageFrom = 0, averageTo = 0;
  // How long.
  std::int64_t epochs = 10, steps = 0;
  double minutes = 0.0;
  std::int64_t earlyStop = 0;
  // With what.
  std::string device = "cpu", precision = "fp32";
  std::int64_t threads = 0, seed = 1;
  double processWait = 30.0;
  bool recompute = false;
  // What is told and kept.
  std::int64_t reportEvery = 10, evaluateEvery = 1, checkpointEvery = 500, keepLast = 2, keepEvery = 0, badBatches = 3;
  bool tensorboard = true;
  std::string select = "best";
  std::string dtype = "fp32";

  bool operator==(const Recipe&) const = default;
};

using RecipeMember = std::variant<std::int64_t Recipe::*, double Recipe::*, bool Recipe::*, std::string Recipe::*>;

struct RecipeField {
  std::string_view name;
  std::string_view group;  // "data", "optimise", ...: a section of a form
  RecipeMember member;
  std::string_view unit;   // "" for none
  double least = 0.0;      // numbers only, both bounds allowed
  double most = 0.0;
  std::vector<std::string_view> choices;  // texts only; empty: any text
  std::string_view help;
};

// In the order of a form; every field of Recipe once.
const std::vector<RecipeField>& recipeFields();
const RecipeField* findRecipeField(std::string_view name);

// Members that the object does not have keep what `start` says.
Result<Recipe> recipeFromJson(const serial::JsonValue& object, Recipe start = {});
// "key=value"; the value is read as the field's kind wants it.
Result<void> setField(Recipe& recipe, std::string_view assignment);
// What no single field can say: fields that do not fit together.
Result<void> check(const Recipe& recipe);
// Every field, so that a run can be repeated when defaults have changed.
serial::JsonValue recipeJson(const Recipe& recipe);
// {"fields": [{"name", "group", "type", "unit", "min", "max", "choices", "default", "help"}, ...]}
serial::JsonValue describeRecipe();

// The known name that takes the fewest changes of a letter; empty when all are far away.
std::string nearestName(std::string_view word, const std::vector<std::string>& known);

}  // namespace chladni::training
