#include "core/metrics/modality_importance.h"

namespace chladni::metrics {

Result<std::vector<Importance>> modalityImportance(ClassPrecisions both, ClassPrecisions audioOnly, ClassPrecisions lyricsOnly) {
  if (both.empty() || both.size() != audioOnly.size() || both.size() != lyricsOnly.size())
    return fail(ErrorCode::invalidArgument, "importance needs the average precision of each class three times: with both "
                                            "modalities, with sound only and with lyrics only");
  std::vector<Importance> found(both.size());
  for (std::size_t k = 0; k < both.size(); ++k) {
    if (!both[k] || *both[k] <= 0.0) continue;
    if (lyricsOnly[k]) found[k].audio = (*both[k] - *lyricsOnly[k]) / *both[k];
    if (audioOnly[k]) found[k].lyrics = (*both[k] - *audioOnly[k]) / *both[k];
  }
  return found;
}

Result<std::vector<GroupImportance>> groupedImportance(std::span<const Importance> classes,
                                                       std::span<const std::int64_t> groupOfClass, std::int64_t groups) {
  if (classes.size() != groupOfClass.size() || groups < 1)
    return fail(ErrorCode::invalidArgument, "every class needs a group to average importances over");
  std::vector<GroupImportance> found(static_cast<std::size_t>(groups));
  std::vector<double> audio(found.size(), 0.0);
  std::vector<double> lyrics(found.size(), 0.0);
  for (std::size_t k = 0; k < classes.size(); ++k) {
    if (groupOfClass[k] < 0 || groupOfClass[k] >= groups)
      return fail(ErrorCode::invalidArgument, "class " + std::to_string(k) + " is in group " +
                                                  std::to_string(groupOfClass[k]) + " of " + std::to_string(groups));
    if (!classes[k].audio || !classes[k].lyrics) continue;
    const auto group = static_cast<std::size_t>(groupOfClass[k]);
    ++found[group].classes;
    audio[group] += *classes[k].audio;
    lyrics[group] += *classes[k].lyrics;
  }
  for (std::size_t g = 0; g < found.size(); ++g) {
    if (found[g].classes == 0) continue;
    const auto count = static_cast<double>(found[g].classes);
    found[g].mean = {audio[g] / count, lyrics[g] / count};
    if (lyrics[g] != 0.0) found[g].ratio = audio[g] / lyrics[g];
  }
  return found;
}

}  // namespace chladni::metrics
