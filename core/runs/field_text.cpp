#include "core/runs/field_text.h"

#include <variant>

#include "core/serial/json_value.h"

namespace chladni::runs {

std::string fieldText(const training::Recipe& recipe, const training::RecipeField& field) {
  return std::visit(
      [&](const auto member) -> std::string {
        using Value = std::remove_cvref_t<decltype(recipe.*member)>;
        if constexpr (std::is_same_v<Value, std::string>) {
          return recipe.*member;
        } else {
          return serial::JsonValue(recipe.*member).text();
        }
      },
      field.member);
}

std::vector<FieldChange> changesBetween(const training::Recipe& from, const training::Recipe& to) {
  std::vector<FieldChange> changes;
  for (const auto& field : training::recipeFields()) {
    auto before = fieldText(from, field);
    auto after = fieldText(to, field);
    if (before != after) changes.push_back({std::string(field.name), std::move(before), std::move(after)});
  }
  return changes;
}

}  // namespace chladni::runs
