// What the choices of a spectrogram lane mean for its computation, and the short lines that its header says about it.
// Pure functions; GUI thread (texts are translated).
#pragma once

#include <QStringList>

#include "core/analysis/recording.h"
#include "core/inference/model_spec.h"
#include "widgets/spectrogram/spectrogram_lane.h"

namespace chladni::ui {

analysis::SpectrogramSettings settingsOf(const widgets::SpectrogramLane::Choices& choices);
// "window 2048 · hop 512"
QStringList factsOf(widgets::SpectrogramView view, const analysis::SpectrogramSettings& settings, double hopSeconds);
// Of a model's input: length of its window, size of the tensor, normalisation, padding of a recording that is too short.
QStringList factsOf(const inference::ModelSpec& model, double durationSeconds);

}  // namespace chladni::ui
