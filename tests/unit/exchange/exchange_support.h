// A project with recordings that hold nothing, and labels on them.
#pragma once

#include <filesystem>
#include <fstream>
#include <string>

#include "core/store/project.h"
#include "tests/support/catch.h"
#include "tests/support/scratch.h"

namespace chladni::test {

inline Label labelOver(double start, double end, std::string text, LabelState state = LabelState::confirmed) {
  Label label;
  label.span = {MediaTime::fromSeconds(start), MediaTime::fromSeconds(end)};
  label.text = std::move(text);
  label.state = state;
  return label;
}

struct Shelf {
  Shelf() : project(std::move(*store::Project::create(scratch / "p.chladni"))) {}

  store::FileId add(const std::string& name, std::vector<Label> labels = {}, const std::string& track = "labels") {
    const auto path = scratch / name;
    std::filesystem::create_directories(path.parent_path());
    std::ofstream(path) << name;
    const auto added = project.addFiles({path});
    REQUIRE(added);
    REQUIRE(added->files.size() == 1);
    if (!labels.empty()) put(added->files.front(), std::move(labels), track);
    return added->files.front();
  }
  void put(store::FileId file, std::vector<Label> labels, const std::string& name) {
    LabelTrack track;
    track.name = name;
    track.labels = std::move(labels);
    REQUIRE(project.addTrack(file, track));
  }
  std::vector<store::FileId> all() {
    std::vector<store::FileId> ids;
    const auto files = project.files();
    for (const auto& file : *files) ids.push_back(file.id);
    return ids;
  }

  Scratch scratch;
  store::Project project;
};

}  // namespace chladni::test
