// Writes what a training run of the instrument recogniser has learned as a model package: weights.safetensors in half
// precision, CARD.md when given, model.json. `instrumentFrontend` and `instrumentArchitecture` are the sizes of the
// shipped model "instruments-s". Fails with io, and with what reading back the manifest finds.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/data/frontend_spec.h"
#include "core/data/tensor_blob.h"
#include "core/inference/model_spec.h"

namespace chladni::cli {

FrontendSpec instrumentFrontend();

struct InstrumentPackage {
  std::vector<TensorBlob> weights;
  std::vector<std::string> classes;
  std::map<std::string, inference::Attribute> architecture;
  std::string title;
  std::string data;  // one paragraph: trained on what
  std::string licence;
  std::string source;
  std::string metricsJson = "{}";
  double temperature = 1.0;
};

Result<inference::ModelSpec> writeInstrumentPackage(const InstrumentPackage& package, const std::filesystem::path& folder);

}  // namespace chladni::cli
