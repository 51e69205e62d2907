#include "ui/analysis/analysis_controller.h"

#include <algorithm>

namespace chladni::ui {
namespace {

const std::string kTask = "instruments";
const std::string kClassifySlot = "classify";
const std::string kAttendSlot = "attend";
const std::string kOverviewSlot = "overview";
const std::string kReconstructSlot = "reconstruct";

// The package's folder, not its name: one that was chosen by path is in no search folder.
std::string packageOf(const inference::ModelSpec& spec) { return spec.folder.empty() ? spec.name : spec.folder.string(); }

}  // namespace

AnalysisController::AnalysisController(RegistryMaker makeRegistry, inference::RuntimeOptions runtime, Library& library,
                                       QObject* parent)
    : QObject(parent), makeRegistry_(std::move(makeRegistry)), runtime_(std::move(runtime)), library_(library),
      post_(this) {}

AnalysisController::~AnalysisController() {
  // Workers first: what they still post finds nobody and is dropped.
  service_.reset();
}

void AnalysisController::start(const std::string& preferredModel) {
  lister_ = std::jthread([this, preferredModel] {
    auto listing = std::make_shared<Listing>();
    listing->registry = makeRegistry_();
    listing->models = listing->registry->packages(&listing->problems);
    const auto preferred = std::find_if(listing->models.begin(), listing->models.end(), [&](const auto& spec) {
      return spec.installed && spec.name == preferredModel;
    });
    if (preferred != listing->models.end()) {
      listing->chosen = preferred->name;
    } else if (!preferredModel.empty()) {
      // Not in the list: the path of a package's folder, perhaps.
      if (auto spec = listing->registry->find(preferredModel)) {
        listing->models.push_back(*spec);
        listing->chosen = spec->name;
      } else {
        listing->problems.push_back(spec.error());
      }
    }
    if (listing->chosen.empty()) {
      if (const auto spec = listing->registry->defaultFor(kTask)) listing->chosen = spec->name;
    }
    post_([this, listing] { adopt(*listing); });
  });
}

void AnalysisController::adopt(const Listing& listing) {
  models_ = listing.models;
  problems_ = listing.problems;
  chosen_ = listing.chosen;
  registry_ = listing.registry;
  service_ = std::make_unique<analysis::InferenceService>(listing.registry, runtime_);
  Q_EMIT modelsChanged();
  Q_EMIT modelChosen();
  Q_EMIT activityChanged();
}

const inference::ModelSpec* AnalysisController::model() const {
  const auto found = std::find_if(models_.begin(), models_.end(), [&](const auto& spec) { return spec.name == chosen_; });
  return found == models_.end() ? nullptr : &*found;
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
    auto listing = std::make_shared<Listing>();
    listing->models = registry->packages(&listing->problems);
    if (!choose.empty()) {
      auto spec = registry->find(choose);
      const bool listed = spec && std::any_of(listing->models.begin(), listing->models.end(), [&](const auto& one) { return one.folder == spec->folder; });
      if (spec && !listed) listing->models.push_back(*spec);
      if (spec) listing->chosen = spec->name;
    }
    post_([this, listing] {
      // One that was chosen by the path of its folder is in no search folder, but still there.
      if (const auto* now = model(); now != nullptr && std::none_of(listing->models.begin(), listing->models.end(), [&](const auto& one) { return one.name == now->name; }))
        listing->models.push_back(*now);
      models_ = listing->models;
      problems_ = listing->problems;
      Q_EMIT modelsChanged();
      if (!listing->chosen.empty()) chooseModel(listing->chosen);
    });
  });
}

void AnalysisController::classify(FileId id) {
  const OpenFile* file = heard(id);
  if (file == nullptr) return;
  const std::string package = packageOf(*model());
  const std::string name = model()->name;

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
  callbacks.prediction = [this, post = post_, id, name, regions](std::uint64_t generation,
                                                                std::shared_ptr<const Prediction> prediction, bool complete) {
    post([this, generation, id, name, prediction = std::move(prediction), complete, looked = *regions] {
      if (generation != classifyAsked_) return;
      library_.setPrediction(id, name, prediction, complete, looked);
      if (!complete) return;
      classifying_.reset();
      Q_EMIT activityChanged();
    });
  };
  callbacks.failed = [this, post = post_, id](std::uint64_t generation, const Error& error) {
    post([this, generation, id, error] {
      if (generation != classifyAsked_) return;
      classifying_.reset();
      Q_EMIT activityChanged();
      Q_EMIT classifyFailed(id, error);
    });
  };
  classifying_ = id;
  progress_ = {tr("loading the model").toStdString(), 0, 0};
  classifyAsked_ = service_->classify(kClassifySlot, file->recording, package, {}, std::move(callbacks));
  Q_EMIT activityChanged();
}

// Of what can be asked of the file with the chosen model; null when nothing can.
const OpenFile* AnalysisController::heard(FileId id) const {
  const OpenFile* file = library_.file(id);
  const bool can = service_ && model() != nullptr && file != nullptr && file->recording && file->recording->hasAudio();
  return can ? file : nullptr;
}

// Only answers to the newest question count.
analysis::ServiceCallbacks AnalysisController::lookAnswers(FileId id, const inference::AttentionRequest& request, std::uint64_t& answered, void (AnalysisController::*arrived)(const AttentionAnswer&)) {
  analysis::ServiceCallbacks callbacks;
  callbacks.attention = [this, post = post_, id, request, &answered, arrived](std::uint64_t generation, analysis::Attention attention) {
    post([this, generation, id, request, &answered, arrived, attention = std::move(attention)] {
      if (generation <= answered) return;
      answered = generation;
      Q_EMIT (this->*arrived)(AttentionAnswer{id, generation, attention, request});
      Q_EMIT activityChanged();
    });
  };
  callbacks.failed = [this, post = post_, id, &answered](std::uint64_t generation, const Error& error) {
    post([this, generation, id, &answered, error] {
      if (generation <= answered) return;
      answered = generation;
      Q_EMIT attentionFailed(id, error);
      Q_EMIT activityChanged();
    });
  };
  return callbacks;
}

void AnalysisController::attend(FileId id, double atSeconds, const inference::AttentionRequest& request) {
  const OpenFile* file = heard(id);
  if (file == nullptr) return;
  attendAsked_ = service_->attend(kAttendSlot, file->recording, packageOf(*model()), MediaTime::fromSeconds(atSeconds), request,
                                  lookAnswers(id, request, attendAnswered_, &AnalysisController::attentionArrived));
  Q_EMIT activityChanged();
}

void AnalysisController::attendOverview(FileId id, double atSeconds) {
  const OpenFile* file = heard(id);
  if (file == nullptr) return;
  overviewAsked_ = service_->attendOverview(kOverviewSlot, file->recording, packageOf(*model()), MediaTime::fromSeconds(atSeconds),
                                            lookAnswers(id, {}, overviewAnswered_, &AnalysisController::overviewArrived));
  Q_EMIT activityChanged();
}

void AnalysisController::reconstruct(FileId id, const std::string& model, double atSeconds,
                                     const inference::MaskRequest& request, analysis::PatchStatistics statistics) {
  const OpenFile* file = library_.file(id);
  const auto spec = std::find_if(models_.begin(), models_.end(), [&](const auto& one) { return one.name == model; });
  if (!service_ || spec == models_.end() || file == nullptr || !file->recording) return;
  const std::string package = packageOf(*spec);

  analysis::ServiceCallbacks callbacks;
  callbacks.reconstruction = [this, post = post_, id, model](std::uint64_t generation,
                                                            std::shared_ptr<const analysis::ReconstructedClip> clip) {
    post([this, generation, id, model, clip = std::move(clip)] {
      if (generation <= reconstructAnswered_) return;
      reconstructAnswered_ = generation;
      Q_EMIT reconstructionArrived({id, generation, model, clip});
      Q_EMIT activityChanged();
    });
  };
  callbacks.failed = [this, post = post_, id](std::uint64_t generation, const Error& error) {
    post([this, generation, id, error] {
      if (generation <= reconstructAnswered_) return;
      reconstructAnswered_ = generation;
      Q_EMIT reconstructionFailed(id, error);
      Q_EMIT activityChanged();
    });
  };
  reconstructAsked_ = service_->reconstruct(kReconstructSlot, file->recording, package, MediaTime::fromSeconds(atSeconds),
                                            request, statistics, std::move(callbacks));
  Q_EMIT activityChanged();
}

bool AnalysisController::paint(const std::string& slot, FileId id, const std::string& model, double atSeconds,
                               const inference::MaskRequest& request, analysis::PatchStatistics statistics, PaintedSink sink) {
  const OpenFile* file = library_.file(id);
  const auto spec = std::find_if(models_.begin(), models_.end(), [&](const auto& one) { return one.name == model; });
  if (!service_ || spec == models_.end() || file == nullptr || !file->recording) return false;
  analysis::ServiceCallbacks callbacks;
  callbacks.reconstruction = [sink](std::uint64_t, std::shared_ptr<const analysis::ReconstructedClip> clip) { sink(std::move(clip)); };
  callbacks.failed = [sink](std::uint64_t, const Error& error) { sink(fail(error)); };
  service_->reconstruct(slot, file->recording, packageOf(*spec), MediaTime::fromSeconds(atSeconds),
                        request, statistics, std::move(callbacks));
  return true;
}

namespace {

analysis::ServiceCallbacks onlyFailure(std::function<void(const Error&)> failed) {
  analysis::ServiceCallbacks callbacks;
  callbacks.failed = [failed = std::move(failed)](std::uint64_t, const Error& error) { failed(error); };
  return callbacks;
}

}  // namespace

std::optional<std::string> AnalysisController::packageNamed(const std::string& model) const {
  const auto spec = std::find_if(models_.begin(), models_.end(), [&](const auto& one) { return one.name == model; });
  if (!service_ || spec == models_.end()) return std::nullopt;
  return packageOf(*spec);
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
  classifying_.reset();
  attendAnswered_ = attendAsked_;
  overviewAnswered_ = overviewAsked_;
  reconstructAnswered_ = reconstructAsked_;
  Q_EMIT cancelled();
  Q_EMIT activityChanged();
}

QString AnalysisController::device() const {
  return service_ ? QString::fromStdString(service_->deviceDescription()) : QString();
}

}  // namespace chladni::ui
