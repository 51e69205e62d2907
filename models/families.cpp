#include "models/families.h"

#include <memory>

#include "core/inference/model_registry.h"
#include "models/ast/ast_family.h"
#include "models/ave/ave_family.h"
#include "models/bag_of_codes/bag_family.h"

namespace chladni::models {

// An explicit list: the linker drops self-registering statics from a static library.
void registerModelFamilies(inference::ModelRegistry& registry) {
  registry.addFamily(std::make_unique<ast::AstFamily>());
  for (const auto kind : {ave::AveKind::avAtt, ave::AveKind::dmrn, ave::AveKind::audioOnly, ave::AveKind::visualOnly})
    registry.addFamily(std::make_unique<ave::AveFamily>(kind));
  registry.addFamily(std::make_unique<ave::MatchingFamily>());
  registry.addFamily(std::make_unique<bag::BagOfCodesFamily>());
}

}  // namespace chladni::models
