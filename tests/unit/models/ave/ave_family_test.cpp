// Packages of the localisers: what goes in comes out, published names are accounted for, what does not fit is refused.
#include <limits>
#include <numeric>

#include "tests/unit/models/ave/ave_package.h"

using namespace chladni;
using namespace chladni::test;

namespace {

void requireRefused(const Result<inference::Localisation>& found, ErrorCode code, const std::string& named) {
  REQUIRE_FALSE(found);
  INFO(found.error().describe());
  CHECK(found.error().code == code);
  CHECK(found.error().describe().find(named) != std::string::npos);
}

}  // namespace

TEST_CASE("a localiser of every kind goes through a package and localises") {
  const Scratch scratch;
  const auto sound = randomFeatures(10, {6}, 1), picture = randomFeatures(10, {2, 3, 5}, 2);
  for (const auto kind : {AveKind::avAtt, AveKind::dmrn, AveKind::audioOnly, AveKind::visualOnly}) {
    for (const auto cell : {Cell::lstm, Cell::gru}) {
      auto config = tinyAve(kind);
      config.cell = cell;
      INFO(familyName(kind));
      const auto tensors = tinyWeights(config);
      const auto model = loadTiny(importTiny(scratch, kind, tensors), kind);
      CHECK(model->spec().classes.size() == 29);
      const auto found = model->localiser()->localise(config.hears() ? &sound : nullptr, config.sees() ? &picture : nullptr, {});
      REQUIRE(found);
      REQUIRE(found->scores.rows == 10);
      AveNet net(config);
      REQUIRE(nn::loadWeights(net, tensors));
      at::NoGradGuard guard;
      const auto heard = torch::tensor(sound.values).view({1, 10, 6}), viewed = torch::tensor(picture.values).view({1, 10, 6, 5});
      const auto expected = nn::toMatrix(at::softmax(net.forward(heard, viewed), -1).squeeze(0));
      CHECK(largestDifference(found->scores, expected) < 1e-5);
      CHECK((found->attention.rows == 10) == config.attends());
      if (config.attends()) CHECK((found->gridRows == 2 && found->gridColumns == 3));
      for (std::int64_t row = 0; row < found->attention.rows; ++row) {
        const auto weights = found->attention.row(row);
        CHECK(std::accumulate(weights.begin(), weights.end(), 0.0) == Approx(1.0).margin(1e-5));
      }
    }
  }
}

TEST_CASE("the two readings of the attention are both to be had and differ") {
  const Scratch scratch;
  const auto sound = randomFeatures(10, {6}, 3), picture = randomFeatures(10, {2, 3, 5}, 4);
  const auto tensors = tinyWeights(tinyAve());
  const auto published = loadTiny(importTiny(scratch, AveKind::avAtt, tensors), AveKind::avAtt);
  const auto paper = loadTiny(importTiny(scratch, AveKind::avAtt, tensors, {{"grid", "2x3"}, {"attention", "paper"}}), AveKind::avAtt);
  const auto a = published->localiser()->localise(&sound, &picture, {}), b = paper->localiser()->localise(&sound, &picture, {});
  REQUIRE((a && b));
  CHECK(largestDifference(a->attention, b->attention) > 1e-3);
}

TEST_CASE("weakly supervised localisers score the clip as well") {
  const Scratch scratch;
  const auto sound = randomFeatures(10, {6}, 5), picture = randomFeatures(10, {2, 3, 5}, 6);
  const auto tensors = tinyWeights(tinyAve());
  const auto model = loadTiny(importTiny(scratch, AveKind::avAtt, tensors, {{"grid", "2x3"}, {"weak", "true"}}), AveKind::avAtt);
  const auto found = model->localiser()->localise(&sound, &picture, {});
  REQUIRE(found);
  REQUIRE(found->clip.size() == 29);
  CHECK(std::accumulate(found->clip.begin(), found->clip.end(), 0.0) == Approx(1.0).margin(1e-5));
}

TEST_CASE("bf16 stays near fp32") {
  const Scratch scratch;
  const auto sound = randomFeatures(10, {6}, 7), picture = randomFeatures(10, {2, 3, 5}, 8);
  const auto report = importTiny(scratch, AveKind::dmrn, tinyWeights(tinyAve(AveKind::dmrn)));
  const auto fine = loadTiny(report, AveKind::dmrn)->localiser()->localise(&sound, &picture, {});
  const auto coarse = loadTiny(report, AveKind::dmrn, inference::Precision::bf16)->localiser()->localise(&sound, &picture, {});
  REQUIRE((fine && coarse));
  CHECK(largestDifference(fine->scores, coarse->scores) < 2e-2);
}

TEST_CASE("published names are accounted for, and what is unknown is refused by name") {
  const Scratch scratch;
  auto config = tinyAve();
  config.cell = Cell::gru;
  nn::NamedTensors published;
  for (const auto& [name, tensor] : tinyWeights(config))
    published["module." + (name.starts_with("lstm_") ? "gru_" + name.substr(5) : name)] = tensor;
  const auto report = importTiny(scratch, AveKind::avAtt, published);
  static_cast<void>(loadTiny(report, AveKind::avAtt));
  const auto says = [&](const std::string& text) {
    return std::any_of(report->lines.begin(), report->lines.end(), [&](const auto& line) { return line.find(text) != std::string::npos; });
  };
  CHECK(says("renamed 'module.gru_audio.weight_ih_l0' to 'lstm_audio.weight_ih_l0'"));
  CHECK(says("assumed features of 'vggish'"));
  CHECK(says("29 classes of the AVE data set"));

  auto more = tinyWeights(tinyAve());
  more["L3.weight"] = torch::zeros({2, 2});
  const auto refused = importTiny(scratch, AveKind::avAtt, more);
  REQUIRE(refused);
  CHECK_FALSE(refused->accepted);
  CHECK(refused->lines.back().find("L3.weight") != std::string::npos);

  auto less = tinyWeights(tinyAve());
  less.erase("affine_g.weight");
  const auto missing = importTiny(scratch, AveKind::avAtt, less);
  CHECK_FALSE((missing && missing->accepted));

  const auto other = importTiny(scratch, AveKind::dmrn, tinyWeights(tinyAve()));
  REQUIRE_FALSE(other);
  CHECK(other.error().describe().find("av-att") != std::string::npos);
  CHECK_FALSE(importTiny(scratch, AveKind::avAtt, tinyWeights(tinyAve()), {{"grid", "3x3"}}));
  CHECK_FALSE(importTiny(scratch, AveKind::avAtt, tinyWeights(tinyAve()), {}));  // six regions are no square
  CHECK_FALSE(importTiny(scratch, AveKind::avAtt, tinyWeights(tinyAve()), {{"colour", "red"}}));
}

TEST_CASE("features that do not fit are refused in words") {
  const Scratch scratch;
  const auto model = loadTiny(importTiny(scratch, AveKind::avAtt, tinyWeights(tinyAve())), AveKind::avAtt);
  const auto& localiser = *model->localiser();
  const auto sound = randomFeatures(10, {6}, 9), picture = randomFeatures(10, {2, 3, 5}, 10);
  requireRefused(localiser.localise(&sound, nullptr, {}), ErrorCode::invalidArgument, "picture");
  const auto wide = randomFeatures(10, {7}, 9), turned = randomFeatures(10, {3, 2, 5}, 10), few = randomFeatures(9, {6}, 9);
  requireRefused(localiser.localise(&wide, &picture, {}), ErrorCode::incompatibleModel, "sound");
  requireRefused(localiser.localise(&sound, &turned, {}), ErrorCode::incompatibleModel, "3 x 2 x 5");
  requireRefused(localiser.localise(&few, &picture, {}), ErrorCode::invalidArgument, "9 segments");
  auto broken = sound;
  broken.values[3] = std::numeric_limits<float>::quiet_NaN();
  requireRefused(localiser.localise(&broken, &picture, {}), ErrorCode::corruptData, "NaN");
  auto cut = sound;
  cut.values.pop_back();
  requireRefused(localiser.localise(&cut, &picture, {}), ErrorCode::invalidArgument, "59");
  std::stop_source stop;
  stop.request_stop();
  requireRefused(localiser.localise(&sound, &picture, stop.get_token()), ErrorCode::cancelled, "stopped");
}
