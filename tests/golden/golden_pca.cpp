// golden.pca: axes, variances and projections of tall, wide and clip-wise tables against scikit-learn, both sign rules,
// and the same from a fit that sees the rows block by block.
#include "core/reduction/channels.h"
#include "core/reduction/streamed_pca.h"
#include "tests/golden/golden_ledger.h"

using namespace chladni;
using namespace chladni::reduction;
using test::beyond;
using test::GoldenLedger;

namespace {

constexpr double kTolerance = 1e-9;

struct Group {
  GoldenLedger& file;
  std::string name;

  [[nodiscard]] bool has(const std::string& rest) const { return file.has(name + "." + rest); }
  void requireEqual(const std::vector<double>& actual, const std::string& rest) const {
    INFO(name << "." << rest);
    CHECK(beyond(actual, file.doubles(name + "." + rest), kTolerance) <= kTolerance);
  }
  void requireTable(const Result<Table>& actual, const std::string& rest) const {
    REQUIRE(actual);
    requireEqual(actual->values, rest);
  }
};

Pca streamed(const Rows& rows, std::int64_t components, std::int64_t block, int threads) {
  auto made = StreamedPca::create(rows.width, threads);
  REQUIRE(made);
  for (std::int64_t first = 0; first < rows.count; first += block)
    REQUIRE(made->add(rows.part(first, std::min(block, rows.count - first))));
  auto pca = made->fit(components);
  REQUIRE(pca);
  return std::move(*pca);
}

void requireSingleFit(const Group& group) {
  const auto shape = group.file.shape(group.name + ".in.x");
  const auto x = group.file.floats(group.name + ".in.x");
  const Rows rows(x, shape.at(1));
  const auto components = group.file.shape(group.name + ".out.components").at(0);
  const auto pca = fitPca(rows, {components, SignRule::scores});
  REQUIRE(pca);
  group.requireEqual(pca->mean, "out.mean");
  group.requireEqual(pca->axes.values, "out.components");
  group.requireEqual(pca->variance, "out.explained_variance");
  group.requireEqual(pca->varianceShare, "out.explained_variance_ratio");
  group.requireEqual(pca->singularValues, "out.singular_values");
  group.requireEqual({pca->noiseVariance}, "out.noise_variance");
  const auto scores = project(*pca, rows);
  group.requireTable(scores, "out.transform");
  group.requireTable(unproject(*pca, *scores), "out.inverse_transform");

  const auto other = fitPca(rows, {components, SignRule::axes});
  REQUIRE(other);
  group.requireEqual(other->axes.values, "out.components_row_convention");
  group.requireTable(project(*other, rows), "out.transform_row_convention");
  std::vector<double> signs;
  for (std::int64_t c = 0; c < components; ++c) signs.push_back(other->axes.row(c)[0] == pca->axes.row(c)[0] ? 1.0 : -1.0);
  group.requireEqual(signs, "out.sign_row_convention");
  if (group.has("out.whitened")) group.requireTable(project(*pca, rows, true), "out.whitened");
  if (group.has("in.new")) {
    const auto fresh = group.file.floats(group.name + ".in.new");
    group.requireTable(project(*pca, Rows(fresh, rows.width)), "out.new_transform");
  }
}

void requireStreamedFit(const Group& group) {
  const auto x = group.file.floats(group.name + ".in.x");
  const Rows rows(x, group.file.shape(group.name + ".in.x").at(1));
  const auto components = group.file.shape(group.name + ".out.components").at(0);
  for (const std::int64_t block : {std::int64_t{1}, std::int64_t{7}, rows.count}) {
    const auto pca = streamed(rows, components, block, static_cast<int>(block % 3) + 1);
    group.requireEqual(pca.mean, "out.mean");
    group.requireEqual(pca.axes.values, "out.components_row_convention");
    group.requireEqual(pca.variance, "out.explained_variance");
    group.requireEqual(pca.varianceShare, "out.explained_variance_ratio");
    group.requireEqual(pca.singularValues, "out.singular_values");
    group.requireEqual({pca.noiseVariance}, "out.noise_variance");
    ScoreSigns signs(pca);
    for (std::int64_t first = 0; first < rows.count; first += block)
      REQUIRE(signs.add(rows.part(first, std::min(block, rows.count - first))));
    group.requireEqual(signs.settled().axes.values, "out.components");
  }
}

// [clip, ...rows of a clip, channel].
void requireClips(const Group& group) {
  const auto shape = group.file.shape(group.name + ".in.x");
  const auto x = group.file.floats(group.name + ".in.x");
  const Rows rows(x, shape.back());
  const auto perClip = rows.count / shape.front();
  if (group.has("out.per_clip")) {
    const auto components = group.file.shape(group.name + ".out.per_clip").back();
    group.requireTable(projectEachClip(rows, perClip, {components, SignRule::scores}), "out.per_clip");
  }
  if (group.has("out.global")) {
    const auto components = group.file.shape(group.name + ".out.global").back();
    const auto pca = fitPca(rows, {components, SignRule::scores});
    REQUIRE(pca);
    group.requireTable(project(*pca, rows), "out.global");
    ScoreSigns signs(streamed(rows, components, perClip, 2));
    REQUIRE(signs.add(rows));
    group.requireTable(project(signs.settled(), rows), "out.global");
  }
  if (group.has("out.group_mean")) {
    const auto size = group.file.integers(group.name + ".in.group").at(0);
    // Channels beyond the last whole group are left out, as the recorded means leave them out.
    const auto width = group.file.shape(group.name + ".out.group_mean").back() * size;
    std::vector<float> whole;
    for (std::int64_t r = 0; r < rows.count; ++r) whole.insert(whole.end(), rows.row(r), rows.row(r) + width);
    const auto means = meanOfGroups(Rows(whole, width), size);
    REQUIRE(means);
    CHECK(beyond(test::asDoubles(means->values), group.file.doubles(group.name + ".out.group_mean"), 1e-6) <= 1e-7);
  }
}

}  // namespace

TEST_CASE("every recorded fit") {
  GoldenLedger file("pca");
  int single = 0, clips = 0;
  for (const auto& name : file.groupsWith("in.x")) {
    INFO(name);
    const Group group{file, name};
    if (group.has("out.components")) {
      requireSingleFit(group);
      requireStreamedFit(group);
      ++single;
    } else {
      requireClips(group);
      ++clips;
    }
  }
  CHECK(single >= 2);
  CHECK(clips >= 2);
  file.requireAllRead();
}
