// Makes a package from published ASiT weights: finds names and sizes, accounts for every tensor, and writes model.json,
// weights.safetensors and CARD.md. Accepted only when every difference has its reason; else nothing is written and the
// report says why. Settings, all optional:
//   network      "teacher" (what the authors use downstream) or "student", of a checkpoint that holds both
//   heads, bins, last_gelu   as detectConfig
//   frames       columns of the input; other than the weights' own, the position table is fitted
//   positions    how: "bicubic" (default), "bilinear", "bicubic-scale", "crop"
//   sample_rate  in Hz; 32000 as the authors' code has it (their paper says 16000)
//   data         normalisation and task of a fine-tuned model, by the names of fineTunePresets()
// Fails with invalidArgument for any other setting.
#pragma once

#include "core/inference/model_family.h"

namespace chladni::models::asit {

Result<inference::ImportReport> importAsit(const inference::ImportOptions& options);

}  // namespace chladni::models::asit
