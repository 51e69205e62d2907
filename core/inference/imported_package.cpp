#include "core/inference/imported_package.h"

namespace chladni::inference {

Result<std::vector<std::string>> classNames(const ImportOptions& options, std::int64_t classes) {
  if (!options.classes.empty() && static_cast<std::int64_t>(options.classes.size()) != classes)
    return fail(ErrorCode::incompatibleModel, "the weights have " + std::to_string(classes) + " classes but " +
                                                  std::to_string(options.classes.size()) + " names were given");
  if (!options.classes.empty()) return options.classes;
  std::vector<std::string> numbered;
  for (std::int64_t i = 0; i < classes; ++i) numbered.push_back("class " + std::to_string(i));
  return numbered;
}

std::string importedCard(const ModelSpec& spec, const std::string& what) {
  return "# " + spec.title + "\n\n" + what + " imported from `" + spec.source +
         "`.\nLicence, training data and measured figures are those of its publisher; write them here.\n";
}

}  // namespace chladni::inference
