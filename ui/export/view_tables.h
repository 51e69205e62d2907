// The numbers behind the views as CSV: one header line, dots as decimal signs, seconds of media, units in the headings. Empty
// when there is nothing on show. Pure functions, any thread.
#pragma once

#include <QString>

#include "core/analysis/reconstruction.h"
#include "core/data/attention_map.h"
#include "core/data/prediction.h"

namespace chladni::ui {

// First row of the map: patch, its times and mel bands, weight.
QString attentionTable(const AttentionMap& map);
QString pictureAttentionTable(const AttentionMap& map);
// Every head of every layer: a row each, a column a patch.
QString attentionOverviewTable(const AttentionMap& map, int heads);
// Every value of the sound: column, time, bin, hidden, original, predicted.
QString reconstructionTable(const analysis::ReconstructedClip& clip);
// Patches of the sound: number, place on the grid, hidden, loss.
QString patchTable(const Reconstruction& result);
// Windows by classes.
QString predictionTable(const Prediction& prediction);

}  // namespace chladni::ui
