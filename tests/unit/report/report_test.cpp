// Reports from tables made by hand: what is written, what is escaped, and that every plot says in words what it shows.
#include <cmath>
#include <fstream>
#include <iterator>

#include "core/report/html_report.h"
#include "core/report/markup.h"
#include "core/report/pdf_report.h"
#include "core/report/plots.h"
#include "tests/support/catch.h"
#include "tests/support/scratch.h"

using namespace chladni;
using namespace chladni::report;
using chladni::test::Scratch;

namespace {

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

ModelSection someModel() {
  ModelSection model;
  model.title = "Ears & <eyes>";
  model.provenance = {{"Model", "ears"}, {"Weights, SHA-256", std::string(64, 'a')}};
  model.top = {{"cello", 0.75}, {"harp", 0.25}};
  model.curves.names = {"cello", "harp"};
  model.curves.start = {0.0, 1.0, 2.0};
  model.curves.end = {1.0, 2.0, 3.0};
  model.curves.p = Matrix(3, 2);
  model.curves.p.values = {0.5F, 0.1F, 0.9F, 0.2F, 0.3F, 0.8F};
  AttentionMap map;
  map.grid.rows = 2;
  map.grid.columns = 3;
  map.grid.leadingTokens = 1;
  map.weights = Matrix(4, 7, 1.0F / 7.0F);
  model.attention = map;
  model.heads = 2;
  return model;
}

FileSection someFile(const std::string& name) {
  FileSection file;
  file.name = name;
  file.facts = {{"Container", "wav"}};
  file.seconds = 4.0;
  file.soundSeconds = 3.0;
  for (int i = 0; i < 60; ++i) file.waveform.push_back({-0.5F, 0.5F, 0.25F, true});
  for (int i = 0; i < 20; ++i) file.binHz.push_back(static_cast<float>(100.0 * std::pow(1.3, i)));
  file.spectrogram = Matrix(50, 20, -90.0F);
  for (std::int64_t x = 0; x < 50; ++x) file.spectrogram.row(x)[9] = -10.0F;
  file.models.push_back(someModel());
  return file;
}

Report someReport() {
  Report report{"A title", "chladni-cli 1", "2026-01-01 00:00 UTC", {someFile("a.wav"), someFile("<b>.wav")}};
  report.files.emplace_back();
  report.files.back().name = "gone.wav";
  report.files.back().problem = "no such file";
  return report;
}

}  // namespace

TEST_CASE("text from files cannot become markup") {
  CHECK(escaped("<a href=\"x\">&'") == "&lt;a href=&quot;x&quot;&gt;&amp;&#39;");
  CHECK(plain("a\xFFz") == "a\xEF\xBF\xBDz");
  CHECK(plain("\xC3\xA9\xE2\x82\xAC\xF0\x9F\x8E\xBB") == "\xC3\xA9\xE2\x82\xAC\xF0\x9F\x8E\xBB");
  CHECK(plain("a\nb\tc") == "a b c");
  CHECK(plain(std::string_view("\x01\x00\x7F", 3)) == "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD");
  CHECK(plain("\xC3") == "\xEF\xBF\xBD");
}

TEST_CASE("a page holds every file, plot and problem") {
  const auto html = htmlOf(someReport());
  REQUIRE(html);
  CHECK(has(*html, "<h2 id=\"file-2\">&lt;b&gt;.wav</h2>"));
  CHECK_FALSE(has(*html, "<b>.wav"));
  CHECK(has(*html, "Ears &amp; &lt;eyes&gt;"));
  CHECK(has(*html, "no such file"));
  CHECK(has(*html, "75.0 %"));
  CHECK(has(*html, "data:image/png;base64,iVBORw0KGgo"));
  CHECK_FALSE(has(*html, "nan"));
}

TEST_CASE("plots say what they show") {
  const FileSection file = someFile("a.wav");
  CHECK(has(describeWaveform(file), "-6.0 dB"));
  CHECK(has(describeWaveform(file), "-12.0 dB"));
  CHECK(has(describeSpectrogram(file), "most energy near 1.06 kHz"));
  CHECK(has(describeCurves(file.models[0]), "cello: at most 90.0 %, around 1.5 s"));
  CHECK(has(describeAttention(file.models[0]), "2 layers and 2 heads"));
  CHECK(timeText(0.0) == "0");
  CHECK(timeText(59.999) == "1:00");
  CHECK(timeText(3723.5) == "1:02:03.5");
  CHECK(timeText(12.25) == "12.25");
}

TEST_CASE("a PDF is whole or not there") {
  const Scratch scratch;
  REQUIRE(writePdf(scratch / "r.pdf", someReport()));
  std::ifstream in(scratch / "r.pdf", std::ios::binary);
  const std::string pdf{std::istreambuf_iterator<char>(in), {}};
  CHECK(pdf.starts_with("%PDF-"));
  CHECK(has(pdf, "%%EOF"));
  CHECK_FALSE(writePdf(scratch / "no/such/r.pdf", someReport()));
  CHECK_FALSE(writeHtml(scratch / "no/such/r.html", someReport()));
}
