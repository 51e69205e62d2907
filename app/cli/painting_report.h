// evaluate, of a masked autoencoder: the middle of every stretch is hidden and painted (the model's first way of masking, the
// number of the item as seed), and errors and peak ratios are averaged beside those of the two guesses that need no model.
// Fails as analysis::reconstruct does when no item could be painted; items that cannot be read are left out and named.
#pragma once

#include <vector>

#include "app/cli/context.h"
#include "core/analysis/manifest_examples.h"
#include "core/inference/model_family.h"

namespace chladni::cli {

Result<void> reportPaintings(Context& context, const std::vector<analysis::ManifestExample>& examples,
                             const inference::LoadedModel& model, double ratio);

}  // namespace chladni::cli
