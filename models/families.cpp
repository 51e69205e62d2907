#include "models/families.h"

#include <memory>

#include "core/inference/model_registry.h"
#include "models/ast/ast_family.h"
#include "models/lyrics_mae/lyrics_family.h"

namespace chladni::models {

// An explicit list: the linker drops self-registering statics from a static library.
void registerModelFamilies(inference::ModelRegistry& registry) {
  registry.addFamily(std::make_unique<ast::AstFamily>());
  registry.addFamily(std::make_unique<lyrics_mae::LyricsFamily>(lyrics_mae::LyricsTask::autoencoder));
  registry.addFamily(std::make_unique<lyrics_mae::LyricsFamily>(lyrics_mae::LyricsTask::classifier));
}

}  // namespace chladni::models
