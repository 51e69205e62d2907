#include "core/metrics/retrieval.h"

#include <algorithm>
#include <cmath>

namespace chladni::metrics {

namespace {

double shareBelow(const std::vector<std::int64_t>& ranks, std::int64_t limit) {
  const auto hits = std::count_if(ranks.begin(), ranks.end(), [limit](std::int64_t rank) { return rank < limit; });
  return static_cast<double>(hits) / static_cast<double>(ranks.size());
}

double median(std::vector<std::int64_t> values) {
  std::sort(values.begin(), values.end());
  const std::size_t middle = values.size() / 2;
  if (values.size() % 2 == 1) return static_cast<double>(values[middle]);
  return static_cast<double>(values[middle - 1] + values[middle]) / 2.0;
}

}  // namespace

Result<ScoreTable> unitEmbeddings(const ScoreTable& tokens, std::int64_t tokensPerItem) {
  auto fine = check(tokens);
  if (!fine) return fail(fine.error());
  if (tokensPerItem < 1 || tokens.items % tokensPerItem != 0)
    return fail(ErrorCode::invalidArgument, std::to_string(tokens.items) + " rows are no whole number of items of " +
                                                std::to_string(tokensPerItem) + " tokens");
  ScoreTable out(tokens.items / tokensPerItem, tokens.classes);
  for (std::int64_t item = 0; item < out.items; ++item) {
    const auto own = out.row(item);
    for (std::int64_t token = 0; token < tokensPerItem; ++token) {
      const auto row = tokens.row(item * tokensPerItem + token);
      for (std::size_t d = 0; d < own.size(); ++d) own[d] += row[d];
    }
    double squares = 0.0;
    for (const double value : own) squares += value * value;
    const double length = std::sqrt(squares);
    if (length == 0.0) continue;
    for (double& value : own) value /= length;
  }
  return out;
}

Result<ScoreTable> similarity(const ScoreTable& queries, const ScoreTable& candidates) {
  for (const ScoreTable* table : {&queries, &candidates}) {
    auto fine = check(*table);
    if (!fine) return fail(fine.error());
  }
  if (queries.classes != candidates.classes)
    return fail(ErrorCode::invalidArgument, "embeddings of " + std::to_string(queries.classes) + " and " +
                                                std::to_string(candidates.classes) + " numbers cannot be compared");
  ScoreTable out(queries.items, candidates.items);
  for (std::int64_t q = 0; q < queries.items; ++q) {
    const auto query = queries.row(q);
    const auto row = out.row(q);
    for (std::int64_t c = 0; c < candidates.items; ++c) {
      const auto candidate = candidates.row(c);
      double sum = 0.0;
      for (std::size_t d = 0; d < query.size(); ++d) sum += query[d] * candidate[d];
      row[static_cast<std::size_t>(c)] = sum;
    }
  }
  return out;
}

ScoreTable transposed(const ScoreTable& table) {
  ScoreTable out(table.classes, table.items);
  for (std::int64_t item = 0; item < table.items; ++item)
    for (std::int64_t k = 0; k < table.classes; ++k)
      out.row(k)[static_cast<std::size_t>(item)] = table.row(item)[static_cast<std::size_t>(k)];
  return out;
}

Result<RetrievalReport> retrievalReport(const ScoreTable& table, TieRule rule) {
  auto fine = check(table);
  if (!fine) return fail(fine.error());
  if (table.items != table.classes)
    return fail(ErrorCode::invalidArgument, "retrieval needs one right candidate a query: a square table, not " +
                                                std::to_string(table.items) + " by " + std::to_string(table.classes));
  RetrievalReport report;
  std::vector<std::int64_t> answers;
  for (std::int64_t query = 0; query < table.items; ++query) {
    const auto row = table.row(query);
    const double right = row[static_cast<std::size_t>(query)];
    const auto rank = std::count_if(row.begin(), row.end(), [right](double s) { return s > right; });
    const auto alike = std::count(row.begin(), row.end(), right);
    report.ranks.push_back(rank);
    report.queriesWithTies += alike > 1;
    const auto places = rule == TieRule::everyPosition ? alike : 1;
    for (std::int64_t place = 0; place < places; ++place) answers.push_back(rank + place);
  }
  report.recallAt1 = shareBelow(answers, 1);
  report.recallAt5 = shareBelow(answers, 5);
  report.recallAt10 = shareBelow(answers, 10);
  report.medianRank = median(answers) + 1.0;
  return report;
}

}  // namespace chladni::metrics
