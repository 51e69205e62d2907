// The contract of the command line: exit statuses, one line on stderr, JSON alone on stdout, outputs whole or not at all.
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "core/serial/json_value.h"
#include "tests/support/catch.h"
#include "tests/support/scratch.h"
#include "tests/unit/cli/program.h"

using chladni::test::Ran;
using chladni::test::run;
using chladni::test::runAndSignal;
using chladni::test::Scratch;
using chladni::test::writeSine;

namespace {

void write(const std::filesystem::path& path, const std::string& text) { std::ofstream(path, std::ios::binary) << text; }

std::string firstBytes(const std::filesystem::path& path, std::size_t count) {
  std::ifstream in(path, std::ios::binary);
  std::string bytes(count, '\0');
  in.read(bytes.data(), static_cast<std::streamsize>(count));
  bytes.resize(static_cast<std::size_t>(in.gcount()));
  return bytes;
}

}  // namespace

TEST_CASE("input that cannot be used gets one line and status 3") {
  const Scratch scratch;
  write(scratch / "empty.mp4", "");
  write(scratch / "text.mp4", "this is not a film\n");
  writeSine(scratch / "whole.wav", 440, 1.0);
  write(scratch / "header-only.wav", firstBytes(scratch / "whole.wav", 20));
  for (const std::string command : {"probe", "spectrogram", "classify", "decode", "attend"}) {
    for (const std::string name : {"missing.wav", "", "empty.mp4", "text.mp4", "header-only.wav"}) {
      INFO(command << " " << name);
      std::vector<std::string> arguments{command, (scratch.path() / name).string()};
      if (command != "probe" && command != "classify")
        arguments.insert(arguments.end(), {"--out", scratch / (command == "decode" ? "x.wav" : "x.png")});
      if (command == "attend") arguments.insert(arguments.end(), {"--at", "0"});
      isRefused(run(arguments), 3);
      CHECK_FALSE(std::filesystem::exists(scratch / "x.wav"));
      CHECK_FALSE(std::filesystem::exists(scratch / "x.png"));
    }
  }
  isRefused(run({"probe", std::string(4096, 'a')}), 3);
}

TEST_CASE("wrong usage gets one line and status 2") {
  const Scratch scratch;
  writeSine(scratch / "a.wav", 440, 1.0);
  isRefused(run({}), 2);
  isRefused(run({"nonsense"}), 2);
  CHECK(run({"nonsense"}).err == "error: nonsense: no such command; see chladni-cli --help\n");
  CHECK(run({"models", "foo"}).err == "error: foo: no such command; see chladni-cli models --help\n");
  CHECK(run({"probe"}).err.find("see chladni-cli probe --help") != std::string::npos);
  isRefused(run({"probe", scratch / "a.wav", "--out", scratch / "x.json"}), 2);
  isRefused(run({"probe"}), 2);
  isRefused(run({"probe", scratch / "a.wav", "--no-such-option"}), 2);
  isRefused(run({"spectrogram", scratch / "a.wav", "--kind", "cepstral", "--out", scratch / "x.png"}), 2);
  isRefused(run({"spectrogram", scratch / "a.wav", "--kind", "stft", "--out", scratch / "x.docx"}), 2);
  isRefused(run({"reconstruct", scratch / "a.wav", "--at", "0", "--listen"}), 2);
  isRefused(run({"reconstruct", scratch / "a.wav", "--at", "0", "--listen", scratch / "x.mp3"}), 2);
  // An option that may be given several times takes one word each time, so that what follows is not swallowed.
  isRefused(run({"train", "asit-s", "--set", "steps=2", "balanced=1", "--out", scratch / "run"}), 2);
  const auto noModel = run({"report", "--model", "no-such-model", scratch / "a.wav", "--out", scratch / "x.html"});
  CHECK(noModel.status == 3);
  CHECK(noModel.err.find("no-such-model") != std::string::npos);
}

TEST_CASE("a file without sound is told apart from a broken one") {
  const Scratch scratch;
  writeSine(scratch / "none.wav", 440, 0.0);
  const Ran ran = run({"spectrogram", scratch / "none.wav", "--kind", "stft", "--out", scratch / "x.png"});
  isRefused(ran, 3);
}

TEST_CASE("unusual but good sound is read") {
  const Scratch scratch;
  struct Case {
    std::string name;
    double seconds;
    int rate;
    int channels;
  };
  for (const Case& c : {Case{"short.wav", 0.02, 44100, 1}, Case{"low.wav", 1.0, 8000, 1}, Case{"high.wav", 0.5, 192000, 2},
                        Case{"eight.wav", 0.5, 48000, 8}, Case{"zvuk \xC5\xBEluťoučký \xE9\x9F\xB3.wav", 0.5, 16000, 1},
                        Case{std::string(250, 'n') + ".wav", 0.5, 16000, 1}, Case{"-.wav", 0.5, 16000, 1},
                        Case{"concat:a|b.wav", 0.5, 16000, 1}}) {
    INFO(c.name);
    writeSine(scratch / c.name, 440, c.seconds, c.rate, c.channels);
    const Ran ran = run({"probe", scratch / c.name, "--json"});
    REQUIRE(ran.status == 0);
    auto json = chladni::serial::parseJson(ran.out, "probe");
    REQUIRE(json);
    CHECK(ran.out.find("\"rate\":" + std::to_string(c.rate)) != std::string::npos);
    CHECK(ran.out.find("\"channels\":" + std::to_string(c.channels)) != std::string::npos);
    CHECK(run({"spectrogram", scratch / c.name, "--kind", "mel", "--out", scratch / "x.png"}).status == 0);
    CHECK(firstBytes(scratch / "x.png", 4) == "\x89PNG");
  }
}

TEST_CASE("decoded sound has the rate asked for and is one channel") {
  const Scratch scratch;
  writeSine(scratch / "a.wav", 440, 2.0, 44100, 2);
  REQUIRE(run({"decode", scratch / "a.wav", "--out", scratch / "b.wav", "--rate", "16000", "--mono"}).status == 0);
  const Ran probe = run({"probe", scratch / "b.wav", "--json"});
  CHECK(probe.out.find("\"rate\":16000") != std::string::npos);
  CHECK(probe.out.find("\"channels\":1") != std::string::npos);
  CHECK(probe.out.find("\"duration\":2,") != std::string::npos);
}

TEST_CASE("every spectrogram kind is written in every format") {
  const Scratch scratch;
  writeSine(scratch / "a.wav", 440, 1.0);
  for (const std::string kind : {"stft", "mel", "logmel", "fbank", "mfcc", "chroma"})
    for (const std::string extension : {".png", ".npy", ".safetensors"}) {
      INFO(kind << extension);
      const Ran ran = run({"spectrogram", scratch / "a.wav", "--kind", kind, "--out", scratch / (kind + extension)});
      INFO(ran.err);
      CHECK(ran.status == 0);
      CHECK(std::filesystem::file_size(scratch / (kind + extension)) > 60);
    }
}

TEST_CASE("help has an example for every command") {
  for (const std::string command : {"probe", "decode", "spectrogram", "frontend", "classify", "attend", "models", "synth", "bench"}) {
    const Ran ran = run({command, "--help"});
    INFO(command);
    CHECK(ran.status == 0);
    CHECK(ran.out.find("chladni-cli " + command) != std::string::npos);
  }
}

TEST_CASE("interrupted work ends with status 4, one line and no file") {
  const Scratch scratch;
  const std::filesystem::path sound = scratch / "hours.wav";
  writeSine(sound, 440, 1.0, 48000, 2);
  {
    // Hours of silence that take no room: the header says "until the end", the rest of the file is a hole.
    std::fstream file(sound, std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(40);
    file.write("\xff\xff\xff\xff", 4);
  }
  std::filesystem::resize_file(sound, std::uintmax_t{3} << 30);
  for (const int signal : {SIGINT, SIGTERM}) {
    const Ran ran = runAndSignal({"decode", sound, "--out", scratch / "out.wav"}, sound, signal);
    INFO(ran.err);
    CHECK(ran.status == 4);
    CHECK(ran.errorLines() == 1);
    CHECK_FALSE(std::filesystem::exists(scratch / "out.wav"));
  }
  std::size_t files = 0;
  for ([[maybe_unused]] const auto& entry : std::filesystem::directory_iterator(scratch.path())) ++files;
  CHECK(files == 1);
}

TEST_CASE("a reader that has seen enough ends the program without a word") {
  const Scratch scratch;
  std::string labels;  // much more than a pipe holds
  for (int n = 0; n < 5000; ++n) labels += std::to_string(n) + "\t" + std::to_string(n + 1) + "\ta bird\n";
  write(scratch / "labels.txt", labels);
  const auto words = scratch / "words.txt";
  const std::string command = "'" CHLADNI_CLI "' annotations show '" + (scratch / "labels.txt").string() + "' --json 2> '" +
                              words.string() + "' | head -c 1 > '" + (scratch / "head").string() + "'";
  REQUIRE(std::system(command.c_str()) == 0);
  CHECK(std::filesystem::file_size(scratch / "head") == 1);
  CHECK(std::filesystem::file_size(words) == 0);
}
