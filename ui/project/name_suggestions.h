// What a label may be called, for the line it is typed in: the classes of the project, then what other labels of the file are
// called, most used first, then what the model heard over it, then its other classes. Each once. Pure.
#pragma once

#include <QStringList>
#include <vector>

#include "core/data/label.h"
#include "core/data/prediction.h"
#include "core/store/project.h"

namespace chladni::ui {

// `heard` may be null.
QStringList nameSuggestions(const std::vector<LabelClass>& classes, const std::vector<store::StoredTrack>& tracks, const Prediction* heard,
                            const TimeRange& span);

}  // namespace chladni::ui
