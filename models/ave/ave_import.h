// Makes packages from published files: reads them, finds names and sizes, accounts for every tensor, and writes model.json,
// weights.safetensors and CARD.md. Accepted only when every difference has its reason; else nothing is written and the
// report says why. Settings as in ave_detect.h, besides "sound_backbone" and "picture_backbone", the packages whose
// features the weights were trained on; the metadata of a safetensors file may give the same.
// The authors published whole pickled modules, which are refused by name: models/convert/to_safetensors.py turns them into
// safetensors. The matching network is read from its Keras file as it is, or from a conversion with the same names.
#pragma once

#include "core/inference/model_family.h"
#include "models/ave/ave_config.h"

namespace chladni::models::ave {

Result<inference::ImportReport> importAve(AveKind kind, const inference::ImportOptions& options);
Result<inference::ImportReport> importMatching(const inference::ImportOptions& options);

}  // namespace chladni::models::ave
