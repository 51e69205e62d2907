// Sweeps whose figures the studies printed, for showing beside one's own. Facts only; each with its place.
#pragma once

#include <string_view>
#include <vector>

namespace chladni::training {

struct PublishedFigure {
  std::string_view name;  // as a run's figures are called
  double value;
};
struct PublishedPoint {
  double at;               // value of the field
  std::string_view start;  // what was started from
  std::vector<PublishedFigure> figures;
};
struct PublishedSweep {
  std::string_view family, task, field;
  std::string_view source;
  std::vector<PublishedPoint> points;
};

// Null when none was printed of this kind.
const PublishedSweep* publishedSweep(std::string_view family, std::string_view task, std::string_view field);

}  // namespace chladni::training
