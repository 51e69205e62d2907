// golden.classification_report: the text table, character by character, of the single labels of metrics_ave_lyrics. The
// names of the classes are taken from the recorded table.
#include <fstream>
#include <iterator>
#include <sstream>

#include "core/metrics/classification_report.h"
#include "tests/golden/metrics_compare.h"

using namespace chladni;
using chladni::test::valueOf;

namespace {

std::string recordedTable() {
  std::ifstream in(test::goldenDir() / "classification_report.txt", std::ios::binary);
  REQUIRE(in.good());
  return {std::istreambuf_iterator<char>(in), {}};
}

// Rows between the two empty lines; a name may hold spaces, and four numbers follow it.
std::vector<std::string> namesIn(const std::string& table) {
  std::istringstream lines(table);
  std::vector<std::string> names;
  int emptyLines = 0;
  for (std::string line; std::getline(lines, line);) {
    if (line.empty()) ++emptyLines;
    if (line.empty() || emptyLines != 1) continue;
    for (int column = 0; column < 4; ++column) {
      line.erase(line.find_last_not_of(' ') + 1);
      line.erase(line.find_last_of(' ') + 1);
    }
    line.erase(line.find_last_not_of(' ') + 1);
    names.push_back(line.substr(line.find_first_not_of(' ')));
  }
  return names;
}

}  // namespace

TEST_CASE("The text table of a report is the recorded one") {
  const std::string recorded = recordedTable();
  test::RecordedMeasures file("metrics_ave_lyrics");
  const auto report = valueOf(metrics::classificationReport(file.integers("single.in.true"), file.integers("single.in.pred"),
                                                            file.integers("single.in.num_classes").at(0)));
  const auto names = namesIn(recorded);
  REQUIRE(names.size() == report.perClass.size());
  std::string ours = metrics::reportText(report, names);
  if (!recorded.ends_with("\n")) ours.pop_back();
  CHECK(ours == recorded);
}
