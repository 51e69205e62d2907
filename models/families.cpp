#include "models/families.h"

#include <memory>

#include "core/inference/model_registry.h"
#include "models/asit/asit_family.h"
#include "models/ast/ast_family.h"
#include "models/ave/ave_family.h"
#include "models/ave/stem_family.h"
#include "models/bag_of_codes/bag_family.h"
#include "models/backbones/backbone_family.h"
#include "models/cavmae/cavmae_family.h"
#include "models/torchscript/script_family.h"
#include "models/lyrics_mae/lyrics_family.h"

namespace chladni::models {

// An explicit list: the linker drops self-registering statics from a static library.
void registerModelFamilies(inference::ModelRegistry& registry) {
  registry.addFamily(std::make_unique<asit::AsitFamily>());
  registry.addFamily(std::make_unique<ast::AstFamily>());
  for (const auto kind : {ave::AveKind::avAtt, ave::AveKind::dmrn, ave::AveKind::audioOnly, ave::AveKind::visualOnly})
    registry.addFamily(std::make_unique<ave::AveFamily>(kind));
  registry.addFamily(std::make_unique<ave::MatchingFamily>());
  for (const auto* name : {ave::kEarFamily, ave::kEyeFamily}) registry.addFamily(std::make_unique<ave::StemFamily>(name));
  registry.addFamily(std::make_unique<bag::BagOfCodesFamily>());
  registry.addFamily(std::make_unique<cavmae::CavmaeFamily>(cavmae::Task::pretrain));
  registry.addFamily(std::make_unique<cavmae::CavmaeFamily>(cavmae::Task::classify));
  for (const auto name : backbones::BackboneFamily::names())
    registry.addFamily(std::make_unique<backbones::BackboneFamily>(name));
  registry.addFamily(std::make_unique<torchscript::ScriptFamily>());
  registry.addFamily(std::make_unique<lyrics_mae::LyricsFamily>(lyrics_mae::LyricsTask::autoencoder));
  registry.addFamily(std::make_unique<lyrics_mae::LyricsFamily>(lyrics_mae::LyricsTask::classifier));
}

}  // namespace chladni::models
