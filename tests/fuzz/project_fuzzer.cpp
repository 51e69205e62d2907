// A good project file with bytes of it changed is opened, listed, searched and edited, or refused in one line. The input: two
// bytes that say how much of the file is left (0: all), then changes of five bytes each, where and what.
#include "core/store/project.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <string>
#include <unistd.h>

#include "core/base/atomic_file.h"
#include "tests/fuzz/fuzz_input.h"

using namespace chladni;

namespace {

constexpr std::size_t kChange = 5;

std::filesystem::path scratch() {
  static const auto folder = [] {
    const auto made = std::filesystem::temp_directory_path() / ("chladni-fuzz-project-" + std::to_string(getpid()));
    std::filesystem::create_directories(made);
    return made;
  }();
  return folder;
}

LabelClass named(const char* name) {
  LabelClass one;
  one.name = name;
  return one;
}

std::string goodProject() {
  const auto path = scratch() / "good.chladni", media = scratch() / "media.wav";
  std::filesystem::remove(path);
  std::ofstream(media) << "sound";
  {
    auto project = store::Project::create(path);
    CHLADNI_ASSERT(project);
    CHLADNI_ASSERT(project->setClasses({named("dog"), named("cat")}));
    const auto added = project->addFiles({media});
    CHLADNI_ASSERT(added && !added->files.empty());
    LabelTrack track;
    track.name = "mine";
    track.labels.resize(2);
    track.labels[0].text = "dog";
    track.labels[1].text = "cat";
    track.labels[1].span = {MediaTime::fromSeconds(1.0), MediaTime::fromSeconds(2.0)};
    CHLADNI_ASSERT(project->addTrack(added->files.front(), track));
  }
  auto bytes = readFile(path, std::size_t{1} << 24);
  CHLADNI_ASSERT(bytes);
  return *bytes;
}

std::string changed(std::string file, const std::uint8_t* data, std::size_t size) {
  if (size < 2) return file;
  const std::size_t left = static_cast<std::size_t>(data[0]) << 8U | data[1];
  for (std::size_t at = 2; at + kChange <= size; at += kChange) {
    std::size_t where = 0;
    for (std::size_t n = 0; n + 1 < kChange; ++n) where = where << 8U | data[at + n];
    file[where % file.size()] = static_cast<char>(data[at + kChange - 1]);
  }
  if (left != 0) file.resize(std::min(file.size(), left));
  return file;
}

template <class T>
void check(const Result<T>& result) {
  if (!result) test::checkMessage(result.error());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const std::string good = goodProject();
  const auto path = scratch() / "fuzz.chladni";
  for (const char* beside : {"", "-wal", "-shm", "-journal"}) std::filesystem::remove(path.string() + beside);
  const auto bytes = changed(good, data, size);
  std::ofstream(path, std::ios::binary).write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  auto project = store::Project::open(path, std::chrono::milliseconds(50));
  if (!project) {
    test::checkMessage(project.error());
    return 0;
  }
  const auto files = project->files();
  check(files);
  check(project->find("do"));
  check(project->classes());
  check(project->undoName());
  if (files)
    for (const auto& file : *files) check(project->tracks(file.id));
  check(project->setClasses({named("bird")}));
  check(project->undo());
  return 0;
}
