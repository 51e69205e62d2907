// golden.kmeans: Lloyd's iterations, the end, the rule of the empty cluster and queries, against scikit-learn.
#include "core/reduction/kmeans.h"
#include "tests/golden/golden_ledger.h"

using namespace chladni;
using namespace chladni::reduction;
using test::beyond;
using test::GoldenLedger;

namespace {

constexpr double kTolerance = 1e-9;

Table table(GoldenLedger& file, const std::string& name) {
  const auto shape = file.shape(name);
  REQUIRE(shape.size() == 2);
  Table made(shape[0], shape[1]);
  made.values = file.doubles(name);
  return made;
}

void requireFit(GoldenLedger& file, const std::string& prefix, const KMeansFit& fit) {
  INFO(prefix);
  CHECK(beyond(fit.centres.values, file.doubles(prefix + "centers"), kTolerance) <= kTolerance);
  const auto labels = file.integers(prefix + "labels");
  CHECK(std::vector<std::int64_t>(fit.labels.begin(), fit.labels.end()) == labels);
  CHECK(beyond({fit.inertia}, file.doubles(prefix + "inertia"), kTolerance) <= kTolerance);
  CHECK(fit.iterations == file.integers(prefix + "n_iter").at(0));
}

// "iter3." runs three iterations with tolerance 0; every other name runs to the end.
KMeansOptions optionsOf(const std::string& run) {
  KMeansOptions options;
  if (!run.starts_with("iter")) return options;
  options.maxIterations = std::stoi(run.substr(4));
  options.tolerance = 0.0;
  return options;
}

}  // namespace

TEST_CASE("every recorded run and query") {
  GoldenLedger file("kmeans");
  const auto groups = file.groupsWith("in.init");
  REQUIRE(groups.size() >= 2);
  for (const auto& group : groups) {
    // A group without rows of its own starts elsewhere on the rows of the first one.
    const auto owner = file.has(group + ".in.x") ? group : groups.front();
    const auto x = file.floats(owner + ".in.x");
    const Rows rows(x, file.shape(owner + ".in.x").at(1));
    const auto start = table(file, group + ".in.init");
    std::vector<std::string> runs;
    for (const auto& name : file.names(group + ".out."))
      if (name.ends_with("centers")) runs.push_back(name.substr(0, name.size() - 7));
    REQUIRE_FALSE(runs.empty());
    Table settled;
    for (const auto& prefix : runs) {
      for (const int threads : {1, 3}) {
        auto options = optionsOf(prefix.substr(group.size() + 5));
        options.threads = threads;
        const auto fit = fitKMeansFrom(rows, start, options);
        REQUIRE(fit);
        requireFit(file, prefix, *fit);
        if (prefix.ends_with("converged.")) settled = fit->centres;
      }
    }
    if (!file.has(group + ".in.query")) continue;
    REQUIRE(settled.rows > 0);
    const auto query = file.floats(group + ".in.query");
    const Rows asked(query, rows.width);
    const auto labels = nearestCentres(asked, settled);
    REQUIRE(labels);
    CHECK(std::vector<std::int64_t>(labels->begin(), labels->end()) == file.integers(group + ".out.query_labels"));
    const auto distances = centreDistances(asked, settled);
    REQUIRE(distances);
    CHECK(beyond(distances->values, file.doubles(group + ".out.query_distances"), kTolerance) <= kTolerance);
  }
  file.requireAllRead();
}
