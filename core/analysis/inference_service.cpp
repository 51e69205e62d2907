#include "core/analysis/inference_service.h"

#include <exception>
#include <map>
#include <mutex>
#include <variant>

#include "core/analysis/localisation.h"
#include "core/jobs/keyed_worker.h"

namespace chladni::analysis {

namespace {

struct ClassifyTask {
  ClassifyOptions options;
};
struct AttendTask {
  MediaTime at;
  inference::AttentionRequest request;
};
struct OverviewTask {
  MediaTime at;
};
struct ReconstructTask {
  MediaTime at;
  inference::MaskRequest request;
  PatchStatistics statistics;
};

struct OtherTask {
  InferenceService::Work work;
};

struct Request {
  std::shared_ptr<const Recording> recording;  // null: `file` is still to be opened
  std::string model;
  std::variant<ClassifyTask, AttendTask, OverviewTask, ReconstructTask, OtherTask> task;
  ServiceCallbacks callbacks;
  std::filesystem::path file = {};
};

using LoadedPointer = std::shared_ptr<const inference::LoadedModel>;

}  // namespace

struct InferenceService::State {
  using Worker = jobs::KeyedWorker<std::string, Request>;

  State(std::shared_ptr<const inference::ModelRegistry> models, inference::RuntimeOptions options)
      : registry(std::move(models)), runtime(std::move(options)) {}

  Result<LoadedPointer> model(const std::string& name) {
    const auto found = loaded.find(name);
    if (found == loaded.end()) {
      auto fresh = registry->load(name, runtime);
      if (!fresh) return fail(fresh.error());
      describe(**fresh);
      return loaded.emplace(name, std::move(*fresh)).first->second;
    }
    describe(*found->second);
    return found->second;
  }
  void describe(const inference::LoadedModel& model) {
    const std::lock_guard lock(mutex);
    description = model.device() + " · " + model.precision();
  }

  Result<void> answer(std::uint64_t generation, const Request& request, const inference::LoadedModel& model,
                      const std::stop_token& stop) {
    const ServiceCallbacks& call = request.callbacks;
    const auto* classifyTask = std::get_if<ClassifyTask>(&request.task);
    if (classifyTask && model.classifier() == nullptr && model.localiser() != nullptr) return localised(generation, request, model, stop);
    if (const auto* task = classifyTask) {
      auto result = analysis::classify(
          *request.recording, model, task->options,
          [&](const Progress& progress) {
            if (call.progress) call.progress(generation, progress);
          },
          [&](std::shared_ptr<const Prediction> partial) {
            if (call.prediction) call.prediction(generation, std::move(partial), false);
          },
          stop);
      if (!result) return fail(result.error());
      if (call.prediction) call.prediction(generation, std::move(*result), true);
      return {};
    }
    if (const auto* task = std::get_if<OtherTask>(&request.task)) return task->work(*request.recording, model, stop);
    if (const auto* task = std::get_if<ReconstructTask>(&request.task)) {
      auto result = analysis::reconstruct(*request.recording, model, task->at, task->request, task->statistics, stop);
      if (!result) return fail(result.error());
      if (call.reconstruction) call.reconstruction(generation, std::make_shared<const ReconstructedClip>(std::move(*result)));
      return {};
    }
    const auto* task = std::get_if<AttendTask>(&request.task);
    auto result = task ? analysis::attend(*request.recording, model, task->at, task->request, stop)
                       : analysis::attendOverview(*request.recording, model, std::get<OverviewTask>(request.task).at, stop);
    if (!result) return fail(result.error());
    if (call.attention) call.attention(generation, std::move(*result));
    return {};
  }

  Result<void> localised(std::uint64_t generation, const Request& request, const inference::LoadedModel& localiser, const std::stop_token& stop) {
    const ServiceCallbacks& call = request.callbacks;
    auto backbones = loadBackbones(localiser, [this](const std::string& package) { return model(package); });
    if (!backbones) return fail(backbones.error());
    describe(localiser);
    auto found = localise(*request.recording, localiser, *backbones, [&](const Progress& progress) {
      if (call.progress) call.progress(generation, progress);
    }, stop);
    if (!found) return fail(found.error());
    if (auto regions = regionsOf(*found, localiser.spec()); regions && call.regions) call.regions(generation, std::move(regions));
    if (call.prediction) call.prediction(generation, std::make_shared<const Prediction>(predictionOf(*found)), true);
    return {};
  }

  Result<void> work(std::uint64_t generation, Request& request, const std::stop_token& stop) {
    auto model = this->model(request.model);
    if (!model) return fail(model.error());
    if (!request.recording) {
      auto opened = Recording::open(request.file);
      if (!opened) return fail(opened.error());
      request.recording = std::move(*opened);
    }
    return answer(generation, request, **model, stop);
  }

  // No exception may cross the worker: families translate theirs, what is left is memory running out.
  void serve(std::uint64_t generation, Request& request, const std::stop_token& stop) {
    Result<void> done;
    try {
      done = work(generation, request, stop);
    } catch (const std::bad_alloc&) {
      done = fail(ErrorCode::outOfMemory, (request.recording ? request.recording->path() : request.file).string() + ": out of memory; close other files");
    } catch (const std::exception& error) {
      done = fail(ErrorCode::internal, error.what());
    }
    if (!done && done.error().code != ErrorCode::cancelled && request.callbacks.failed)
      request.callbacks.failed(generation, done.error());
  }

  const std::shared_ptr<const inference::ModelRegistry> registry;
  const inference::RuntimeOptions runtime;
  std::map<std::string, LoadedPointer> loaded;  // worker thread only
  // guarded by mutex
  mutable std::mutex mutex;
  std::string description;
  // last, so that it is joined before anything above dies
  Worker worker{[this](const std::string&, std::uint64_t generation, Request& request, const std::stop_token& stop) {
    serve(generation, request, stop);
  }};
};

InferenceService::InferenceService(std::shared_ptr<const inference::ModelRegistry> registry,
                                   inference::RuntimeOptions runtime)
    : state_(std::make_unique<State>(std::move(registry), std::move(runtime))) {}
InferenceService::~InferenceService() = default;

std::uint64_t InferenceService::classify(const std::string& slot, std::shared_ptr<const Recording> recording,
                                         std::string model, ClassifyOptions options, ServiceCallbacks callbacks) {
  return state_->worker.submit(
      slot, {std::move(recording), std::move(model), ClassifyTask{options}, std::move(callbacks)},
      jobs::Supersede::cancelRunning);
}

std::uint64_t InferenceService::attend(const std::string& slot, std::shared_ptr<const Recording> recording,
                                       std::string model, MediaTime at, inference::AttentionRequest request,
                                       ServiceCallbacks callbacks) {
  return state_->worker.submit(slot,
                               {std::move(recording), std::move(model), AttendTask{at, request}, std::move(callbacks)});
}

std::uint64_t InferenceService::attendOverview(const std::string& slot, std::shared_ptr<const Recording> recording,
                                               std::string model, MediaTime at, ServiceCallbacks callbacks) {
  return state_->worker.submit(slot,
                               {std::move(recording), std::move(model), OverviewTask{at}, std::move(callbacks)});
}

std::uint64_t InferenceService::reconstruct(const std::string& slot, std::shared_ptr<const Recording> recording,
                                            std::string model, MediaTime at, inference::MaskRequest request,
                                            PatchStatistics statistics, ServiceCallbacks callbacks) {
  return state_->worker.submit(slot, {std::move(recording), std::move(model),
                                      ReconstructTask{at, std::move(request), statistics}, std::move(callbacks)});
}

std::uint64_t InferenceService::work(const std::string& slot, std::shared_ptr<const Recording> recording, std::string model, Work work,
                                     ServiceCallbacks callbacks) {
  return state_->worker.submit(slot, {std::move(recording), std::move(model), OtherTask{std::move(work)}, std::move(callbacks)});
}

std::uint64_t InferenceService::workOnFile(const std::string& slot, std::filesystem::path file, std::string model, Work work,
                                           ServiceCallbacks callbacks) {
  return state_->worker.submit(slot, {nullptr, std::move(model), OtherTask{std::move(work)}, std::move(callbacks), std::move(file)});
}

void InferenceService::cancel(const std::string& slot) { state_->worker.cancel(slot); }
void InferenceService::cancelAll() { state_->worker.cancelAll(); }
int InferenceService::waiting() const { return state_->worker.pending(); }

std::string InferenceService::deviceDescription() const {
  const std::lock_guard lock(state_->mutex);
  return state_->description;
}

}  // namespace chladni::analysis
