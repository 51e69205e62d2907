// The settings of a spectrogram lane, in place: a menu below its header with what makes sense for the kind on show. What is
// chosen goes to lane.setChoices. GUI thread only.
#pragma once

#include "widgets/spectrogram/spectrogram_lane.h"

namespace chladni::widgets {

// `scale`: of the values on show.
void openSpectrogramMenu(SpectrogramLane& lane, SpectrogramScale scale);

}  // namespace chladni::widgets
