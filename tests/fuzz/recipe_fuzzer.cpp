#include "core/training/recipe.h"
#include "tests/fuzz/fuzz_input.h"

using namespace chladni;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto json = serial::parseJson(test::text(data, size), "fuzz");
  if (!json) return 0;
  const auto recipe = training::recipeFromJson(*json);
  if (!recipe) {
    test::checkMessage(recipe.error());
    return 0;
  }
  if (const auto fits = training::check(*recipe); !fits) test::checkMessage(fits.error());
  // A recipe that was accepted is written as one that is accepted.
  CHLADNI_ASSERT(training::recipeFromJson(training::recipeJson(*recipe)));
  return 0;
}
