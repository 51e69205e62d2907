#include "core/analysis/pointing.h"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "core/base/assert.h"
#include "core/serial/csv.h"

namespace chladni::analysis {
namespace {

bool isHit(std::int64_t region, int rows, int columns, const SourcePlace& source) {
  const double x = (static_cast<double>(region % columns) + 0.5) / columns, y = (static_cast<double>(region / columns) + 0.5) / rows;
  return std::hypot(x - source.x, y - source.y) <= source.radius + 0.5 / std::min(rows, columns);
}

bool read(const std::string& text, double& number) {
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
  return problem == std::errc() && end == text.data() + text.size() && std::isfinite(number);
}

}  // namespace

void PointingScore::add(std::span<const float> attention, int rows, int columns, const SourcePlace& source) {
  CHLADNI_ASSERT(rows > 0 && columns > 0 && attention.size() == static_cast<std::size_t>(rows) * static_cast<std::size_t>(columns));
  const auto most = std::max_element(attention.begin(), attention.end()) - attention.begin();
  ++seconds;
  if (isHit(most, rows, columns, source)) ++hits;
  std::int64_t possible = 0;
  for (std::int64_t region = 0; region < rows * columns; ++region) possible += isHit(region, rows, columns, source);
  chanceSum += static_cast<double>(possible) / static_cast<double>(rows * columns);
}

Result<SourcePlaces> readSourcePlaces(const std::filesystem::path& table) {
  auto csv = serial::readCsv(table);
  if (!csv) return fail(csv.error());
  std::map<std::string, std::size_t> columns;
  for (const char* name : {"path", "second", "x", "y", "radius"}) {
    const auto column = csv->column(name);
    if (!column) return fail(ErrorCode::corruptData, table.string() + ": the column " + name + " is missing");
    columns[name] = *column;
  }
  SourcePlaces places;
  for (std::size_t row = 1; row < csv->rows.size(); ++row) {
    const auto& fields = csv->rows[row].fields;
    const auto field = [&](const char* name) { return columns[name] < fields.size() ? fields[columns[name]] : std::string(); };
    if (field("x").empty()) continue;
    double second = 0.0;
    SourcePlace place;
    if (!read(field("second"), second) || !read(field("x"), place.x) || !read(field("y"), place.y) || !read(field("radius"), place.radius))
      return fail(ErrorCode::corruptData, table.string() + " line " + std::to_string(csv->rows[row].line) + ": second, x, y and radius must be numbers");
    places[{field("path"), static_cast<int>(second)}] = place;
  }
  return places;
}

}  // namespace chladni::analysis
