// Context: what every command shares: the global options, the stop_token that SIGINT and SIGTERM trip, the model registry.
// A command is a function that adds itself to the parser and, when chosen, sets context.run, which main then calls once.
#pragma once

#include <CLI/CLI.hpp>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/inference/model_registry.h"

namespace chladni::cli {

struct Context {
  std::string device = "auto";
  std::string precision = "auto";
  int threads = 0;
  bool json = false;
  std::string out;
  std::optional<std::int64_t> seed;
  bool quiet = false;
  std::vector<std::string> trusted;  // SHA-256 of TorchScript modules that may run

  std::filesystem::path program;
  std::stop_token stop;
  std::function<Result<void>()> run;
  std::vector<const CLI::App*> printing;  // commands that write no file, for which --out is wrong usage

  [[nodiscard]] inference::RuntimeOptions runtime() const;
  // Families and search folders of this program; made at first use.
  const inference::ModelRegistry& registry();
  // By name or folder; `task`'s default when the name is empty.
  Result<std::shared_ptr<const inference::LoadedModel>> loadModel(const std::string& name, const std::string& task);
  // A line on stderr that replaces itself, when stderr is a terminal and --quiet was not given.
  [[nodiscard]] ProgressSink progressSink() const;
  // --out, or wrong usage saying what it should be.
  Result<std::filesystem::path> output(const std::string& what) const;
  // The same where it is a file: refused before any work is done when its folder is not there or cannot be written.
  Result<std::filesystem::path> outputFile(const std::string& what) const;

 private:
  std::unique_ptr<inference::ModelRegistry> registry_;
};

// Every command of this program, one function a file.
void addProbe(CLI::App& app, Context& context);
void addProject(CLI::App& app, Context& context);
void addDecode(CLI::App& app, Context& context);
void addSpectrogram(CLI::App& app, Context& context);
void addFrontend(CLI::App& app, Context& context);
void addClassify(CLI::App& app, Context& context);
void addEvaluate(CLI::App& app, Context& context);
void addImprove(CLI::App& app, Context& context);
void addReport(CLI::App& app, Context& context);
void addCompare(CLI::App& app, Context& context);
void addAttend(CLI::App& app, Context& context);
void addFeatures(CLI::App& app, Context& context);
void addLocalize(CLI::App& app, Context& context);
void addReconstruct(CLI::App& app, Context& context);
void addRetrieve(CLI::App& app, Context& context);
void addAnnotations(CLI::App& app, Context& context);
void addModels(CLI::App& app, Context& context);
void addBench(CLI::App& app, Context& context);
void addSynth(CLI::App& app, Context& context);
void addTrain(CLI::App& app, Context& context);  // builds with torch only

}  // namespace chladni::cli
