#include "ui/docks/clip_gathering.h"
#include "ui/workspace/text.h"

#include <algorithm>

namespace chladni::ui {
namespace {

const std::string kSlot = "embedding";
const std::string kQuerySlot = "embedding query";

}  // namespace

void ClipGathering::start(const std::string& model, std::vector<Source> sources) {
  forget();
  model_ = model;
  waiting_ = std::move(sources);
  total_ = static_cast<int>(waiting_.size());
  clipsEach_ = std::clamp<std::size_t>(kMostInAll / std::max<std::size_t>(1, waiting_.size()), 1, kMostClips);
  std::reverse(waiting_.begin(), waiting_.end());
  running_ = !waiting_.empty();
  if (running_) askNext();
  Q_EMIT changed();
}

void ClipGathering::stop() {
  ++run_;
  if (!busy()) return;
  running_ = asking_ = false;
  waiting_.clear();
  analysis_.cancelSlot(kSlot);
  analysis_.cancelSlot(kQuerySlot);
  Q_EMIT changed();
}

void ClipGathering::forget() {
  stop();
  clips_.clear();
  problem_.clear();
}

void ClipGathering::askNext() {
  const Source source = waiting_.back();
  waiting_.pop_back();
  const auto deliver = [this, post = post_, run = run_, path = source.path](const Result<analysis::ClipEmbeddings>& made) {
    post([this, run, path, made] {
      if (run == run_ && running_) accept(path, made);
    });
  };
  const auto embed = [deliver, most = clipsEach_](const analysis::Recording& media, const inference::LoadedModel& model, std::stop_token stop) -> Result<void> {
    auto made = analysis::embedClips(media, model, analysis::clipSpans(media, model.spec(), most), stop);
    if (!made) return fail(made.error());
    deliver(made);
    return {};
  };
  const auto failed = [deliver](const Error& error) { deliver(fail(error)); };
  const bool asked = source.recording ? analysis_.work(kSlot, source.recording, model_, embed, failed)
                                      : analysis_.workOnFile(kSlot, source.path, model_, embed, failed);
  if (!asked) stop();
}

void ClipGathering::accept(const std::filesystem::path& path, const Result<analysis::ClipEmbeddings>& embeddings) {
  if (embeddings) {
    kind_ = embeddings->kind;
    for (const analysis::EmbeddedClip& clip : embeddings->clips)
      if (clips_.empty() || clip.vector.size() == clips_.front().clip.vector.size()) clips_.push_back({path, clip});
  } else {
    problem_ = messageText(embeddings.error());
  }
  if (embeddings && !embeddings->clips.empty()) Q_EMIT clipsAdded();
  running_ = !waiting_.empty();
  if (running_) askNext();
  Q_EMIT changed();
}

Matrix ClipGathering::vectors() const {
  Matrix rows(static_cast<std::int64_t>(clips_.size()), clips_.empty() ? 0 : static_cast<std::int64_t>(clips_.front().clip.vector.size()));
  for (std::size_t i = 0; i < clips_.size(); ++i)
    std::copy(clips_[i].clip.vector.begin(), clips_[i].clip.vector.end(), rows.row(static_cast<std::int64_t>(i)).begin());
  return rows;
}

void ClipGathering::findLike(std::shared_ptr<const analysis::Recording> recording, TimeRange span) {
  const auto deliver = [this, post = post_, run = run_](const Result<Hits>& hits) {
    post([this, run, hits] {
      if (run != run_) return;
      asking_ = false;
      Q_EMIT changed();
      if (hits) Q_EMIT found(*hits);
      else Q_EMIT notFound(messageText(hits.error()));
    });
  };
  const auto rank = [deliver, span, all = vectors()](const analysis::Recording& media, const inference::LoadedModel& model, std::stop_token stop) -> Result<void> {
    auto made = analysis::embedClips(media, model, {span}, stop);
    if (!made) return fail(made.error());
    if (made->clips.empty()) return fail(ErrorCode::invalidArgument, "there is nothing in the selection that this model could use");
    deliver(analysis::nearestClips(all, made->clips.front().vector, kMostHits));
    return {};
  };
  asking_ = analysis_.work(kQuerySlot, std::move(recording), model_, rank, [deliver](const Error& error) { deliver(fail(error)); });
  Q_EMIT changed();
}

}  // namespace chladni::ui
