// Faults of the machine around the programs: no home folder, folders that may not be written, a full disk, a standard output
// that takes nothing. docs/faults.md lists the others and where they are tried.

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <optional>

#include "tests/support/catch.h"
#include "tests/support/scratch.h"
#include "tests/torture/trial.h"
#include "tests/unit/media/media_maker.h"

using namespace chladni::test;
namespace fs = std::filesystem;

namespace {

// A film of two seconds that others may read, and a folder that nobody may write.
struct Place {
  Place() {
    fs::permissions(scratch.path(), fs::perms(0755));
    MediaSpec spec{"mp4", SoundSpec{"aac", 44100, 1, 2.0, 0.0, {}}, MadePicture{}};
    spec.pictures->codec = "mpeg4";
    spec.pictures->stamps = evenStamps(50, 40);
    makeMedia(film, spec);
    fs::permissions(film, fs::perms(0644));
    fs::create_directory(locked);
    fs::permissions(locked, fs::perms(0555));
  }
  ~Place() { fs::permissions(locked, fs::perms(0755)); }

  Scratch scratch;
  fs::path film = scratch / "film.mp4";
  fs::path locked = scratch / "locked";
};

std::vector<std::string> withoutHome() { return {"PATH=/usr/bin:/bin", "QT_QPA_PLATFORM=offscreen"}; }

std::vector<std::string> homeIn(const std::string& folder) {
  auto environment = withoutHome();
  for (const char* name : {"HOME=", "XDG_CACHE_HOME=", "XDG_DATA_HOME=", "XDG_CONFIG_HOME=", "XDG_STATE_HOME=", "XDG_RUNTIME_DIR=", "TMPDIR="})
    environment.push_back(name + folder);
  return environment;
}

bool canStart(const Surroundings& surroundings) {
  const bool possible = triedProgram({"--version"}, surroundings).status == 0;
  if (!possible) WARN("not tried: another user cannot start the program in this folder");
  return possible;
}

// The whole table of what writes files: the command and the file it makes.
std::vector<std::pair<std::vector<std::string>, fs::path>> writers(const Place& place, const fs::path& folder) {
  const std::string film = place.film;
  return {{{"decode", film, "--out", folder / "sound.wav"}, folder / "sound.wav"},
          {{"decode", film, "--frames", "2", "--out", folder / "frames"}, folder / "frames"},
          {{"spectrogram", film, "--out", folder / "table.npy"}, folder / "table.npy"},
          {{"spectrogram", film, "--out", folder / "table.safetensors"}, folder / "table.safetensors"},
          {{"spectrogram", film, "--out", folder / "table.png"}, folder / "table.png"},
          {{"frontend", "ast", film, "--out", folder / "input.safetensors"}, folder / "input.safetensors"}};
}

void isOneFailure(const Trial& trial) {
  INFO(trial.said);
  CHECK(trial.signal == 0);
  CHECK(trial.status == 1);
  CHECK(trial.said.starts_with("error: "));
  CHECK(std::count(trial.said.begin(), trial.said.end(), '\n') == 1);
}

#ifdef CHLADNI_WINDOW
struct Size {
  std::uint32_t width = 0, height = 0;
};

Size sizeOfPng(const fs::path& path) {
  const std::string bytes = bytesOf(path);
  if (bytes.size() < 24 || bytes.substr(1, 3) != "PNG") return {};
  const auto number = [&](std::size_t at) {
    std::uint32_t value = 0;
    for (std::size_t i = at; i < at + 4; ++i) value = value << 8 | static_cast<unsigned char>(bytes[i]);
    return value;
  };
  return {number(16), number(20)};
}
#endif

}  // namespace

TEST_CASE("without a home folder the command line works", "[faults]") {
  const Place place;
  const auto out = place.scratch / "sound.wav";
  for (const auto& environment : {withoutHome(), homeIn(""), homeIn("/proc/nowhere/at/all"), homeIn(place.locked), homeIn(place.film)}) {
    Surroundings around;
    around.environment = environment;
    for (const std::vector<std::string>& arguments :
         {std::vector<std::string>{"probe", place.film}, {"models", "list"}, {"decode", place.film, "--quiet", "--out", out}}) {
      const Trial trial = triedProgram(arguments, around);
      INFO(trial.said);
      CHECK(trial.status == 0);
      CHECK(trial.said.empty());
    }
  }
}

TEST_CASE("a folder that may not be written is named in one line", "[faults]") {
  const Place place;
  Surroundings around;
  around.nobody = true;
  if (!canStart(around)) return;
  for (const auto& [arguments, file] : writers(place, place.locked)) {
    INFO(arguments.front() << " " << file);
    isOneFailure(triedProgram(arguments, around));
    CHECK(fs::is_empty(place.locked));
  }
}

TEST_CASE("a full disk is said in one line and leaves no half of a file", "[faults]") {
  const Place place;
  Surroundings around;
  around.largestFile = 100;
  const auto folder = place.scratch / "full";
  for (const auto& [arguments, file] : writers(place, folder)) {
    fs::remove_all(folder);
    fs::create_directory(folder);
    INFO(arguments.front() << " " << file);
    const Trial trial = triedProgram(arguments, around);
    isOneFailure(trial);
    std::size_t left = 0;
    for (const auto& entry : fs::recursive_directory_iterator(folder)) left += entry.is_regular_file() ? 1 : 0;
    CHECK(left == 0);
  }
}

TEST_CASE("a standard output that takes nothing is a failure in one line", "[faults]") {
  const Place place;
  Surroundings around;
  around.out = "/dev/full";
  isOneFailure(triedProgram({"probe", place.film, "--json"}, around));
  isOneFailure(triedProgram({"models", "list"}, around));
}

#ifdef CHLADNI_WINDOW
TEST_CASE("without a home folder and at every scale of the display the window opens", "[faults]") {
  const Place place;
  const auto picture = place.scratch / "window.png";
  struct Case {
    std::vector<std::string> environment;
    const char* scale;
    double factor;
  };
  std::optional<Size> plain;
  for (const Case& c : {Case{withoutHome(), "1", 1.0}, Case{homeIn("/proc/nowhere/at/all"), "1.5", 1.5}, Case{homeIn(place.film), "3", 3.0}}) {
    Surroundings around;
    around.environment = c.environment;
    around.environment.push_back(std::string("QT_SCALE_FACTOR=") + c.scale);
    fs::remove(picture);
    const Trial trial = triedProgram({place.film, "--size", "1000x800", "--screenshot", picture}, around, CHLADNI_WINDOW);
    INFO("scale " << c.scale << ": " << trial.said);
    CHECK(trial.status == 0);
    const Size size = sizeOfPng(picture);
    if (!plain) plain = size;
    CHECK(plain->width >= 1000);
    CHECK(size.width == Approx(plain->width * c.factor).margin(3));
    CHECK(size.height == Approx(plain->height * c.factor).epsilon(0.03));
  }
}
#endif
