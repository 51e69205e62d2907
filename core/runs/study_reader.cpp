#include "core/runs/study_reader.h"

namespace chladni::runs {

Result<std::shared_ptr<const StudyReading>> StudyReader::update(std::stop_token stop) {
  bool news = false;
  if (!study_) {
    auto study = training::Study::open(folder_);
    if (!study) return fail(study.error());
    study_ = std::move(*study);
    followers_.resize(study_->runs().size());
    phases_.assign(followers_.size(), RunPhase::broken);
    news = true;
  }
  const LivingRuns living{lockHolders()};
  auto reading = std::make_shared<StudyReading>();
  reading->folder = folder_;
  reading->study = *study_;
  for (std::size_t n = 0; n < followers_.size(); ++n) {
    const auto& run = study_->runs()[n];
    const auto folder = folder_ / run.folder;
    StudyMember member{run, RunPhase::queued, false, false, nullptr};
    std::error_code ignored;
    if (std::filesystem::exists(folder / "config.json", ignored)) {
      auto& follower = followers_[n];
      if (!follower.file) follower.file = std::make_unique<EventFile>(folder / "events.jsonl");
      const auto updated = follower.file->update(follower.history, stop);
      if (!follower.shown || (updated && *updated)) {
        follower.shown = std::make_shared<const RunHistory>(follower.history);
        news = true;
      }
      const auto summary = summarise(folder, living);
      member = {run, summary.phase, true, summary.hasModel, follower.shown};
    }
    news = news || phases_[n] != member.phase;
    phases_[n] = member.phase;
    reading->members.push_back(std::move(member));
  }
  if (!news) return std::shared_ptr<const StudyReading>();
  auto table = training::studyTable(*study_, folder_);
  if (!table) return fail(table.error());
  reading->table = std::move(*table);
  return std::shared_ptr<const StudyReading>(std::move(reading));
}

}  // namespace chladni::runs
