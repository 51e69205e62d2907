#include "core/training/recipe.h"

#include <set>

#include "core/base/atomic_file.h"
#include "core/training/recipe_presets.h"
#include "tests/support/catch.h"
#include "tests/support/scratch.h"

using namespace chladni;
using namespace chladni::training;

TEST_CASE("A recipe is written with every field and reads back equal") {
  auto recipe = presetRecipe("ast-finetune");
  REQUIRE(recipe);
  recipe->data = "clips.csv";
  const auto json = recipeJson(*recipe);
  CHECK(json.members()->size() == recipeFields().size());
  auto back = recipeFromJson(json);
  REQUIRE(back);
  CHECK(*back == *recipe);
}

TEST_CASE("The table of fields names each field once, with defaults inside their ranges") {
  std::set<std::string_view> names;
  for (const auto& field : recipeFields()) {
    CHECK(names.insert(field.name).second);
    CHECK_FALSE(field.help.empty());
  }
  CHECK(recipeFromJson(recipeJson(Recipe{})));
  const auto described = describeRecipe();
  CHECK(described.find("fields")->items()->size() == names.size());
}

TEST_CASE("Every preset fits its table and says what it is") {
  for (const auto& preset : recipePresets()) {
    INFO(preset.name);
    Recipe recipe = preset.recipe;
    CHECK(recipe.preset == preset.name);
    CHECK(recipeFromJson(recipeJson(recipe)));
    recipe.data = "x";
    recipe.start = "y";
    CHECK(check(recipe));
  }
}

TEST_CASE("Wrong fields are refused by name, range and nearest known name") {
  Recipe recipe;
  const auto message = [&](const char* assignment) {
    auto set = setField(recipe, assignment);
    REQUIRE_FALSE(set);
    return set.error().message;
  };
  CHECK(message("bacth=3").find("did you mean batch?") != std::string::npos);
  CHECK(message("batch=0").find("batch: 0 is not a whole number from 1") == 0);
  CHECK(message("batch=1.5").find("is not a whole number") != std::string::npos);
  CHECK(message("rate=nan").find("rate") == 0);
  CHECK(message("schedule=sometimes").find("constant, cosine, step, plateau") != std::string::npos);
  CHECK(message("balanced=maybe").find("true or false") != std::string::npos);
  CHECK(message("nothing").find("key=value") != std::string::npos);
  CHECK(message("zzzzzzzz=1").find("train --describe") != std::string::npos);
  CHECK(setField(recipe, "batch=7"));
  CHECK(recipe.batch == 7);
  CHECK(setField(recipe, "title=a=b"));
  CHECK(recipe.title == "a=b");
}

TEST_CASE("Fields that do not fit together are refused") {
  Recipe recipe;
  CHECK_FALSE(check(recipe));  // no data
  recipe.data = "x";
  CHECK(check(recipe));
  recipe.heads = 7;
  CHECK_FALSE(check(recipe));
  recipe.heads = 12;
  recipe.averageFrom = 11;
  CHECK_FALSE(check(recipe));
  recipe.averageFrom = 0;
  recipe.freezeBase = true;
  CHECK_FALSE(check(recipe));
  recipe.freezeBase = false;
  recipe.stem = 16;
  CHECK_FALSE(check(recipe));  // the stride is 10
  recipe.stride = 16;
  CHECK(check(recipe));
}

TEST_CASE("A recipe file changes the preset that it names, --set changes both") {
  const test::Scratch folder;
  REQUIRE(writeFileAtomically(folder / "r.json", R"({"preset": "tiny-ast", "batch": 5, "epochs": 3})"));
  auto recipe = resolveRecipe((folder / "r.json").string(), {"epochs=4"});
  REQUIRE(recipe);
  CHECK(recipe->width == 96);
  CHECK(recipe->batch == 5);
  CHECK(recipe->epochs == 4);
  auto unknown = resolveRecipe("ast-fintune", {});
  REQUIRE_FALSE(unknown);
  CHECK(unknown.error().message.find("did you mean ast-finetune?") != std::string::npos);
  REQUIRE(writeFileAtomically(folder / "bad.json", R"({"learning_rte": 5})"));
  CHECK_FALSE(resolveRecipe((folder / "bad.json").string(), {}));
}
