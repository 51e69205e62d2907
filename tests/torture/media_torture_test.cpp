// The media torture set: whatever is in a file, reading it ends in a result or in one clear line, within 10 s of work and
// 1 GB, and never by a signal. Each file is read in a process of its own. With CHLADNI_TORTURE_ROUNDS=N from 2 on there are 8 N
// damaged forms of each file instead of 3, and every one goes through the program as well; CHLADNI_TORTURE_MEDIA names a
// folder of further files to damage. CHLADNI_TORTURE_KEEP names a folder for copies of files that failed.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <functional>
#include <stdexcept>

#include "core/media/audio_reader.h"
#include "core/media/media_info.h"
#include "core/media/video_reader.h"
#include "tests/support/catch.h"
#include "tests/support/scratch.h"
#include "tests/torture/damage.h"
#include "tests/torture/media_set.h"
#include "tests/torture/trial.h"
#include "tests/unit/media/media_maker.h"

using namespace chladni;
using namespace chladni::media;
using namespace chladni::test;

namespace {

int rounds() {
  const char* asked = std::getenv("CHLADNI_TORTURE_ROUNDS");
  return asked ? std::max(1, std::atoi(asked)) : 1;
}

// Keeps the first refusal, and what is wrong with any of them.
class Refusals {
 public:
  template <class T>
  bool accept(const Result<T>& result) {
    if (result) return true;
    const Error& error = result.error();
    const std::string line = error.describe();
    const bool clear = exitStatus(error.code) == 3 && line.find('\n') == std::string::npos && line.find("; ") != std::string::npos;
    if (!clear) worst_ = "(" + std::string(name(error.code)) + ") " + line;
    if (first_.empty()) first_ = line;
    return false;
  }
  void blame(std::string what) { worst_ = std::move(what); }
  int finish() const {
    if (!worst_.empty()) return std::fprintf(stderr, "%s\n", worst_.c_str()), 1;
    if (first_.empty()) return 0;
    return std::fprintf(stderr, "error: %s\n", first_.c_str()), 3;
  }

 private:
  std::string first_, worst_;
};

void hear(const std::filesystem::path& file, const AudioReaderOptions& options, Refusals& refusals) {
  auto reader = AudioReader::open(file, options);
  if (!refusals.accept(reader)) return;
  for (;;) {
    auto block = reader->next();
    if (!refusals.accept(block) || !*block) break;
  }
  if (refusals.accept(reader->seek(MediaTime::fromSeconds(0.9)))) refusals.accept(reader->next());
}

void hearAsModels(const std::filesystem::path& file, Refusals& refusals) {
  AudioReaderOptions options;
  options.rate = SampleRate(16000);
  options.mix = ChannelMix::mean;
  hear(file, options, refusals);
}

void see(const std::filesystem::path& file, Refusals& refusals) {
  auto reader = VideoReader::open(file);
  if (!refusals.accept(reader)) return;
  for (int n = 0; n < 100; ++n) {
    auto frame = reader->next();
    if (!refusals.accept(frame) || !*frame) break;
  }
  refusals.accept(reader->frameAt(MediaTime::fromSeconds(0.5)));
}

void seeFarAway(const std::filesystem::path& file, Refusals& refusals) {
  auto reader = VideoReader::open(file);
  if (!refusals.accept(reader)) return;
  refusals.accept(reader->nearestKeyFrame(MediaTime::fromSeconds(0.6)));
  refusals.accept(reader->frameAt(MediaTime::fromSeconds(1e6)));
}

// What the programs do with a file, each thing within the time that one may take.
const std::vector<std::function<void(const std::filesystem::path&, Refusals&)>>& waysToRead() {
  static const std::vector<std::function<void(const std::filesystem::path&, Refusals&)>> ways{
      [](const auto& file, Refusals& refusals) { refusals.accept(probe(file)); },
      [](const auto& file, Refusals& refusals) { refusals.accept(probe(file, ProbeDepth::exact)); },
      [](const auto& file, Refusals& refusals) { hear(file, {}, refusals); },
      hearAsModels,
      see,
      seeFarAway,
  };
  return ways;
}

int readEveryWay(const std::filesystem::path& file) {
  Refusals refusals;
  for (const auto& way : waysToRead()) {
    const std::clock_t begin = std::clock();
    way(file, refusals);
    const double seconds = static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
    if (seconds > kLongestSeconds) refusals.blame("worked for " + std::to_string(seconds) + " s");
  }
  return refusals.finish();
}

// What chladni-cli does with files, in turn.
std::vector<std::string> programTask(std::size_t turn, const std::string& file, const Scratch& scratch) {
  switch (turn % 4) {
    case 0: return {"probe", file, "--json"};
    case 1: return {"decode", file, "--quiet", "--out", scratch / "decoded.wav"};
    case 2: return {"decode", file, "--quiet", "--frames", "4", "--out", scratch / "frames"};
    default: return {"spectrogram", file, "--quiet", "--kind", "mel", "--out", scratch / "table.npy"};
  }
}

struct Worst {
  double seconds = 0.0;
  double megabytes = 0.0;
  friend std::ostream& operator<<(std::ostream& out, const Worst& w) { return out << w.seconds << " s, " << w.megabytes << " MB"; }
};

class Torture {
 public:
  // `inProgram`: how many files there are to each one that goes through the program too; 0: none does.
  explicit Torture(std::size_t inProgram = 0) : inProgram_(rounds() > 1 ? 1 : inProgram) {}

  void endure(const std::string& what, const std::filesystem::path& file) {
    INFO(what);
    ++files_;
    check(what, file, tried([&] { return readEveryWay(file); }, static_cast<double>(waysToRead().size())));
    if (inProgram_ == 0 || files_ % inProgram_ != 0) return;
    for (std::size_t task = 0; task < (rounds() > 1 ? 4 : 1); ++task)
      check(what, file, triedProgram(programTask(files_ / inProgram_ + task, file, scratch_)));
  }
  void endure(const std::string& what, const std::string& extension, const std::string& bytes) {
    const auto file = scratch_ / ("bad" + extension);
    writeText(file, bytes);
    endure(what, file);
  }
  ~Torture() { WARN(files_ << " files, " << trials_ << " trials, " << refused_ << " refused; worst: " << worst_); }

 private:
  void check(const std::string& what, const std::filesystem::path& file, const Trial& trial) {
    const std::string wrong = wrongWith(trial);
    CHECK(wrong == "");
    ++trials_;
    refused_ += trial.status == 3 ? 1 : 0;
    worst_.seconds = std::max(worst_.seconds, trial.cpuSeconds);
    worst_.megabytes = std::max(worst_.megabytes, trial.peakMegabytes);
    const char* keep = std::getenv("CHLADNI_TORTURE_KEEP");
    if (wrong.empty() || !keep) return;
    std::string name = what + file.extension().string();
    std::replace(name.begin(), name.end(), ' ', '_');
    std::filesystem::copy_file(file, std::filesystem::path(keep) / name, std::filesystem::copy_options::overwrite_existing);
  }

  Scratch scratch_;
  std::size_t inProgram_;
  std::size_t files_ = 0;
  std::size_t trials_ = 0;
  std::size_t refused_ = 0;
  Worst worst_;
};

// Made once: the encoders take longer than the trials.
const std::vector<Sample>& healthy() {
  static const Scratch folder;
  static std::vector<std::string> missing;
  static const std::vector<Sample> samples = makeMediaSet(folder.path(), missing);
  for (const std::string& what : missing) WARN("not tried, this FFmpeg cannot write it: " << what);
  REQUIRE(samples.size() > 20);
  return samples;
}

std::vector<std::filesystem::path> furtherMedia() {
  std::vector<std::filesystem::path> files;
  if (const char* folder = std::getenv("CHLADNI_TORTURE_MEDIA"))
    for (const auto& entry : std::filesystem::directory_iterator(folder))
      if (entry.is_regular_file() && entry.file_size() > 0) files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  return files;
}

}  // namespace

TEST_CASE("whole files of every kind are read", "[torture]") {
  Torture torture(8);
  for (const Sample& sample : healthy()) {
    INFO(sample.path);
    torture.endure(sample.path.filename().string(), sample.path);
    const auto info = probe(sample.path);
    if (sample.sound || sample.pictures) REQUIRE(info);
    if (sample.sound) CHECK(readAudio(sample.path)->samples() > 0);
    if (sample.pictures) CHECK(VideoReader::open(sample.path)->frameAt(MediaTime::fromSeconds(0.3))->width == 64);
  }
}

TEST_CASE("files cut off anywhere and damaged anywhere end in a result or one line", "[torture]") {
  std::vector<std::filesystem::path> files;
  for (const Sample& sample : healthy()) files.push_back(sample.path);
  for (const auto& path : furtherMedia()) files.push_back(path);
  const auto seeds = static_cast<std::uint32_t>(rounds() > 1 ? 8 * rounds() : 3);
  Torture torture(40);
  std::uint32_t seed = 0;
  for (const auto& path : files) {
    const std::string good = bytesOf(path);
    const std::string named = path.filename().string();
    const std::string extension = path.extension().string();
    for (const double share : {0.05, 0.4, 0.97}) {
      const auto bytes = static_cast<std::size_t>(share * static_cast<double>(good.size()));
      torture.endure(named + " cut at " + std::to_string(bytes), extension, good.substr(0, bytes));
    }
    for (std::uint32_t i = 0; i < seeds; ++i, ++seed)
      torture.endure(named + " seed " + std::to_string(seed), extension, damaged(good, seed));
  }
}

TEST_CASE("headers that lie end in a result or one line", "[torture]") {
  const Scratch scratch;
  Torture torture(80);
  for (const Lie& lie : lyingWavs()) torture.endure(lie.name, ".wav", lie.bytes);
  for (const Lie& lie : lyingHeaders()) torture.endure(lie.name, ".bin", lie.bytes);
  MediaSpec spec{"mp4", SoundSpec{"aac", 44100, 1, 0.5, 0.0, {}}, MadePicture{}};
  spec.pictures->codec = "mpeg4";
  spec.pictures->stamps = evenStamps(8, 40);
  makeMedia(scratch / "good.mp4", spec);
  std::vector<std::string> boxes{"moov", "mvhd", "elst", "stts", "stsz", "stco"};
  if (rounds() > 1) boxes.insert(boxes.end(), {"ftyp", "mdat", "trak", "tkhd", "mdhd", "hdlr", "stsd", "mp4a", "mp4v", "esds", "stsc", "ctts", "stss"});
  for (const Lie& lie : lyingBoxes(bytesOf(scratch / "good.mp4"), boxes)) torture.endure(lie.name, ".mp4", lie.bytes);
}

TEST_CASE("a file of another type than its name says is read for what it is", "[torture]") {
  Torture torture(20);
  const auto& samples = healthy();
  for (std::size_t i = 0; i < samples.size(); i += 4)
    for (const char* extension : {".wav", ".mp4", ".txt"})
      torture.endure(samples[i].path.filename().string() + " as " + extension, extension, bytesOf(samples[i].path));
}

TEST_CASE("a file that shrinks, vanishes or becomes another while it is read ends in a result or one line", "[torture]") {
  const Scratch scratch;
  const auto change = GENERATE(0, 1, 2, 3);
  const std::vector<std::function<void(const std::filesystem::path&)>> changes{
      [](const auto& path) { std::filesystem::resize_file(path, std::filesystem::file_size(path) / 3); },
      [](const auto& path) { std::filesystem::resize_file(path, 0); },
      [](const auto& path) { std::filesystem::remove(path); },
      [](const auto& path) { writeText(path, std::string(100'000, 'z')); },
  };
  for (const Sample& sample : healthy()) {
    if (!sample.sound && !sample.pictures) continue;
    INFO(sample.path << " change " << change);
    const auto file = scratch / sample.path.filename().string();
    std::filesystem::copy_file(sample.path, file, std::filesystem::copy_options::overwrite_existing);
    const Trial trial = tried([&] {
      Refusals refusals;
      auto sound = AudioReader::open(file);
      auto video = VideoReader::open(file);
      if (sample.sound && refusals.accept(sound)) refusals.accept(sound->next({}, 1000));
      if (sample.pictures && refusals.accept(video)) refusals.accept(video->next());
      changes[static_cast<std::size_t>(change)](file);
      for (int n = 0; sample.sound && n < 200 && refusals.accept(sound); ++n)
        if (auto block = sound->next(); !refusals.accept(block) || !*block) break;
      if (sample.sound) refusals.accept(sound->seek(MediaTime::fromSeconds(0.1)));
      for (int n = 0; sample.pictures && n < 200; ++n)
        if (auto frame = video->next(); !refusals.accept(frame) || !*frame) break;
      if (sample.pictures) refusals.accept(video->frameAt(MediaTime::fromSeconds(0.1)));
      return refusals.finish();
    });
    CHECK(wrongWith(trial) == "");
  }
}
