// Where a patch of a model's picture of the sound lies, in words: "patch 23 of 512 · 4.16–4.32 s · 210–480 Hz".
// Pure; GUI thread (words are translated).
#pragma once

#include <QString>
#include <vector>

#include "core/data/attention_map.h"

namespace chladni::widgets {

// `binHz`: centre of each bin; empty: bands go unnamed. `start`: of the media that the patches are cut from.
QString patchPlace(const PatchGrid& grid, MediaTime start, const std::vector<float>& binHz, int row, int column);

}  // namespace chladni::widgets
