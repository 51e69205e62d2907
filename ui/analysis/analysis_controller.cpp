#include "ui/analysis/analysis_controller.h"

#include <algorithm>

#include "core/inference/senses.h"
#include "ui/analysis/package_listing.h"

namespace chladni::ui {
namespace {

const std::string kTask = "instruments";
const std::string kClassifySlot = "classify";
const std::string kBesideSlot = "beside";
const std::string kAttendSlot = "attend";
const std::string kOverviewSlot = "overview";
const std::string kReconstructSlot = "reconstruct";

bool suits(const inference::ModelSpec& model, const analysis::Recording& recording) {
  return inference::suits(model, recording.hasAudio() && recording.durationSeconds() > 0.0, recording.hasVideo());
}

analysis::ServiceCallbacks onlyFailure(std::function<void(const Error&)> failed) {
  analysis::ServiceCallbacks callbacks;
  callbacks.failed = [failed = std::move(failed)](std::uint64_t, const Error& error) { failed(error); };
  return callbacks;
}

}  // namespace

std::string packageOf(const inference::ModelSpec& spec) { return spec.folder.empty() ? spec.name : spec.folder.string(); }

AnalysisController::AnalysisController(RegistryMaker makeRegistry, inference::RuntimeOptions runtime, Library& library,
                                       QObject* parent)
    : QObject(parent), makeRegistry_(std::move(makeRegistry)), runtime_(std::move(runtime)), library_(library),
      post_(this) {}

AnalysisController::~AnalysisController() {
  // Workers first: what they still post finds nobody and is dropped.
  service_.reset();
}

void AnalysisController::start(const std::vector<std::string>& wanted) {
  lister_ = std::jthread([this, wanted] {
    auto registry = makeRegistry_();
    PackageListing listing;
    if (wanted.empty()) listing = listPackages(*registry, {});
    for (auto one = wanted.begin(); one != wanted.end() && listing.chosen.empty(); ++one) listing = listPackages(*registry, *one);
    if (listing.chosen.empty()) {
      if (const auto spec = registry->defaultFor(kTask)) listing.chosen = spec->name;
    }
    post_([this, registry = std::move(registry), listing = std::move(listing)] { adopt(registry, listing); });
  });
}

void AnalysisController::adopt(const std::shared_ptr<const inference::ModelRegistry>& registry, const PackageListing& listing) {
  models_ = listing.models;
  problems_ = listing.problems;
  missing_ = listing.missing;
  chosen_ = listing.chosen;
  registry_ = registry;
  service_ = std::make_unique<analysis::InferenceService>(registry, runtime_);
  Q_EMIT modelsChanged();
  Q_EMIT modelChosen();
  Q_EMIT activityChanged();
}

const inference::ModelSpec* AnalysisController::model() const { return named(chosen_); }

std::string AnalysisController::package() const { return model() == nullptr ? std::string() : packageOf(*model()); }

bool AnalysisController::canClassify(FileId file) const { return canAsk(file) && !model()->classes.empty(); }

bool AnalysisController::canAsk(FileId file) const { return askable(file) != nullptr; }

const inference::ModelSpec* AnalysisController::named(const std::string& name) const {
  const auto found = std::find_if(models_.begin(), models_.end(), [&](const auto& spec) { return spec.name == name; });
  return found == models_.end() ? nullptr : &*found;
}

std::optional<std::string> AnalysisController::packageNamed(const std::string& name) const {
  const auto* spec = named(name);
  return service_ && spec != nullptr ? std::optional(packageOf(*spec)) : std::nullopt;
}

void AnalysisController::chooseModel(const std::string& name) {
  if (name == chosen_) return;
  cancel();
  chosen_ = name;
  Q_EMIT modelChosen();
}

QStringList AnalysisController::families() const {
  QStringList names;
  if (registry_)
    for (const auto& name : registry_->familyNames()) names << QString::fromStdString(name);
  return names;
}

void AnalysisController::listAgain(const std::string& choose) {
  if (!registry_) return;
  lister_ = std::jthread([this, registry = registry_, choose] {
    post_([this, listing = listPackages(*registry, choose)] { relist(listing); });
  });
}

void AnalysisController::relist(const PackageListing& listing) {
  const std::string before = package();
  auto models = listing.models;
  // One that was chosen by the path of its folder is in no search folder, but still there.
  const auto isBefore = [&](const auto& one) { return packageOf(one) == before; };
  if (!before.empty() && listing.chosen != chosen_ && std::none_of(models.begin(), models.end(), isBefore)) {
    std::erase_if(models, [&](const auto& one) { return one.name == chosen_; });
    models.push_back(*model());
  }
  models_ = std::move(models);
  problems_ = listing.problems;
  Q_EMIT modelsChanged();
  if (listing.chosen.empty()) return;
  if (listing.chosen == chosen_ && package() != before) chosen_.clear();  // of the same name, but another
  chooseModel(listing.chosen);
}

void AnalysisController::setClassifying(std::optional<FileId> file) {
  if (classifying_ && classifying_ != file) library_.setAnalysing(*classifying_, false);
  classifying_ = file;
  if (file) library_.setAnalysing(*file, true);
  Q_EMIT activityChanged();
}

void AnalysisController::classify(FileId id) {
  const OpenFile* file = askable(id);
  if (file == nullptr) return;
  const std::string package = this->package();

  analysis::ServiceCallbacks callbacks;
  callbacks.progress = [this, post = post_](std::uint64_t generation, const Progress& progress) {
    post([this, generation, progress] {
      if (generation != classifyAsked_ || !classifying_) return;
      progress_ = progress;
      Q_EMIT activityChanged();
    });
  };
  // Told before the prediction that it belongs to, on the same thread.
  const auto regions = std::make_shared<std::shared_ptr<const RegionAttention>>();
  callbacks.regions = [regions](std::uint64_t, std::shared_ptr<const RegionAttention> found) { *regions = std::move(found); };
  callbacks.prediction = [this, post = post_, id, package, regions](std::uint64_t generation,
                                                                    std::shared_ptr<const Prediction> prediction, bool complete) {
    post([this, generation, id, package, prediction = std::move(prediction), complete, looked = *regions] {
      if (generation != classifyAsked_) return;
      library_.setPrediction(id, package, prediction, complete, looked);
      if (!complete) return;
      setClassifying({});
    });
  };
  callbacks.failed = [this, post = post_, id](std::uint64_t generation, const Error& error) {
    post([this, generation, id, error] {
      if (generation != classifyAsked_) return;
      setClassifying({});
      Q_EMIT classifyFailed(id, error);
    });
  };
  progress_ = {"loading the model", 0, 0};
  classifyAsked_ = service_->classify(kClassifySlot, file->recording, package, {}, std::move(callbacks));
  setClassifying(id);
}

void AnalysisController::classifyBeside(FileId id, const std::string& model) {
  const OpenFile* file = library_.file(id);
  const auto package = packageNamed(model);
  if (!package || file == nullptr || !file->recording) return;
  analysis::ServiceCallbacks callbacks;
  const auto regions = std::make_shared<std::shared_ptr<const RegionAttention>>();
  callbacks.regions = [regions](std::uint64_t, std::shared_ptr<const RegionAttention> found) { *regions = std::move(found); };
  callbacks.prediction = [this, post = post_, id, package, regions](std::uint64_t generation, std::shared_ptr<const Prediction> prediction,
                                                                    bool complete) {
    if (!complete) return;
    post([this, generation, id, package, prediction = std::move(prediction), looked = *regions] {
      if (!beside_.take(generation)) return;
      library_.keepPrediction(id, *package, prediction, looked);
      Q_EMIT activityChanged();
    });
  };
  callbacks.failed = [this, post = post_, id](std::uint64_t generation, const Error& error) {
    post([this, generation, id, error] {
      if (!beside_.take(generation)) return;
      Q_EMIT besideFailed(id, error);
      Q_EMIT activityChanged();
    });
  };
  beside_.newest = service_->classify(kBesideSlot, file->recording, *package, {}, std::move(callbacks));
  Q_EMIT activityChanged();
}

void AnalysisController::cancelBeside() {
  if (!beside_.waits()) return;
  cancelSlot(kBesideSlot);
  beside_.answered = beside_.newest;
  Q_EMIT activityChanged();
}

// Null when there is nothing that the chosen model could be asked about the file.
const OpenFile* AnalysisController::askable(FileId id) const {
  const OpenFile* file = library_.file(id);
  const bool can = service_ && model() != nullptr && file != nullptr && file->recording && suits(*model(), *file->recording);
  return can ? file : nullptr;
}

// Only answers to the newest question count.
analysis::ServiceCallbacks AnalysisController::lookAnswers(FileId id, const inference::AttentionRequest& request, Question& question,
                                                           void (AnalysisController::*arrived)(const AttentionAnswer&)) {
  analysis::ServiceCallbacks callbacks;
  callbacks.attention = [this, post = post_, id, request, &question, arrived](std::uint64_t generation, analysis::Attention attention) {
    post([this, generation, id, request, &question, arrived, attention = std::move(attention)] {
      if (!question.take(generation)) return;
      Q_EMIT (this->*arrived)(AttentionAnswer{id, generation, attention, request});
      Q_EMIT activityChanged();
    });
  };
  callbacks.failed = [this, post = post_, id, &question](std::uint64_t generation, const Error& error) {
    post([this, generation, id, &question, error] {
      if (!question.take(generation)) return;
      Q_EMIT attentionFailed(id, error);
      Q_EMIT activityChanged();
    });
  };
  return callbacks;
}

void AnalysisController::attend(FileId id, double atSeconds, const inference::AttentionRequest& request) {
  const OpenFile* file = askable(id);
  if (file == nullptr) return;
  attending_.newest = service_->attend(kAttendSlot, file->recording, packageOf(*model()), MediaTime::fromSeconds(atSeconds), request,
                                  lookAnswers(id, request, attending_, &AnalysisController::attentionArrived));
  Q_EMIT activityChanged();
}

void AnalysisController::attendOverview(FileId id, double atSeconds) {
  const OpenFile* file = askable(id);
  if (file == nullptr) return;
  overview_.newest = service_->attendOverview(kOverviewSlot, file->recording, packageOf(*model()), MediaTime::fromSeconds(atSeconds),
                                            lookAnswers(id, {}, overview_, &AnalysisController::overviewArrived));
  Q_EMIT activityChanged();
}

void AnalysisController::reconstruct(FileId id, const std::string& model, double atSeconds,
                                     const inference::MaskRequest& request, analysis::PatchStatistics statistics) {
  const OpenFile* file = library_.file(id);
  const auto package = packageNamed(model);
  if (!package || file == nullptr || !file->recording) return;
  analysis::ServiceCallbacks callbacks;
  callbacks.reconstruction = [this, post = post_, id, model](std::uint64_t generation,
                                                            std::shared_ptr<const analysis::ReconstructedClip> clip) {
    post([this, generation, id, model, clip = std::move(clip)] {
      if (!painting_.take(generation)) return;
      Q_EMIT reconstructionArrived({id, generation, model, clip});
      Q_EMIT activityChanged();
    });
  };
  callbacks.failed = [this, post = post_, id](std::uint64_t generation, const Error& error) {
    post([this, generation, id, error] {
      if (!painting_.take(generation)) return;
      Q_EMIT reconstructionFailed(id, error);
      Q_EMIT activityChanged();
    });
  };
  painting_.newest = service_->reconstruct(kReconstructSlot, file->recording, *package, MediaTime::fromSeconds(atSeconds), request,
                                           statistics, std::move(callbacks));
  Q_EMIT activityChanged();
}

bool AnalysisController::paint(const std::string& slot, FileId id, const std::string& model, double atSeconds,
                               const inference::MaskRequest& request, analysis::PatchStatistics statistics, PaintedSink sink) {
  const OpenFile* file = library_.file(id);
  const auto package = packageNamed(model);
  if (!package || file == nullptr || !file->recording) return false;
  analysis::ServiceCallbacks callbacks;
  callbacks.reconstruction = [sink](std::uint64_t, std::shared_ptr<const analysis::ReconstructedClip> clip) { sink(std::move(clip)); };
  callbacks.failed = [sink](std::uint64_t, const Error& error) { sink(fail(error)); };
  service_->reconstruct(slot, file->recording, *package, MediaTime::fromSeconds(atSeconds), request, statistics, std::move(callbacks));
  return true;
}

bool AnalysisController::work(const std::string& slot, std::shared_ptr<const analysis::Recording> recording, const std::string& model,
                              analysis::InferenceService::Work work, std::function<void(const Error&)> failed) {
  const auto package = packageNamed(model);
  if (!package || !recording) return false;
  service_->work(slot, std::move(recording), *package, std::move(work), onlyFailure(std::move(failed)));
  return true;
}

bool AnalysisController::workOnFile(const std::string& slot, const std::filesystem::path& file, const std::string& model,
                                    analysis::InferenceService::Work work, std::function<void(const Error&)> failed) {
  const auto package = packageNamed(model);
  if (!package) return false;
  service_->workOnFile(slot, file, *package, std::move(work), onlyFailure(std::move(failed)));
  return true;
}

void AnalysisController::cancelSlot(const std::string& slot) {
  if (service_) service_->cancel(slot);
}

void AnalysisController::cancel() {
  if (service_) service_->cancelAll();
  for (Question* one : {&attending_, &overview_, &painting_, &beside_}) one->answered = one->newest;
  Q_EMIT cancelled();
  setClassifying({});
}

QString AnalysisController::device() const {
  return service_ ? QString::fromStdString(service_->deviceDescription()) : QString();
}

}  // namespace chladni::ui
