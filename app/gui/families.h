// The families this build of the window has: those of models/, or none when it was built without torch.
#pragma once

namespace chladni::inference {
class ModelRegistry;
}

namespace chladni::gui {
void registerFamilies(inference::ModelRegistry& registry);
}
