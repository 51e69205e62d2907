#include "app/cli/context.h"

#include <unistd.h>

#include <cstdio>

#include "app/cli/output.h"

#ifdef CHLADNI_WITH_TORCH
#include "models/families.h"
#endif

namespace chladni::cli {

inference::RuntimeOptions Context::runtime() const {
  inference::RuntimeOptions options;
  options.device = device;
  options.threads = threads;
  options.trustedScripts = trusted;
  if (precision == "fp32") options.precision = inference::Precision::fp32;
  if (precision == "bf16") options.precision = inference::Precision::bf16;
  return options;
}

const inference::ModelRegistry& Context::registry() {
  if (!registry_) {
    registry_ = std::make_unique<inference::ModelRegistry>();
#ifdef CHLADNI_WITH_TORCH
    models::registerModelFamilies(*registry_);
#endif
    registry_->addStandardSearchFolders(program);
  }
  return *registry_;
}

Result<std::shared_ptr<const inference::LoadedModel>> Context::loadModel(const std::string& name,
                                                                         const std::string& task) {
  std::string wanted = name;
  if (wanted.empty()) {
    auto spec = registry().defaultFor(task);
    if (!spec) return fail(spec.error());
    wanted = spec->folder.string();
  }
  return registry().load(wanted, runtime());
}

ProgressSink Context::progressSink() const {
  if (quiet || json || isatty(STDERR_FILENO) == 0) return {};
  return [](const Progress& progress) {
    if (progress.total > 0)
      std::fprintf(stderr, "\r%s %3d %%\033[K%s", progress.stage.c_str(),
                   static_cast<int>(100 * progress.done / progress.total),
                   progress.done >= progress.total ? "\r\033[K" : "");
  };
}

Result<std::filesystem::path> Context::output(const std::string& what) const {
  if (out.empty()) return fail(ErrorCode::invalidArgument, "--out is missing: " + what);
  return std::filesystem::path(out);
}

Result<std::filesystem::path> Context::outputFile(const std::string& what) const {
  auto file = output(what);
  if (!file) return file;
  const auto folder = file->has_parent_path() ? file->parent_path() : std::filesystem::path(".");
  std::error_code problem;
  if (!std::filesystem::is_directory(folder, problem))
    return fail(ErrorCode::io, "--out " + utf8(*file) + ": there is no folder " + utf8(folder) + "; make it or choose another");
  if (::access(folder.c_str(), W_OK) != 0)
    return fail(ErrorCode::io, "--out " + utf8(*file) + ": nothing can be written into " + utf8(folder) + "; choose another folder");
  return file;
}

}  // namespace chladni::cli
