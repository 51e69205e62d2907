// Makes a package of "cavmae-pretrain" or "cavmae-classify" from a checkpoint: reads it, finds names and sizes, accounts
// for every tensor, and writes model.json, weights.safetensors and CARD.md. Accepted only when every difference has its
// reason; else nothing is written and the report says why. A vision masked autoencoder becomes a start for pretraining
// (cavmae_vision_start.h); a pretraining file with the setting new_head a start for a classifier.
// Settings (README) are also read from a safetensors file's metadata. Fails with invalidArgument for a setting that the
// family does not know.
#pragma once

#include "core/inference/model_family.h"
#include "models/cavmae/cavmae_config.h"

namespace chladni::models::cavmae {

Result<inference::ImportReport> importCavmae(const inference::ImportOptions& options, Task task);

}  // namespace chladni::models::cavmae
