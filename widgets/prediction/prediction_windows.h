// Which window of a prediction speaks for which moment. Windows may overlap; each stands for the stretch around its
// centre, halfway to its neighbours, the first and last to their own ends. Pure functions; any thread.
#pragma once

#include <utility>

#include "core/data/prediction.h"

namespace chladni::widgets {

// In seconds.
std::pair<double, double> stretchOf(const Prediction& prediction, std::size_t index);
// The window whose stretch holds `seconds`; -1 when there is none.
int windowAt(const Prediction& prediction, double seconds);

}  // namespace chladni::widgets
