#include "core/metrics/classification_report.h"

#include <algorithm>
#include <cstdio>

#include "core/base/assert.h"

namespace chladni::metrics {

namespace {

double quotient(double above, double below) { return below > 0.0 ? above / below : 0.0; }

// Characters, not bytes, so that names of any language line up.
std::size_t lengthOf(const std::string& text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

std::string right(const std::string& text, std::size_t width) {
  const std::size_t length = lengthOf(text);
  return length >= width ? text : std::string(width - length, ' ') + text;
}

std::string number(double value, int decimals) {
  char text[64];
  std::snprintf(text, sizeof text, "%.*f", decimals, value);
  return text;
}

constexpr std::size_t kColumn = 9;  // and one space before it

std::string scoresRow(const std::string& name, std::size_t width, const ClassScores& scores, std::int64_t support,
                      int decimals) {
  std::string line = right(name, width) + " ";
  for (const double value : {scores.precision, scores.recall, scores.f1}) line += " " + right(number(value, decimals), kColumn);
  return line + " " + right(std::to_string(support), kColumn) + "\n";
}

void addMeans(ClassificationReport& report) {
  const auto classes = static_cast<double>(report.perClass.size());
  const auto items = static_cast<double>(report.items);
  for (std::size_t k = 0; k < report.perClass.size(); ++k) {
    const ClassScores& own = report.perClass[k];
    const double share = static_cast<double>(report.support[k]) / items;
    report.macro.precision += own.precision / classes;
    report.macro.recall += own.recall / classes;
    report.macro.f1 += own.f1 / classes;
    report.weighted.precision += own.precision * share;
    report.weighted.recall += own.recall * share;
    report.weighted.f1 += own.f1 * share;
  }
}

}  // namespace

ClassScores scoresOf(std::int64_t truePositives, std::int64_t falsePositives, std::int64_t falseNegatives) {
  const auto hits = static_cast<double>(truePositives);
  return {quotient(hits, hits + static_cast<double>(falsePositives)), quotient(hits, hits + static_cast<double>(falseNegatives)),
          quotient(2.0 * hits, 2.0 * hits + static_cast<double>(falsePositives + falseNegatives))};
}

Result<ClassificationReport> classificationReport(std::span<const std::int64_t> truth,
                                                  std::span<const std::int64_t> predicted, std::int64_t classes) {
  if (truth.empty() || truth.size() != predicted.size() || classes < 1)
    return fail(ErrorCode::invalidArgument, "a report needs classes and one predicted class for each of at least one item");
  ClassificationReport report;
  const auto count = static_cast<std::size_t>(classes);
  report.items = static_cast<std::int64_t>(truth.size());
  report.confusion.assign(count, std::vector<std::int64_t>(count, 0));
  for (std::size_t i = 0; i < truth.size(); ++i) {
    if (truth[i] < 0 || truth[i] >= classes || predicted[i] < 0 || predicted[i] >= classes)
      return fail(ErrorCode::invalidArgument, "item " + std::to_string(i) + " has class " + std::to_string(truth[i]) +
                                                  ", predicted " + std::to_string(predicted[i]) + ", but there are " +
                                                  std::to_string(classes) + " classes");
    ++report.confusion[static_cast<std::size_t>(truth[i])][static_cast<std::size_t>(predicted[i])];
  }
  std::int64_t hits = 0;
  for (std::size_t k = 0; k < count; ++k) {
    std::int64_t own = 0;
    std::int64_t claimed = 0;
    for (std::size_t other = 0; other < count; ++other) {
      own += report.confusion[k][other];
      claimed += report.confusion[other][k];
    }
    const std::int64_t right = report.confusion[k][k];
    hits += right;
    report.support.push_back(own);
    report.perClass.push_back(scoresOf(right, claimed - right, own - right));
  }
  report.accuracy = static_cast<double>(hits) / static_cast<double>(report.items);
  addMeans(report);
  return report;
}

std::string reportText(const ClassificationReport& report, std::span<const std::string> names, int decimals) {
  CHLADNI_ASSERT(names.size() == report.perClass.size());
  const std::string lastName = "weighted avg";
  std::size_t width = std::max(lastName.size(), static_cast<std::size_t>(decimals));
  for (const std::string& name : names) width = std::max(width, lengthOf(name));

  std::string text = std::string(width, ' ') + " ";
  for (const char* heading : {"precision", "recall", "f1-score", "support"}) text += " " + right(heading, kColumn);
  text += "\n\n";
  for (std::size_t k = 0; k < names.size(); ++k)
    text += scoresRow(names[k], width, report.perClass[k], report.support[k], decimals);
  text += "\n" + right("accuracy", width) + " " + std::string(2 * (kColumn + 1), ' ') + " " +
          right(number(report.accuracy, decimals), kColumn) + " " + right(std::to_string(report.items), kColumn) + "\n";
  text += scoresRow("macro avg", width, report.macro, report.items, decimals);
  text += scoresRow(lastName, width, report.weighted, report.items, decimals);
  return text;
}

}  // namespace chladni::metrics
