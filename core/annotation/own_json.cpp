// Our own labels as JSON: all that a LabelSet holds, times in whole nanoseconds.
#include "core/annotation/codecs.h"
#include "core/annotation/json_text.h"
#include "core/annotation/label_states.h"
#include "core/annotation/set_builder.h"

namespace chladni::annotation {

namespace {

using serial::JsonField;
using serial::JsonValue;

constexpr const char* kFormat = "chladni-labels";

JsonValue labelJson(const Label& label) {
  JsonValue out = JsonValue::object();
  out.set("start_ns", label.span.start.nanoseconds()).set("end_ns", label.span.end.nanoseconds()).set("text", label.text);
  if (label.band) out.set("band_hz", JsonValue::array().append(label.band->low).append(label.band->high));
  if (label.confidence) out.set("confidence", *label.confidence);
  if (label.state != LabelState::confirmed) out.set("state", nameOf(label.state));
  if (!label.author.empty()) out.set("author", label.author);
  if (!(label.origin == LabelOrigin())) {
    JsonValue origin = JsonValue::object();
    origin.set("model", label.origin.model).set("weights_sha256", label.origin.weightsSha256);
    if (label.origin.threshold) origin.set("threshold", *label.origin.threshold);
    out.set("origin", std::move(origin));
  }
  if (label.attributes.empty()) return out;
  JsonValue attributes = JsonValue::array();
  for (const auto& [key, value] : label.attributes) attributes.append(JsonValue::array().append(key).append(value));
  return std::move(out.set("attributes", std::move(attributes)));
}

Result<std::string> write(const LabelSet& set, const LabelWriteOptions&) {
  JsonValue tracks = JsonValue::array();
  for (const LabelTrack& track : set.tracks) {
    JsonValue labels = JsonValue::array();
    for (const Label& label : track.labels) labels.append(labelJson(label));
    JsonValue out = JsonValue::object();
    out.set("name", track.name).set("kind", track.kind == TrackKind::points ? "points" : "intervals");
    out.set("exclusive", track.exclusive);
    if (track.reference) out.set("reference", true);
    out.set("labels", std::move(labels));
    tracks.append(std::move(out));
  }
  JsonValue root = JsonValue::object();
  root.set("format", kFormat).set("version", 1).set("media", set.media);
  root.set("length_ns", set.length ? JsonValue(set.length->nanoseconds()) : JsonValue());
  return root.set("tracks", std::move(tracks)).prettyText();
}

class OwnReader {
 public:
  Result<void> readOrigin(const JsonField& field, LabelOrigin& origin) {
    if (!field.present()) return {};
    auto done = fill(field["model"], origin.model);
    if (done) done = fill(field["weights_sha256"], origin.weightsSha256);
    return done ? fill(field["threshold"], origin.threshold) : done;
  }

  Result<void> readAttributes(const JsonField& field, Label& label) {
    for (std::size_t i = 0; i < field.size(); ++i) {
      const auto pair = field[i].strings();
      if (!pair) return fail(pair.error());
      if (pair->size() != 2) return fail(ErrorCode::invalidArgument, field[i].path() + ": expected a name and a value");
      label.attributes.emplace_back(pair->front(), pair->back());
    }
    return {};
  }

  Result<void> readBand(const JsonField& field, Label& label) {
    if (!field.present()) return {};
    const auto band = field.numbers();
    if (!band) return fail(band.error());
    if (band->size() != 2 || band->front() > band->back())
      return fail(ErrorCode::invalidArgument, field.path() + ": expected the low and the high frequency");
    label.band = FrequencyBand{band->front(), band->back()};
    return {};
  }

  Result<void> readState(const JsonField& field, Label& label) {
    if (!field.present()) return {};
    const auto state = field.oneOf({"confirmed", "proposed", "rejected"});
    if (!state) return fail(state.error());
    label.state = *stateNamed(*state);
    return {};
  }

  static Result<MediaTime> timeIn(const JsonField& field, MediaTime atLeast = -kMostLabelTime) {
    const auto ns = field.whole(atLeast.nanoseconds(), kMostLabelTime.nanoseconds());
    if (!ns) return fail(ns.error());
    return MediaTime::fromNanoseconds(*ns);
  }

  Result<void> readLabel(const JsonField& field, LabelTrack& track) {
    Label* label = builder_.addLabel(&track);
    if (!label) return fail(ErrorCode::invalidArgument, field.path() + ": " + kTooManyLabels);
    const auto start = timeIn(field["start_ns"]);
    if (!start) return fail(start.error());
    const auto end = timeIn(field["end_ns"], *start);
    if (!end) return fail(end.error());
    label->span = {*start, *end};
    auto done = fill(field["text"], label->text);
    if (done) done = readBand(field["band_hz"], *label);
    if (done) done = fill(field["confidence"], label->confidence);
    if (done) done = readState(field["state"], *label);
    if (done) done = fill(field["author"], label->author);
    if (done) done = readOrigin(field["origin"], label->origin);
    return done ? readAttributes(field["attributes"], *label) : done;
  }

  Result<void> readTrack(const JsonField& field) {
    auto name = field["name"].string();
    if (!name) return fail(name.error());
    LabelTrack* track = builder_.addTrack(*std::move(name));
    if (!track) return fail(ErrorCode::invalidArgument, field.path() + ": " + kTooManyLabels);
    const auto kind = field["kind"].oneOf({"intervals", "points"});
    if (!kind) return fail(kind.error());
    track->kind = *kind == "points" ? TrackKind::points : TrackKind::intervals;
    const JsonField labels = field["labels"];
    auto done = fill(field["exclusive"], track->exclusive);
    if (done) done = fill(field["reference"], track->reference);
    if (done) done = labels.array();
    for (std::size_t i = 0; done && i < labels.size(); ++i) done = readLabel(labels[i], *track);
    return done;
  }

  Result<LabelSet> read(const JsonField& root) {
    const auto format = root["format"].oneOf({kFormat});
    if (!format) return fail(format.error());
    const auto version = root["version"].whole();
    if (!version) return fail(version.error());
    if (*version != 1)
      return fail(ErrorCode::unsupported, "version: this program reads version 1, the file has " + std::to_string(*version));
    const JsonField tracks = root["tracks"];
    auto done = fill(root["media"], builder_.set.media);
    if (done) done = tracks.array();
    for (std::size_t i = 0; done && i < tracks.size(); ++i) done = readTrack(tracks[i]);
    if (!done) return fail(done.error());
    if (root["length_ns"].present()) {
      const auto length = timeIn(root["length_ns"]);
      if (!length) return fail(length.error());
      builder_.set.length = *length;
    }
    for (LabelTrack& track : builder_.set.tracks) sortLabels(track);
    return std::move(builder_.set);
  }

 private:
  static Result<void> fill(const JsonField& field, std::string& text) {
    if (!field.present()) return {};
    auto value = field.string();
    if (!value) return fail(value.error());
    text = *std::move(value);
    return {};
  }
  static Result<void> fill(const JsonField& field, std::optional<double>& number) {
    if (!field.present()) return {};
    const auto value = field.number();
    if (!value) return fail(value.error());
    number = *value;
    return {};
  }
  static Result<void> fill(const JsonField& field, bool& flag) {
    if (!field.present()) return {};
    const auto value = field.boolean();
    if (!value) return fail(value.error());
    flag = *value;
    return {};
  }
  SetBuilder builder_;
};

Result<LabelSet> read(std::string_view text, const std::string& origin) {
  const auto json = parseLabelJson(text, origin);
  if (!json) return fail(json.error());
  auto set = OwnReader().read(JsonField(*json));
  return set ? std::move(set) : Result<LabelSet>(wrongJson(set.error(), text, origin));
}

void keep(Keeper&, const LabelWriteOptions&) {}

}  // namespace

const LabelCodec kChladniJsonCodec{read, keep, write};

}  // namespace chladni::annotation
