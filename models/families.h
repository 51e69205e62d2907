// The one call by which families meet a program. Add a family: one folder, one line in families.cpp.
#pragma once

namespace chladni::inference {
class ModelRegistry;
}

namespace chladni::models {
void registerModelFamilies(inference::ModelRegistry& registry);
}
