// Retrieval across modalities: query i should find candidate i. Embeddings are means over tokens brought to unit length,
// similarities their cosines. The rank of the right answer is the number of candidates that are strictly more similar,
// so a tie is resolved in its favour, and the report says how many queries tied. (TieRule::everyPosition is what the
// published script computes: each place that a tied right answer could take is one more answer to average over.) Recall
// at k is the share of answers with a rank below k; the median rank counts from 1. Pure functions, thread-safe.
#pragma once

#include <cstdint>
#include <vector>

#include "core/metrics/score_table.h"

namespace chladni::metrics {

enum class TieRule { smallestRank, everyPosition };

struct RetrievalReport {
  double recallAt1 = 0.0;
  double recallAt5 = 0.0;
  double recallAt10 = 0.0;
  double medianRank = 0.0;
  std::vector<std::int64_t> ranks;    // per query, from 0, the smallest where it ties
  std::int64_t queriesWithTies = 0;   // another candidate is exactly as similar as the right one
};

// tokens: [item * tokensPerItem + token, dimension]. An embedding of zeros stays zero.
Result<ScoreTable> unitEmbeddings(const ScoreTable& tokens, std::int64_t tokensPerItem);

// [query, candidate]: the product of the embeddings.
Result<ScoreTable> similarity(const ScoreTable& queries, const ScoreTable& candidates);
ScoreTable transposed(const ScoreTable& table);

// similarity: square [query, candidate].
Result<RetrievalReport> retrievalReport(const ScoreTable& similarity, TieRule rule = TieRule::smallestRank);

}  // namespace chladni::metrics
