#include <cmath>
#include <cstring>
#include <limits>
#include <random>

#include "core/reduction/channels.h"
#include "core/reduction/streamed_pca.h"
#include "tests/support/catch.h"

using namespace chladni;
using namespace chladni::reduction;

namespace {

// Rows on a plane spanned by two known axes, far from zero, with a little noise.
std::vector<float> plane(std::int64_t rows, float offset) {
  std::mt19937 random(5);
  std::normal_distribution<float> normal;
  std::vector<float> values;
  for (std::int64_t r = 0; r < rows; ++r) {
    const float a = 10.0F * normal(random), b = 2.0F * normal(random);
    for (const float x : {0.6F * a, 0.8F * a, b, 0.01F * normal(random)}) values.push_back(offset + x);
  }
  return values;
}

std::vector<float> drawn(std::int64_t count) {
  std::mt19937 random(6);
  std::normal_distribution<float> normal;
  std::vector<float> values(static_cast<std::size_t>(count));
  for (float& value : values) value = normal(random);
  return values;
}

double worst(const std::vector<double>& a, const std::vector<double>& b) {
  REQUIRE(a.size() == b.size());
  double most = 0.0;
  for (std::size_t i = 0; i < a.size(); ++i) most = std::max(most, std::abs(a[i] - b[i]));
  return most;
}

}  // namespace

TEST_CASE("the axes of a plane are found") {
  const auto values = plane(4000, 0.0F);
  const auto pca = fitPca(Rows(values, 4), {2, SignRule::axes});
  REQUIRE(pca);
  CHECK(pca->axes.row(0)[0] == Approx(0.6).margin(0.02));
  CHECK(pca->axes.row(0)[1] == Approx(0.8).margin(0.02));
  CHECK(pca->axes.row(1)[2] == Approx(1.0).margin(0.02));
  CHECK(pca->variance[0] == Approx(100.0).epsilon(0.1));
  CHECK(pca->variance[1] == Approx(4.0).epsilon(0.1));
  CHECK(pca->varianceShare[0] + pca->varianceShare[1] > 0.999);
  const auto scores = project(*pca, Rows(values, 4));
  REQUIRE(scores);
  const auto back = unproject(*pca, *scores);
  REQUIRE(back);
  CHECK(back->row(17)[0] == Approx(values[17 * 4]).margin(0.05));
}

TEST_CASE("blocks of any cut give the fit of all rows, also far from zero") {
  const auto values = plane(5000, 3000.0F);
  const Rows rows(values, 4);
  const auto whole = fitPca(rows, {3, SignRule::axes});
  REQUIRE(whole);
  for (const std::int64_t block : {1, 33, 4999, 5000}) {
    auto stream = StreamedPca::create(4, 2);
    REQUIRE(stream);
    for (std::int64_t first = 0; first < rows.count; first += block)
      REQUIRE(stream->add(rows.part(first, std::min(block, rows.count - first))));
    CHECK(stream->rows() == rows.count);
    const auto pca = stream->fit(3);
    REQUIRE(pca);
    CHECK(worst(pca->mean, whole->mean) < 1e-9);
    CHECK(worst(pca->variance, whole->variance) < 1e-8);
    CHECK(worst(pca->axes.values, whole->axes.values) < 1e-8);
  }
}

TEST_CASE("wide rows, many columns, any number of threads") {
  const auto values = drawn(60 * 133);
  const Rows rows(values, 133);
  const auto whole = fitPca(rows, {20, SignRule::scores});
  REQUIRE(whole);
  std::vector<std::vector<double>> axes;
  for (const int threads : {1, 4}) {
    auto stream = StreamedPca::create(133, threads);
    REQUIRE(stream);
    REQUIRE(stream->add(rows));
    const auto pca = stream->fit(20);
    REQUIRE(pca);
    ScoreSigns signs(*pca);
    REQUIRE(signs.add(rows));
    axes.push_back(signs.settled().axes.values);
    CHECK(worst(axes.back(), whole->axes.values) < 1e-8);
    CHECK(pca->noiseVariance == Approx(whole->noiseVariance));
  }
  CHECK(axes[0] == axes[1]);
}

TEST_CASE("a basis survives being saved") {
  const auto values = drawn(40 * 6);
  const auto pca = fitPca(Rows(values, 6), {4, SignRule::scores});
  REQUIRE(pca);
  auto blobs = toBlobs(*pca);
  const auto back = pcaFromBlobs(blobs);
  REQUIRE(back);
  CHECK(back->mean == pca->mean);
  CHECK(back->axes.values == pca->axes.values);
  CHECK(back->variance == pca->variance);
  CHECK(back->noiseVariance == pca->noiseVariance);
  CHECK(back->rows == 40);

  const double bad = std::numeric_limits<double>::quiet_NaN();
  auto broken = blobs;
  std::memcpy(broken[1].bytes.data(), &bad, sizeof(bad));
  CHECK(pcaFromBlobs(broken).error().message.find("components") != std::string::npos);
  broken = blobs;
  broken[1].shape = {std::int64_t{1} << 62, 8};
  CHECK_FALSE(pcaFromBlobs(broken));
  broken = blobs;
  broken.erase(broken.begin());
  CHECK(pcaFromBlobs(broken).error().message.find("mean") != std::string::npos);
  broken = blobs;
  broken[2].shape = {3};
  broken[2].bytes.resize(24);
  CHECK_FALSE(pcaFromBlobs(broken));
  broken = blobs;
  broken.pop_back();
  CHECK_FALSE(pcaFromBlobs(broken));
}

TEST_CASE("constant rows and misshapen input") {
  const std::vector<float> same(12, 2.0F);
  const auto flat = fitPca(Rows(same, 3), {});
  REQUIRE(flat);
  CHECK(flat->variance[0] == Approx(0.0).margin(1e-12));
  CHECK_FALSE(fitPca(Rows(same, 3), {4, SignRule::axes}));
  CHECK_FALSE(fitPca(Rows(same, 12), {}));
  CHECK_FALSE(project(*flat, Rows(same, 2)));
  CHECK_FALSE(unproject(*flat, Table(1, 7)));
  CHECK_FALSE(projectEachClip(Rows(same, 3), 3, {}));
  CHECK_FALSE(StreamedPca::create(0));
  CHECK_FALSE(StreamedPca::create(StreamedPca::kMaxWidth + 1));
  auto stream = StreamedPca::create(3);
  REQUIRE(stream);
  CHECK_FALSE(stream->fit(1));
  std::vector<float> bad = same;
  bad[5] = std::numeric_limits<float>::infinity();
  CHECK_FALSE(stream->add(Rows(bad, 3)));
  CHECK(stream->rows() == 0);
  CHECK_FALSE(fitPca(Rows(bad, 3), {}));
}

TEST_CASE("groups of channels and tables side by side") {
  const std::vector<float> a{1, 3, 5, 7, 2, 4, 6, 8}, b{10, 20};
  const auto means = meanOfGroups(Rows(a, 4), 2);
  REQUIRE(means);
  CHECK(means->values == std::vector<float>{2, 6, 3, 7});
  CHECK_FALSE(meanOfGroups(Rows(a, 4), 3));
  const std::vector<Rows> parts{Rows(a, 4), Rows(b, 1)};
  const auto joined = sideBySide(parts);
  REQUIRE(joined);
  CHECK(joined->values == std::vector<float>{1, 3, 5, 7, 10, 2, 4, 6, 8, 20});
  const std::vector<Rows> unequal{Rows(a, 4), Rows(b, 2)};
  CHECK_FALSE(sideBySide(unequal));
}
