// A package whose head was taught anew: everything of the parent, byte for byte, but the two tensors of its linear head,
// the temperature, and what is said about it. The parent is only read. Blocking.
// Fails with unsupported (weights that are no tensors), incompatibleModel (no such head in the weights, other sizes),
// corruptData (a parent whose checksums are wrong) and io.
#pragma once

#include <filesystem>
#include <map>
#include <stop_token>
#include <string>

#include "core/base/result.h"
#include "core/inference/linear_head.h"
#include "core/inference/model_spec.h"

namespace chladni::inference {

// The values that come back after the weights file has rounded them to its own type: fp32, fp16 or bf16.
LinearMap asStored(const LinearMap& head, const std::string& dtype);

struct HeadChange {
  LinearMap head;
  double temperature = 1.0;
  std::string title;
  std::string source;       // of the manifest: where these weights come from
  std::string data;         // of the manifest: trained on what
  std::string metricsJson;
  std::string cardSection;  // put at the end of the parent's card
  std::map<std::string, std::string> files;  // further files by name, their contents; vouched for in the manifest
};

// Writes into `folder`, which exists and is empty.
Result<ModelSpec> writeHeadPackage(const ModelSpec& parent, const HeadChange& change, const std::filesystem::path& folder,
                                   std::stop_token stop = {});

}  // namespace chladni::inference
