// JAMS: annotations of {time, duration, value, confidence}, a track each; what JAMS has no name for (the track's name and
// kind) goes to the sandbox of the annotation. Values of any namespace are read: texts as they are, numbers and objects in
// their shortest JSON, {label, level} by its label. Dense data (four arrays) are read too.
#include <algorithm>

#include "core/annotation/codecs.h"
#include "core/annotation/json_text.h"
#include "core/annotation/set_builder.h"

namespace chladni::annotation {

namespace {

using serial::JsonField;
using serial::JsonValue;

std::string textOf(const JsonField& value) {
  if (!value.present()) return {};
  if (const auto* text = value.value()->string()) return *text;
  if (const JsonField label = value["label"]; label.present() && label.value()->string()) return *label.value()->string();
  return value.value()->text();
}

bool isSet(const JsonField& flag) { return flag.present() && flag.value()->boolean() && *flag.value()->boolean(); }

class JamsReader {
 public:
  Result<LabelSet> read(const JsonField& root) {
    const JsonField metadata = root["file_metadata"];
    if (metadata["duration"].present()) {
      const auto duration = metadata["duration"].number(0.0, kMostLabelTime.seconds());
      if (!duration) return fail(duration.error());
      builder_.set.length = MediaTime::fromSeconds(*duration);
    }
    if (metadata["title"].present()) {
      auto title = metadata["title"].string();
      if (!title) return fail(title.error());
      builder_.set.media = *std::move(title);
    }
    const JsonField annotations = root["annotations"];
    auto done = annotations.array();
    for (std::size_t i = 0; done && i < annotations.size(); ++i) done = readAnnotation(annotations[i]);
    if (!done) return fail(done.error());
    return builder_.finished(false);
  }

 private:
  Result<void> readAnnotation(const JsonField& annotation) {
    const auto space = annotation["namespace"].string();
    if (!space) return fail(space.error());
    const JsonField own = annotation["sandbox"]["chladni"];
    const JsonField name = own["name"];
    LabelTrack* track = builder_.addTrack(name.present() && name.value()->string() ? *name.value()->string() : *space);
    if (!track) return fail(ErrorCode::invalidArgument, annotation.path() + ": " + kTooManyLabels);
    const JsonField annotator = annotation["annotation_metadata"]["annotator"]["name"];
    author_ = annotator.present() && annotator.value()->string() ? *annotator.value()->string() : std::string();
    const JsonField data = annotation["data"];
    auto done = data.value() && data.value()->items() ? readSparse(data, *track) : readDense(data, *track);
    if (!done) return done;
    const JsonField kind = own["kind"];
    const bool said = kind.present() && kind.value()->string();
    const TrackKind found = kindByLabels(*track);
    track->kind = said && *kind.value()->string() != "points" ? TrackKind::intervals
                  : said && track->labels.empty()             ? TrackKind::points
                                                              : found;
    track->exclusive = isSet(own["exclusive"]);
    track->reference = isSet(own["reference"]);
    return {};
  }

  Result<void> readSparse(const JsonField& data, LabelTrack& track) {
    for (std::size_t i = 0; i < data.size(); ++i) {
      const JsonField one = data[i];
      auto done = readLabel(one["time"], one["duration"], one["value"], one["confidence"], track);
      if (!done) return done;
    }
    return {};
  }

  Result<void> readDense(const JsonField& data, LabelTrack& track) {
    auto done = data.object();
    if (done) done = data["time"].array();
    for (std::size_t i = 0; done && i < data["time"].size(); ++i)
      done = readLabel(data["time"][i], data["duration"][i], data["value"][i], data["confidence"][i], track);
    return done;
  }

  Result<void> readLabel(const JsonField& time, const JsonField& duration, const JsonField& value,
                         const JsonField& confidence, LabelTrack& track) {
    const auto start = time.number(-9.0e8, 9.0e8);
    if (!start) return fail(start.error());
    const auto length = duration.number(0.0, 9.0e8);
    if (!length) return fail(length.error());
    Label* label = builder_.addLabel(&track);
    if (!label) return fail(ErrorCode::invalidArgument, time.path() + ": " + kTooManyLabels);
    label->span.start = MediaTime::fromSeconds(*start);
    label->span.end = label->span.start + MediaTime::fromSeconds(*length);
    label->text = textOf(value);
    label->author = author_;
    if (!builder_.hold(author_.size())) return fail(ErrorCode::invalidArgument, time.path() + ": " + kTooMuchText);
    if (!confidence.present()) return {};
    const auto share = confidence.value()->number();
    if (share && isShare(*share)) label->confidence = *share;
    else label->attributes.emplace_back("confidence", textOf(confidence));
    return {};
  }

  SetBuilder builder_;
  std::string author_;
};

Result<LabelSet> read(std::string_view text, const std::string& origin) {
  const auto json = parseLabelJson(text, origin);
  if (!json) return fail(json.error());
  auto set = JamsReader().read(JsonField(*json));
  return set ? std::move(set) : Result<LabelSet>(wrongJson(set.error(), text, origin));
}

void keep(Keeper& keeper, const LabelWriteOptions&) {
  keeper.dropBands();
  keeper.dropState();
  keeper.dropAuthorsThatDiffer();
  keeper.dropOrigin();
  keeper.dropAttributes();
  keeper.change([](Label& label) {
    if (label.confidence && !isShare(*label.confidence)) label.confidence.reset();
  }, "confidence outside of 0 to 1 is not kept");
  keeper.within(MediaTime(), kLongestTime, "JAMS counts from 0 to 100 days");
  keeper.obeyNames(TextRule::any, kOnlyTrack);
  auto& length = keeper.set().length;
  if (length && (*length < MediaTime() || *length > kLongestTime)) keeper.dropLength();
  keeper.tidy();
}

JsonValue annotationJson(const LabelTrack& track, const std::optional<MediaTime>& length) {
  JsonValue data = JsonValue::array();
  for (const Label& label : track.labels) {
    JsonValue one = JsonValue::object();
    one.set("time", label.span.start.seconds()).set("duration", label.span.length().seconds()).set("value", label.text);
    one.set("confidence", label.confidence ? JsonValue(*label.confidence) : JsonValue());
    data.append(std::move(one));
  }
  JsonValue annotator = JsonValue::object();
  if (!track.labels.empty() && !track.labels.front().author.empty()) annotator.set("name", track.labels.front().author);
  JsonValue metadata = JsonValue::object();
  metadata.set("annotator", std::move(annotator)).set("version", "").set("corpus", "").set("annotation_tools", "Chladni");
  metadata.set("annotation_rules", "").set("validation", "").set("data_source", "");
  JsonValue own = JsonValue::object();
  own.set("name", track.name).set("kind", track.kind == TrackKind::points ? "points" : "intervals");
  own.set("exclusive", track.exclusive);
  if (track.reference) own.set("reference", true);
  JsonValue out = JsonValue::object();
  out.set("namespace", "segment_open").set("annotation_metadata", std::move(metadata)).set("data", std::move(data));
  out.set("time", 0.0).set("duration", length ? JsonValue(length->seconds()) : JsonValue());
  return std::move(out.set("sandbox", JsonValue::object().set("chladni", std::move(own))));
}

Result<std::string> write(const LabelSet& set, const LabelWriteOptions&) {
  JsonValue metadata = JsonValue::object();
  metadata.set("title", set.media).set("artist", "").set("release", "");
  metadata.set("duration", set.length ? JsonValue(set.length->seconds()) : JsonValue());
  metadata.set("identifiers", JsonValue::object()).set("jams_version", "0.3.4");
  JsonValue annotations = JsonValue::array();
  for (const LabelTrack& track : set.tracks) annotations.append(annotationJson(track, set.length));
  JsonValue root = JsonValue::object();
  root.set("file_metadata", std::move(metadata)).set("annotations", std::move(annotations));
  return root.set("sandbox", JsonValue::object()).prettyText();
}

}  // namespace

const LabelCodec kJamsCodec{read, keep, write};

}  // namespace chladni::annotation
