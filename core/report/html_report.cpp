#include "core/report/html_report.h"

#include <algorithm>
#include <cstdio>

#include "core/base/atomic_file.h"
#include "core/report/html_style.h"
#include "core/report/markup.h"
#include "core/report/plots.h"
#include "core/report/svg_canvas.h"

namespace chladni::report {

namespace {

constexpr std::size_t kMostNumbers = 500;  // lines of the table of probabilities

std::string element(const std::string& tag, const std::string& text) { return "<" + tag + ">" + escaped(text) + "</" + tag + ">"; }

std::string factsHtml(const Facts& facts) {
  std::string html = "<dl>\n";
  for (const auto& [what, value] : facts) html += "<div>" + element("dt", what) + element("dd", value) + "</div>\n";
  return html + "</dl>\n";
}

// A plot with what it shows in words below it.
template <class Draw>
Result<std::string> figure(PlotSize size, const std::string& title, const std::string& description, Draw draw) {
  SvgCanvas canvas(size, title + ". " + description);
  draw(canvas);
  auto svg = canvas.take();
  if (!svg) return svg;
  return "<figure>\n" + *svg + "<figcaption><b>" + escaped(title) + ".</b> " + escaped(description) + "</figcaption>\n</figure>\n";
}

std::string topTable(const ModelSection& model) {
  std::string html = "<table class=\"classes\">\n<caption>" +
                     std::string(model.multiLabel ? "Classes of the whole recording; several may be right at once"
                                                  : "Classes of the whole recording") +
                     "</caption>\n<thead><tr><th scope=\"col\">Class</th><th scope=\"col\">Probability</th><td></td></tr></thead>\n<tbody>\n";
  for (const ClassLine& line : model.top) {
    char width[16];
    std::snprintf(width, sizeof width, "%.1f", std::clamp(100.0 * line.p, 0.0, 100.0));
    html += "<tr><th scope=\"row\">" + escaped(line.name) + "</th><td class=\"number\">" + percentText(line.p) +
            "</td><td class=\"track\" aria-hidden=\"true\"><span style=\"width:" + width + "%\"></span></td></tr>\n";
  }
  return html + "</tbody>\n</table>\n";
}

std::string eventsTable(const ModelSection& model) {
  if (model.events.empty()) return "<p>No events.</p>\n";
  std::string html = "<table>\n<caption>Events</caption>\n<thead><tr><th scope=\"col\">Event</th><th scope=\"col\">From</th>"
                     "<th scope=\"col\">To</th><th scope=\"col\">Probability</th></tr></thead>\n<tbody>\n";
  for (const EventLine& event : model.events)
    html += "<tr><th scope=\"row\">" + escaped(event.name) + "</th><td class=\"number\">" + timeText(event.start) + " s</td><td class=\"number\">" +
            timeText(event.end) + " s</td><td class=\"number\">" + percentText(event.p) + "</td></tr>\n";
  return html + "</tbody>\n</table>\n";
}

std::string numbersTable(const Curves& curves) {
  std::string html = "<details><summary>Probabilities over time as numbers</summary>\n<div class=\"wide\"><table>\n<caption>Probabilities in per cent</caption>\n"
                     "<thead><tr><th scope=\"col\">From (s)</th><th scope=\"col\">To (s)</th>";
  for (const std::string& name : curves.names) html += "<th scope=\"col\">" + escaped(name) + "</th>";
  html += "</tr></thead>\n<tbody>\n";
  const std::size_t rows = std::min(curves.start.size(), kMostNumbers);
  for (std::size_t i = 0; i < rows; ++i) {
    html += "<tr><th scope=\"row\">" + timeText(curves.start[i]) + "</th><td class=\"number\">" + timeText(curves.end[i]) + "</td>";
    for (const float p : curves.p.row(static_cast<std::int64_t>(i))) {
      char text[16];
      std::snprintf(text, sizeof text, "%.1f", 100.0 * p);
      html += "<td class=\"number\">" + std::string(text) + "</td>";
    }
    html += "</tr>\n";
  }
  html += "</tbody>\n</table></div>\n";
  if (rows < curves.start.size()) html += "<p>The first " + std::to_string(rows) + " of " + std::to_string(curves.start.size()) + " lines.</p>\n";
  return html + "</details>\n";
}

Result<std::string> modelHtml(const ModelSection& model, double seconds) {
  std::string html = "<article>\n" + element("h3", model.title) + "\n";
  if (!model.problem.empty()) html += "<p class=\"problem\">" + escaped(model.problem) + "</p>\n";
  if (!model.top.empty()) html += topTable(model);
  if (!model.curves.start.empty()) {
    auto plot = figure(curvesSize(model), "Over time", describeCurves(model), [&](Canvas& canvas) { drawCurves(canvas, model, seconds); });
    if (!plot) return plot;
    html += *plot + numbersTable(model.curves);
  }
  if (model.localises && model.problem.empty()) html += eventsTable(model);
  if (model.attention) {
    auto plot = figure(attentionSize(model), "Attention", describeAttention(model), [&](Canvas& canvas) { drawAttention(canvas, model); });
    if (!plot) return plot;
    html += *plot;
  }
  return html + "<h4>Where this comes from</h4>\n" + factsHtml(model.provenance) + "</article>\n";
}

Result<std::string> framesHtml(const FileSection& file) {
  std::string html = "<figure class=\"frames\">\n";
  for (const VideoFrame& frame : file.frames) {
    auto address = pngAddress(frame);
    if (!address) return address;
    html += "<img alt=\"Video at " + timeText(frame.time.seconds()) + " s\" width=\"" + std::to_string(frame.width) + "\" height=\"" +
            std::to_string(frame.height) + "\" src=\"" + *address + "\">\n";
  }
  html += "<figcaption><b>Video</b> at";
  for (std::size_t i = 0; i < file.frames.size(); ++i) html += (i == 0 ? " " : ", ") + timeText(file.frames[i].time.seconds());
  return html + " s.</figcaption>\n</figure>\n";
}

Result<std::string> soundHtml(const FileSection& file) {
  if (file.waveform.empty()) return std::string("<p>No sound.</p>\n");
  auto wave = figure(waveformSize(), "Waveform", describeWaveform(file), [&](Canvas& canvas) { drawWaveform(canvas, file); });
  if (!wave || file.spectrogram.rows == 0) return wave;
  auto spectrum = figure(spectrogramSize(), "Spectrogram", describeSpectrogram(file), [&](Canvas& canvas) { drawSpectrogram(canvas, file); });
  if (!spectrum) return spectrum;
  return *wave + *spectrum;
}

std::string anchor(std::size_t index) { return "file-" + std::to_string(index + 1); }

Result<std::string> fileHtml(const FileSection& file, std::size_t index) {
  std::string html = "<section aria-labelledby=\"" + anchor(index) + "\">\n<h2 id=\"" + anchor(index) + "\">" + escaped(file.name) + "</h2>\n";
  if (!file.problem.empty()) return html + "<p class=\"problem\">" + escaped(file.problem) + "</p>\n</section>\n";
  html += factsHtml(file.facts);
  if (!file.frames.empty()) {
    auto frames = framesHtml(file);
    if (!frames) return frames;
    html += *frames;
  }
  auto sound = soundHtml(file);
  if (!sound) return sound;
  html += *sound;
  for (const ModelSection& model : file.models) {
    auto part = modelHtml(model, file.seconds);
    if (!part) return part;
    html += *part;
  }
  return html + "</section>\n";
}

std::string indexHtml(const Report& report) {
  std::string html = "<nav aria-label=\"Files\">\n<table>\n<caption>" + std::to_string(report.files.size()) +
                     " files</caption>\n<thead><tr><th scope=\"col\">File</th><th scope=\"col\">Duration</th>";
  const auto whole = std::find_if(report.files.begin(), report.files.end(), [](const FileSection& file) { return file.problem.empty(); });
  const std::size_t models = whole == report.files.end() ? 0 : whole->models.size();
  for (std::size_t m = 0; m < models; ++m) html += "<th scope=\"col\">" + escaped(whole->models[m].title) + "</th>";
  html += "</tr></thead>\n<tbody>\n";
  for (std::size_t i = 0; i < report.files.size(); ++i) {
    const FileSection& file = report.files[i];
    html += "<tr><th scope=\"row\"><a href=\"#" + anchor(i) + "\">" + escaped(file.name) + "</a></th>";
    if (!file.problem.empty()) {
      html += "<td colspan=\"" + std::to_string(models + 1) + "\" class=\"problem\">" + escaped(file.problem) + "</td></tr>\n";
      continue;
    }
    html += "<td class=\"number\">" + timeText(file.seconds) + " s</td>";
    for (const ModelSection& model : file.models)
      html += "<td>" + (model.top.empty() ? std::string("none") : escaped(model.top.front().name) + ", " + percentText(model.top.front().p)) + "</td>";
    html += "</tr>\n";
  }
  return html + "</tbody>\n</table>\n</nav>\n";
}

}  // namespace

Result<std::string> htmlOf(const Report& report) {
  std::string html = "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                     "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                     "<meta name=\"color-scheme\" content=\"light dark\">\n"
                     "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; img-src data:\">\n"
                     "<meta name=\"generator\" content=\"" + escaped(report.program) + "\">\n" +
                     element("title", report.title) + "\n<style>\n" + std::string(kHtmlStyle) + "</style>\n</head>\n<body>\n"
                     "<a class=\"skip\" href=\"#main\">Skip to the results</a>\n<header>\n" + element("h1", report.title) +
                     "\n<p>Made " + escaped(report.made) + " by " + escaped(report.program) + ".</p>\n</header>\n";
  if (report.files.size() > 1) html += indexHtml(report);
  html += "<main id=\"main\">\n";
  for (std::size_t i = 0; i < report.files.size(); ++i) {
    auto part = fileHtml(report.files[i], i);
    if (!part) return part;
    html += *part;
  }
  return html + "</main>\n</body>\n</html>\n";
}

Result<void> writeHtml(const std::filesystem::path& path, const Report& report) {
  const auto html = htmlOf(report);
  if (!html) return fail(html.error());
  return writeFileAtomically(path, *html);
}

}  // namespace chladni::report
