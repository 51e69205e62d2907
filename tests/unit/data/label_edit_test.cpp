// Edits of label tracks: what each keeps, makes and refuses, and a storm of random edits against the invariants.
#include "core/data/label_edit.h"

#include <algorithm>
#include <random>

#include "tests/support/catch.h"

using namespace chladni;

namespace {

Label labelAt(double start, double end, std::string text = "a") {
  Label label;
  label.span = {MediaTime::fromSeconds(start), MediaTime::fromSeconds(end)};
  label.text = std::move(text);
  return label;
}

LabelTrack trackOf(std::vector<Label> labels, bool exclusive = false) {
  LabelTrack track;
  track.name = "mine";
  track.exclusive = exclusive;
  track.labels = std::move(labels);
  return track;
}

MediaTime seconds(double value) { return MediaTime::fromSeconds(value); }

}  // namespace

TEST_CASE("a new label takes its place in time") {
  const auto edit = addLabel(trackOf({labelAt(0, 1), labelAt(3, 4)}), labelAt(2, 3, "b"));
  REQUIRE(edit);
  CHECK(edit->track.labels[1].text == "b");
  CHECK(edit->from == std::vector<std::int64_t>{0, kNewLabel, 1});
  CHECK(edit->selected == std::vector<std::size_t>{1});
  CHECK_FALSE(addLabel(trackOf({}), labelAt(2, 1)));
}

TEST_CASE("equal spans keep the order in which they came") {
  const auto edit = addLabel(trackOf({labelAt(0, 1, "first")}), labelAt(0, 1, "second"));
  REQUIRE(edit);
  CHECK(edit->track.labels[1].text == "second");
}

TEST_CASE("split, merge and duplicate") {
  const LabelTrack track = trackOf({labelAt(0, 4, "x"), labelAt(6, 7, "y")});
  const auto split = splitLabels(track, {0}, seconds(1.5));
  REQUIRE(split);
  REQUIRE(split->track.labels.size() == 3);
  CHECK(split->track.labels[0] == labelAt(0, 1.5, "x"));
  CHECK(split->track.labels[1] == labelAt(1.5, 4, "x"));
  CHECK(split->selected == std::vector<std::size_t>{0, 1});
  CHECK_FALSE(splitLabels(track, {0}, seconds(4)));
  CHECK_FALSE(splitLabels(track, {1}, seconds(2)));

  const auto merged = mergeLabels(track, {0, 1});
  REQUIRE(merged);
  REQUIRE(merged->track.labels.size() == 1);
  CHECK(merged->track.labels[0] == labelAt(0, 7, "x"));
  CHECK(merged->from == std::vector<std::int64_t>{0});
  CHECK_FALSE(mergeLabels(track, {1}));

  const auto twice = duplicateLabels(track, {1}, seconds(2));
  REQUIRE(twice);
  CHECK(twice->track.labels[2] == labelAt(8, 9, "y"));
  CHECK(twice->selected == std::vector<std::size_t>{2});
}

TEST_CASE("an edge stops at the other edge and at an exclusive neighbour") {
  const LabelTrack track = trackOf({labelAt(0, 2), labelAt(3, 4)}, true);
  CHECK(nudgeEdge(track, 0, LabelEdge::end, seconds(5))->track.labels[0] == labelAt(0, 3));
  CHECK(nudgeEdge(track, 1, LabelEdge::start, seconds(-5))->track.labels[1] == labelAt(2, 4));
  CHECK(nudgeEdge(track, 0, LabelEdge::start, seconds(5))->track.labels[0] == labelAt(2, 2));
  CHECK(nudgeEdge(track, 0, LabelEdge::start, seconds(-5))->track.labels[0] == labelAt(-5, 2));
}

TEST_CASE("an exclusive track refuses overlaps") {
  const LabelTrack track = trackOf({labelAt(0, 2), labelAt(3, 4)}, true);
  CHECK_FALSE(addLabel(track, labelAt(1, 3)));
  CHECK(addLabel(track, labelAt(2, 3)));
  CHECK_FALSE(shiftLabels(track, {0}, seconds(1.5)));
  CHECK(shiftLabels(track, {0, 1}, seconds(1.5)));
  CHECK_FALSE(setExclusive(trackOf({labelAt(0, 5), labelAt(1, 2)}), true));
  CHECK(setExclusive(trackOf({labelAt(0, 1), labelAt(1, 2)}), true)->track.exclusive);
  CHECK_FALSE(addLabel(trackOf({labelAt(1, 1)}, true), labelAt(1, 1)));
  // A long one that starts early reaches over the short one between.
  CHECK(firstOverlap({labelAt(0, 1), labelAt(1, 9), labelAt(2, 3)}) == std::size_t{1});
}

TEST_CASE("setting a class confirms a proposal") {
  Label proposal = labelAt(0, 1, "dog");
  proposal.state = LabelState::proposed;
  proposal.origin.model = "m";
  const auto edit = setClass(trackOf({proposal}), {0}, "cat", "eva");
  REQUIRE(edit);
  CHECK(edit->track.labels[0].state == LabelState::confirmed);
  CHECK(edit->track.labels[0].author == "eva");
  CHECK(edit->track.labels[0].origin.model == "m");
}

TEST_CASE("next and previous go by the starts") {
  const LabelTrack track = trackOf({labelAt(0, 1), labelAt(2, 3), labelAt(2, 4), labelAt(5, 6)});
  CHECK(nextLabel(track, seconds(0)) == std::size_t{1});
  CHECK(nextLabel(track, seconds(5)) == std::nullopt);
  CHECK(previousLabel(track, seconds(5)) == std::size_t{2});
  CHECK(previousLabel(track, seconds(0)) == std::nullopt);
}

TEST_CASE("what is not there is refused") {
  const LabelTrack track = trackOf({labelAt(0, 1)});
  CHECK_FALSE(removeLabels(track, {}));
  CHECK_FALSE(removeLabels(track, {1}));
  Label sure = labelAt(0, 1);
  sure.confidence = 1.5;
  CHECK_FALSE(changeLabel(track, 0, sure));
}

TEST_CASE("random edits keep a track sorted, free of overlaps and traceable") {
  for (const bool exclusive : {false, true}) {
    std::mt19937 random(7);
    const auto number = [&](int below) { return static_cast<int>(random() % static_cast<unsigned>(below)); };
    LabelTrack track = trackOf({}, exclusive);
    int done = 0;
    for (int i = 0; i < 4000; ++i) {
      const std::size_t count = track.labels.size();
      const std::size_t one = count ? static_cast<std::size_t>(number(static_cast<int>(count))) : 0;
      const MediaTime by = MediaTime::fromNanoseconds(number(2001) - 1000);
      Result<TrackEdit> edit = [&]() -> Result<TrackEdit> {
        switch (number(7)) {
          case 0: return removeLabels(track, {one});
          case 1: return splitLabels(track, {one}, track.labels.empty() ? by : track.labels[one].span.start + by);
          case 2: return mergeLabels(track, {one, one + 1});
          case 3: return shiftLabels(track, {one}, by);
          case 4: return nudgeEdge(track, one, number(2) ? LabelEdge::start : LabelEdge::end, by);
          default: {
            Label label;
            label.span.start = MediaTime::fromNanoseconds(number(100000));
            label.span.end = label.span.start + MediaTime::fromNanoseconds(number(300));
            return addLabel(track, label);
          }
        }
      }();
      if (!edit) continue;
      ++done;
      const auto& labels = edit->track.labels;
      REQUIRE(edit->from.size() == labels.size());
      REQUIRE(std::is_sorted(labels.begin(), labels.end(), [](const Label& a, const Label& b) {
        return a.span.start != b.span.start ? a.span.start < b.span.start : a.span.end < b.span.end;
      }));
      for (const Label& label : labels) REQUIRE(checkLabel(label));
      if (exclusive) REQUIRE_FALSE(firstOverlap(labels));
      std::vector<std::int64_t> kept = edit->from;
      std::erase(kept, kNewLabel);
      std::sort(kept.begin(), kept.end());
      REQUIRE(std::adjacent_find(kept.begin(), kept.end()) == kept.end());
      track = edit->track;
    }
    CHECK(done > 1000);
  }
}
