// annotations: files of labels checked, shown, turned into other formats, and compared.
#include <algorithm>
#include <cstdio>

#include "app/cli/context.h"
#include "app/cli/label_agreement_text.h"
#include "app/cli/output.h"
#include "core/annotation/label_file.h"
#include "core/base/atomic_file.h"
#include "core/metrics/label_agreement.h"

namespace chladni::cli {

namespace {

using annotation::LabelFormat;
using annotation::LabelFormatInfo;
using serial::JsonValue;

struct LabelsCommandOptions {
  std::string input;
  std::string other;
  std::string from;
  std::string to;
  int rate = 44100;
  metrics::LabelAgreementOptions compare;
};

Result<std::optional<LabelFormat>> formatNamed(const std::string& name) {
  if (name.empty()) return std::optional<LabelFormat>();
  if (const auto format = annotation::labelFormatNamed(name)) return std::optional(*format);
  std::string known;
  for (const LabelFormatInfo& info : annotation::labelFormats()) known += (known.empty() ? "" : ", ") + std::string(info.id);
  return fail(ErrorCode::invalidArgument, "the format " + name + " is not known; these are: " + known);
}

Result<annotation::ReadLabelFile> readInput(const LabelsCommandOptions& options, const std::string& path) {
  const auto format = formatNamed(options.from);
  if (!format) return fail(format.error());
  return annotation::readLabelFile(path, *format);
}

JsonValue strings(const std::vector<std::string>& lines) { return JsonValue::arrayOf(lines); }

Result<std::filesystem::path> convertedTo(const Context& context, const LabelsCommandOptions& options) {
  if (options.other.empty()) return context.output("a file to write");
  if (!context.out.empty() && context.out != std::filesystem::path(options.other))
    return fail(ErrorCode::invalidArgument, "two files to write are named, " + options.other + " and " + utf8(context.out) + "; name one");
  return std::filesystem::path(options.other);
}

Result<LabelFormat> formatToWrite(const LabelsCommandOptions& options, const std::filesystem::path& out) {
  const auto named = formatNamed(options.to);
  if (!named) return fail(named.error());
  if (*named) return **named;
  if (const auto told = annotation::labelFormatOfName(utf8(out.filename()))) return *told;
  return fail(ErrorCode::invalidArgument, utf8(out) + ": the name does not say which format to write; add --to FORMAT (annotations formats lists them)");
}

Result<void> convert(const Context& context, const LabelsCommandOptions& options) {
  const auto out = convertedTo(context, options);
  if (!out) return fail(out.error());
  const auto to = formatToWrite(options, *out);
  if (!to) return fail(to.error());
  auto read = readInput(options, options.input);
  if (!read) return fail(read.error());
  const annotation::LabelWriteOptions writing{SampleRate(options.rate)};
  const auto losses = annotation::lossesOf(read->set, *to, writing);
  if (!context.json && !context.quiet)
    for (const std::string& loss : losses) std::fprintf(stderr, "%s: %s\n", std::string(infoOf(*to).name).c_str(), loss.c_str());
  auto written = annotation::writeLabelFile(*out, read->set, *to, writing);
  if (!written || !context.json) return written;
  JsonValue report = JsonValue::object();
  report.set("from", infoOf(read->format).id).set("to", infoOf(*to).id).set("out", utf8(*out)).set("losses", strings(losses));
  return printJson(report);
}

// What a person may have meant otherwise: counted, not refused.
struct Oddities {
  std::int64_t points = 0, overlaps = 0, beforeZero = 0, unnamed = 0, beyond = 0;
};

Oddities odditiesOf(const LabelTrack& track, const std::optional<MediaTime>& length) {
  Oddities found;
  std::vector<const Label*> byStart;
  for (const Label& label : track.labels) byStart.push_back(&label);
  std::sort(byStart.begin(), byStart.end(), [](const Label* a, const Label* b) { return a->span.start < b->span.start; });
  MediaTime reached = MediaTime::fromSeconds(-1e9);
  for (const Label* label : byStart) {
    found.points += label->span.end == label->span.start;
    found.overlaps += label->span.start < reached;
    found.beforeZero += label->span.start < MediaTime{};
    found.unnamed += label->text.empty();
    found.beyond += length && label->span.end > *length;
    reached = std::max(reached, label->span.end);
  }
  return found;
}

// What contradicts what the file says of itself.
std::vector<std::string> objectionsTo(const LabelTrack& track, const Oddities& odd) {
  std::vector<std::string> found;
  const std::string name = serial::printable(track.name);
  if (track.exclusive && odd.overlaps > 0) found.push_back(name + ": labels may not overlap there, but " + std::to_string(odd.overlaps) + " do");
  if (odd.beyond > 0) found.push_back(name + ": " + std::to_string(odd.beyond) + " end after the recording");
  return found;
}

Result<void> check(const Context& context, const LabelsCommandOptions& options) {
  auto read = readInput(options, options.input);
  if (!read) return fail(read.error());
  JsonValue tracks = JsonValue::array();
  std::string text;
  std::vector<std::string> objections;
  for (const LabelTrack& track : read->set.tracks) {
    const Oddities odd = odditiesOf(track, read->set.length);
    for (std::string& objection : objectionsTo(track, odd)) objections.push_back(std::move(objection));
    JsonValue one = JsonValue::object();
    one.set("track", track.name).set("labels", static_cast<std::int64_t>(track.labels.size())).set("points", odd.points);
    tracks.append(std::move(one.set("overlaps", odd.overlaps).set("before_zero", odd.beforeZero).set("unnamed", odd.unnamed)));
    text += "  " + serial::printable(track.name) + ": " + std::to_string(track.labels.size()) + (track.labels.size() == 1 ? " label, " : " labels, ") + std::to_string(odd.points) +
            " points, " + std::to_string(odd.overlaps) + " overlapping, " + std::to_string(odd.beforeZero) + " before 0 s, " +
            std::to_string(odd.unnamed) + " without a name\n";
  }
  if (!context.json) {
    std::string head = options.input + ": " + std::string(infoOf(read->format).name) + (objections.empty() ? ", nothing to object to\n" : "\n");
    for (const std::string& objection : objections) head += "  " + objection + "\n";
    return print(head + text);
  }
  JsonValue report = JsonValue::object();
  report.set("file", options.input).set("format", infoOf(read->format).id).set("valid", true).set("objections", JsonValue::arrayOf(objections));
  return printJson(report.set("tracks", std::move(tracks)));
}

std::string trackText(const LabelTrack& track) {
  std::string text = track.name + ": " + std::to_string(track.labels.size()) + (track.labels.size() == 1 ? " label\n" : " labels\n");
  char times[96];
  for (const Label& label : track.labels) {
    std::snprintf(times, sizeof times, "  %12.3f  %12.3f  ", label.span.start.seconds(), label.span.end.seconds());
    text += times + serial::printable(label.text) + "\n";
  }
  return text;
}

Result<void> show(const Context& context, const LabelsCommandOptions& options) {
  auto read = readInput(options, options.input);
  if (!read) return fail(read.error());
  if (context.json) {
    auto json = annotation::writeLabels(read->set, LabelFormat::chladniJson);
    return json ? print(*json) : fail(json.error());
  }
  std::string text = std::string(infoOf(read->format).name) + "\n";
  for (const LabelTrack& track : read->set.tracks) text += trackText(track);
  return print(text);
}

Result<void> formats(const Context& context) {
  JsonValue list = JsonValue::array();
  std::string text;
  for (const LabelFormatInfo& info : annotation::labelFormats()) {
    JsonValue one = JsonValue::object();
    one.set("id", info.id).set("name", info.name).set("extensions", JsonValue::arrayOf(info.extensions));
    list.append(std::move(one.set("reads", info.reads).set("writes", info.writes).set("holds", info.holds)));
    char line[64];
    std::snprintf(line, sizeof line, "%-15s", std::string(info.id).c_str());
    text += line + std::string(info.name) + ": " + std::string(info.holds) + "\n";
  }
  return context.json ? printJson(list) : print(text);
}

Result<void> compare(const Context& context, const LabelsCommandOptions& options) {
  auto first = readInput(options, options.input);
  if (!first) return fail(first.error());
  auto second = readInput(options, options.other);
  if (!second) return fail(second.error());
  const auto agreement = metrics::labelAgreement(first->set, second->set, options.compare);
  if (!agreement) return fail(agreement.error());
  const JsonValue document = agreementJson(*agreement);
  if (!context.out.empty()) {
    std::error_code ignored;
    for (const std::string& read : {options.input, options.other})
      if (std::filesystem::equivalent(context.out, read, ignored))
        return fail(ErrorCode::invalidArgument, utf8(context.out) + ": is compared itself; choose another name for the result");
    auto written = writeFileAtomically(context.out, document.prettyText());
    if (!written) return written;
  }
  return context.json ? printJson(document) : print(agreementText(*agreement));
}

using Options = std::shared_ptr<LabelsCommandOptions>;

CLI::App* addOne(CLI::App& labels, Context& context, const Options& o, const std::string& name, const std::string& about, const std::string& example,
                 Result<void> (*work)(const Context&, const LabelsCommandOptions&)) {
  auto* command = labels.add_subcommand(name, about);
  command->footer("Example: chladni-cli annotations " + name + example);
  command->add_option("FILE", o->input, "File of labels")->required();
  command->add_option("--from", o->from, "Its format, when it cannot be told from the file")->type_name("FORMAT");
  command->callback([&context, o, work] { context.run = [&context, o, work] { return work(context, *o); }; });
  return command;
}

}  // namespace

void addAnnotations(CLI::App& app, Context& context) {
  auto* labels = app.add_subcommand("annotations", "Files of labels: convert, check, agree, show, formats")->alias("labels");
  labels->require_subcommand(1);
  labels->footer("Example: chladni-cli annotations convert a.TextGrid a.eaf");
  const auto o = std::make_shared<LabelsCommandOptions>();
  auto* converting = addOne(*labels, context, o, "convert", "Writes labels in another format; says what it cannot hold", " a.TextGrid a.eaf", convert);
  converting->add_option("OUT", o->other, "File to write; --out says the same");
  converting->add_option("--to", o->to, "Format to write; else the name of the file tells")->type_name("FORMAT");
  converting->add_option("--rate", o->rate, "Sample rate of Sonic Visualiser layers in Hz")->check(CLI::Range(1, 10'000'000));
  context.printing.push_back(addOne(*labels, context, o, "show", "Labels as text, or all of them as JSON", " a.TextGrid --json", show));
  context.printing.push_back(addOne(*labels, context, o, "check", "Reads every line; says where a file breaks its format, and what looks odd", " a.eaf", check));
  auto* comparing = addOne(*labels, context, o, "agree", "Agreement of two files of one recording", " mine.csv theirs.csv --tolerance 0.2", compare)->alias("compare");
  comparing->add_option("OTHER", o->other, "File to compare with")->required();
  comparing->add_option("--tolerance", o->compare.tolerance.seconds, "Seconds that boundaries may differ")->check(CLI::Range(0.0, 1e6));
  comparing->add_option("--step", o->compare.stepSeconds, "Seconds of a step for kappa")->check(CLI::Range(1e-4, 1e6));
  auto* listing = labels->add_subcommand("formats", "Formats and what they hold");
  listing->footer("Example: chladni-cli annotations formats --json");
  context.printing.push_back(listing);
  listing->callback([&context] { context.run = [&context] { return formats(context); }; });
}

}  // namespace chladni::cli
