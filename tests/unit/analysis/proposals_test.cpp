// Proposals from probabilities: tables whose answers can be worked out by hand; and for the files of a project, by a
// family that has no torch.
#include <cmath>
#include <cstdlib>
#include <fstream>
#include <limits>
#include <optional>

#include "core/analysis/library_proposals.h"
#include "core/media/wav_writer.h"
#include "tests/support/catch.h"
#include "tests/support/fake_family.h"
#include "tests/support/scratch.h"

using namespace chladni;
using namespace chladni::analysis;

namespace {

std::vector<TimeRange> seconds(int count) {
  std::vector<TimeRange> made;
  for (int i = 0; i < count; ++i) made.push_back({MediaTime::fromSeconds(i), MediaTime::fromSeconds(i + 1)});
  return made;
}

Matrix column(const std::vector<float>& values) {
  Matrix table(static_cast<std::int64_t>(values.size()), 1);
  table.values = values;
  return table;
}

std::vector<std::pair<double, double>> spansOf(const std::vector<float>& values, const ProposalOptions& options) {
  const auto found = proposalsOf(seconds(static_cast<int>(values.size())), column(values), options);
  REQUIRE(found);
  std::vector<std::pair<double, double>> spans;
  for (const Proposal& one : *found) spans.emplace_back(one.span.start.seconds(), one.span.end.seconds());
  return spans;
}

using Spans = std::vector<std::pair<double, double>>;

Label labelOver(double start, double end, const std::string& text, LabelState state = LabelState::confirmed) {
  Label label;
  label.span = {MediaTime::fromSeconds(start), MediaTime::fromSeconds(end)};
  label.text = text;
  label.state = state;
  return label;
}

}  // namespace

TEST_CASE("A stretch reaches the threshold once and keeps above the lower one, before and after") {
  const std::vector<float> p{0.1F, 0.45F, 0.7F, 0.42F, 0.39F, 0.49F, 0.49F, 0.5F};
  CHECK(spansOf(p, {0.5, 0.1, 0.0, 0.0}) == Spans{{1.0, 4.0}, {5.0, 8.0}});
  CHECK(spansOf(p, {0.5, 0.0, 0.0, 0.0}) == Spans{{2.0, 3.0}, {7.0, 8.0}});
  CHECK(spansOf(p, {0.8, 0.5, 0.0, 0.0}).empty());  // nothing reaches it
  CHECK(spansOf(p, {0.1, 0.5, 0.0, 0.0}) == Spans{{0.0, 8.0}});
}

TEST_CASE("Short gaps are bridged before short stretches are dropped") {
  const std::vector<float> p{0.9F, 0.0F, 0.9F, 0.0F, 0.0F, 0.9F, 0.0F};
  CHECK(spansOf(p, {0.5, 0.0, 0.0, 1.0}) == Spans{{0.0, 3.0}, {5.0, 6.0}});
  CHECK(spansOf(p, {0.5, 0.0, 2.0, 1.0}) == Spans{{0.0, 3.0}});
  CHECK(spansOf(p, {0.5, 0.0, 2.0, 0.0}).empty());
  CHECK(spansOf(p, {0.5, 0.0, 0.0, 2.0}) == Spans{{0.0, 6.0}});
}

TEST_CASE("Windows that overlap speak for what lies around their centres") {
  std::vector<TimeRange> windows;
  for (int i = 0; i < 4; ++i) windows.push_back({MediaTime::fromSeconds(i), MediaTime::fromSeconds(i + 4)});
  const auto found = proposalsOf(windows, column({0.0F, 0.9F, 0.7F, 0.0F}), {0.5, 0.0, 0.0, 0.0});
  REQUIRE(found);
  REQUIRE(found->size() == 1);
  CHECK(found->front().span.start.seconds() == Approx(2.5));
  CHECK(found->front().span.end.seconds() == Approx(4.5));
  CHECK(found->front().p == Approx(0.8));
}

TEST_CASE("Classes are apart, the background is none, no number is no probability") {
  Matrix scores(3, 3);
  const float nan = std::numeric_limits<float>::quiet_NaN();
  scores.values = {0.9F, 0.1F, 0.9F, 0.9F, 0.9F, 0.9F, nan, 0.9F, 0.9F};
  const auto found = proposalsOf(seconds(3), scores, {0.5, 0.0, 0.0, 0.0}, 2);
  REQUIRE(found);
  REQUIRE(found->size() == 2);
  CHECK((*found)[0] == Proposal{{MediaTime{}, MediaTime::fromSeconds(2)}, 0, 0.9F});
  CHECK((*found)[1].index == 1);
  CHECK((*found)[1].span.end.seconds() == Approx(3.0));
}

TEST_CASE("Settings and tables that mean nothing are refused") {
  for (const ProposalOptions& bad : {ProposalOptions{1.5, 0, 0, 0}, {0.5, -0.1, 0, 0}, {0.5, 0, -1.0, 0}, {0.5, 0, 0, std::nan("")}})
    CHECK(proposalsOf(seconds(1), column({0.5F}), bad).error().code == ErrorCode::invalidArgument);
  CHECK_FALSE(proposalsOf(seconds(2), column({0.5F}), {}));
  CHECK(proposalsOf({}, Matrix(0, 4), {})->empty());
}

TEST_CASE("A proposal says where it comes from") {
  Provenance provenance;
  provenance.model = "tagger";
  provenance.weightsSha256 = "abc";
  const auto labels = labelsOf({{{MediaTime{}, MediaTime::fromSeconds(1)}, 1, 0.75F}}, {"cat", "dog"}, provenance, {0.6, 0.1, 0, 0}, "2026-01-02T03:04:05Z");
  REQUIRE(labels.size() == 1);
  CHECK(labels[0].text == "dog");
  CHECK(labels[0].state == LabelState::proposed);
  CHECK(*labels[0].confidence == Approx(0.75));
  CHECK(labels[0].origin == LabelOrigin{"tagger", "abc", 0.6});
  CHECK(labels[0].attributes == std::vector<std::pair<std::string, std::string>>{{"proposed", "2026-01-02T03:04:05Z"}});
}

TEST_CASE("New proposals replace what waits and leave what was decided") {
  LabelTrack track;
  track.name = "proposals";
  track.labels = {labelOver(0, 2, "dog"), labelOver(3, 4, "dog", LabelState::proposed), labelOver(5, 6, "cat", LabelState::rejected)};
  const std::vector<Label> proposals{labelOver(0.5, 2, "dog", LabelState::proposed), labelOver(1.5, 4, "dog", LabelState::proposed),
                                     labelOver(5, 6, "cat", LabelState::proposed), labelOver(5, 6, "dog", LabelState::proposed)};
  const auto edit = replaceProposals(track, proposals);
  REQUIRE(edit);
  REQUIRE(edit->track.labels.size() == 4);
  CHECK(edit->track.labels[0] == track.labels[0]);
  CHECK(edit->track.labels[1] == proposals[1]);
  CHECK(edit->track.labels[2] == track.labels[2]);
  CHECK(edit->track.labels[3] == proposals[3]);
  CHECK(edit->from == std::vector<std::int64_t>{0, kNewLabel, 2, kNewLabel});
  CHECK(edit->selected == std::vector<std::size_t>{1, 3});
  track.labels.clear();
  track.exclusive = true;
  CHECK_FALSE(replaceProposals(track, proposals));
}

TEST_CASE("All that are sure enough are accepted together") {
  LabelTrack track;
  for (const double confidence : {0.4, 0.6, 0.9}) {
    Label label = labelOver(confidence, confidence + 1, "dog", LabelState::proposed);
    label.confidence = confidence;
    track.labels.push_back(label);
  }
  track.labels.push_back(labelOver(3, 4, "dog", LabelState::rejected));
  const auto edit = acceptFrom(track, 0.6, "ann");
  REQUIRE(edit);
  CHECK(edit->selected == std::vector<std::size_t>{1, 2});
  CHECK(edit->track.labels[0] == track.labels[0]);
  CHECK(edit->track.labels[2].state == LabelState::confirmed);
  CHECK(edit->track.labels[2].author == "ann");
  CHECK(edit->track.labels[3].state == LabelState::rejected);
}

namespace {

// A project of three tones and a text; the fake family hears a class by its pitch.
struct Songs {
  Songs() {
    ::setenv("XDG_CACHE_HOME", (scratch / "cache").c_str(), 1);
    std::vector<std::filesystem::path> paths;
    for (const std::string name : {"a.wav", "b.wav", "c.wav"}) paths.push_back(tone(name));
    std::ofstream(scratch / "d.wav") << "no sound at all";
    paths.push_back(scratch / "d.wav");
    auto made = store::Project::create(scratch / "p.chladni");
    REQUIRE(made);
    project.emplace(std::move(*made));
    REQUIRE(project->addFiles(paths));
    const inference::ModelSpec spec = test::writeFakePackage(scratch / "fake-one", test::fakeSpec(10));
    auto loaded = family.load(spec, {});
    REQUIRE(loaded);
    model = *loaded;
  }
  std::filesystem::path tone(const std::string& name) {
    AudioBuffer sound;
    sound.rate = SampleRate(16000);
    sound.channels.emplace_back(48000);
    for (std::size_t i = 0; i < sound.channels[0].size(); ++i) sound.channels[0][i] = 0.5F * std::sin(0.6F * static_cast<float>(i));
    REQUIRE(media::writeWav(scratch / name, sound, media::WavFormat::float32));
    return scratch / name;
  }
  LibraryRun all() {
    LibraryRun run;
    const auto files = project->files();
    for (const auto& file : *files) run.files.push_back(file.id);
    run.options = {0.3, 0.0, 0.0, 0.0};
    return run;
  }

  test::Scratch scratch;
  test::FakeFamily family;
  std::optional<store::Project> project;
  std::shared_ptr<const inference::LoadedModel> model;
};

const ModelLoader kNoModels = [](const std::string& name) -> Result<std::shared_ptr<const inference::LoadedModel>> {
  return fail(ErrorCode::notFound, name);
};

}  // namespace

TEST_CASE("A library is proposed for file by file, stopped, and gone on with") {
  Songs songs;
  std::stop_source source;
  std::vector<FileOutcome> told;
  const auto stopAfterTwo = [&](const FileOutcome& one) {
    told.push_back(one);
    if (told.size() == 2) source.request_stop();
  };
  auto done = proposeForLibrary(*songs.project, songs.all(), *songs.model, kNoModels, stopAfterTwo, {}, source.get_token());
  REQUIRE_FALSE(done);
  CHECK(done.error().code == ErrorCode::cancelled);
  REQUIRE(told.size() == 2);
  CHECK(told[0].proposals > 0);
  const int clips = songs.family.clips();

  told.clear();
  const auto tell = [&](const FileOutcome& one) { told.push_back(one); };
  REQUIRE(proposeForLibrary(*songs.project, songs.all(), *songs.model, kNoModels, tell, {}, {}));
  REQUIRE(told.size() == 4);
  CHECK(told[0].finishedBefore);
  CHECK(told[1].finishedBefore);
  CHECK_FALSE(told[2].finishedBefore);
  CHECK(told[3].error.has_value());
  CHECK(songs.family.clips() < 2 * clips);

  const auto tracks = songs.project->tracks(told[2].file.id);
  REQUIRE(tracks->size() == 1);
  CHECK(tracks->front().track.name == proposalTrackName(songs.model->spec().name));
  const Label& label = tracks->front().track.labels.front();
  CHECK(label.state == LabelState::proposed);
  CHECK(label.origin.model == songs.model->spec().name);
  CHECK(label.origin.threshold == Approx(0.3));
  CHECK(label.attributes.front().first == "proposed");
  CHECK(label.attributes.front().second.size() == 20);
  // One step a file; taken back, the file is unfinished.
  REQUIRE(songs.project->undo());
  CHECK(songs.project->tracks(told[2].file.id)->empty());
  told.clear();
  REQUIRE(proposeForLibrary(*songs.project, songs.all(), *songs.model, kNoModels, tell, {}, {}));
  CHECK_FALSE(told[2].finishedBefore);
}

TEST_CASE("Proposing again keeps what was decided; bad settings touch nothing") {
  Songs songs;
  LibraryRun run = songs.all();
  run.files.resize(1);
  const auto tell = [](const FileOutcome&) {};
  REQUIRE(proposeForLibrary(*songs.project, run, *songs.model, kNoModels, tell, {}, {}));
  auto track = songs.project->tracks(run.files[0])->front();
  auto accepted = acceptFrom(track.track, 0.0, "ann");
  REQUIRE(accepted);
  REQUIRE(songs.project->apply("accept", track, *accepted));
  run.again = true;
  REQUIRE(proposeForLibrary(*songs.project, run, *songs.model, kNoModels, tell, {}, {}));
  const auto after = songs.project->tracks(run.files[0])->front();
  CHECK(after.track.labels == accepted->track.labels);
  run.options.threshold = 2.0;
  CHECK_FALSE(proposeForLibrary(*songs.project, run, *songs.model, kNoModels, tell, {}, {}));
}
