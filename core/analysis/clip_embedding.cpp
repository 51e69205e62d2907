#include "core/analysis/clip_embedding.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "core/analysis/model_clip.h"
#include "core/analysis/probabilities.h"
#include "core/inference/embedder.h"
#include "core/inference/feature_extractor.h"
#include "core/reduction/pca.h"

namespace chladni::analysis {

namespace {

using Vectors = Result<std::vector<float>>;

Vectors sharedVector(const inference::Embedder& embedder, const inference::ModelInput& input, const std::stop_token& stop) {
  const auto modality = embedder.embeds(inference::Modality::sound) && !input.sound.empty() ? inference::Modality::sound : inference::Modality::picture;
  auto rows = embedder.embed(std::span(&input, 1), modality, stop);
  if (!rows) return fail(rows.error());
  return std::move(rows->values);
}

// A clip is as many windows of the backbone as fit into it, at least one.
Vectors featureVector(const inference::FeatureExtractor& extractor, const ModelClip& clip, SampleRate rate, const std::stop_token& stop) {
  const auto window = static_cast<std::size_t>(std::max(1.0, extractor.windowSeconds() * rate.hz()));
  std::vector<inference::ModelInput> inputs;
  for (std::size_t at = 0; at + window <= clip.sound.size() || inputs.empty(); at += window) {
    inference::ModelInput input = clip.input();
    if (!clip.sound.empty()) input.sound = std::span(clip.sound).subspan(at, std::min(window, clip.sound.size() - at));
    inputs.push_back(input);
    if (clip.sound.empty()) break;
  }
  auto block = extractor.features(inputs, {}, stop);
  if (!block) return fail(block.error());
  const auto width = block->rows > 0 ? block->values.size() / static_cast<std::size_t>(block->rows) : 0;
  std::vector<float> mean(width, 0.0F);
  for (std::size_t i = 0; i < block->values.size(); ++i) mean[i % width] += block->values[i] / static_cast<float>(block->rows);
  return mean;
}

void nameClass(EmbeddedClip& clip, std::span<const float> logits, const inference::ModelSpec& spec) {
  if (logits.empty()) return;
  std::vector<float> scores(logits.size());
  probabilities(logits, spec.temperature > 0.0 ? spec.temperature : 1.0, spec.multiLabel, scores);
  clip.topClass = static_cast<int>(std::max_element(scores.begin(), scores.end()) - scores.begin());
  clip.topScore = scores[static_cast<std::size_t>(clip.topClass)];
}

std::vector<double> meanOf(const Matrix& rows) {
  std::vector<double> mean(static_cast<std::size_t>(rows.columns), 0.0);
  for (std::int64_t r = 0; r < rows.rows; ++r)
    for (std::size_t c = 0; c < mean.size(); ++c) mean[c] += static_cast<double>(rows.row(r)[c]) / static_cast<double>(rows.rows);
  return mean;
}

double cosine(std::span<const float> a, std::span<const float> b, const std::vector<double>& mean) {
  double product = 0.0;
  double first = 0.0;
  double second = 0.0;
  for (std::size_t i = 0; i < mean.size(); ++i) {
    const double x = a[i] - mean[i];
    const double y = b[i] - mean[i];
    product += x * y;
    first += x * x;
    second += y * y;
  }
  return first > 0.0 && second > 0.0 ? product / std::sqrt(first * second) : 0.0;
}

}  // namespace

std::vector<TimeRange> clipSpans(const Recording& recording, const inference::ModelSpec& spec, std::size_t most) {
  const double duration = recording.durationSeconds();
  const double length = std::min(clipSeconds(spec), std::max(duration, 0.001));
  auto count = static_cast<std::size_t>(std::max(1.0, std::floor(duration / length + 0.5)));
  count = std::min(count, std::max<std::size_t>(1, most));
  std::vector<TimeRange> spans;
  for (std::size_t i = 0; i < count; ++i) {
    const double start = count == 1 ? 0.0 : (duration - length) * static_cast<double>(i) / static_cast<double>(count - 1);
    spans.push_back({MediaTime::fromSeconds(start), MediaTime::fromSeconds(start + length)});
  }
  return spans;
}

Result<ClipEmbeddings> embedClips(const Recording& recording, const inference::LoadedModel& model, const std::vector<TimeRange>& spans,
                                  std::stop_token stop) {
  const inference::Embedder* embedder = model.embedder();
  const inference::FeatureExtractor* extractor = model.featureExtractor();
  const inference::Classifier* classifier = model.classifier();
  if (embedder == nullptr && extractor == nullptr && classifier == nullptr)
    return fail(ErrorCode::unsupported, model.spec().name + ": this model makes no vectors of clips; choose another");
  auto cutter = ModelClipCutter::open(recording, model.spec(), stop);
  if (!cutter) return fail(cutter.error());
  ClipEmbeddings result;
  result.kind = embedder != nullptr ? EmbeddingKind::shared : extractor != nullptr && classifier == nullptr ? EmbeddingKind::features : EmbeddingKind::logits;
  for (const TimeRange& span : spans) {
    if (stop.stop_requested()) return fail(ErrorCode::cancelled, "embedding was stopped");
    auto clip = cutter->cut(span, stop);
    if (!clip) return fail(clip.error());
    if (clip->sound.empty() && clip->frames.empty()) continue;
    const inference::ModelInput input = clip->input();
    EmbeddedClip embedded;
    embedded.span = clip->span;
    Matrix logits;
    if (classifier != nullptr) {
      auto answer = classifier->logitsOf(std::span(&input, 1), stop);
      if (!answer) return fail(answer.error());
      logits = std::move(*answer);
      nameClass(embedded, logits.row(0), model.spec());
    }
    auto vector = result.kind == EmbeddingKind::shared     ? sharedVector(*embedder, input, stop)
                  : result.kind == EmbeddingKind::features ? featureVector(*extractor, *clip, model.spec().frontend.rate, stop)
                                                           : Vectors(std::move(logits.values));
    if (!vector) return fail(vector.error());
    embedded.vector = std::move(*vector);
    result.clips.push_back(std::move(embedded));
  }
  return result;
}

Result<ClipPlaces> placeClips(const Matrix& vectors) {
  ClipPlaces result;
  result.places = Matrix(vectors.rows, 2);
  if (vectors.rows < 2 || vectors.columns < 1) return result;
  reduction::PcaOptions options;
  options.components = std::min<std::int64_t>({2, vectors.rows, vectors.columns});
  auto pca = reduction::fitPca(vectors, options);
  if (!pca) return fail(pca.error());
  auto scores = reduction::project(*pca, vectors);
  if (!scores) return fail(scores.error());
  for (std::int64_t r = 0; r < vectors.rows; ++r)
    for (std::int64_t c = 0; c < scores->columns; ++c)
      result.places.row(r)[static_cast<std::size_t>(c)] = static_cast<float>(scores->values[static_cast<std::size_t>(r * scores->columns + c)]);
  const auto share = [&](std::size_t i) { return i < pca->varianceShare.size() && std::isfinite(pca->varianceShare[i]) ? pca->varianceShare[i] : 0.0; };
  result.shares = {share(0), share(1)};
  return result;
}

std::vector<std::pair<std::size_t, double>> nearestClips(const Matrix& vectors, std::span<const float> query, std::size_t most) {
  if (static_cast<std::int64_t>(query.size()) != vectors.columns || vectors.rows == 0) return {};
  const std::vector<double> mean = meanOf(vectors);
  std::vector<std::pair<std::size_t, double>> hits;
  for (std::int64_t r = 0; r < vectors.rows; ++r) hits.emplace_back(static_cast<std::size_t>(r), cosine(vectors.row(r), query, mean));
  std::stable_sort(hits.begin(), hits.end(), [](const auto& a, const auto& b) { return a.second > b.second; });
  hits.resize(std::min(most, hits.size()));
  return hits;
}

}  // namespace chladni::analysis
