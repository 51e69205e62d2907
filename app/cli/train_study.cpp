#include "app/cli/train_study.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdio>

#include "app/cli/output.h"
#include "core/base/atomic_file.h"
#include "core/report/line_panels.h"
#include "core/training/append_file.h"
#include "core/training/run_folder.h"

namespace chladni::cli {

namespace {

using report::LinePanel;
using report::LineSeries;
using serial::JsonValue;
using training::Study;
using training::StudyTable;

std::optional<double> asNumber(const std::string& text) {
  double value = 0.0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
  return problem == std::errc() && end == text.data() + text.size() ? std::optional(value) : std::nullopt;
}

// One line for each combination of the later axes; the first axis is at the bottom.
LinePanel panelOf(const StudyTable& table, const Study& study, const std::string& figure) {
  const auto& axis = study.axes().front();
  LinePanel panel{figure, axis.field, {}, {}};
  const bool numbers = std::all_of(axis.values.begin(), axis.values.end(), [](const std::string& value) { return asNumber(value).has_value(); });
  if (!numbers) panel.categories = axis.values;
  const auto place = [&](const std::string& value) {
    return numbers ? *asNumber(value) : static_cast<double>(std::find(axis.values.begin(), axis.values.end(), value) - axis.values.begin());
  };
  const auto seriesNamed = [&](const std::string& name) -> LineSeries& {
    const auto found = std::find_if(panel.series.begin(), panel.series.end(), [&](const LineSeries& series) { return series.name == name; });
    return found != panel.series.end() ? *found : panel.series.emplace_back(LineSeries{name, {}, false, false});
  };
  for (const auto& row : table.rows) {
    std::string name;
    for (std::size_t n = 1; n < row.values.size(); ++n) name += (n > 1 ? ", " : "") + table.fields[n] + " " + row.values[n];
    if (const auto* found = row.find(figure)) seriesNamed(name.empty() ? "this study" : name).points.push_back({place(row.values.front()), found->mean, found->deviation});
  }
  for (const auto& row : table.published) {
    const auto found = std::find_if(row.figures.begin(), row.figures.end(), [&](const auto& one) { return one.first == figure; });
    if (found == row.figures.end() || !numbers) continue;
    auto& series = seriesNamed("published" + (row.label.empty() ? "" : ", start " + row.label));
    series.apart = true;
    series.points.push_back({place(row.values.front()), found->second, 0.0});
  }
  for (auto& series : panel.series) std::sort(series.points.begin(), series.points.end(), [](const auto& a, const auto& b) { return a.x < b.x; });
  return panel;
}

// The course of a cross-validation: mean and deviation over its folds.
LinePanel coursePanel(const training::StudyCourse& course) {
  LinePanel panel{course.metric + ", held out", "epoch", {}, {{"mean and deviation over the folds", {}, false, true}}};
  for (std::size_t n = 0; n < course.epoch.size(); ++n) panel.series.front().points.push_back({course.epoch[n], course.mean[n], course.deviation[n]});
  return panel;
}

std::vector<LinePanel> panelsOf(const StudyTable& table, const Study& study) {
  std::vector<LinePanel> panels;
  if (!study.axes().empty())
    for (const auto& name : table.mainFigures()) panels.push_back(panelOf(table, study, name));
  for (const auto& course : table.courses)
    if (study.recipe().folds > 0 && course.epoch.size() > 1 && table.courses.size() == 1) panels.push_back(coursePanel(course));
  return panels;
}

std::string textOf(const StudyTable& table) {
  std::string text;
  char cell[64];
  const auto names = table.figureNames();
  for (const auto& row : table.rows) {
    std::string head;
    for (std::size_t n = 0; n < row.values.size(); ++n) head += table.fields[n] + "=" + row.values[n] + "  ";
    text += head + "(" + std::to_string(row.runs) + (row.runs == 1 ? " run)\n" : " runs)\n");
    for (const auto& name : names) {
      const auto* figure = row.find(name);
      if (!figure) continue;
      std::snprintf(cell, sizeof cell, row.runs > 1 ? "  %-28s %.4f ± %.4f\n" : "  %-28s %.4f\n", name.c_str(), figure->mean, figure->deviation);
      text += cell;
    }
  }
  return text;
}

Result<StudyTable> writeTable(const Study& study, const std::filesystem::path& folder) {
  auto table = training::studyTable(study, folder);
  if (!table) return table;
  if (auto written = writeFileAtomically(folder / "table.json", table->json().prettyText()); !written) return fail(written.error());
  if (auto written = writeFileAtomically(folder / "table.csv", table->csv()); !written) return fail(written.error());
  const auto panels = panelsOf(*table, study);
  if (panels.empty()) return table;
  auto plot = report::linePanelsSvg(panels);
  if (!plot) return fail(plot.error());
  if (auto written = writeFileAtomically(folder / "plot.svg", *plot); !written) return fail(written.error());
  return table;
}

// In the study's own events.jsonl, so that whoever watches the folder knows how far it is.
void record(const std::filesystem::path& folder, const JsonValue& event) {
  std::string line = event.text() + "\n";
  training::appendWhole(folder / "events.jsonl", line);
}

void tell(const Context& context, const JsonValue& event, const std::string& text) {
  if (context.json) {
    (void)print(event.text() + "\n").has_value();
  } else if (!context.quiet && !text.empty()) {
    (void)print(utf8(text)).has_value();
  }
}

void announce(const Context& context, const Study& study, const std::filesystem::path& folder, std::size_t index) {
  const auto& run = study.runs()[index];
  JsonValue event = training::makeEvent("run");
  event.set("name", run.folder).set("number", static_cast<std::int64_t>(index + 1)).set("count", static_cast<std::int64_t>(study.runs().size()));
  record(folder, event);
  tell(context, event, "run " + std::to_string(index + 1) + " of " + std::to_string(study.runs().size()) + ": " + run.folder + "\n");
}

}  // namespace

Result<void> carryOutStudy(Context& context, const Study& study, const std::filesystem::path& folder, const StudyStep& step) {
  std::vector<Error> failed;
  for (std::size_t n = 0; n < study.runs().size(); ++n) {
    const auto& run = study.runs()[n];
    const auto own = folder / run.folder;
    if (training::isFinished(own)) continue;
    announce(context, study, folder, n);
    auto went = step(run, own, std::filesystem::exists(own / "config.json"));
    if (!went && went.error().code == ErrorCode::cancelled) return fail(went.error(), run.folder);
    if (!went) {
      // What one combination cannot do, the others may.
      failed.push_back(fail(went.error(), run.folder).error);
      if (!context.quiet) std::fprintf(stderr, "warning: %s\n", failed.back().describe().c_str());
      continue;
    }
    if (!*went) break;
    if (auto table = writeTable(study, folder); !table) return fail(table.error());
  }
  if (!failed.empty())
    return fail(failed.front(), std::to_string(failed.size()) + " of " + std::to_string(study.runs().size()) + " runs failed; --resume tries them again");
  auto table = writeTable(study, folder);
  if (!table) return fail(table.error());
  const bool whole = std::all_of(study.runs().begin(), study.runs().end(), [&](const auto& run) { return training::isFinished(folder / run.folder); });
  auto ending = training::makeEvent("study");
  ending.set("folder", folder.string()).set("stopped", !whole);
  record(folder, ending);  // without the table, which has a file of its own: whoever watches reads only the end of the events
  tell(context, ending.set("table", table->json()),
       textOf(*table) + "table: " + (folder / "table.csv").string() + "\n");
  return {};
}

}  // namespace chladni::cli
