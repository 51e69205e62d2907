#include "core/report/pdf_report.h"

#include "core/base/atomic_file.h"
#include "core/report/pdf_page.h"

namespace chladni::report {

namespace {

const TextStyle kBody{};
const TextStyle kCaption{8.5, false, Ink::faint};
const TextStyle kHead{8.5, false, Ink::faint};

std::string anchor(std::size_t index) { return "file-" + std::to_string(index + 1); }

void facts(PdfPages& pages, const Facts& all) {
  for (const auto& [what, value] : all) pages.row({{what, 0.2}, {value, 0.8}}, {9.0, false, Ink::text});
  pages.space(6.0);
}

void plotWithWords(PdfPages& pages, PlotSize size, const std::string& title, const std::string& words, const std::function<void(Canvas&)>& draw) {
  pages.plot(size, draw);
  pages.paragraph(title + ". " + words, kCaption, 8.0);
}

void classes(PdfPages& pages, const ModelSection& model) {
  pages.row({{model.multiLabel ? "Class (several may be right at once)" : "Class", 0.45}, {"Probability", 0.15, true}, {"", 0.4}}, kHead);
  for (const ClassLine& line : model.top)
    pages.row({{line.name, 0.45}, {percentText(line.p), 0.15, true}, {"", 0.4, false, line.p}}, kBody);
  pages.space(6.0);
}

void events(PdfPages& pages, const ModelSection& model) {
  if (model.events.empty()) {
    pages.paragraph("No events.", kBody);
    return;
  }
  pages.row({{"Event", 0.46}, {"From", 0.18, true}, {"To", 0.18, true}, {"Probability", 0.18, true}}, kHead);
  for (const EventLine& event : model.events)
    pages.row({{event.name, 0.46}, {timeText(event.start) + " s", 0.18, true}, {timeText(event.end) + " s", 0.18, true}, {percentText(event.p), 0.18, true}}, kBody);
  pages.space(6.0);
}

void modelSection(PdfPages& pages, const ModelSection& model, double seconds) {
  pages.heading(model.title, 12.0, {});
  if (!model.problem.empty()) pages.paragraph(model.problem, {9.5, false, Ink::second});
  if (!model.top.empty()) classes(pages, model);
  if (!model.curves.start.empty())
    plotWithWords(pages, curvesSize(model), "Over time", describeCurves(model), [&](Canvas& canvas) { drawCurves(canvas, model, seconds); });
  if (model.localises && model.problem.empty()) events(pages, model);
  if (model.attention)
    plotWithWords(pages, attentionSize(model), "Attention", describeAttention(model), [&](Canvas& canvas) { drawAttention(canvas, model); });
  pages.need(40.0 + 17.0 * static_cast<double>(model.provenance.size()));
  pages.heading("Where this comes from", 10.0, {});
  facts(pages, model.provenance);
}

void fileSection(PdfPages& pages, const FileSection& file, std::size_t index) {
  pages.heading(file.name, 15.0, anchor(index));
  if (!file.problem.empty()) {
    pages.paragraph(file.problem, {9.5, false, Ink::second});
    return;
  }
  facts(pages, file.facts);
  pages.pictures(file.frames);
  if (file.waveform.empty()) pages.paragraph("No sound.", kBody);
  if (!file.waveform.empty())
    plotWithWords(pages, waveformSize(), "Waveform", describeWaveform(file), [&](Canvas& canvas) { drawWaveform(canvas, file); });
  if (file.spectrogram.rows > 0)
    plotWithWords(pages, spectrogramSize(), "Spectrogram", describeSpectrogram(file), [&](Canvas& canvas) { drawSpectrogram(canvas, file); });
  for (const ModelSection& model : file.models) modelSection(pages, model, file.seconds);
}

std::string bestOf(const FileSection& file) {
  std::string best;
  for (const ModelSection& model : file.models)
    if (!model.top.empty()) best += (best.empty() ? "" : "; ") + model.top.front().name + ", " + percentText(model.top.front().p);
  return best.empty() ? "none" : best;
}

void index(PdfPages& pages, const Report& report) {
  pages.row({{"File", 0.45}, {"Duration", 0.13, true}, {"Most probable", 0.42}}, kHead);
  for (std::size_t i = 0; i < report.files.size(); ++i) {
    const FileSection& file = report.files[i];
    const bool failed = !file.problem.empty();
    pages.row({{file.name, 0.45}, {failed ? "" : timeText(file.seconds) + " s", 0.13, true}, {failed ? file.problem : bestOf(file), 0.42}}, kBody, anchor(i));
  }
  pages.space(8.0);
}

}  // namespace

Result<void> writePdf(const std::filesystem::path& path, const Report& report) {
  auto file = AtomicFile::create(path);
  if (!file) return fail(file.error());
  PdfPages pages(file->temporaryPath(), report.title, report.program);
  pages.paragraph(report.title, {20.0, true, Ink::text}, 2.0);
  pages.paragraph("Made " + report.made + " by " + report.program + ".", kCaption, 10.0);
  if (report.files.size() > 1) index(pages, report);
  for (std::size_t i = 0; i < report.files.size(); ++i) {
    if (i > 0 && report.files[i].problem.empty()) pages.newPage();
    fileSection(pages, report.files[i], i);
  }
  if (auto done = pages.finish(); !done) return fail(Error{done.error().code, path.string() + ": " + done.error().message, {}});
  return file->commit();
}

}  // namespace chladni::report
