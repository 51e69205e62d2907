// Study: several runs of one recipe that differ in some fields (a sweep: every combination of the values), each repeated
// for every fold when the recipe has folds. It lives in one folder: study.json (what is run), a run folder for each run.
// studyTable() reads what the finished runs say into rows of means and deviations over folds, beside published values of
// the same sweep. Plain values; any thread. Fails with invalidArgument naming the field, io or corruptData.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/serial/json_value.h"
#include "core/training/recipe.h"

namespace chladni::training {

struct SweepAxis {
  std::string field;
  std::vector<std::string> values;  // as --set takes them
};
// "mask_ratio=0.25,0.5,0.75"
Result<SweepAxis> sweepAxis(const std::string& text);

struct StudyRun {
  std::string folder;  // "mask_ratio=0.5", "mask_ratio=0.5,fold=2"
  std::size_t point = 0;  // which combination of values
  Recipe recipe;
};

class Study {
 public:
  // Every combination is checked. At least an axis or folds.
  static Result<Study> create(const Recipe& recipe, std::vector<SweepAxis> axes);
  static Result<Study> open(const std::filesystem::path& folder);
  static bool isIn(const std::filesystem::path& folder);
  Result<void> write(const std::filesystem::path& folder) const;

  [[nodiscard]] const Recipe& recipe() const { return recipe_; }
  [[nodiscard]] const std::vector<SweepAxis>& axes() const { return axes_; }
  [[nodiscard]] const std::vector<StudyRun>& runs() const { return runs_; }
  // The values of a combination, one for each axis.
  [[nodiscard]] std::vector<std::string> valuesAt(std::size_t point) const;
  [[nodiscard]] std::size_t points() const;

 private:
  Recipe recipe_;
  std::vector<SweepAxis> axes_;
  std::vector<StudyRun> runs_;
};

// Whether the run in this folder came to its end.
bool isFinished(const std::filesystem::path& run);

struct StudyFigure {
  std::string name;  // "loss", "seconds_per_epoch", or a figure of the held-out part
  double mean = 0.0, deviation = 0.0;  // over folds; the deviation is that of these runs themselves
  std::vector<double> values;          // one a run, in their order
};

struct StudyRow {
  std::vector<std::string> values;  // of the axes
  std::int64_t runs = 0;            // that have ended
  std::vector<StudyFigure> figures;
  [[nodiscard]] const StudyFigure* find(const std::string& name) const;
};

// The held-out main figure by epoch, mean and deviation over the folds of a combination.
struct StudyCourse {
  std::string metric;
  std::vector<double> epoch, mean, deviation;
};

struct PublishedRow {
  std::vector<std::string> values;  // of the axes
  std::string label;                // whose start it was
  std::vector<std::pair<std::string, double>> figures;
};

struct StudyTable {
  std::vector<std::string> fields;
  std::vector<StudyRow> rows;
  std::vector<StudyCourse> courses;  // one a row; empty without held-out part
  std::string publishedSource;
  std::vector<PublishedRow> published;

  [[nodiscard]] serial::JsonValue json() const;
  [[nodiscard]] std::string csv() const;
  // Names of all figures, in the order in which they first occur.
  [[nodiscard]] std::vector<std::string> figureNames() const;
  // Of them, at most six that a study is mostly asked about, the main one first.
  [[nodiscard]] std::vector<std::string> mainFigures() const;
};
Result<StudyTable> studyTable(const Study& study, const std::filesystem::path& folder);

}  // namespace chladni::training
