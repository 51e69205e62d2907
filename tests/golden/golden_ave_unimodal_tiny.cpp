// golden.ave_unimodal_tiny: the networks that only hear or only see.
#include "tests/golden/golden_ave.h"

using namespace chladni;
using namespace chladni::test;

TEST_CASE("One modality alone gives the recorded scores") {
  GoldenLedger file("ave_unimodal_tiny");
  int hearing = 0, seeing = 0;
  for (const auto& name : sections(file)) {
    INFO("section " << name);
    const bool hears = name.starts_with("audio_only");
    REQUIRE((hears || name.starts_with("visual_only")));
    const auto input = tensorOf(file, name + ".in.x");
    Settings settings;
    if (!hears) settings["grid"] = gridOf(file.shape(name + ".in.x"));
    AveSection section(file, name, hears ? AveKind::audioOnly : AveKind::visualOnly, settings);
    const auto sound = hears ? input : at::Tensor();
    const auto picture = hears ? at::Tensor() : regionsOf(input);
    AveSeen seen;
    section.compareScores(section.net().forward(sound, picture, {&seen, {}}));
    // What the recurrent layer reads: the sound as it is, or the mean over regions.
    section.compare("out.pooled", hears ? sound : seen.attended);
    const auto logits = section.inference().logits(sound, picture, {});
    REQUIRE(logits);
    section.compareScores(*logits);
    (hears ? hearing : seeing) += 1;
  }
  CHECK(hearing > 0);
  CHECK(seeing > 0);
  file.requireAllRead();
}
