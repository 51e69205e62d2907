// Makes a package from a published backbone: finds names and sizes, accounts for every tensor, and writes model.json,
// weights.safetensors and CARD.md. Accepted only when every difference has its reason; else nothing is written.
// Settings: openl3 "representation" (mel256, mel128, linear) and "embedding" (512, 6144); musicnn "padding" (reflect,
// zero); vggish "pca" (file with the principal axes) and "windows" (second, published); vgg19 and resnet "preprocessing"
// (torchvision, keras). What the file or its name already tells needs no setting.
#pragma once

#include "core/inference/model_family.h"

namespace chladni::models::backbones {

Result<inference::ImportReport> importBackbone(std::string_view family, const inference::ImportOptions& options);

}  // namespace chladni::models::backbones
