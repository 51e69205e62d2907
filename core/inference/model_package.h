// Model packages on disk: a folder with model.json, its weights and a card. Reading a manifest is cheap and touches no
// weights; a package whose weights are missing is read with installed = false. Wrong fields are named by their path
// ("frontend.mel_bins: ..."); unknown ones are ignored. Names of files inside a package cannot lead out of its folder.
// Fails with notFound, corruptData (broken JSON, checksum, weights not finite), incompatibleModel (wrong fields), io.
#pragma once

#include <filesystem>
#include <stop_token>
#include <string>

#include "core/base/result.h"
#include "core/inference/model_spec.h"
#include "core/serial/safetensors.h"

namespace chladni::inference {

Result<ModelSpec> readModelPackage(const std::filesystem::path& folder);

// Writes model.json into the folder (which exists and holds the weights already), with the checksum of the weights, of
// CARD.md and of every file of spec.fileSha256, all computed here. Returns the spec as it reads back.
Result<ModelSpec> writeModelManifest(const ModelSpec& spec, const std::filesystem::path& folder);

// The weights, after their checksum and every value were checked. Not for TorchScript modules (unsupported).
Result<serial::TensorFile> readModelWeights(const ModelSpec& spec, std::stop_token stop = {});

// Only the checksum of the weights file.
Result<void> checkWeightsSum(const ModelSpec& spec, std::stop_token stop = {});

// Everything that can be checked without the family: all checksums, and every weight finite.
Result<void> verifyModelPackage(const ModelSpec& spec, std::stop_token stop = {});

// CARD.md, empty when there is none.
Result<std::string> readModelCard(const ModelSpec& spec);

// Joins a file name from a manifest to its folder. Fails when it is absolute, climbs with "..", or is a link that leads
// out of the folder.
Result<std::filesystem::path> packageFile(const std::filesystem::path& folder, const std::string& name);

}  // namespace chladni::inference
