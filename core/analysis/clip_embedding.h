// Clips of recordings as points: what a model makes of each, and a plane on which clips that it takes for alike lie close
// together. Blocking; for workers. References: PCA as in core/reduction/pca.h.
#pragma once

#include <cstdint>
#include <stop_token>
#include <utility>
#include <vector>

#include "core/analysis/recording.h"
#include "core/data/matrix.h"
#include "core/inference/model_family.h"

namespace chladni::analysis {

// What stands for a clip: a vector of the space that sound and pictures share, features of a backbone (mean over the clip),
// or, of models that have neither, the logits of its classes.
enum class EmbeddingKind { shared, features, logits };

struct EmbeddedClip {
  TimeRange span;
  std::vector<float> vector;
  int topClass = -1;  // of spec().classes; -1: the model names none
  float topScore = 0.0F;
};

struct ClipEmbeddings {
  EmbeddingKind kind = EmbeddingKind::logits;
  std::vector<EmbeddedClip> clips;
};

// Clips of the model's own length, one after another from the start; when there would be more than `most`, evenly spread.
std::vector<TimeRange> clipSpans(const Recording& recording, const inference::ModelSpec& spec, std::size_t most);

// By sound; by pictures for models that only see. Fails with unsupported (the model gives nothing of the kind), notFound (the
// file lacks what it needs), cancelled.
Result<ClipEmbeddings> embedClips(const Recording& recording, const inference::LoadedModel& model, const std::vector<TimeRange>& spans,
                                  std::stop_token stop);

struct ClipPlaces {
  Matrix places;  // [clip, 2], along the two directions in which the clips differ most
  std::pair<double, double> shares{0.0, 0.0};  // of all their variance
};

// Rows of one width. One clip lies in the middle; fails with invalidArgument for values that are not finite.
Result<ClipPlaces> placeClips(const Matrix& vectors);

// Rows by cosine to the query (after both lost the mean of all rows), best first: row and similarity, -1..1.
std::vector<std::pair<std::size_t, double>> nearestClips(const Matrix& vectors, std::span<const float> query, std::size_t most);

}  // namespace chladni::analysis
