// The recipes of the small packages, in miniature: the same presets on a few notes of two made-up instruments, without
// soundfonts where pieces need none, seconds of learning; each must learn, and end in a package that does its task.
// events-s and events-s-att are taught by the presets dmrn-s and av-att-s, which train_events_test.cpp looks at.
#include <filesystem>
#include <fstream>

#include "core/serial/json_value.h"
#include "tests/support/catch.h"
#include "tests/support/scratch.h"
#include "tests/unit/cli/program.h"

using namespace chladni;
using test::run;
using test::Scratch;

namespace {

using Words = std::vector<std::string>;

constexpr double kWhistle = 3000.0;

// Notes of a cello that stutters and of a double bass, as far as sines can be; classes that are not computed, so that
// these are all there is to hear of them. And a whistle, which is neither.
std::string writeNotes(const std::filesystem::path& root) {
  std::filesystem::create_directories(root / "none");  // the folder of soundfonts
  std::ofstream manifest(root / "notes.csv");
  manifest << "path,class,source,kind,midi_note\nwhistle.wav,,three,passage,\n";
  test::writeSine((root / "whistle.wav").string(), kWhistle, 4.0, 16000, 1, true);
  for (int n = 0; n < 5; ++n) {
    test::writeSine((root / ("cello" + std::to_string(n) + ".wav")).string(), 800.0 + 120.0 * n, 1.2, 16000, 1, true);
    test::writeSine((root / ("bass" + std::to_string(n) + ".wav")).string(), 70.0 + 8.0 * n, 1.2, 16000);
    manifest << "cello" << n << ".wav,playing cello,one,note,\n" << "bass" << n << ".wav,playing double bass,two,note,\n";
  }
  return (root / "notes.csv").string();
}

test::Ran learn(const Scratch& scratch, const std::string& preset, const std::string& data, const std::string& out, const Words& fields, bool soundfonts = false) {
  Words all{"train", preset, "--quiet", "--threads", "1", "--data", data, "--out", (scratch / out).string()};
  for (const auto& field : fields) all.insert(all.end(), {"--set", field});
  all.insert(all.end(), {"--set", "cache_folder=" + (scratch / "cache").string(), "--set", "report_every=1", "--set", "loaders=1"});
  if (soundfonts) return run(all);
  return run(all, {"CHLADNI_SOUNDFONTS=" + (scratch / "notes" / "none").string()});
}

// Mean loss of the first and of the last fifth of the steps.
std::pair<double, double> lossesAtBothEnds(const std::filesystem::path& folder) {
  std::ifstream events(folder / "events.jsonl");
  std::vector<double> losses;
  for (std::string line; std::getline(events, line);) {
    auto event = serial::parseJson(line, "events.jsonl");
    REQUIRE(event);
    if (*event->find("event")->string() == "step") losses.push_back(*event->find("loss")->number());
  }
  const auto share = losses.size() / 5;
  REQUIRE(share > 0);
  double first = 0.0, last = 0.0;
  for (std::size_t n = 0; n < share; ++n) {
    first += losses[n];
    last += losses[losses.size() - 1 - n];
  }
  return {first / static_cast<double>(share), last / static_cast<double>(share)};
}

struct Heard {
  std::string label;
  double probability = 0.0;
};

Heard strongest(const Scratch& scratch, double hz, const std::string& model) {
  const auto file = (scratch / "heard.wav").string();
  test::writeSine(file, hz, 3.0, 16000, 1, hz > 500.0);
  const auto ran = run({"classify", file, "--model", (scratch / model).string(), "--json"});
  INFO(ran.err);
  REQUIRE(ran.status == 0);
  const auto json = serial::parseJson(ran.out, "classify");
  REQUIRE(json);
  const auto& top = json->find("clip")->items()->front();
  return {*top.find("class")->string(), *top.find("p")->number()};
}

std::string heard(const Scratch& scratch, double hz, const std::string& model) { return strongest(scratch, hz, model).label; }

void mustLearn(const test::Ran& ran) {
  INFO(ran.err);
  REQUIRE(ran.status == 0);
}

}  // namespace

TEST_CASE("zoo in miniature: instruments-s, audio-events-s, bag-of-codes-s and asit-s tell a cello from a bass") {
  const Scratch scratch;
  const auto notes = writeNotes(scratch / "notes");
  const Words small{"steps=400", "ema=0.95", "batch=8", "examples=160", "checkpoint_every=0", "warmup_steps=5"};
  const auto with = [&](Words more) {
    more.insert(more.begin(), small.begin(), small.end());
    return more;
  };
  mustLearn(learn(scratch, "instruments-s", notes, "instruments", with({"depth=1", "width=32", "heads=2"})));
  std::ofstream sounds(scratch / "notes" / "sounds.csv");
  sounds << "path,start,end,labels\n";
  for (int n = 0; n < 5; ++n) sounds << "cello" << n << ".wav,,,playing cello\nbass" << n << ".wav,,,playing double bass\n";
  sounds.close();
  mustLearn(learn(scratch, "bag-of-codes-s", (scratch / "notes" / "sounds.csv").string(), "bag",
                  {"steps=160", "batch=6", "checkpoint_every=0", "warmup_steps=5", "hidden=24", "clusters=12", "head_hidden=24", "codebook_seconds=40", "rate=0.004", "validation_share=0.2"}));
  mustLearn(learn(scratch, "asit-s-pretrain", (scratch / "notes" / "sounds.csv").string(), "painter",
                  {"depth=1", "width=32", "heads=2", "projection_hidden=16", "projection_outputs=16", "batch=4", "epochs=4", "validation_share=0.2"}));
  mustLearn(learn(scratch, "asit-s", notes, "asit", with({"start=" + (scratch / "painter").string()})));
  // Another head on the little recogniser, taught from clips, one of which is none of the classes. Without hidden bands and mixed clips, as
  // a single one can hide all of a sine.
  sounds.open(scratch / "notes" / "sounds.csv", std::ios::app);
  test::writeSine((scratch / "notes" / "hiss.wav").string(), 7000.0, 2.0, 16000);
  sounds << "hiss.wav,,,\n";
  sounds.close();
  mustLearn(learn(scratch, "audio-events-s", (scratch / "notes" / "sounds.csv").string(), "events",
                  {"start=" + (scratch / "instruments").string(), "steps=240", "batch=8", "checkpoint_every=0", "warmup_steps=5", "validation_share=0.2", "mask_bins=0", "mask_frames=0", "mixup=0", "ema=0.95"}));
  for (const char* model : {"instruments", "events", "bag", "asit"}) {
    INFO(model);
    CHECK(heard(scratch, 1000.0, model) == "playing cello");
    CHECK(heard(scratch, 85.0, model) == "playing double bass");
    CHECK(run({"models", "verify", (scratch / model).string()}).status == 0);
  }
  // What has no class in the manifest is learned as none of them.
  CHECK(strongest(scratch, 1000.0, "instruments").probability > 0.5);
  CHECK(strongest(scratch, kWhistle, "instruments").probability < 0.5);
  const auto [first, last] = lossesAtBothEnds(scratch / "asit");
  CHECK(last < 0.8 * first);
}

TEST_CASE("recordings of what is no instrument here are told, and are an error when there is nothing else") {
  const Scratch scratch;
  writeNotes(scratch / "notes");
  const Words little{"steps=1", "batch=2", "depth=1", "width=32", "heads=2"};
  const auto write = [&](const std::string& rows) {
    std::ofstream(scratch / "notes" / "odd.csv") << "path,class,source,kind,midi_note\n" << rows;
    return (scratch / "notes" / "odd.csv").string();
  };
  const auto some = learn(scratch, "instruments-s", write("cello0.wav,playing cello,one,note,\nbass0.wav,playing the double bass,two,note,\n"), "some", little);
  CHECK(some.status == 0);
  CHECK(some.err.empty());  // --quiet
  const auto none = learn(scratch, "instruments-s", write("bass0.wav,playing the double bass,two,note,\n"), "none", little);
  CHECK(none.status == 3);
  CHECK(none.err.find("\"playing the double bass\" (like \"playing double bass\")") != std::string::npos);
  CHECK(learn(scratch, "instruments-s", write("whistle.wav,,three,passage,\n"), "silence", little).err.find("no class in it is an instrument") != std::string::npos);
}

TEST_CASE("zoo in miniature: dualmae-s learns to paint pieces that it is played") {
  const Scratch scratch;
  const auto notes = writeNotes(scratch / "notes");
  mustLearn(learn(scratch, "dualmae-s", notes, "painter", {"depth=1", "unified_depth=1", "width=32", "heads=2", "decoder_depth=1", "decoder_width=32", "decoder_heads=2", "batch=4", "examples=40", "steps=40",
                                                           "warmup_steps=5"}, /*soundfonts=*/true));
  const auto [first, last] = lossesAtBothEnds(scratch / "painter");
  CHECK(last < 0.8 * first);
  const auto shown = run({"reconstruct", (scratch / "notes" / "cello0.wav").string(), "--model", (scratch / "painter").string(), "--at", "0.6", "--out", (scratch / "shown").string(), "--listen", (scratch / "painted.wav").string()});
  INFO(shown.err);
  CHECK(shown.status == 0);
  const auto painted = run({"probe", (scratch / "painted.wav").string(), "--json"});
  CHECK(painted.status == 0);
  CHECK_FALSE(std::filesystem::exists(scratch / "shown" / "original.wav"));
}
