// golden.asit_losses: the authors' pre-training step, part by part and as one, their masking from recorded draws, their
// schedules, and position tables of other grids. Sizes come from the shapes; the number of heads, which no shape tells,
// is the one divisor of the width that gives the recorded tokens.
#include <algorithm>
#include <regex>
#include <sstream>

#include "core/nn/weights.h"
#include "models/asit/asit_masking.h"
#include "models/asit/asit_positions.h"
#include "models/asit/asit_pretraining.h"
#include "tests/golden/ast_compare.h"

using namespace chladni;
using namespace chladni::models::asit;
using chladni::test::GoldenFile;
using chladni::test::recorded;

namespace {

constexpr double kRelative = 1e-4;
constexpr double kAbsolute = 1e-5;
constexpr double kTable = 1e-9;  // of values that are float64 in the reference too
constexpr double kLimit = 3.0;
constexpr double kRate = 5e-4;
constexpr double kDecay = 0.04;

bool isClose(const at::Tensor& got, const at::Tensor& expected, double relative = kRelative, double absolute = kAbsolute) {
  return got.sizes() == expected.sizes() &&
         at::allclose(got.detach().to(at::kDouble), expected.to(at::kDouble), relative, absolute);
}

void requireLike(const GoldenFile& file, const std::string& name, const at::Tensor& got, double relative = kRelative,
                 double absolute = kAbsolute) {
  const auto expected = recorded(file, name);
  INFO(name << ": got " << nn::shapeText(got) << ", recorded " << nn::shapeText(expected));
  REQUIRE(got.numel() == expected.numel());
  const auto shaped = got.detach().reshape(expected.sizes());
  INFO("largest difference " << test::largestDifference(shaped, expected));
  REQUIRE(isClose(shaped, expected, relative, absolute));
}

nn::NamedTensors recordedNet(const GoldenFile& file, const std::string& who) {
  nn::NamedTensors tensors;
  for (const auto& name : file.names(who + ".")) tensors[name.substr(who.size() + 1)] = recorded(file, name);
  REQUIRE_FALSE(tensors.empty());
  return tensors;
}

AsitConfig sizesOf(const GoldenFile& file, const nn::NamedTensors& net) {
  const auto rows = [&](const char* name) { return net.at(name).size(0); };
  AsitConfig config;
  config.width = net.at("backbone.pos_embed").size(2);
  config.depth = 0;
  while (net.contains("backbone.blocks." + std::to_string(config.depth) + ".norm1.weight")) ++config.depth;
  config.mlpRatio = static_cast<double>(rows("backbone.blocks.0.mlp.fc1.weight")) / static_cast<double>(config.width);
  config.patch = net.at("backbone.patch_embed.proj.weight").size(2);
  const auto clean = recorded(file, "in.clean0");
  config.frames = clean.size(2);
  config.bins = clean.size(3);
  config.projection = {rows("head_cls.mlp.0.weight"), rows("head_cls.mlp.4.weight"), rows("head_cls.cls_layer.weight_v"),
                       rows("head_cls.data_layer.weight_v")};
  config.reconstruction = {rows("head_recons.mlp.0.weight"), rows("head_recons.mlp.4.weight"), true};
  return config;
}

at::Tensor bothViews(const GoldenFile& file, const std::string& what) {
  return torch::cat({recorded(file, "in." + what + "0"), recorded(file, "in." + what + "1")}, 0).squeeze(1);
}

ViewBatch recordedBatch(const GoldenFile& file) {
  return {bothViews(file, "clean"), bothViews(file, "corrupted"), bothViews(file, "mask")};
}

std::shared_ptr<AsitNet> netOf(const AsitConfig& config, const nn::NamedTensors& tensors) {
  auto net = std::make_shared<AsitNet>(config);
  REQUIRE(check(config));
  const auto loaded = nn::loadWeights(*net, tensors);
  if (!loaded) FAIL(loaded.error().describe());
  return net;
}

struct Pair {
  AsitConfig config;
  std::shared_ptr<AsitNet> student, teacher;
};

Pair recordedPair(const GoldenFile& file) {
  const auto student = recordedNet(file, "student");
  auto config = sizesOf(file, student);
  const auto corrupted = bothViews(file, "corrupted");
  const auto tokens = recorded(file, "out.student_tokens");
  std::vector<std::int64_t> fitting;
  for (std::int64_t heads = 1; heads <= config.width; ++heads) {
    if (config.width % heads != 0) continue;
    config.heads = heads;
    at::NoGradGuard guard;
    if (isClose(netOf(config, student)->backbone->forward(corrupted), tokens)) fitting.push_back(heads);
  }
  REQUIRE(fitting.size() == 1);
  config.heads = fitting.front();
  return {config, netOf(config, student), netOf(config, recordedNet(file, "teacher"))};
}

TemperatureSchedule recordedTemperature(const at::Tensor& values) {
  TemperatureSchedule schedule{values[0].item<double>(), values[-1].item<double>(), 0};
  while (values[schedule.warmupEpochs].item<double>() != schedule.last) ++schedule.warmupEpochs;
  ++schedule.warmupEpochs;
  return schedule;
}

Centres recordedCentres(const GoldenFile& file) {
  return {recorded(file, "in.center_cls"), recorded(file, "in.center_data")};
}

std::vector<std::string> lines(const GoldenFile& file, const std::string& name) {
  std::string text;
  for (const auto value : file.integers(name)) text += static_cast<char>(value);
  std::vector<std::string> result;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) result.push_back(line);
  return result;
}

// Every tensor recorded under `prefix` against the one of that name.
template <class Get>
void compareAll(const GoldenFile& file, const std::string& prefix, const AsitNet& net, Get get) {
  const auto parameters = net.named_parameters();
  std::size_t compared = 0;
  for (const auto& name : file.names(prefix)) {
    const auto* parameter = parameters.find(name.substr(prefix.size()));
    INFO(name);
    REQUIRE(parameter != nullptr);
    requireLike(file, name, get(*parameter));
    ++compared;
  }
  REQUIRE(compared > 0);
}

at::Tensor gradientOf(const at::Tensor& parameter) { return parameter.grad(); }
at::Tensor itself(const at::Tensor& parameter) { return parameter; }

double scalar(const GoldenFile& file, const std::string& name) { return recorded(file, name).to(at::kDouble).item<double>(); }

}  // namespace

TEST_CASE("One step of pre-training equals the authors' in every part") {
  const GoldenFile file("asit_losses");
  const auto [config, student, teacher] = recordedPair(file);
  const auto batch = recordedBatch(file);
  const auto temperature = recordedTemperature(recorded(file, "out.teacher_temperature_schedule"));
  auto centres = recordedCentres(file);

  const auto outputs = lookAtViews(*student, *teacher, batch);
  requireLike(file, "out.student_tokens", student->backbone->forward(batch.corrupted));
  requireLike(file, "out.teacher_cls", outputs.teacher.classToken);
  requireLike(file, "out.teacher_data", outputs.teacher.dataTokens);
  requireLike(file, "out.student_cls", outputs.student.classToken);
  requireLike(file, "out.student_data", outputs.student.dataTokens);
  requireLike(file, "out.reconstruction", outputs.painted);
  requireLike(file, "out.token_mask", hiddenTokens(batch.hidden, config.patch), 0.0, 0.0);

  const auto epoch = file.integers("in.epoch").front();
  const auto now = temperature.at(epoch);
  REQUIRE(now == Approx(scalar(file, "out.teacher_temperature")).epsilon(kTable));
  LossSettings settings;
  const auto losses = lossesOf(outputs, batch, centres, now, config.patch, settings);
  requireLike(file, "out.loss_cls", losses.ofClass);
  requireLike(file, "out.loss_data", losses.ofData);
  requireLike(file, "out.loss_reconstruction", losses.ofReconstruction);
  requireLike(file, "out.loss_total", losses.total);
  auto corrected = settings;
  corrected.maskedTokensOnly = true;
  requireLike(file, "out.loss_data_masked_tokens_only",
              lossesOf(outputs, batch, centres, now, config.patch, corrected).ofData);
  moveCentres(centres, outputs, 0.9);
  requireLike(file, "out.center_cls_after", centres.ofClass);
  requireLike(file, "out.center_data_after", centres.ofData);

  const auto groups = parameterGroups(*student);
  CHECK(static_cast<std::int64_t>(groups.decayed.size()) == file.integers("out.num_params_decayed").front());
  CHECK(static_cast<std::int64_t>(groups.free.size()) == file.integers("out.num_params_not_decayed").front());

  losses.total.backward();
  compareAll(file, "grad_before_clip.", *student, gradientOf);
  const auto norms = limitEachGradient(*student, kLimit);
  const auto names = lines(file, "out.gradient_names");
  const auto recordedNorms = recorded(file, "out.gradient_norms_before_clip");
  REQUIRE(names.size() == norms.size());
  REQUIRE(static_cast<std::size_t>(recordedNorms.numel()) == names.size());
  for (const auto& norm : norms) {
    INFO(norm.name);
    const auto found = std::find(names.begin(), names.end(), norm.name);
    REQUIRE(found != names.end());
    CHECK(norm.norm == Approx(recordedNorms[found - names.begin()].item<double>()).epsilon(kRelative).margin(kAbsolute));
  }
  compareAll(file, "grad_after_clip.", *student, gradientOf);

  auto optimiser = makeOptimiser(*student, OptimiserKind::adamW);
  setRates(*optimiser, kRate, kDecay);
  optimiser->step();
  compareAll(file, "student_after_step.", *student, itself);
  followStudent(*teacher, *student, scalar(file, "in.ema_momentum"));
  compareAll(file, "teacher_after_ema.", *teacher, itself);
}

TEST_CASE("The step as a whole gives the recorded losses and parameters") {
  const GoldenFile file("asit_losses");
  const auto pair = recordedPair(file);
  auto settings = codeSettings(AsitSize::base);
  settings.architecture = pair.config;
  settings.dropPath = 0.0;
  settings.teacherTemperature = recordedTemperature(recorded(file, "out.teacher_temperature_schedule"));
  AsitPretraining training(settings);
  REQUIRE(nn::loadWeights(*training.student, recordedNet(file, "student")));
  REQUIRE(nn::loadWeights(*training.teacher, recordedNet(file, "teacher")));
  training.centres = recordedCentres(file);
  const auto report = training.step(recordedBatch(file), {kRate, kDecay, scalar(file, "in.ema_momentum"),
                                                          file.integers("in.epoch").front()});
  CHECK(report.ofClass == Approx(scalar(file, "out.loss_cls")).epsilon(kRelative));
  CHECK(report.ofData == Approx(scalar(file, "out.loss_data")).epsilon(kRelative));
  CHECK(report.ofReconstruction == Approx(scalar(file, "out.loss_reconstruction")).epsilon(kRelative));
  CHECK(report.total == Approx(scalar(file, "out.loss_total")).epsilon(kRelative));
  requireLike(file, "out.center_cls_after", training.centres.ofClass);
  requireLike(file, "out.center_data_after", training.centres.ofData);
  compareAll(file, "student_after_step.", *training.student, itself);
  compareAll(file, "teacher_after_ema.", *training.teacher, itself);
}

namespace {

PixelMask redrawn(const GoldenFile& file, const std::string& name, std::int64_t columns, std::int64_t bins,
                  const GroupMaskOptions& options) {
  const auto values = recorded(file, name).to(at::kDouble).contiguous();
  RecordedDraws draws({values.data_ptr<double>(), static_cast<std::size_t>(values.numel())});
  auto mask = drawGroupMask(columns, bins, options, draws);
  INFO(name);
  CHECK(draws.exhausted());
  return mask;
}

at::Tensor asTensor(const PixelMask& mask) {
  return torch::tensor(at::ArrayRef<std::uint8_t>(mask.hidden), torch::kUInt8).reshape({mask.columns, mask.bins});
}

struct MaskMode {
  GroupMaskOptions options;
  GroupFill fill = GroupFill::zeros;
};

MaskMode modeNamed(const std::string& name) {
  static const std::regex pattern("(zeros|noise|alien|time|freq)(?:_(?:unaligned|aligned([0-9]+)))?");
  std::smatch match;
  INFO(name);
  REQUIRE(std::regex_match(name, match, pattern));
  MaskMode mode;
  if (match[1] == "noise") mode.fill = GroupFill::noise;
  if (match[1] == "alien") mode.fill = GroupFill::alien;
  if (match[1] == "time") mode.options.shape = GroupShape::time;
  if (match[1] == "freq") mode.options.shape = GroupShape::frequency;
  if (match[2].matched) mode.options.alignment = std::stoll(match[2]);
  return mode;
}

}  // namespace

TEST_CASE("Recorded draws rebuild the masks of both views") {
  const GoldenFile file("asit_losses");
  int compared = 0;
  static const std::regex pattern("mask\\.view([01])\\.sample([0-9]+)\\.draws");
  for (const auto& name : file.names("mask.")) {
    std::smatch match;
    INFO(name);
    REQUIRE(std::regex_match(name, match, pattern));
    const auto sample = std::stoll(match[2]);
    const auto of = [&](const char* what) { return recorded(file, std::string("in.") + what + match[1].str())[sample][0]; };
    const auto clean = of("clean");
    const auto mask = redrawn(file, name, clean.size(0), clean.size(1), {});
    CHECK(at::equal(asTensor(mask), of("mask")));
    CHECK(at::equal(nn::toTensor(corrupted(nn::toMatrix(clean), mask, GroupFill::zeros)), of("corrupted")));
    ++compared;
  }
  REQUIRE(compared > 0);
}

TEST_CASE("Recorded draws rebuild every mode of masking") {
  const GoldenFile file("asit_losses");
  const auto picture = recorded(file, "maskmodes.in.x")[0];
  const auto alien = nn::toMatrix(recorded(file, "maskmodes.in.alien")[0]);
  int compared = 0;
  static const std::regex pattern("maskmodes\\.(.+)\\.draws");
  for (const auto& name : file.names("maskmodes.")) {
    std::smatch match;
    if (!std::regex_match(name, match, pattern)) continue;
    const auto mode = modeNamed(match[1]);
    const auto mask = redrawn(file, name, picture.size(0), picture.size(1), mode.options);
    const std::string out = "maskmodes." + match[1].str() + ".out.";
    INFO(out);
    CHECK(at::equal(asTensor(mask), recorded(file, out + "mask")));
    const auto expected = recorded(file, out + "x")[0];
    if (mode.fill == GroupFill::noise) {  // the noise itself is another generator's
      const auto kept = asTensor(mask).eq(0);
      CHECK(at::equal(picture.masked_select(kept), expected.masked_select(kept)));
    } else {
      CHECK(at::equal(nn::toTensor(corrupted(nn::toMatrix(picture), mask, mode.fill, &alien)), expected));
    }
    ++compared;
  }
  REQUIRE(compared > 0);
}

TEST_CASE("Schedules give the recorded values") {
  const GoldenFile file("asit_losses");
  const auto temperatures = recorded(file, "out.teacher_temperature_schedule");
  const auto temperature = recordedTemperature(temperatures);
  for (std::int64_t epoch = 0; epoch < temperatures.numel(); ++epoch)
    CHECK(temperature.at(epoch) == Approx(temperatures[epoch].item<double>()).epsilon(kTable));
  int compared = 0;
  for (const auto& name : file.names("schedule.")) {
    if (!name.ends_with(".in")) continue;
    INFO(name);
    const auto in = recorded(file, name).to(at::kDouble);
    const auto number = [&](int i) { return in[i].item<double>(); };
    const CosineSchedule schedule{number(0), number(1), std::llround(number(2)), std::llround(number(3)), std::llround(number(4))};
    const auto out = recorded(file, name.substr(0, name.size() - 3) + ".out");
    REQUIRE(out.numel() == schedule.iterations());
    for (std::int64_t i = 0; i < out.numel(); ++i)
      CHECK(schedule.at(i) == Approx(out[i].item<double>()).epsilon(kTable).margin(1e-15));
    ++compared;
  }
  REQUIRE(compared > 0);
}

TEST_CASE("Position tables fit longer clips in three flavours") {
  const GoldenFile file("asit_losses");
  const auto grid = file.integers("pos.in.grid");
  REQUIRE(grid.size() == 4);
  const TokenGrid source{grid[0], grid[1]}, target{grid[2], grid[3]};
  const std::map<std::string, PositionResize> flavours{{"pos.out.bilinear_size", PositionResize::bilinear},
                                                       {"pos.out.bicubic_size", PositionResize::bicubic},
                                                       {"pos.out.bicubic_scale_factor_trick", PositionResize::bicubicScale}};
  REQUIRE(file.names("pos.out.").size() == flavours.size());
  for (const auto& [name, how] : flavours)
    requireLike(file, name, resizedPositions(recorded(file, "pos.in.pos_embed"), source, target, how));
}

TEST_CASE("The file holds nothing that these tests do not look at") {
  const GoldenFile file("asit_losses");
  static const std::regex known(
      "mask\\.view[01]\\.sample[0-9]+\\.draws|maskmodes\\.in\\.(x|alien)|maskmodes\\.[^.]+\\.(draws|out\\.(x|mask))"
      "|in\\.(clean|corrupted|mask)[01]|(student|teacher)\\..+|in\\.(center_cls|center_data|epoch|ema_momentum)"
      "|out\\.(teacher|student)_(cls|data)|out\\.(reconstruction|student_tokens|teacher_temperature(_schedule)?)"
      "|out\\.center_(cls|data)_after|out\\.loss_(cls|data|reconstruction|total|data_masked_tokens_only)|out\\.token_mask"
      "|out\\.num_params_(not_)?decayed|grad_(before|after)_clip\\..+|out\\.gradient_(names|norms_before_clip)"
      "|(student_after_step|teacher_after_ema)\\..+|schedule\\.[^.]+\\.(in|out)"
      "|pos\\.in\\.(pos_embed|grid)|pos\\.out\\.(bilinear_size|bicubic_size|bicubic_scale_factor_trick)");
  for (const auto& name : file.names()) {
    INFO(name);
    CHECK(std::regex_match(name, known));
  }
}
