// golden.av_att_tiny: every section of the published network, supervised and weakly supervised, LSTM and GRU.
#include "tests/golden/golden_ave.h"

using namespace chladni;
using namespace chladni::test;

namespace {

void requireWeak(GoldenLedger& file, const std::string& name) {
  INFO("section " << name);
  AveSection section(file, name, AveKind::avAtt, {{"grid", gridOf(file.shape(name + ".in.video"))}, {"weak", "true"}});
  const AveBatch batch{section("in.audio"), regionsOf(section("in.video")), section("in.clip_labels")};
  const auto compare = [&](const at::Tensor& logits) {
    section.compare("out.segment_logits", logits);
    section.compare("out.clip_scores", clipScores(logits));
    section.compare("out.loss", clipLoss(logits, batch.labels));
  };
  compare(section.net().forward(batch.sound, batch.picture));
  const auto logits = section.inference().logits(batch.sound, batch.picture, {});
  REQUIRE(logits);
  compare(*logits);
  section.compareLearning(batch);
}

}  // namespace

TEST_CASE("Audio-guided visual attention gives what the published program gave") {
  GoldenLedger file("av_att_tiny");
  int weak = 0, supervised = 0;
  for (const auto& section : sections(file)) {
    const bool isWeak = file.has(section + ".in.clip_labels");
    isWeak ? requireWeak(file, section) : requireSupervised(file, section, AveKind::avAtt, {});
    (isWeak ? weak : supervised) += 1;
  }
  CHECK(weak > 0);
  CHECK(supervised > 0);
  file.requireAllRead();
}

// The two readings of the attention differ, and only one of them is the published one.
TEST_CASE("The paper's reading of the attention is another one") {
  GoldenLedger file("av_att_tiny");
  for (const auto& name : sections(file)) {
    if (!file.has(name + ".out.attention")) continue;
    INFO("section " << name);
    AveSection section(file, name, AveKind::avAtt,
                       {{"grid", gridOf(file.shape(name + ".in.video"))}, {"attention", "paper"}});
    AveSeen seen;
    static_cast<void>(section.net().attend(section("in.audio"), regionsOf(section("in.video")), {&seen, {}}));
    CHECK((seen.attention.sum(-1) - 1.0).abs().max().item<double>() < 1e-5);
    CHECK((seen.attention - section("out.attention")).abs().max().item<double>() > 1e-4);
  }
}
