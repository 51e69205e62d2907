// The two readings of ASiT's training, number by number, and the schedules that they give.
#include "models/asit/asit_presets.h"
#include "tests/support/catch.h"

using namespace chladni;
using namespace chladni::models::asit;

TEST_CASE("Every preset has its name and sizes that fit") {
  for (const auto& name : pretrainPresetNames()) {
    INFO(name);
    const auto settings = pretrainPreset(name);
    REQUIRE(settings);
    CHECK(check(settings->architecture).has_value());
    CHECK(settings->architecture.bins == settings->frontend.melBins);
    CHECK(settings->architecture.frames == settings->frontend.targetFrames);
    const bool small = name.ends_with("-small");
    CHECK(settings->architecture.width == (small ? 384 : 768));
    CHECK(settings->architecture.heads == (small ? 6 : 12));
    CHECK(settings->architecture.depth == 12);
    CHECK(settings->architecture.tokens() == 297);
  }
  CHECK_FALSE(pretrainPreset("asit"));
}

TEST_CASE("Where the code and the paper of ASiT differ") {
  const auto code = codeSettings(AsitSize::base), paper = paperSettings(AsitSize::base);
  CHECK(code.frontend.rate.hz() == 32000);
  CHECK(paper.frontend.rate.hz() == 16000);
  CHECK(code.architecture.projection == ProjectionSizes{2048, 256, 8192, 1024});
  CHECK(paper.architecture.projection == ProjectionSizes{2048, 256, 8192, 8192});
  CHECK(code.architecture.reconstruction == ReconstructionSizes{768, 128, true});
  CHECK(codeSettings(AsitSize::small).architecture.reconstruction.hidden == 384);
  CHECK(paper.architecture.reconstruction == ReconstructionSizes{2048, 256, false});
  CHECK(code.mask.leastRatio == 0.5);
  CHECK(code.mask.ratio == 0.7);
  CHECK(paper.mask.leastRatio == 0.7);
  CHECK_FALSE(code.losses.sumOfViews);
  CHECK(paper.losses.sumOfViews);
  CHECK_FALSE(code.losses.maskedTokensOnly);
  CHECK(paper.losses.maskedTokensOnly);
  CHECK(code.losses.reconstructionWeight == 2.0);
  CHECK(paper.losses.reconstructionWeight == 1.0);
  CHECK(code.optimiser == OptimiserKind::adamW);
  CHECK(paper.optimiser == OptimiserKind::adam);
  CHECK(code.batch == 32);
  CHECK(paper.batch == 160);
  CHECK(code.epochs == 100);
  CHECK(paper.epochs == 40);
  CHECK(code.rotationChance == 0.5);
  CHECK(paper.rotationChance == 0.0);
}

TEST_CASE("Schedules of ASiT: warm-up, cosine, temperature") {
  const auto code = codeSettings(AsitSize::base);
  const auto rates = code.rates(10);
  CHECK(rates.at(0) == 0.0);
  CHECK(rates.at(99) == Approx(5e-4 * 32.0 / 256.0));
  CHECK(rates.at(999) < rates.at(500));
  CHECK(rates.at(999) >= 1e-6);
  CHECK(code.decays(10).at(0) == Approx(0.04));
  CHECK(code.decays(10).at(999) == Approx(0.4).epsilon(1e-3));
  CHECK(code.momenta(10).at(0) == Approx(0.996));
  CHECK(code.momenta(10).at(999) == Approx(1.0).epsilon(1e-4));
  CHECK(code.teacherTemperature.at(0) == Approx(0.04));
  CHECK(code.teacherTemperature.at(29) == Approx(0.07));
  CHECK(code.teacherTemperature.at(99) == 0.07);
  CHECK(paperSettings(AsitSize::base).teacherTemperature.at(0) == 0.07);
}

TEST_CASE("Fine-tuning has a row for every data set of the paper") {
  CHECK(fineTunePresets().size() == 6);
  for (const auto& row : fineTunePresets()) {
    INFO(row.name);
    CHECK(row.rate > 0.0);
    CHECK(row.deviation > 0.0F);
    CHECK(row.multiLabel == row.name.starts_with("audioset"));
    CHECK((row.mixup > 0.0) == row.multiLabel);
  }
}
