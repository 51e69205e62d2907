#include "core/dsp/logarithm.h"

#include <cmath>
#include <limits>
#include <vector>

#include "tests/support/catch.h"

using namespace chladni::dsp;

TEST_CASE("the logarithm is right to the last bits over the whole range") {
  std::vector<float> values;
  for (double x = std::numeric_limits<float>::min(); x < 3e38; x *= 1.0007) values.push_back(static_cast<float>(x));
  for (float x = 0.9F; x < 1.1F; x = std::nextafter(x + 1e-5F, 2.0F)) values.push_back(x);
  values.push_back(1.0F);
  std::vector<float> logs(values.size());
  naturalLog(values, logs);
  double worst = 0.0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const double exact = std::log(static_cast<double>(values[i]));
    const double error = std::abs(logs[i] - exact);
    if (exact != 0.0) worst = std::max(worst, error / std::abs(exact));
  }
  CHECK(worst < 1.3e-7);
  CHECK(logs.back() == 0.0F);
}

TEST_CASE("zero, negative and not-a-number count as the smallest normal float") {
  const std::vector<float> values{0.0F, -1.0F, std::nanf(""), 1e-40F};
  std::vector<float> logs(values.size());
  naturalLog(values, logs);
  for (const float value : logs) CHECK(value == Approx(-87.336544).epsilon(1e-6));
  flooredNaturalLog(values, 0.01F, logs);
  for (const float value : logs) CHECK(value == Approx(std::log(0.01)).epsilon(1e-6));
}

TEST_CASE("values do not depend on their place in the table") {
  std::vector<float> values(67, 0.3F);
  std::vector<float> logs(67);
  naturalLog(values, logs);
  for (const float value : logs) CHECK(value == logs[0]);
}

TEST_CASE("decibels") {
  const std::vector<float> power{4.0F, 0.4F, 0.0F};
  std::vector<float> db(3);
  powerToDecibels(power, 4.0, -100.0F, db);
  CHECK(db[0] == Approx(0.0).margin(1e-5));
  CHECK(db[1] == Approx(-10.0).epsilon(1e-5));
  CHECK(db[2] == -100.0F);
}
