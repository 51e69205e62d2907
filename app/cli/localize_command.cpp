// localize FILE... --model PKG: what is to be heard and seen in each second, the events that makes, and where in the picture
// the model looked. Features come from the backbones that the package names, or from files that somebody made before.
#include <cstdio>
#include <optional>
#include <set>

#include "app/cli/context.h"
#include "app/cli/output.h"
#include "core/analysis/attention_picture.h"
#include "core/analysis/events.h"
#include "core/analysis/feature_file.h"
#include "core/base/atomic_file.h"
#include "core/media/video_reader.h"
#include "core/serial/png_writer.h"
#include "core/serial/safetensors.h"

namespace chladni::cli {

namespace {

using serial::JsonValue;

struct LocalizeOptions {
  std::vector<std::string> files;
  std::string model;
  std::string soundBackbone, pictureBackbone;  // in place of those that the package names
  std::string soundFeatures, pictureFeatures;  // files in place of backbones
  std::int64_t clip = -1;                      // of feature files with many; -1: they hold one
  float threshold = 0.0F;
  std::string colours = "jet";
  picture::Overlay overlay;
};

struct Found {
  analysis::LocalisedRecording recording;
  std::vector<analysis::SegmentLabel> labels;
  std::vector<analysis::Event> events;
};

Result<analysis::LocaliserFeatures> givenFeatures(const LocalizeOptions& options, const inference::LocaliserNeeds& needs) {
  const auto clip = options.clip < 0 ? std::nullopt : std::optional(options.clip);
  const auto read = [&](const std::string& file, const char* what, const std::string& backbone,
                        const std::vector<std::int64_t>& shape, std::optional<inference::FeatureBlock>& block) -> Result<void> {
    if (file.empty()) return {};
    if (backbone.empty())
      return fail(ErrorCode::invalidArgument, std::string("--") + what + "-features: the model uses no " + what + "; leave it out");
    auto features = analysis::readFeatureFile(file, shape, clip);
    if (!features) return fail(features.error());
    block = std::move(*features);
    return {};
  };
  analysis::LocaliserFeatures given;
  if (auto done = read(options.soundFeatures, "sound", needs.soundBackbone, {needs.soundWidth}, given.sound); !done)
    return fail(done.error());
  if (auto done = read(options.pictureFeatures, "picture", needs.pictureBackbone, needs.pictureShape, given.picture); !done)
    return fail(done.error());
  return given;
}

Result<analysis::Backbones> backbonesFor(Context& context, const LocalizeOptions& options, const inference::LoadedModel& model,
                                         const analysis::LocaliserFeatures& given) {
  const auto needs = model.localiser()->needs();
  return analysis::loadBackbones(
      model,
      [&](const std::string& package) {
        const std::string& other = package == needs.soundBackbone ? options.soundBackbone : options.pictureBackbone;
        return context.loadModel(other.empty() ? analysis::backboneFolder(package, model.spec()) : other, "features");
      },
      given);
}

Result<Found> named(Result<analysis::LocalisedRecording> recording, float threshold) {
  if (!recording) return fail(recording.error());
  auto labels = analysis::labelsOf(recording->segments, recording->scores);
  if (!labels) return fail(labels.error());
  const analysis::EventOptions options{analysis::backgroundClass(recording->classes), threshold};
  auto events = analysis::eventsOf(*labels, options);
  return Found{std::move(*recording), std::move(*labels), std::move(events)};
}

std::string className(const Found& found, int index) {
  return index < 0 ? std::string() : utf8(found.recording.classes[static_cast<std::size_t>(index)]);
}

// Of seconds and of events: where, what, how sure.
template <class Named>
JsonValue namedJson(const Found& found, const std::vector<Named>& stretches) {
  JsonValue list = JsonValue::array();
  for (const Named& stretch : stretches) {
    JsonValue one = JsonValue::object();
    one.set("start", stretch.span.start.seconds()).set("end", stretch.span.end.seconds());
    one.set("class", className(found, stretch.index)).set("index", stretch.index).set("p", stretch.p);
    list.append(std::move(one));
  }
  return list;
}

// Of models learnt from one label per clip: the best class of each stretch that the model saw at once.
JsonValue clipsJson(const Found& found) {
  JsonValue list = JsonValue::array();
  for (std::size_t i = 0; i < found.recording.stretches.size(); ++i) {
    const auto best = topScores(found.recording.clips.row(static_cast<std::int64_t>(i)), 1).front();
    JsonValue one = JsonValue::object();
    one.set("start", found.recording.stretches[i].start.seconds()).set("end", found.recording.stretches[i].end.seconds());
    one.set("class", className(found, best.index)).set("index", best.index).set("p", best.p);
    list.append(std::move(one));
  }
  return list;
}

JsonValue attentionJson(const analysis::LocalisedRecording& recording) {
  JsonValue rows = JsonValue::array();
  for (std::int64_t row = 0; row < recording.attention.rows; ++row)
    rows.append(JsonValue::arrayOf(recording.attention.row(row)));
  JsonValue json = JsonValue::object();
  json.set("grid", JsonValue::arrayOf(std::vector<int>{recording.gridRows, recording.gridColumns}));
  json.set("per_segment", std::move(rows));
  return json;
}

JsonValue toJson(const std::string& file, const Found& found) {
  const auto& recording = found.recording;
  JsonValue classes = JsonValue::array();
  for (const auto& name : recording.classes) classes.append(utf8(name));
  JsonValue json = JsonValue::object();
  json.set("model", utf8(recording.provenance.model)).set("file", utf8(file));
  json.set("device", recording.provenance.device).set("precision", recording.provenance.precision);
  json.set("classes", std::move(classes)).set("segments", namedJson(found, found.labels)).set("events", namedJson(found, found.events));
  if (recording.attention.rows > 0) json.set("attention", attentionJson(recording));
  if (!recording.stretches.empty()) json.set("clips", clipsJson(found));
  json.set("seconds_of_media", recording.secondsOfMedia).set("seconds_of_compute", recording.secondsOfCompute);
  return json;
}

std::string toText(const std::string& file, const Found& found) {
  std::string text = utf8(file) + "  (" + utf8(found.recording.provenance.model) + ")\n";
  if (found.events.empty()) text += "  no events\n";
  char line[96];
  for (const auto& event : found.events) {
    std::snprintf(line, sizeof line, "  %8.2f s to %8.2f s  %5.1f %%  ", event.span.start.seconds(), event.span.end.seconds(),
                  100.0 * event.p);
    text += line + className(found, event.index) + "\n";
  }
  return text;
}

const std::array<Rgb, 256>& tableOf(const std::string& name) {
  const auto map = colormapFromName(name);
  return map ? colours(*map) : picture::jetColours();
}

Result<void> writeAttention(const std::filesystem::path& folder, const LocalizeOptions& options, const std::string& file,
                            const analysis::LocalisedRecording& recording, const std::stop_token& stop) {
  std::optional<media::VideoReader> video;
  if (!file.empty())
    if (auto opened = media::VideoReader::open(file, {}, stop)) video = std::move(*opened);
  for (std::int64_t row = 0; row < recording.attention.rows; ++row) {
    const auto& span = recording.segments[static_cast<std::size_t>(row)];
    std::optional<VideoFrame> frame;
    if (video) {
      const double middle = 0.5 * (span.start.seconds() + span.end.seconds());
      auto shown = video->frameAt(MediaTime::fromSeconds(middle), stop);
      if (!shown) return fail(shown.error());
      frame = std::move(*shown);
    }
    const auto picture =
        analysis::attentionPicture(recording, row, frame ? &*frame : nullptr, tableOf(options.colours), options.overlay);
    if (!picture) return fail(picture.error());
    char name[40];
    std::snprintf(name, sizeof name, "attention_%04lld.png", static_cast<long long>(row));
    auto written = serial::writePng(folder / name, picture->width, picture->height, serial::PngPixels::rgb, picture->rgb);
    if (!written) return written;
  }
  return {};
}

// A folder for the document, the tensors and the pictures.
Result<void> writeFound(const std::filesystem::path& out, const LocalizeOptions& options, const std::string& file,
                        const Found& found, const JsonValue& json, const std::stop_token& stop) {
  std::error_code error;
  std::filesystem::create_directories(out, error);
  if (error) return fail(ErrorCode::io, out.string() + ": " + error.message() + "; choose another folder for --out");
  std::vector<TensorBlob> tensors{tensorOf("scores", found.recording.scores)};
  if (found.recording.attention.rows > 0) {
    tensors.push_back(tensorOf("attention", found.recording.attention));
    if (auto drawn = writeAttention(out, options, file, found.recording, stop); !drawn) return drawn;
  }
  auto written = serial::writeSafetensors(out / "localisation.safetensors",
                                          {std::move(tensors), {{"scores", "segment,class"}, {"attention", "segment,region"}}});
  return written ? writeFileAtomically(out / "localisation.json", json.prettyText()) : written;
}

// What was found in each file: the one document, or the array of them, for stdout and --out X.json; with --out DIR a folder a
// file below it when there are several.
class Report {
 public:
  Report(const Context& context, const LocalizeOptions& options)
      : context_(context), options_(options), out_(context.out), json_(out_.extension() == ".json") {}

  Result<void> add(const std::string& shown, const std::string& file, const Found& found) {
    auto document = toJson(shown, found);
    if (!out_.empty() && !json_)
      if (auto written = writeFound(folderOf(file), options_, file, found, document, context_.stop); !written) return written;
    if (!context_.json && !context_.quiet)
      if (auto printed = print(toText(shown, found)); !printed) return printed;
    documents_.append(std::move(document));
    return {};
  }
  // Also after a failure, so that what was finished is kept.
  Result<void> finish() const {
    if (documents_.items()->empty()) return {};
    const JsonValue& document = options_.files.size() > 1 ? documents_ : documents_.items()->front();
    if (json_)
      if (auto written = writeFileAtomically(out_, document.prettyText()); !written) return written;
    return context_.json ? printJson(document) : Result<void>{};
  }

 private:
  // Recordings of different folders may have one name.
  std::filesystem::path folderOf(const std::string& file) {
    if (options_.files.size() < 2) return out_;
    const std::string name = std::filesystem::path(file).filename().string();
    std::string folder = name;
    for (int n = 2; !used_.insert(folder).second; ++n) folder = name + "-" + std::to_string(n);
    return out_ / folder;
  }

  const Context& context_;
  const LocalizeOptions& options_;
  const std::filesystem::path out_;
  const bool json_;
  std::set<std::string> used_;
  JsonValue documents_ = JsonValue::array();
};

Result<Found> localizeOne(const Context& context, const LocalizeOptions& options, const std::string& file,
                          const inference::LoadedModel& model, const analysis::Backbones& backbones,
                          const analysis::LocaliserFeatures& given) {
  if (file.empty()) return named(analysis::localise(given, model, context.stop), options.threshold);
  auto recording = analysis::Recording::open(file);
  if (!recording) return fail(recording.error());
  return named(analysis::localise(**recording, model, backbones, context.progressSink(), context.stop, given), options.threshold);
}

Result<void> check(const LocalizeOptions& options) {
  const bool features = !options.soundFeatures.empty() || !options.pictureFeatures.empty();
  if (options.files.empty() && !features)
    return fail(ErrorCode::invalidArgument, "localize needs a FILE, or --sound-features and --picture-features");
  if (options.files.size() > 1 && features)
    return fail(ErrorCode::invalidArgument, "features belong to one FILE; give the files one after the other");
  for (const std::string& file : options.files)  // what cannot be read is said before a model is loaded
    if (auto recording = analysis::Recording::open(file); !recording) return fail(recording.error());
  return {};
}

Result<void> localize(Context& context, const LocalizeOptions& options) {
  if (auto good = check(options); !good) return good;
  auto model = context.loadModel(options.model, "audio-visual-events");
  if (!model) return fail(model.error());
  const auto* localiser = (*model)->localiser();
  if (!localiser)
    return fail(ErrorCode::unsupported, (*model)->spec().name + ": this model localises nothing; choose another");
  auto given = givenFeatures(options, localiser->needs());
  if (!given) return fail(given.error());
  analysis::Backbones backbones;
  if (!options.files.empty()) {
    auto loaded = backbonesFor(context, options, **model, *given);
    if (!loaded) return fail(loaded.error());
    backbones = std::move(*loaded);
  }
  const std::vector<std::string> files = options.files.empty() ? std::vector<std::string>{""} : options.files;
  Report report(context, options);
  Result<void> done;
  for (auto file = files.begin(); file != files.end() && done; ++file) {
    const std::string shown = !file->empty() ? *file : !options.pictureFeatures.empty() ? options.pictureFeatures : options.soundFeatures;
    auto found = localizeOne(context, options, *file, **model, backbones, *given);
    done = found ? report.add(shown, *file, *found) : Result<void>(fail(std::move(found).error(), utf8(shown)));
  }
  auto finished = report.finish();
  return done ? finished : done;
}

// Besides ours the one that published pictures of this kind have.
std::vector<std::string> attentionColours() {
  auto names = colormapNames();
  names.insert(names.begin(), "jet");
  return names;
}

}  // namespace

void addLocalize(CLI::App& app, Context& context) {
  auto* command = app.add_subcommand("localize", "Audio-visual events: a class for every second, and where the model looked");
  command->footer("--json prints one document for one FILE, and an array of such documents for several. --out X.json gets the same,\n"
                  "--out DIR also the scores as tensors and a picture of the attention of every second; for several\n"
                  "FILEs each in a folder of its name below DIR.\n"
                  "Feature files are .h5 or .safetensors, [second, ...] or [clip, second, ...].\n"
                  "Example: chladni-cli localize clip.mp4 --model my-av-att --threshold 0.5 --json");
  const auto o = std::make_shared<LocalizeOptions>();
  command->add_option("FILE", o->files, "Videos or recordings; none with feature files");
  command->add_option("--model", o->model, "Model package, by name or folder")->type_name("PKG");
  command->add_option("--threshold", o->threshold, "Seconds whose best score is lower are no event")->check(CLI::Range(0.0, 1.0));
  command->add_option("--sound-backbone", o->soundBackbone, "In place of the one that the model names")->type_name("PKG");
  command->add_option("--picture-backbone", o->pictureBackbone, "In place of the one that the model names")->type_name("PKG");
  command->add_option("--sound-features", o->soundFeatures, "Features of the sound made before")->type_name("FILE");
  command->add_option("--picture-features", o->pictureFeatures, "Features of the picture made before")->type_name("FILE");
  command->add_option("--clip", o->clip, "Which clip of feature files with many, from 0")->check(CLI::Range(0, 100000000));
  command->add_option("--colours", o->colours, "Of attention pictures")
      ->check(CLI::IsMember(attentionColours()));
  command->add_option("--heat", o->overlay.heatWeight, "Weight of the colours in attention pictures")->check(CLI::Range(0.0, 1.0));
  command->add_option("--frame", o->overlay.frameWeight, "Weight of the video frame in attention pictures")->check(CLI::Range(0.0, 1.0));
  command->callback([&context, o] { context.run = [&context, o] { return localize(context, *o); }; });
}

}  // namespace chladni::cli
