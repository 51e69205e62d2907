// The 29 classes of the AVE data set in the order of its labels; the last is Background, which is no event.
#pragma once

#include <string>
#include <vector>

namespace chladni::models::ave {

const std::vector<std::string>& aveClasses();

}  // namespace chladni::models::ave
