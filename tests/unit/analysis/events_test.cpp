// Events from scores, windows from distances: tables whose answers can be worked out by hand.
#include <cmath>
#include <limits>

#include "core/analysis/attention_picture.h"
#include "core/analysis/events.h"
#include "core/analysis/matching.h"
#include "tests/support/catch.h"

using namespace chladni;
using namespace chladni::analysis;

namespace {

std::vector<TimeRange> segments(int count) {
  std::vector<TimeRange> made;
  for (int i = 0; i < count; ++i) made.push_back({MediaTime::fromSeconds(i), MediaTime::fromSeconds(i + 1)});
  return made;
}

Matrix scoresOf(const std::vector<std::vector<float>>& rows) {
  Matrix table(static_cast<std::int64_t>(rows.size()), static_cast<std::int64_t>(rows.front().size()));
  table.values.clear();
  for (const auto& row : rows) table.values.insert(table.values.end(), row.begin(), row.end());
  return table;
}

// Classes a, b, Background.
std::vector<Event> eventsIn(const std::vector<std::vector<float>>& rows, float threshold = 0.0F) {
  const auto labels = labelsOf(segments(static_cast<int>(rows.size())), scoresOf(rows));
  REQUIRE(labels);
  return eventsOf(*labels, {backgroundClass({"a", "b", "Background"}), threshold});
}

inference::Distances distancesOf(std::int64_t pictures, std::int64_t sounds, const std::vector<double>& values) {
  return {pictures, sounds, values};
}

}  // namespace

TEST_CASE("neighbours of one class are one event, background is none") {
  const auto events = eventsIn({{0.2F, 0.1F, 0.7F}, {0.6F, 0.3F, 0.1F}, {0.8F, 0.1F, 0.1F}, {0.2F, 0.7F, 0.1F}, {0.1F, 0.1F, 0.8F}, {0.1F, 0.9F, 0.0F}});
  REQUIRE(events.size() == 3);
  CHECK((events[0].index == 0 && events[0].span.start.seconds() == 1.0 && events[0].span.end.seconds() == 3.0));
  CHECK(events[0].p == Approx(0.7));
  CHECK((events[1].index == 1 && events[1].span.start.seconds() == 3.0 && events[1].span.end.seconds() == 4.0));
  CHECK((events[2].index == 1 && events[2].span.start.seconds() == 5.0));
}

TEST_CASE("a threshold takes doubtful seconds out and splits what they joined") {
  const std::vector<std::vector<float>> rows{{0.9F, 0.1F, 0.0F}, {0.5F, 0.3F, 0.2F}, {0.8F, 0.1F, 0.1F}};
  CHECK(eventsIn(rows).size() == 1);
  CHECK(eventsIn(rows, 0.5F).size() == 1);
  CHECK(eventsIn(rows, 0.6F).size() == 2);
  CHECK(eventsIn(rows, 0.95F).empty());
}

TEST_CASE("a hole in time ends an event, an overlap does not") {
  const std::vector<SegmentLabel> labels{{{MediaTime::fromSeconds(0), MediaTime::fromSeconds(1)}, 0, 0.5F},
                                         {{MediaTime::fromSeconds(0.5), MediaTime::fromSeconds(1.5)}, 0, 0.7F},
                                         {{MediaTime::fromSeconds(2), MediaTime::fromSeconds(3)}, 0, 0.9F}};
  const auto events = eventsOf(labels, {});
  REQUIRE(events.size() == 2);
  CHECK(events[0].span.end.seconds() == 1.5);
  CHECK(events[0].p == Approx(0.6));
}

TEST_CASE("scores that are no numbers name no class") {
  const float nan = std::numeric_limits<float>::quiet_NaN();
  const auto events = eventsIn({{nan, nan, nan}, {nan, 0.2F, 0.1F}});
  REQUIRE(events.size() == 1);
  CHECK(events[0].index == 1);
  CHECK_FALSE(labelsOf(segments(2), Matrix(3, 2)));
  CHECK(backgroundClass({"x", "BACKGROUND"}) == 1);
  CHECK(backgroundClass({"x", "Background noise"}) == -1);
  CHECK(eventsOf({}, {}).empty());
}

TEST_CASE("the window with the smallest sum of distances is chosen in either direction") {
  // Picture 2 and 3 lie near to sound 0 and 1.
  const auto distances = distancesOf(4, 3, {9, 9, 1, 9, 9, 9, 1, 9, 9, 9, 2, 9});
  const std::vector<std::int64_t> event{0, 1};
  const auto match = matchWindow(distances, event, GivenModality::sound);
  REQUIRE(match);
  CHECK(match->start == 2);
  CHECK(match->scores == std::vector<double>{18, 18, 3});
  const auto back = matchWindow(distances, std::vector<std::int64_t>{2, 3}, GivenModality::picture);
  REQUIRE(back);
  CHECK(back->start == 0);
  CHECK_FALSE(matchWindow(distances, {}, GivenModality::sound));
  CHECK_FALSE(matchWindow(distances, std::vector<std::int64_t>{3}, GivenModality::sound));
  CHECK_FALSE(matchWindow(distances, std::vector<std::int64_t>{0, 1, 2, 3}, GivenModality::picture));
  auto broken = distances;
  broken.values[0] = std::nan("");
  CHECK_FALSE(matchWindow(broken, event, GivenModality::sound));
}

TEST_CASE("accuracy counts exactly right starts and leaves whole clips out") {
  const auto near = distancesOf(3, 3, {0, 9, 9, 9, 0, 9, 9, 9, 0});
  const std::vector<MatchingCase> cases{{near, {false, true, false}}, {near, {true, true, true}}, {near, {false, false, false}}};
  const auto accuracy = matchingAccuracy(cases);
  REQUIRE(accuracy);
  CHECK(accuracy->cases == 1);
  CHECK((accuracy->givenSound == 100.0 && accuracy->givenPicture == 100.0));
}

TEST_CASE("attention becomes a picture with its peak where the model looked") {
  LocalisedRecording recording;
  recording.gridRows = 2;
  recording.gridColumns = 2;
  recording.attention = Matrix(1, 4, 0.1F);
  recording.attention.row(0)[3] = 0.7F;
  const auto alone = attentionPicture(recording, 0, nullptr, colours(Colormap::grey));
  REQUIRE(alone);
  CHECK((alone->width == 224 && alone->height == 224));
  CHECK(alone->rgb.front() < alone->rgb.back());
  VideoFrame frame;
  frame.width = 8;
  frame.height = 6;
  frame.rgb.assign(8 * 6 * 3, 100);
  const auto over = attentionPicture(recording, 0, &frame, colours(Colormap::grey));
  REQUIRE(over);
  CHECK((over->width == 8 && over->height == 6));
  CHECK(over->rgb.front() == 60);
  CHECK(over->rgb.back() > 100);
  CHECK_FALSE(attentionPicture(recording, 1, nullptr, colours(Colormap::grey)));
  CHECK_FALSE(attentionPicture(LocalisedRecording{}, 0, nullptr, colours(Colormap::grey)));
}
