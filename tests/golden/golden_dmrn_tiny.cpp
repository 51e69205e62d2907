// golden.dmrn_tiny: the dual multimodal residual network with any number of fusion blocks, which names alone tell
// ("..._nb3"), because the blocks share their weights.
#include "tests/golden/golden_ave.h"

using namespace chladni;
using namespace chladni::test;

TEST_CASE("The dual multimodal residual network gives what the published program gave") {
  GoldenLedger file("dmrn_tiny");
  for (const auto& section : sections(file)) {
    const auto mark = section.rfind("_nb");
    requireSupervised(file, section, AveKind::dmrn,
                      {{"fusion_blocks", mark == std::string::npos ? "1" : section.substr(mark + 3)}});
  }
  file.requireAllRead();
}
