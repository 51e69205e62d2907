// BenchmarkFigure: one measured row of `chladni-cli bench`, beside its floor.
#pragma once

#include <string>

namespace chladni::inference {

struct BenchmarkFigure {
  std::string name;
  std::string per;        // "10 s clip, 514 tokens"
  std::string precision;  // "fp32", "bf16"
  int threads = 1;
  double ms = 0.0;       // best of a few
  double floorMs = 0.0;  // its matrix products alone, measured in the same run
};

}  // namespace chladni::inference
