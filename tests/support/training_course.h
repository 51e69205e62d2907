// A short run of a family that can be trained, on examples that a test makes up: learn() opens or reopens the run folder,
// keeps what was told and can stop after some steps. Fails the test when the folder cannot be made.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/serial/json_value.h"
#include "core/serial/sha256.h"
#include "core/training/training_job.h"
#include "tests/support/catch.h"

namespace chladni::test {

struct Outcome {
  Result<void> done;
  serial::JsonValue last;  // event "done"
  bool stopped = false;
  std::vector<std::string> parts;  // names of the losses told in the last step
  std::vector<double> losses;      // of all steps, each with its parts
  std::vector<std::string> notes;
  [[nodiscard]] double figure(const char* name) const {
    const auto* value = last.find("validation")->find(name);
    INFO(name << " in " << last.text());
    REQUIRE(value != nullptr);
    return *value->number();
  }
};

struct Course {
  const training::Examples* train = nullptr;
  const training::Examples* held = nullptr;
  bool resume = false;
  std::int64_t stopAfter = 0;  // steps
  std::vector<std::string> classes;
  std::filesystem::path start;
  FrontendSpec frontend;
  bool multiLabel = false;
  training::ProcessPlace place = {};
};

inline Outcome learn(const training::TrainingFamily& family, training::Recipe recipe, const std::filesystem::path& folder, const Course& course) {
  recipe.start = course.start.string();
  auto run = course.resume          ? training::RunFolder::reopen(folder, {})
             : course.place.leads() ? training::RunFolder::create(folder, recipe)
                                    : training::RunFolder::follow(folder, recipe);
  if (!run) FAIL(run.error().describe());
  training::TrainControl control;
  Outcome outcome;
  training::TrainingJob job;
  job.run = run->get();
  job.train = course.train;
  job.held = course.held;
  job.classes = course.classes;
  job.multiLabel = course.multiLabel;
  job.frontend = course.frontend;
  job.start = course.start;
  job.control = &control;
  job.resume = course.resume;
  job.place = course.place;
  job.say = [&](const serial::JsonValue& event) {
    (*run)->append(event);
    const auto name = *event.find("event")->string();
    if (name == "done") {
      outcome.last = event;
      outcome.stopped = *event.find("stopped")->boolean();
    }
    if (name == "note") outcome.notes.push_back(*event.find("message")->string());
    if (name != "step") return;
    outcome.parts.clear();
    outcome.losses.push_back(*event.find("loss")->number());
    for (const auto& [part, value] : *event.find("losses")->members()) {
      outcome.parts.push_back(part);
      outcome.losses.push_back(*value.number());
    }
    if (course.stopAfter > 0 && *event.find("step")->integer() >= course.stopAfter) REQUIRE(control.obey("stop"));
  };
  outcome.done = family.train(job);
  if (!outcome.done) UNSCOPED_INFO(outcome.done.error().describe());
  return outcome;
}

inline std::string sumOf(const std::filesystem::path& path) {
  auto sum = serial::sha256OfFile(path);
  REQUIRE(sum);
  return *sum;
}

// Stops every `every` steps and goes on until the run ends of itself; the number of parts.
inline int learnInParts(const training::TrainingFamily& family, const training::Recipe& recipe, const std::filesystem::path& folder,
                        Course course, std::int64_t every) {
  course.stopAfter = every;
  for (int part = 1; part < 40; ++part) {
    const auto outcome = learn(family, recipe, folder, course);
    REQUIRE(outcome.done);
    if (!outcome.stopped) return part;
    course.resume = true;
    course.stopAfter += every;
  }
  FAIL("never finished");
  return 0;
}

}  // namespace chladni::test
