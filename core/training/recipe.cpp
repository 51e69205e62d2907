#include "core/training/recipe.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <numeric>
#include <optional>
#include <variant>

#include "core/serial/utf8.h"

namespace chladni::training {
namespace {

using serial::JsonValue;

template <class... Cases>
struct Overloaded : Cases... {
  using Cases::operator()...;
};
template <class... Cases>
Overloaded(Cases...) -> Overloaded<Cases...>;

std::string shortText(double value) {
  return JsonValue(value == std::floor(value) && std::abs(value) < 1e15 ? JsonValue(static_cast<std::int64_t>(value)) : JsonValue(value)).text();
}

std::string joined(const std::vector<std::string_view>& words) {
  std::string all;
  for (const auto word : words) all += (all.empty() ? "" : ", ") + std::string(word);
  return all;
}

// "a whole number of steps from 0 to 10"
std::string expectation(const RecipeField& field) {
  const std::string unit = field.unit.empty() ? "" : " (" + std::string(field.unit) + ")";
  const std::string range = " from " + shortText(field.least) + " to " + shortText(field.most) + unit;
  return std::visit(Overloaded{[&](std::int64_t Recipe::*) { return "a whole number" + range; },
                               [&](double Recipe::*) { return "a number" + range; },
                               [&](bool Recipe::*) { return std::string("true or false"); },
                               [&](std::string Recipe::*) {
                                 return field.choices.empty() ? std::string("a text") : "one of " + joined(field.choices);
                               }},
                    field.member);
}

Unexpected wrong(const RecipeField& field, const std::string& found) {
  return fail(ErrorCode::invalidArgument,
              std::string(field.name) + ": " + serial::printable(found) + " is not " + expectation(field));
}

Unexpected unknown(const std::string& name) {
  std::vector<std::string> known;
  for (const auto& field : recipeFields()) known.emplace_back(field.name);
  const auto nearest = nearestName(name, known);
  return fail(ErrorCode::invalidArgument,
              serial::printable(name) + ": no such field of a recipe" +
                  (nearest.empty() ? "; train --describe lists them" : "; did you mean " + nearest + "?"));
}

bool inRange(const RecipeField& field, double value) {
  return std::isfinite(value) && value >= field.least && value <= field.most;
}

bool isChoice(const RecipeField& field, const std::string& value) {
  return field.choices.empty() || std::find(field.choices.begin(), field.choices.end(), value) != field.choices.end();
}

Result<void> assign(Recipe& recipe, const RecipeField& field, const JsonValue& value) {
  const bool fits = std::visit(
      Overloaded{[&](std::int64_t Recipe::*member) {
                   if (!value.integer() || !inRange(field, static_cast<double>(*value.integer()))) return false;
                   recipe.*member = *value.integer();
                   return true;
                 },
                 [&](double Recipe::*member) {
                   const auto number = value.number();
                   if (!number || !inRange(field, *number)) return false;
                   recipe.*member = *number;
                   return true;
                 },
                 [&](bool Recipe::*member) {
                   if (!value.boolean()) return false;
                   recipe.*member = *value.boolean();
                   return true;
                 },
                 [&](std::string Recipe::*member) {
                   if (!value.string() || !isChoice(field, *value.string())) return false;
                   recipe.*member = *value.string();
                   return true;
                 }},
      field.member);
  return fits ? Result<void>() : Result<void>(wrong(field, value.text()));
}

// A word of the command line as the field's kind reads it; null when it cannot.
JsonValue wordAsValue(const RecipeField& field, std::string_view word) {
  const auto number = [&](auto value) -> JsonValue {
    const auto [end, problem] = std::from_chars(word.data(), word.data() + word.size(), value);
    return problem == std::errc() && end == word.data() + word.size() ? JsonValue(value) : JsonValue();
  };
  return std::visit(Overloaded{[&](std::int64_t Recipe::*) { return number(std::int64_t{0}); },
                               [&](double Recipe::*) { return number(0.0); },
                               [&](bool Recipe::*) {
                                 if (word == "true" || word == "yes" || word == "on" || word == "1") return JsonValue(true);
                                 if (word == "false" || word == "no" || word == "off" || word == "0") return JsonValue(false);
                                 return JsonValue();
                               },
                               [&](std::string Recipe::*) { return JsonValue(word); }},
                    field.member);
}

JsonValue valueOf(const Recipe& recipe, const RecipeField& field) {
  return std::visit([&](auto member) { return JsonValue(recipe.*member); }, field.member);
}

std::size_t editDistance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 0; i < a.size(); ++i) {
    std::size_t diagonal = std::exchange(row[0], i + 1);
    for (std::size_t j = 0; j < b.size(); ++j) {
      const std::size_t changed = diagonal + (a[i] == b[j] ? 0 : 1);
      diagonal = row[j + 1];
      row[j + 1] = std::min({row[j] + 1, row[j + 1] + 1, changed});
    }
  }
  return row.back();
}

}  // namespace

std::string nearestName(std::string_view word, const std::vector<std::string>& known) {
  std::string best;
  // Of names that are as far off the shortest.
  std::pair distance(std::max<std::size_t>(3, word.size() / 2), std::size_t{0});
  for (const auto& name : known) {
    const bool partOf = (word.size() >= 4 && name.find(word) != std::string::npos) || (name.size() >= 4 && word.find(name) != std::string::npos);
    const std::pair changes(partOf ? 1 : editDistance(word, name), name.size());
    if (changes < distance) {
      distance = changes;
      best = name;
    }
  }
  return best;
}

Result<Recipe> recipeFromJson(const JsonValue& object, Recipe start) {
  if (!object.members()) return fail(ErrorCode::invalidArgument, "a recipe is one JSON object of fields; train --describe lists them");
  for (const auto& [name, value] : *object.members()) {
    const auto* field = findRecipeField(name);
    if (!field) return unknown(name);
    if (auto done = assign(start, *field, value); !done) return fail(done.error());
  }
  return start;
}

Result<void> setField(Recipe& recipe, std::string_view assignment) {
  const auto sign = assignment.find('=');
  if (sign == std::string_view::npos || sign == 0)
    return fail(ErrorCode::invalidArgument, "--set " + serial::printable(assignment) + ": expected key=value");
  const std::string name(assignment.substr(0, sign));
  const auto* field = findRecipeField(name);
  if (!field) return unknown(name);
  const auto word = assignment.substr(sign + 1);
  const auto value = wordAsValue(*field, word);
  return value.isNull() ? Result<void>(wrong(*field, std::string(word))) : assign(recipe, *field, value);
}

Result<void> check(const Recipe& recipe) {
  const auto bad = [](const std::string& message) { return fail(ErrorCode::invalidArgument, message); };
  // The recipe is written down as JSON, which has no other bytes.
  for (const auto& field : recipeFields())
    if (const auto* text = std::get_if<std::string Recipe::*>(&field.member); text && !serial::isUtf8(recipe.**text))
      return bad(std::string(field.name) + ": " + serial::printable(recipe.**text) + " is not UTF-8; give the file or folder another name");
  if (recipe.rate <= 0.0) return bad("rate: 0 teaches nothing; give a rate above 0");
  if (recipe.lastRate > recipe.rate) return bad("last_rate: above rate; the cosine falls from rate to last_rate");
  if (recipe.averageTo > 0 && recipe.averageTo < recipe.averageFrom) return bad("average_to: before average_from");
  if (recipe.averageTo > 0 && recipe.averageFrom == 0) return bad("average_to: needs average_from, the first epoch to average");
  if (recipe.averageFrom > 0 && recipe.steps == 0 && recipe.averageFrom > recipe.epochs)
    return bad("average_from: after the last of " + std::to_string(recipe.epochs) + " epochs");
  if (recipe.width % recipe.heads != 0)
    return bad("heads: " + std::to_string(recipe.heads) + " do not divide a width of " + std::to_string(recipe.width));
  if (recipe.stem > 0 && recipe.start.empty() && recipe.stride != 16)
    return bad("stem: needs patches that touch; set stride=16, or stem=0 for none");
  if (recipe.decoderWidth % recipe.decoderHeads != 0)
    return bad("decoder_heads: " + std::to_string(recipe.decoderHeads) + " do not divide a decoder_width of " + std::to_string(recipe.decoderWidth));
  if (recipe.loss == "huber" && recipe.family != "bag-of-codes") return bad("loss: huber is for bags of codes; choose another for " + recipe.family);
  if (recipe.freezeBase && recipe.start.empty()) return bad("freeze_base: needs start, the model whose head is taught");
  if (recipe.source == "files" && recipe.data.empty()) return bad("data: missing; name a manifest, a list or a folder of classes");
  if (recipe.source == "events" && recipe.data.empty()) return bad("data: missing; name a folder with Annotations.txt, such as synth scenes makes");
  if ((recipe.task == "localise") != (recipe.source == "events")) return bad("source: a localiser learns from source events, and nothing else does");
  if (recipe.folds == 1) return bad("folds: 1 fold leaves nothing to learn from; give 2 or more, or 0 for none");
  if (recipe.fold > recipe.folds) return bad("fold: " + std::to_string(recipe.fold) + " of " + std::to_string(recipe.folds) + " folds; count from 1 to folds");
  if (recipe.folds > 0 && recipe.source != "files" && recipe.source != "events") return bad("folds: made-up data have no folds; use source files or events");
  const bool measures = recipe.source != "files" || recipe.validationShare > 0.0;
  if (recipe.schedule == "plateau" && !measures) return bad("schedule: plateau needs held-out data; give validation_share");
  return {};
}

JsonValue recipeJson(const Recipe& recipe) {
  JsonValue json = JsonValue::object();
  for (const auto& field : recipeFields()) json.set(std::string(field.name), valueOf(recipe, field));
  return json;
}

JsonValue describeRecipe() {
  const Recipe defaults;
  JsonValue fields = JsonValue::array();
  for (const auto& field : recipeFields()) {
    JsonValue entry = JsonValue::object();
    const auto type = std::visit(Overloaded{[](std::int64_t Recipe::*) { return "whole"; }, [](double Recipe::*) { return "number"; },
                                            [](bool Recipe::*) { return "flag"; }, [](std::string Recipe::*) { return "text"; }},
                                 field.member);
    entry.set("name", field.name).set("group", field.group).set("type", type).set("default", valueOf(defaults, field));
    const std::string_view kind = type;
    if (kind == "whole" || kind == "number") {
      const auto bound = [&](double value) {
        return kind == "whole" ? JsonValue(static_cast<std::int64_t>(value)) : JsonValue(value);
      };
      entry.set("unit", field.unit).set("min", bound(field.least)).set("max", bound(field.most));
    }
    if (!field.choices.empty()) entry.set("choices", JsonValue::arrayOf(field.choices));
    fields.append(std::move(entry.set("help", field.help)));
  }
  return JsonValue::object().set("fields", std::move(fields));
}

}  // namespace chladni::training
