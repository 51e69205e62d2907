// The table of backbones: for each family of model.json, which network it is, its sizes and what its front end makes.
// "architecture" holds the sizes as whole numbers and, for musicnn, "variant" ("musicnn" or "vgg").
// Fails with incompatibleModel naming the field.
#pragma once

#include "core/inference/model_spec.h"
#include "models/backbones/feature_net.h"

namespace chladni::models::backbones {

struct SizeRange {
  const char* key;
  std::int64_t low, high;
};

struct Kind {
  std::string_view family;
  std::string_view variant;  // empty: the family has one network
  std::string_view title;
  bool sound = true;                 // else pictures
  bool windowsOfSound = false;       // each example has its own second of sound and front end, else patches of one spectrogram
  std::int64_t minRows = 1, minColumns = 1;  // of an example
  std::vector<SizeRange> ranges;     // all of them required
  Sizes (*detect)(const nn::NamedTensors& tensors) = nullptr;
  std::vector<nn::NamedShape> (*parameters)(const Sizes& sizes, std::int64_t rows, std::int64_t columns) = nullptr;
  std::unique_ptr<FeatureNet> (*make)(const NetMaterial& material) = nullptr;
};

struct ExampleSize {
  std::int64_t rows = 0, columns = 0;
};

std::vector<std::string_view> familyNames();
// Null when there is none.
const Kind* kindOf(std::string_view family, std::string_view variant = {});
// The variant that a file's tensor names belong to; null when they are of none.
const Kind* kindOf(std::string_view family, const nn::NamedTensors& tensors);

Result<const Kind*> kindFromSpec(const inference::ModelSpec& spec);
Result<Sizes> sizesFromSpec(const Kind& kind, const inference::ModelSpec& spec);
Result<void> checkSizes(const Kind& kind, const Sizes& sizes);
// Rows and columns of an example by the front end, checked.
Result<ExampleSize> exampleSize(const Kind& kind, const FrontendSpec& frontend);
std::map<std::string, inference::Attribute> toArchitecture(const Kind& kind, const Sizes& sizes);

}  // namespace chladni::models::backbones
