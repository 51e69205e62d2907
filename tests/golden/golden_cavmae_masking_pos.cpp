// golden.cavmae_masking_pos: which patches noise and draws keep, position tables, the order inside a patch, and what a
// seed of the CPU generator gives; a small model under masks with structure.
#include <charconv>

#include "core/nn/mask_modes.h"
#include "core/nn/patches.h"
#include "tests/golden/cavmae_golden.h"

using namespace chladni;
using namespace chladni::models::cavmae;
using chladni::test::CavmaeFile;

namespace {

constexpr const char* kStem = "cavmae_masking_pos";

nn::MaskMode modeNamed(const std::string& recorded) {
  if (recorded == "time") return nn::MaskMode::time;
  if (recorded == "freq") return nn::MaskMode::frequency;
  if (recorded == "tf") return nn::MaskMode::timeFrequency;
  FAIL("unknown mask mode " << recorded);
  return nn::MaskMode::unstructured;
}

std::vector<std::string> split(const std::string& text, char at) {
  std::vector<std::string> parts{""};
  for (const char c : text) {
    if (c == at) parts.emplace_back();
    else parts.back() += c;
  }
  return parts;
}

std::int64_t numberIn(const std::string& part, char letter) {
  INFO(part);
  REQUIRE((part.size() > 1 && part[0] == letter));
  return std::stoll(part.substr(1));
}

// The names that follow `prefix` up to the next '/', once each.
std::vector<std::string> casesUnder(const CavmaeFile& file, const std::string& prefix) {
  std::vector<std::string> found;
  for (const auto& name : file.names(prefix)) {
    const auto end = name.find('/', prefix.size());
    if (end == std::string::npos) continue;
    const auto one = name.substr(prefix.size(), end - prefix.size());
    if (one != "sd" && std::find(found.begin(), found.end(), one) == found.end()) found.push_back(one);
  }
  return found;
}

nn::BandDraws recordedDraws(const CavmaeFile& file, const std::string& prefix, nn::MaskMode mode, std::int64_t batch) {
  std::vector<std::vector<std::int64_t>> lists;
  for (std::int64_t i = 0; file.has(prefix + "draw" + std::to_string(i)); ++i) {
    const auto drawn = file.take(prefix + "draw" + std::to_string(i));
    lists.emplace_back(drawn.data_ptr<std::int64_t>(), drawn.data_ptr<std::int64_t>() + drawn.numel());
  }
  const auto clips = static_cast<std::size_t>(batch);
  nn::BandDraws draws;
  if (mode == nn::MaskMode::timeFrequency) {
    REQUIRE(lists.size() == 2 * clips);
    draws.columns.assign(lists.begin(), lists.begin() + batch);
    draws.rows.assign(lists.begin() + batch, lists.end());
  } else {
    REQUIRE(lists.size() == clips);
    (mode == nn::MaskMode::time ? draws.columns : draws.rows) = lists;
  }
  return draws;
}

void requireCounts(const nn::MaskPlan& plan, const nn::BandDraws& draws) {
  const auto counts = nn::bandCounts(plan);
  for (const auto& one : draws.columns) CHECK(static_cast<std::int64_t>(one.size()) == counts.columns);
  for (const auto& one : draws.rows) CHECK(static_cast<std::int64_t>(one.size()) == counts.rows);
}

void requireMask(const CavmaeFile& file, const std::string& prefix, const nn::TokenMask& mask) {
  file.requireSame(prefix + "mask", mask.mask);
  file.requireSame(prefix + "ids_restore", mask.restore);
  file.requireSame(prefix + "kept_ids", mask.shuffle.narrow(1, 0, mask.kept));
}

}  // namespace

TEST_CASE("Noise alone keeps the recorded patches") {
  const CavmaeFile file(kStem);
  const auto cases = casesUnder(file, "direct_un/");
  REQUIRE_FALSE(cases.empty());
  for (const auto& name : cases) {
    INFO(name);
    const auto parts = split(name, '_');
    REQUIRE(parts.size() == 3);
    const auto prefix = "direct_un/" + name + "/";
    const auto noise = file.take(prefix + "noise");
    REQUIRE(noise.size(1) == numberIn(parts[1], 'L'));
    requireMask(file, prefix, nn::maskByNoise(noise, static_cast<double>(numberIn(parts[2], 'r')) / 100.0));
  }
}

TEST_CASE("Drawn rows and columns hide the recorded patches") {
  const CavmaeFile file(kStem);
  const auto cases = casesUnder(file, "direct/");
  REQUIRE_FALSE(cases.empty());
  for (const auto& name : cases) {
    INFO(name);
    const auto parts = split(name, '_');
    REQUIRE(parts.size() == 5);
    const auto prefix = "direct/" + name + "/";
    const auto noise = file.take(prefix + "noise");
    const nn::MaskPlan plan{modeNamed(parts[1]), static_cast<double>(numberIn(parts[4], 'r')) / 100.0, numberIn(parts[2], 'f'),
                            numberIn(parts[3], 't')};
    const auto draws = recordedDraws(file, prefix, plan.mode, noise.size(0));
    requireCounts(plan, draws);
    const auto raised = nn::raiseBands(noise, plan.rows, plan.columns, draws);
    file.requireSame(prefix + "len_keep", torch::tensor({nn::keptCount(plan)}));
    file.requireSame(prefix + "free_patches", raised.le(1.0).sum(1));
    requireMask(file, prefix, nn::maskByNoise(raised, nn::keptCount(plan)));
  }
}

TEST_CASE("Small model under masks with structure") {
  const CavmaeFile file(kStem);
  const auto weights = file.weights("fw");
  const auto audio = file.take("fw/audio");
  const auto image = file.take("fw/image");
  // The file does not say how many heads there are: exactly one choice must give all the losses.
  const auto width = weights.at("patch_embed_a.proj.weight").size(0);
  const auto decoderWidth = weights.at("decoder_embed.weight").size(0);
  int fitting = 0;
  for (std::int64_t heads = 1; heads <= width; heads *= 2)
    for (std::int64_t decoderHeads = 1; decoderHeads <= decoderWidth; decoderHeads *= 2) {
      DetectHints hints;
      hints.heads = heads;
      hints.decoderHeads = decoderHeads;
      hints.melBands = audio.size(2);
      auto config = detectConfig(weights, hints);
      REQUIRE(config);
      config->pixelNorm = false;
      config->reconstructionWeight = 1.0;
      config->contrastiveWeight = 0.01;
      const auto net = test::recordedNet(file, "fw", *config);
      double worst = 0.0;
      const auto modes = casesUnder(file, "fw/");
      REQUIRE_FALSE(modes.empty());
      for (const auto& mode : modes) {
        const auto prefix = "fw/" + mode + "/";
        const auto noise = file.take(prefix + "noise_a");
        // Stored in single precision, drawn in double.
        const double ratio = std::round(file.take(prefix + "ratio").item<double>() * 1e6) / 1e6;
        const nn::MaskPlan plan{modeNamed(mode), ratio, config->soundRows(), config->soundColumns()};
        const auto draws = recordedDraws(file, prefix, plan.mode, noise.size(0));
        requireCounts(plan, draws);
        MaskedInput input{audio, image, {}, {}};
        input.soundMask = nn::maskByNoise(nn::raiseBands(noise, plan.rows, plan.columns, draws), nn::keptCount(plan));
        input.pictureMask = nn::maskByNoise(file.take(prefix + "noise_v"), 0.75);
        file.requireSame(prefix + "mask_a", input.soundMask.mask);
        file.requireSame(prefix + "mask_v", input.pictureMask.mask);
        const auto losses = pretrainLosses(*net, NetStacks(*net), input);
        const auto compare = [&](const char* name, const at::Tensor& got) {
          worst = std::max(worst, test::largestDifference(got.detach(), file.take(prefix + name)));
        };
        compare("loss", losses.total);
        compare("loss_mae", losses.reconstruction);
        compare("loss_mae_a", losses.sound);
        compare("loss_mae_v", losses.picture);
        compare("loss_c", losses.contrastive);
        compare("c_acc", losses.accuracy);
      }
      UNSCOPED_INFO(heads << " heads, " << decoderHeads << " in the decoder: off by " << worst);
      fitting += worst <= 1e-5 ? 1 : 0;
    }
  REQUIRE(fitting == 1);
}

TEST_CASE("Position tables") {
  const CavmaeFile file(kStem);
  const std::string group = "sincos/";
  REQUIRE_FALSE(file.names(group).empty());
  for (const auto& name : file.names(group)) {
    INFO(name);
    auto rest = name.substr(group.size());
    const auto parts = split(rest, '_');
    if (parts[0].starts_with("d")) {
      REQUIRE(parts.size() == 3);
      const auto table = nn::sinCosPositions(numberIn(parts[0], 'd'), numberIn(parts[1], 'h'), numberIn(parts[2], 'w'));
      file.requireClose(name, table.squeeze(0), 1e-6);
      continue;
    }
    // full<width>_<rows>x<columns>_rows_<index>_...: some rows of a whole table.
    REQUIRE((parts.size() > 3 && parts[0].starts_with("full") && parts[2] == "rows"));
    const auto sides = split(parts[1], 'x');
    const auto table = nn::sinCosPositions(std::stoll(parts[0].substr(4)), std::stoll(sides.at(0)), std::stoll(sides.at(1)));
    std::vector<std::int64_t> rows;
    for (std::size_t i = 3; i < parts.size(); ++i) rows.push_back(std::stoll(parts[i]));
    file.requireClose(name, table.squeeze(0).index_select(0, torch::tensor(rows)), 1e-6);
  }
}

TEST_CASE("Order inside a patch") {
  const CavmaeFile file(kStem);
  const auto check = [&](const char* pixels, const char* patches) {
    const auto picture = file.take(std::string("patchify/") + pixels);
    const auto expected = file.take(std::string("patchify/") + patches);
    const auto size = static_cast<std::int64_t>(std::llround(std::sqrt(static_cast<double>(expected.size(2) / picture.size(1)))));
    const auto got = nn::patchify(picture, size);
    CHECK(at::equal(got, expected));
    CHECK(at::equal(nn::unpatchify(got, picture.size(2) / size, picture.size(3) / size, picture.size(1)), picture));
  };
  check("image", "patches_v");
  check("audio_ft", "patches_a");
}

TEST_CASE("A seed gives the published program's noise, sound first") {
  const CavmaeFile file(kStem);
  const auto generator = nn::seededGenerator(static_cast<std::uint64_t>(file.take("cpu_generator/seed").item<std::int64_t>()));
  for (const char* modality : {"noise_a_", "noise_v_"}) {
    const auto names = file.names(std::string("cpu_generator/") + modality);
    REQUIRE(names.size() == 1);
    const auto expected = file.take(names.front());
    CHECK(at::equal(nn::drawNoise(expected.size(0), expected.size(1), generator), expected));
  }
}

// The last case: Catch runs them in the order of the file.
TEST_CASE("No tensor of the file was left out") { CavmaeFile(kStem).requireAllTaken(); }
