// Training over several processes, here threads of one that meet over loopback as processes do: they learn what one
// process with the joined batch learns, and notice when one is gone. Needs LibTorch's c10d.
#ifdef CHLADNI_HAS_C10D
#include <array>
#include <future>
#include <numeric>

#include <torch/types.h>

#include "core/nn/contrastive.h"
#include "core/nn/process_group.h"
#include "core/nn/train_loop.h"
#include "core/nn/train_team.h"
#include "tests/support/port.h"
#include "tests/unit/nn/toy.h"

namespace chladni::test::distributed {

using namespace training_loop;

std::vector<training::ProcessPlace> placesOf(std::int64_t count) {
  const auto port = freePort();
  std::vector<training::ProcessPlace> places;
  for (std::int64_t rank = 0; rank < count; ++rank) places.push_back({rank, count, rank, "127.0.0.1", port, false, {}});
  return places;
}

// Runs work(group) in `count` joined groups at once.
template <class Work>
void inGroups(std::int64_t count, Work work) {
  std::vector<std::future<std::string>> all;
  for (const auto& place : placesOf(count))
    all.push_back(std::async(std::launch::async, [&work, place]() -> std::string {
      auto group = nn::ProcessGroup::join(place, std::chrono::seconds(30));
      if (!group) return group.error().describe();
      try {
        work(**group);
      } catch (const std::exception& problem) {
        return problem.what();
      }
      return {};
    }));
  for (auto& one : all) CHECK(one.get() == "");
}

TEST_CASE("processes: sums, first process's values, rows of different numbers and texts") {
  std::array<at::Tensor, 3> sums, firsts, rows;
  std::array<std::vector<std::string>, 3> texts;
  inGroups(3, [&](nn::ProcessGroup& group) {
    const auto rank = static_cast<std::size_t>(group.rank());
    sums[rank] = torch::full({4}, static_cast<double>(rank + 1));
    group.sum(sums[rank]);
    firsts[rank] = torch::full({2, 3}, static_cast<std::int64_t>(rank + 5), torch::kLong).t();  // not contiguous
    group.spread(firsts[rank]);
    rows[rank] = torch::cat(group.gatherRows(torch::full({group.rank(), 2}, static_cast<float>(rank))));
    texts[rank] = group.gatherTexts(rank == 1 ? std::string() : "from " + std::to_string(rank));
  });
  for (std::size_t n = 0; n < 3; ++n) {
    CHECK(at::equal(sums[n], torch::full({4}, 6.0)));
    CHECK(at::equal(firsts[n], torch::full({3, 2}, 5, torch::kLong)));
    CHECK(at::equal(rows[n].select(1, 0), torch::tensor({1.0F, 2.0F, 2.0F})));
    CHECK(texts[n] == std::vector<std::string>{"from 0", "", "from 2"});
  }
}

TEST_CASE("processes: negatives of a contrast come from all of them, with the gradient of the joined batch") {
  torch::manual_seed(5);
  const auto left = torch::randn({5, 7}), right = torch::randn({5, 7});
  for (const auto& shares : {std::vector<std::int64_t>{3, 2}, std::vector<std::int64_t>{0, 5}, std::vector<std::int64_t>{1, 2, 2}}) {
    auto a = left.clone().requires_grad_(), b = right.clone().requires_grad_();
    const auto joined = nn::contrastive(a, b, nn::ContrastiveReading::both);
    joined.loss.backward();
    // Every process has as many rows; those beside the pairs have no part in the contrast.
    const double each = 5.0;
    std::vector<at::Tensor> gradients(shares.size());
    std::vector<double> losses(shares.size());
    inGroups(static_cast<std::int64_t>(shares.size()), [&](nn::ProcessGroup& group) {
      const nn::GroupScope scope(&group);
      const auto rank = static_cast<std::size_t>(group.rank());
      const auto own = shares[rank];
      if (own == 0) return nn::contrastiveWithout(7);
      const auto first = std::accumulate(shares.begin(), shares.begin() + group.rank(), std::int64_t{0});
      auto x = left.narrow(0, first, own).clone().requires_grad_(), y = right.narrow(0, first, own).clone().requires_grad_();
      const auto found = nn::contrastive(x, y, nn::ContrastiveReading::both);
      losses[rank] = found.loss.item<double>();
      // Weighted by the share of the process's batch, then the mean over the processes.
      (found.loss * (static_cast<double>(own) / each) / static_cast<double>(shares.size())).backward();
      gradients[rank] = torch::cat({x.grad(), y.grad()}, 1);
    });
    const double weight = 5.0 / each / static_cast<double>(shares.size());
    std::int64_t first = 0;
    for (std::size_t n = 0; n < shares.size(); ++n) {
      if (shares[n] == 0) continue;
      CHECK(losses[n] == Approx(joined.loss.item<double>()).epsilon(1e-6));
      const auto expected = torch::cat({a.grad(), b.grad()}, 1).narrow(0, first, shares[n]) * weight;
      CHECK(at::allclose(gradients[n], expected, 1e-5, 1e-7));
      first += shares[n];
    }
  }
}

struct Member {
  Outcome outcome;
  std::vector<at::Tensor> values;
  int evaluations = 0;
};

// One process of a training.
Member learnAs(const training::ProcessPlace& place, const training::Recipe& recipe, const std::filesystem::path& folder, const Course& course) {
  Toy toy;
  Member member;
  member.outcome = learn(toy, recipe, folder, course, place);
  member.values = toy.values();
  member.evaluations = toy.evaluations;
  return member;
}

std::vector<Member> learnTogether(const training::Recipe& recipe, const std::filesystem::path& folder, const Course& course) {
  const auto places = placesOf(2);
  auto other = std::async(std::launch::async, [&] { return learnAs(places[1], recipe, folder, {course.train, course.held, course.resume, {}, {}}); });
  std::vector<Member> all;
  all.push_back(learnAs(places[0], recipe, folder, course));
  all.push_back(other.get());
  return all;
}

training::Recipe sharedRecipe() {
  auto recipe = toyRecipe();
  recipe.clipNorm = 0.5;
  recipe.accumulate = 2;
  recipe.schedule = "plateau";
  recipe.patience = 0;
  return recipe;
}

TEST_CASE("processes: two learn what one learns with the joined batch, and only the first speaks, writes and measures") {
  const Scratch folder;
  const Points train(50), held(10);
  const auto recipe = sharedRecipe();
  Toy whole;
  const auto expected = learn(whole, recipe, folder / "whole", {&train, &held, false, {}, {}});
  requireDone(expected);
  const auto both = learnTogether(recipe, folder / "both", {&train, &held, false, {}, {}});
  for (const auto& member : both) requireDone(member.outcome);
  const auto steps = expected.named("step"), shared = both[0].outcome.named("step");
  REQUIRE(steps.size() == shared.size());
  for (std::size_t n = 0; n < steps.size(); ++n) {
    CHECK(*shared[n].find("loss")->number() == Approx(*steps[n].find("loss")->number()).epsilon(1e-5));
    CHECK(*shared[n].find("grad_norm")->number() == Approx(*steps[n].find("grad_norm")->number()).epsilon(1e-4));
  }
  const auto alone = whole.values();
  for (std::size_t n = 0; n < alone.size(); ++n) {
    CHECK(at::allclose(both[0].values[n], alone[n], 1e-4, 1e-5));
    CHECK(at::equal(both[0].values[n], both[1].values[n]));
  }
  CHECK(*both[0].outcome.named("start").front().find("world_size")->integer() == 2);
  CHECK(both[0].evaluations == whole.evaluations);
  CHECK(both[1].evaluations == 0);
  CHECK(both[1].outcome.events.empty());
}

TEST_CASE("processes: a stop of one stops all, and they go on as if nothing had been") {
  const Scratch folder;
  const Points train(50), held(10);
  const auto recipe = sharedRecipe();
  const auto whole = learnTogether(recipe, folder / "whole", {&train, &held, false, {}, {}});
  requireDone(whole[0].outcome);
  Course course{&train, &held, false, {}, {}};
  course.meanwhile = [](const serial::JsonValue& event, training::TrainControl& control) {
    if (*event.find("event")->string() == "step" && *event.find("step")->integer() == 7) REQUIRE(control.obey("stop"));
  };
  const auto stopped = learnTogether(recipe, folder / "parts", course);
  for (const auto& member : stopped) requireDone(member.outcome);
  CHECK(*stopped[0].outcome.named("done").front().find("stopped")->boolean());
  const auto resumed = learnTogether(recipe, folder / "parts", {&train, &held, true, {}, {}});
  for (const auto& member : resumed) requireDone(member.outcome);
  for (std::size_t n = 0; n < whole[0].values.size(); ++n) CHECK(at::equal(resumed[0].values[n], whole[0].values[n]));

  // One process can go on alone.
  const auto left = learnTogether(recipe, folder / "left", course);
  for (const auto& member : left) requireDone(member.outcome);
  Toy alone;
  requireDone(learn(alone, recipe, folder / "left", {&train, &held, true, {}, {}}));
  const auto values = alone.values();
  for (std::size_t n = 0; n < values.size(); ++n) CHECK(at::allclose(values[n], whole[0].values[n], 1e-4, 1e-5));
}

TEST_CASE("processes: a sample that is not a number is named by the one that has it") {
  const Scratch folder;
  const Points train(30, 17);
  const auto both = learnTogether(toyRecipe(), folder / "run", {&train, nullptr, false, {}, {}});
  for (const auto& member : both) requireDone(member.outcome);
  const auto warnings = both[0].outcome.named("warning");
  REQUIRE(warnings.size() == 4);
  for (const auto& warning : warnings) CHECK(warning.find("message")->string()->find("sample point 17, layer input") != std::string::npos);
}

TEST_CASE("processes: what cannot be shared and what is not the same is said before anything is learned") {
  const Scratch folder;
  const Points train(30), fewer(24);
  auto recipe = toyRecipe();
  recipe.batch = 5;
  const auto odd = learnAs(placesOf(2)[0], recipe, folder / "odd", {&train, nullptr, false, {}, {}});
  REQUIRE_FALSE(odd.outcome.done);
  CHECK(odd.outcome.done.error().message == "batch: 5 examples cannot be shared by 2 processes; make it a multiple");
  const auto places = placesOf(2);
  auto other = std::async(std::launch::async, [&] { return learnAs(places[1], toyRecipe(), folder / "run", {&fewer, nullptr, false, {}, {}}); });
  const auto first = learnAs(places[0], toyRecipe(), folder / "run", {&train, nullptr, false, {}, {}});
  for (const auto& member : {first, other.get()}) {
    REQUIRE_FALSE(member.outcome.done);
    CHECK(member.outcome.done.error().message.starts_with("process 1 was given another examples than process 0"));
  }
}

}  // namespace chladni::test::distributed
#endif
