#include "core/training/study.h"

#include <algorithm>
#include <cmath>
#include <set>

#include "core/base/atomic_file.h"
#include "core/base/is_there.h"
#include "core/training/published_sweeps.h"

namespace chladni::training {
namespace {

using serial::JsonValue;

constexpr std::size_t kMostRuns = 10'000;
constexpr char kFormat[] = "chladni-study";

std::string joinedAssignments(const std::vector<SweepAxis>& axes, const std::vector<std::string>& values) {
  std::string text;
  for (std::size_t n = 0; n < axes.size(); ++n) text += (n > 0 ? "," : "") + axes[n].field + "=" + values[n];
  return text;
}

// What may be the name of a folder anywhere.
std::string folderName(const std::string& text) {
  std::string name;
  for (const char c : text) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '-' || c == '=' || c == ',';
    name += plain ? c : '_';
  }
  return name.substr(0, 120);
}

std::size_t product(const std::vector<SweepAxis>& axes) {
  std::size_t count = 1;
  for (const auto& axis : axes) count *= axis.values.size();
  return count;
}

std::vector<std::string> valuesOf(const std::vector<SweepAxis>& axes, std::size_t point) {
  std::vector<std::string> values(axes.size());
  for (std::size_t n = axes.size(); n-- > 0;) {
    values[n] = axes[n].values[point % axes[n].values.size()];
    point /= axes[n].values.size();
  }
  return values;
}

}  // namespace

Result<SweepAxis> sweepAxis(const std::string& text) {
  const auto sign = text.find('=');
  if (sign == std::string::npos || sign == 0) return fail(ErrorCode::invalidArgument, "--sweep " + serial::printable(text) + ": expected field=value,value,...");
  SweepAxis axis{text.substr(0, sign), {}};
  for (std::size_t from = sign + 1; from <= text.size();) {
    const auto end = std::min(text.find(',', from), text.size());
    axis.values.push_back(text.substr(from, end - from));
    from = end + 1;
  }
  for (const auto& value : axis.values) {
    Recipe probe;
    if (auto set = setField(probe, axis.field + "=" + value); !set) return fail(set.error());
  }
  if (std::set<std::string>(axis.values.begin(), axis.values.end()).size() != axis.values.size())
    return fail(ErrorCode::invalidArgument, "--sweep " + serial::printable(text) + ": a value is there twice");
  if (axis.field == "folds" || axis.field == "fold") return fail(ErrorCode::invalidArgument, "--sweep " + axis.field + ": folds are swept by --folds");
  return axis;
}

Result<Study> Study::create(const Recipe& recipe, std::vector<SweepAxis> axes) {
  const std::int64_t folds = recipe.fold == 0 ? recipe.folds : 0;  // else only one of them
  if (axes.empty() && folds == 0) return fail(ErrorCode::invalidArgument, "a study needs fields to sweep or folds");
  std::set<std::string> fields;
  for (const auto& axis : axes)
    if (!fields.insert(axis.field).second) return fail(ErrorCode::invalidArgument, "--sweep " + axis.field + ": given twice; one list holds all values");
  if (product(axes) * static_cast<std::size_t>(std::max<std::int64_t>(folds, 1)) > kMostRuns)
    return fail(ErrorCode::invalidArgument, "--sweep: more than " + std::to_string(kMostRuns) + " runs; sweep fewer values");
  Study study;
  study.recipe_ = recipe;
  study.axes_ = std::move(axes);
  std::set<std::string> names;
  for (std::size_t point = 0; point < product(study.axes_); ++point) {
    const auto values = valuesOf(study.axes_, point);
    Recipe own = recipe;
    for (std::size_t n = 0; n < study.axes_.size(); ++n)
      if (auto set = setField(own, study.axes_[n].field + "=" + values[n]); !set) return fail(set.error());
    auto name = folderName(joinedAssignments(study.axes_, values));
    if (!name.empty() && !names.insert(name).second) name += "_" + std::to_string(point + 1);
    for (std::int64_t fold = folds > 0 ? 1 : 0; fold <= folds; ++fold) {
      if (fold > 0) own.fold = fold;
      if (auto ok = check(own); !ok) return fail(ok.error(), name);
      const auto ofFold = fold > 0 ? "fold=" + std::to_string(fold) : std::string();
      study.runs_.push_back({name + (name.empty() || ofFold.empty() ? "" : ",") + ofFold, point, own});
    }
  }
  return study;
}

bool Study::isIn(const std::filesystem::path& folder) { return isThere(folder / "study.json"); }

Result<Study> Study::open(const std::filesystem::path& folder) {
  auto json = serial::readJsonFile((folder / "study.json").string());
  if (!json) return fail(json.error());
  const auto* format = json->find("format");
  const auto* recipeValue = json->find("recipe");
  if (!format || !format->string() || *format->string() != kFormat || !recipeValue)
    return fail(ErrorCode::corruptData, (folder / "study.json").string() + ": is not a study");
  auto recipe = recipeFromJson(*recipeValue);
  if (!recipe) return fail(recipe.error(), (folder / "study.json").string());
  std::vector<SweepAxis> axes;
  const auto* sweep = json->find("sweep");
  if (sweep && sweep->items())
    for (const auto& entry : *sweep->items()) {
      const auto* field = entry.find("field");
      const auto* values = entry.find("values");
      if (!field || !field->string() || !values || !values->items()) return fail(ErrorCode::corruptData, (folder / "study.json").string() + ": a sweep without field or values");
      SweepAxis axis{*field->string(), {}};
      for (const auto& value : *values->items()) axis.values.push_back(value.string() ? *value.string() : value.text());
      axes.push_back(std::move(axis));
    }
  return create(*recipe, std::move(axes));
}

Result<void> Study::write(const std::filesystem::path& folder) const {
  JsonValue sweep = JsonValue::array();
  for (const auto& axis : axes_) sweep.append(JsonValue::object().set("field", axis.field).set("values", JsonValue::arrayOf(axis.values)));
  JsonValue json = JsonValue::object();
  json.set("format", kFormat).set("version", 1).set("sweep", std::move(sweep)).set("recipe", recipeJson(recipe_));
  return writeFileAtomically(folder / "study.json", json.prettyText());
}

std::vector<std::string> Study::valuesAt(std::size_t point) const { return valuesOf(axes_, point); }
std::size_t Study::points() const { return product(axes_); }

}  // namespace chladni::training
