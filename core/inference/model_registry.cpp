#include "core/inference/model_registry.h"

#include <algorithm>
#include <iterator>
#include <cstdlib>
#include <set>

#include "core/inference/model_package.h"
#include "core/serial/json_value.h"

namespace chladni::inference {

namespace fs = std::filesystem;

namespace {

std::string environment(const char* name) {
  const char* value = std::getenv(name);
  return value ? value : "";
}

std::string joined(const std::vector<std::string>& words) {
  std::string list;
  for (const auto& word : words) list += (list.empty() ? "" : ", ") + word;
  return list.empty() ? "none" : list;
}

bool isPlainName(const std::string& text) {
  return !text.empty() && text != "." && text != ".." && text.find('/') == std::string::npos &&
         text.find('\0') == std::string::npos;
}

bool isPackage(const fs::path& folder) {
  std::error_code ec;
  return fs::is_regular_file(folder / "model.json", ec);
}

std::vector<fs::path> packageFolders(const fs::path& folder) {
  std::vector<fs::path> found;
  std::error_code ec;
  for (fs::directory_iterator it(folder, fs::directory_options::skip_permission_denied, ec), end; !ec && it != end;
       it.increment(ec))
    if (isPackage(it->path())) found.push_back(it->path());
  std::sort(found.begin(), found.end());
  return found;
}

}  // namespace

void ModelRegistry::addFamily(std::unique_ptr<ModelFamily> family) { families_.push_back(std::move(family)); }

void ModelRegistry::addSearchFolder(fs::path folder, bool lastResort) {
  folders_.push_back({std::move(folder), lastResort});
}

void ModelRegistry::addStandardSearchFolders(const fs::path& programFile) {
  const std::string list = environment("CHLADNI_MODEL_PATH");
  for (std::size_t start = 0; start < list.size();) {
    const std::size_t end = std::min(list.find(':', start), list.size());
    if (end > start) addSearchFolder(list.substr(start, end - start));
    start = end + 1;
  }
  // The base directory specification wants relative paths ignored.
  if (const fs::path data = environment("XDG_DATA_HOME"); data.is_absolute())
    addSearchFolder(data / "chladni/models");
  else if (const fs::path home = environment("HOME"); !home.empty())
    addSearchFolder(home / ".local/share/chladni/models");
  std::error_code ec;
  fs::path program = fs::canonical(programFile.has_parent_path() ? programFile : fs::path("/proc/self/exe"), ec);
  if (!ec) addSearchFolder(program.parent_path().parent_path() / "share/chladni/models");
#ifdef CHLADNI_SOURCE_MODELS
  // A program run from its build tree finds the packages of the source tree; elsewhere the folder does not exist.
  if (fs::is_directory(CHLADNI_SOURCE_MODELS, ec)) addSearchFolder(CHLADNI_SOURCE_MODELS);
#endif
}

const ModelFamily* ModelRegistry::family(std::string_view name) const {
  const auto it = std::find_if(families_.begin(), families_.end(), [&](const auto& f) { return f->name() == name; });
  return it == families_.end() ? nullptr : it->get();
}

std::vector<std::string> ModelRegistry::familyNames() const {
  std::vector<std::string> names;
  for (const auto& family : families_) names.emplace_back(family->name());
  return names;
}

std::vector<ModelSpec> ModelRegistry::packages(std::vector<Error>* problems) const {
  std::vector<ModelSpec> found, last;
  std::set<std::string> names;
  for (const auto& folder : folders_)
    for (const auto& package : packageFolders(folder.path)) {
      if (!names.insert(package.filename().string()).second) continue;
      auto spec = readModelPackage(package);
      if (spec)
        (folder.lastResort ? last : found).push_back(*std::move(spec));
      else if (problems)
        problems->push_back(spec.error());
    }
  const auto byName = [](const ModelSpec& a, const ModelSpec& b) { return a.name < b.name; };
  std::sort(found.begin(), found.end(), byName);
  std::sort(last.begin(), last.end(), byName);
  std::move(last.begin(), last.end(), std::back_inserter(found));
  return found;
}

Result<ModelSpec> ModelRegistry::find(const std::string& nameOrFolder) const {
  if (isPlainName(nameOrFolder))
    for (const auto& folder : folders_)
      if (isPackage(folder.path / nameOrFolder)) return readModelPackage(folder.path / nameOrFolder);
  std::error_code ec;
  fs::path folder(nameOrFolder);
  if (folder.filename() == "model.json") folder = folder.has_parent_path() ? folder.parent_path() : fs::path(".");
  if (!nameOrFolder.empty() && fs::is_directory(folder, ec)) return readModelPackage(folder);
  std::vector<std::string> names;
  for (const auto& spec : packages()) names.push_back(spec.name);
  return fail(ErrorCode::notFound, "model \"" + serial::printable(nameOrFolder) +
                                       "\": no such package; there are: " + joined(names) +
                                       " (or give the path of a package folder)");
}

Result<ModelSpec> ModelRegistry::defaultFor(const std::string& task) const {
  const auto all = packages();
  const auto isMain = [&](const ModelSpec& spec) { return spec.installed && !spec.tasks.empty() && spec.tasks.front() == task; };
  const auto fits = [&](const ModelSpec& spec) { return spec.installed && spec.hasTask(task); };
  if (const auto it = std::find_if(all.begin(), all.end(), isMain); it != all.end()) return *it;
  if (const auto it = std::find_if(all.begin(), all.end(), fits); it != all.end()) return *it;
  return fail(ErrorCode::notFound,
              "no installed model does \"" + task + "\"; name one with --model, or add a package to CHLADNI_MODEL_PATH");
}

Result<std::shared_ptr<const LoadedModel>> ModelRegistry::load(const std::string& nameOrFolder,
                                                               const RuntimeOptions& options) const {
  const auto spec = find(nameOrFolder);
  if (!spec) return fail(spec.error());
  const std::string context = "loading " + spec->name;
  const ModelFamily* known = family(spec->family);
  if (!known)
    return fail(Error{ErrorCode::unsupported,
                      "model family \"" + serial::printable(spec->family) +
                          "\" is not in this build; it has: " + joined(familyNames()),
                      {}},
                context);
  if (auto ok = checkWeightsSum(*spec); !ok) return fail(ok.error(), context);
  auto model = known->load(*spec, options);
  if (!model && model.error().context.empty()) return fail(model.error(), context);  // most families say it themselves
  return model;
}

}  // namespace chladni::inference
