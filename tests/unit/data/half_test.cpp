// Numbers of 16 bits: known patterns, ties, and every half there is.
#include "core/data/half.h"

#include <cmath>

#include "tests/support/catch.h"

using namespace chladni;

TEST_CASE("halves that are known") {
  CHECK(floatToHalf(0.0F) == 0x0000);
  CHECK(floatToHalf(-0.0F) == 0x8000);
  CHECK(floatToHalf(1.0F) == 0x3C00);
  CHECK(floatToHalf(-2.0F) == 0xC000);
  CHECK(floatToHalf(65504.0F) == 0x7BFF);
  CHECK(floatToHalf(65519.0F) == 0x7BFF);
  CHECK(floatToHalf(65520.0F) == 0x7C00);
  CHECK(floatToHalf(0x1p-14F) == 0x0400);
  CHECK(floatToHalf(0x1p-24F) == 0x0001);
  CHECK(floatToHalf(0x1p-25F) == 0x0000);        // a tie, to even
  CHECK(floatToHalf(0x1.8p-24F) == 0x0002);      // a tie, to even
  CHECK(floatToHalf(0x1.000002p-25F) == 0x0001);
  CHECK(floatToHalf(1.0F + 0x1p-11F) == 0x3C00);  // a tie, to even
  CHECK(floatToHalf(1.0F + 0x3p-11F) == 0x3C02);
  CHECK(floatToHalf(0x1.ff8p-15F) == 0x03FF);     // the largest below the normal ones
  CHECK(floatToHalf(0x1.ffcp-15F) == 0x0400);     // a tie, and a carry into them
  CHECK(floatToHalf(INFINITY) == 0x7C00);
  CHECK(std::isnan(halfToFloat(floatToHalf(std::nanf("")))));
}

TEST_CASE("every half comes back") {
  for (std::uint32_t bits = 0; bits < 0x10000U; ++bits) {
    const float value = halfToFloat(static_cast<std::uint16_t>(bits));
    if (std::isnan(value)) continue;
    if (floatToHalf(value) != bits) FAIL("bits " << bits);
  }
}

TEST_CASE("bfloat16 keeps the upper half of a float, rounded") {
  CHECK(floatToBrain(1.0F) == 0x3F80);
  CHECK(floatToBrain(1.0F + 0x1p-8F) == 0x3F80);  // a tie, to even
  CHECK(floatToBrain(1.0F + 0x3p-8F) == 0x3F82);
  CHECK(std::isnan(brainToFloat(floatToBrain(std::nanf("")))));
  for (std::uint32_t bits = 0; bits < 0x7F80U; ++bits)
    if (floatToBrain(brainToFloat(static_cast<std::uint16_t>(bits))) != bits) FAIL("bits " << bits);
}
