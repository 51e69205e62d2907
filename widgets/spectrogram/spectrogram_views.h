// The kinds of picture that a spectrogram lane shows: their names, what they are good for in one sentence, and how their
// bins stand above each other. Pure; GUI thread (names are translated).
#pragma once

#include <QString>
#include <array>
#include <optional>

#include "widgets/spectrogram/frequency_scale.h"

namespace chladni::widgets {

enum class SpectrogramView { logarithmic, linear, mel, constantQ, mfcc, chroma, modelInput };

inline constexpr std::array kSpectrogramViews = {SpectrogramView::logarithmic, SpectrogramView::linear, SpectrogramView::mel,
                                                 SpectrogramView::constantQ,   SpectrogramView::mfcc,   SpectrogramView::chroma,
                                                 SpectrogramView::modelInput};

QString viewName(SpectrogramView view);         // "Constant-Q"
QString viewExplanation(SpectrogramView view);  // one sentence for somebody who sees it for the first time
QString viewId(SpectrogramView view);           // "constant-q", of settings and the command line
std::optional<SpectrogramView> viewFromId(const QString& id);
FrequencyScale::Kind scaleKind(SpectrogramView view);
// Whether the axis is one of frequencies, where boxes and measures make sense.
bool hasFrequencies(SpectrogramView view);
// Whether a window of the transform can be chosen.
bool hasWindow(SpectrogramView view);

}  // namespace chladni::widgets
