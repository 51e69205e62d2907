// Which classes a prediction heard over a stretch, most first, each weighted by how much of it its windows cover; classes that
// were given nothing, and silence, are left out. Pure.
#pragma once

#include <string>
#include <vector>

#include "core/data/prediction.h"

namespace chladni::ui {

std::vector<std::string> namesHeardOver(const Prediction& prediction, const TimeRange& span);

}  // namespace chladni::ui
