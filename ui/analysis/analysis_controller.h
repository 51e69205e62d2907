// AnalysisController: models, classification and attention on behalf of the window. Families are registered, packages
// listed and models loaded on workers, after the window is on screen. Results arrive as signals on the GUI thread and
// carry no stale data: an answer is shown only if its request is newer than the one on show. GUI thread only.
#pragma once

#include <QObject>
#include <QString>
#include <QStringList>
#include <functional>
#include <memory>
#include <optional>
#include <thread>
#include <vector>

#include "core/analysis/inference_service.h"
#include "ui/bridge/gui_post.h"
#include "ui/workspace/library.h"

namespace chladni::ui {

struct PackageListing;

// How the library and the registry find a package: by its folder, as one that was chosen by path is in no search folder.
std::string packageOf(const inference::ModelSpec& spec);

// Called once, on a worker.
using RegistryMaker = std::function<std::shared_ptr<const inference::ModelRegistry>()>;

struct AttentionAnswer {
  FileId file = 0;
  std::uint64_t generation = 0;
  analysis::Attention attention;
  inference::AttentionRequest request;
};

struct ReconstructionAnswer {
  FileId file = 0;
  std::uint64_t generation = 0;
  std::string model;
  std::shared_ptr<const analysis::ReconstructedClip> clip;
};

class AnalysisController : public QObject {
  Q_OBJECT

 public:
  AnalysisController(RegistryMaker makeRegistry, inference::RuntimeOptions runtime, Library& library,
                     QObject* parent = nullptr);
  ~AnalysisController() override;

  // Starts registering and listing; modelsChanged() follows. `wanted`: names and folders, of which the first that is there is
  // chosen; that none of them is becomes a problem.
  void start(const std::vector<std::string>& wanted);

  [[nodiscard]] bool modelsKnown() const { return service_ != nullptr; }
  [[nodiscard]] const std::vector<inference::ModelSpec>& models() const { return models_; }
  [[nodiscard]] const inference::ModelSpec* model() const;  // the chosen one; null when there is none
  // The chosen one as a registry finds it, by its folder; empty when there is none.
  [[nodiscard]] std::string package() const;
  [[nodiscard]] const std::vector<Error>& problems() const { return problems_; }
  // Why the model that was asked for at the start cannot be used; nothing when it is.
  [[nodiscard]] const std::optional<Error>& missing() const { return missing_; }
  // Of this build; none before start() is through.
  [[nodiscard]] QStringList families() const;
  void chooseModel(const std::string& name);
  // Whether the file has a stream that the chosen model can use.
  [[nodiscard]] bool canAsk(FileId file) const;
  // And that the model names classes.
  [[nodiscard]] bool canClassify(FileId file) const;
  // Looks again which packages there are; `choose`, a folder of one of them, is then used. modelsChanged() follows.
  void listAgain(const std::string& choose = {});
  // For runs over a whole project; null while models are being listed.
  [[nodiscard]] const std::shared_ptr<const inference::ModelRegistry>& registry() const { return registry_; }
  [[nodiscard]] const inference::RuntimeOptions& runtime() const { return runtime_; }

  // Classifies the whole file; one that runs for another file is cancelled.
  void classify(FileId file);
  // By a model that need not be the chosen one; its answer is one more that the library knows. Replaces what was asked before.
  void classifyBeside(FileId file, const std::string& model);
  void cancelBeside();
  void attend(FileId file, double atSeconds, const inference::AttentionRequest& request);
  // Every head of every layer, of the class token.
  void attendOverview(FileId file, double atSeconds);
  // By a model that need not be the chosen one.
  void reconstruct(FileId file, const std::string& model, double atSeconds, const inference::MaskRequest& request,
                   analysis::PatchStatistics statistics);
  // In a slot of its own; the answer is given on the worker's thread, unless it is replaced or cancelled before. False when it
  // cannot be asked.
  using PaintedSink = std::function<void(const Result<std::shared_ptr<const analysis::ReconstructedClip>>&)>;
  bool paint(const std::string& slot, FileId file, const std::string& model, double atSeconds, const inference::MaskRequest& request,
             analysis::PatchStatistics statistics, PaintedSink sink);
  // Any other work with a package, in turn with the rest, in a slot of its own. Both functions are called on the worker's
  // thread. False when it cannot be asked.
  bool work(const std::string& slot, std::shared_ptr<const analysis::Recording> recording, const std::string& model,
            analysis::InferenceService::Work work, std::function<void(const Error&)> failed);
  // The same with a file that is not open here.
  bool workOnFile(const std::string& slot, const std::filesystem::path& file, const std::string& model,
                  analysis::InferenceService::Work work, std::function<void(const Error&)> failed);
  void cancelSlot(const std::string& slot);
  void cancel();

  [[nodiscard]] std::optional<FileId> classifying() const { return classifying_; }
  [[nodiscard]] bool attending() const { return attending_.waits() || overview_.waits(); }
  [[nodiscard]] bool reconstructing() const { return painting_.waits(); }
  [[nodiscard]] bool comparing() const { return beside_.waits(); }
  [[nodiscard]] const Progress& progress() const { return progress_; }
  [[nodiscard]] bool busy() const { return !modelsKnown() || classifying_ || attending() || reconstructing() || comparing(); }
  [[nodiscard]] QString device() const;

 Q_SIGNALS:
  void modelsChanged();
  void modelChosen();
  void cancelled();        // everything that was asked for, in every slot
  void activityChanged();  // progress, start and end of anything
  void classifyFailed(chladni::ui::FileId file, const chladni::Error& error);
  void besideFailed(chladni::ui::FileId file, const chladni::Error& error);
  void attentionArrived(const chladni::ui::AttentionAnswer& answer);
  void overviewArrived(const chladni::ui::AttentionAnswer& answer);
  void reconstructionArrived(const chladni::ui::ReconstructionAnswer& answer);
  void reconstructionFailed(chladni::ui::FileId file, const chladni::Error& error);
  void attentionFailed(chladni::ui::FileId file, const chladni::Error& error);

 private:
  // Generations of the newest request of a kind and of its newest answer, good or bad.
  struct Question {
    std::uint64_t newest = 0, answered = 0;
    [[nodiscard]] bool waits() const { return newest > answered; }
    // False for an answer that came too late.
    bool take(std::uint64_t generation) {
      if (generation <= answered) return false;
      answered = generation;
      return true;
    }
  };
  [[nodiscard]] const inference::ModelSpec* named(const std::string& name) const;  // null when there is none
  // As the service wants it; empty when there is no such model, or no service yet.
  [[nodiscard]] std::optional<std::string> packageNamed(const std::string& name) const;
  void setClassifying(std::optional<FileId> file);
  void relist(const PackageListing& listing);
  void adopt(const std::shared_ptr<const inference::ModelRegistry>& registry, const PackageListing& listing);
  [[nodiscard]] const OpenFile* askable(FileId file) const;
  analysis::ServiceCallbacks lookAnswers(FileId file, const inference::AttentionRequest& request, Question& question,
                                         void (AnalysisController::*arrived)(const AttentionAnswer&));

  RegistryMaker makeRegistry_;
  std::shared_ptr<const inference::ModelRegistry> registry_;  // null until start() is through
  inference::RuntimeOptions runtime_;
  Library& library_;
  std::vector<inference::ModelSpec> models_;
  std::vector<Error> problems_;
  std::optional<Error> missing_;
  std::string chosen_;
  std::optional<FileId> classifying_;
  std::uint64_t classifyAsked_ = 0;
  Question attending_, overview_, painting_, beside_;
  Progress progress_;
  GuiPost post_;
  std::unique_ptr<analysis::InferenceService> service_;
  std::jthread lister_;
};

}  // namespace chladni::ui
