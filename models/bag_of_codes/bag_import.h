// Makes a package from a checkpoint: a state dict with the auto-encoders, the head and the centres of k-means under the
// names of bag_net.h and bag_codebook.h ("module." in front is taken off), or with the centres in a file of their own
// (setting "codebook"). Accounts for every tensor; accepted only when every difference has its reason, else nothing is
// written and the report says why. The other settings are those of bag_detect.h.
#pragma once

#include "core/inference/model_family.h"

namespace chladni::models::bag {

Result<inference::ImportReport> importBag(const inference::ImportOptions& options);

}  // namespace chladni::models::bag
