// report as a person runs it: one page, or one PDF, that says everything and needs nothing else.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "core/serial/json_value.h"
#include "tests/support/catch.h"
#include "tests/support/scratch.h"
#include "tests/unit/cli/program.h"

using chladni::serial::JsonField;
using chladni::serial::parseJson;
using chladni::test::bytesOf;
using chladni::test::Ran;
using chladni::test::run;
using chladni::test::Scratch;
using chladni::test::writeSine;
namespace fs = std::filesystem;

namespace {

std::int64_t count(const std::string& text, const std::string& part) {
  std::int64_t found = 0;
  for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++found;
  return found;
}

// Every element that is opened is closed, in order; attributes are quoted.
void isWellFormed(const std::string& html) {
  static const std::vector<std::string> kEmpty{"!doctype", "meta", "img"};
  std::vector<std::string> open;
  for (std::size_t at = html.find('<'); at != std::string::npos; at = html.find('<', at)) {
    std::size_t end = at + 1;
    for (bool quoted = false; end < html.size() && (quoted || html[end] != '>'); ++end)
      if (html[end] == '"') quoted = !quoted;
    REQUIRE(end < html.size());
    const std::string tag = html.substr(at + 1, end - at - 1);
    const std::string name = tag.substr(tag[0] == '/' ? 1 : 0, tag.find_first_of(" /", 1) - (tag[0] == '/' ? 1 : 0));
    at = end;
    if (tag[0] == '/') {
      INFO(tag);
      REQUIRE_FALSE(open.empty());
      REQUIRE(open.back() == tag.substr(1));
      open.pop_back();
    } else if (tag.back() != '/' && std::find(kEmpty.begin(), kEmpty.end(), name) == kEmpty.end()) {
      open.push_back(name);
    }
  }
  CHECK(open.empty());
}

const std::string kModel = CHLADNI_SHIPPED_PACKAGE;

}  // namespace

TEST_CASE("a report is one page that says everything") {
  const Scratch scratch;
  writeSine(scratch / "tone.wav", 440, 4.0);
  const std::string out = scratch / "r.html";
  const Ran ran = run({"report", scratch / "tone.wav", "--model", kModel, "--out", out, "--json"});
  INFO(ran.err);
  REQUIRE(ran.status == 0);
  const auto json = parseJson(ran.out, "report");
  REQUIRE(json);
  const std::string best = JsonField(*json)["files"][0]["models"][0]["class"].string().value();
  const std::string html = bytesOf(out);
  isWellFormed(html);
  CHECK(html.find("<table class=\"classes\">") != std::string::npos);
  CHECK(html.find(best) != std::string::npos);
  CHECK(html.find("44100 Hz") != std::string::npos);
  CHECK(html.find("SHA-256") != std::string::npos);
  // Waveform, spectrogram, curves, attention; each told in words too.
  CHECK(count(html, "<svg role=\"img\"") == 4);
  CHECK(count(html, "aria-label=\"") >= 4);
  CHECK(html.find("most energy near 4") != std::string::npos);  // of 440 Hz
  CHECK(html.find("prefers-color-scheme: dark") != std::string::npos);
  // Nothing from outside, and nothing that runs.
  CHECK(html.find("http://") == std::string::npos);
  CHECK(html.find("https://") == std::string::npos);
  CHECK(html.find("<script") == std::string::npos);
  CHECK(html.find("<nav") == std::string::npos);

  const Ran bare = run({"report", scratch / "tone.wav", "--model", kModel, "--no-attention", "--top", "2", "--title", "A & <B>", "--out", out});
  REQUIRE(bare.status == 0);
  const std::string less = bytesOf(out);
  CHECK(count(less, "<svg role=\"img\"") == 3);
  CHECK(less.find("<h1>A &amp; &lt;B&gt;</h1>") != std::string::npos);
}

TEST_CASE("several files get an index, and one that fails does not lose the others") {
  const Scratch scratch;
  const std::string hostile = scratch / "<img src=x onerror=alert(1)> & \"q\".wav";
  writeSine(hostile, 300, 2.0);
  writeSine(scratch / "b\xFF.wav", 2000, 2.0, 22050, 2);
  std::ofstream(scratch / "broken.wav") << "no sound at all";
  const std::string out = scratch / "r.html";
  const Ran ran = run({"report", hostile, scratch / "broken.wav", scratch / "b\xFF.wav", "--model", kModel, "--out", out});
  isOneErrorLine(ran, 3, "broken.wav");
  const std::string html = bytesOf(out);
  isWellFormed(html);
  CHECK(html.find("<img src=x") == std::string::npos);
  CHECK(html.find("&lt;img src=x onerror=alert(1)&gt; &amp; &quot;q&quot;.wav") != std::string::npos);
  CHECK(html.find("b\xEF\xBF\xBD.wav") != std::string::npos);
  CHECK(html.find("<nav aria-label=\"Files\">") != std::string::npos);
  for (const char* anchor : {"file-1", "file-2", "file-3"}) {
    CHECK(html.find("href=\"#" + std::string(anchor) + "\"") != std::string::npos);
    CHECK(html.find("id=\"" + std::string(anchor) + "\"") != std::string::npos);
  }
  CHECK(count(html, "<svg role=\"img\"") == 8);
  const Ran pdf = run({"report", scratch / "broken.wav", hostile, "--model", kModel, "--out", scratch / "r.pdf"});
  isOneErrorLine(pdf, 3, "broken.wav");
  CHECK(bytesOf(scratch / "r.pdf").starts_with("%PDF-"));
}

TEST_CASE("a PDF is made without a display") {
  const Scratch scratch;
  const std::string out = scratch / "r.pdf";
  const Ran ran = run({"report", CHLADNI_DEMO, "--model", kModel, "--out", out, "--json"}, {"DISPLAY=", "WAYLAND_DISPLAY="});
  INFO(ran.err);
  REQUIRE(ran.status == 0);
  const std::string pdf = bytesOf(out);
  CHECK(pdf.starts_with("%PDF-"));
  CHECK(pdf.find("%%EOF") != std::string::npos);
  CHECK(pdf.size() > 20000);
  // Video frames in the page too.
  const Ran page = run({"report", CHLADNI_DEMO, "--model", kModel, "--out", scratch / "r.html", "--quiet"});
  REQUIRE(page.status == 0);
  CHECK(page.out.empty());
  const std::string html = bytesOf(scratch / "r.html");
  isWellFormed(html);
  CHECK(count(html, "<img alt=\"Video at ") == 5);
}

TEST_CASE("report says what is wrong before it writes") {
  const Scratch scratch;
  writeSine(scratch / "tone.wav", 440, 1.0);
  const std::string tone = scratch / "tone.wav";
  isOneErrorLine(run({"report", tone}), 2, "--out");
  isOneErrorLine(run({"report", "--out", scratch / "r.html"}), 2, "FILE");
  isOneErrorLine(run({"report", tone, "--out", scratch / "r.txt"}), 2, ".html");
  isOneErrorLine(run({"report", tone, "--model", "no-such", "--out", scratch / "r.html"}), 3, "no-such");
  isOneErrorLine(run({"report", scratch / "gone.wav", "--model", kModel, "--out", scratch / "r.html"}), 3, "gone.wav");
  isOneErrorLine(run({"report", tone, "--model", kModel, "--out", scratch / "no/such/folder/r.pdf"}), 1, "no/such/folder");
  CHECK_FALSE(fs::exists(scratch / "r.html"));
  CHECK_FALSE(fs::exists(scratch / "r.txt"));
}
