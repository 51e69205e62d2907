// The front end that a recipe teaches with: that of the model it starts from, else the named one, with the recipe's own
// rate and length of clip. Pure. Fails with invalidArgument naming the field.
#pragma once

#include <optional>

#include "core/base/result.h"
#include "core/data/frontend_spec.h"
#include "core/training/recipe.h"

namespace chladni::training {

// `sees`: the family wants pictures as well. `start`: of the package that training begins with, if any.
Result<FrontendSpec> frontendOf(const Recipe& recipe, bool sees, const std::optional<FrontendSpec>& start);

}  // namespace chladni::training
