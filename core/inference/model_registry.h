// ModelRegistry: the families this program knows and the packages found on disk. Filled once at start-up by
// registerModelFamilies() (models/families.h), then read-only and safe to read from any thread.
#pragma once

#include <filesystem>
#include <memory>
#include <string_view>
#include <vector>

#include "core/inference/model_family.h"

namespace chladni::inference {

class ModelRegistry {
 public:
  void addFamily(std::unique_ptr<ModelFamily> family);
  // Folders whose sub-folders are packages, in order of precedence.
  // Packages of a folder of last resort come after all others, so that they are chosen only where nothing else does.
  void addSearchFolder(std::filesystem::path folder, bool lastResort = false);
  // $CHLADNI_MODEL_PATH (colon-separated), the user's data folder, then the folders installed beside the program.
  void addStandardSearchFolders(const std::filesystem::path& programFile);

  [[nodiscard]] const ModelFamily* family(std::string_view name) const;
  [[nodiscard]] std::vector<std::string> familyNames() const;
  // Every readable manifest, sorted by name, those of last resort at the end; of one name the first folder's. Broken ones are skipped and reported in `problems`.
  [[nodiscard]] std::vector<ModelSpec> packages(std::vector<Error>* problems = nullptr) const;
  // A package by name, or by the path of its folder. Fails with notFound, listing what there is.
  [[nodiscard]] Result<ModelSpec> find(const std::string& nameOrFolder) const;
  // The package to use for a task when none is named: the first installed one whose first task it is, else that has it.
  [[nodiscard]] Result<ModelSpec> defaultFor(const std::string& task) const;
  // find, verify the checksum, load.
  [[nodiscard]] Result<std::shared_ptr<const LoadedModel>> load(const std::string& nameOrFolder,
                                                               const RuntimeOptions& options) const;

 private:
  std::vector<std::unique_ptr<ModelFamily>> families_;
  struct SearchFolder {
    std::filesystem::path path;
    bool lastResort = false;
  };
  std::vector<SearchFolder> folders_;
};

}  // namespace chladni::inference
