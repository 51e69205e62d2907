#include "app/gui/families.h"

#ifdef CHLADNI_HAS_MODELS
#include "models/families.h"
#endif

namespace chladni::gui {

void registerFamilies([[maybe_unused]] inference::ModelRegistry& registry) {
#ifdef CHLADNI_HAS_MODELS
  models::registerModelFamilies(registry);
#endif
}

}  // namespace chladni::gui
