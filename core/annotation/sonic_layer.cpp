// Layers of Sonic Visualiser (.svl): points of a model, in samples of the model's rate. Regions, instants, values, texts,
// notes and boxes are read, a track a model; regions, instants (when all labels are points) and boxes (when all have
// frequencies; Sonic Visualiser 5) are written.
#include <algorithm>
#include <unordered_map>

#include "core/annotation/class_numbers.h"
#include "core/annotation/codecs.h"
#include "core/annotation/set_builder.h"
#include "core/annotation/xml_text.h"

namespace chladni::annotation {

namespace {

constexpr std::int64_t kMostFrames = 4'000'000'000'000'000;

class LayerReader {
 public:
  explicit LayerReader(const XmlText& xml) : xml_(xml) {}

  Result<LabelSet> read() {
    const pugi::xml_node data = xml_.root().child("data");
    if (!data) return xml_.wrong(xml_.root(), "<data> is missing");
    for (const pugi::xml_node dataset : data.children("dataset"))
      datasets_.try_emplace(dataset.attribute("id").value(), dataset);
    for (const pugi::xml_node model : data.children("model")) {
      if (std::string_view(model.attribute("type").value()) != "sparse") continue;
      auto done = readModel(model);
      if (!done) return fail(done.error());
    }
    return builder_.finished();
  }

 private:
  Result<void> readModel(pugi::xml_node model) {
    const auto rate = wholeOf(model.attribute("sampleRate").value());
    if (!rate || *rate < 1 || *rate > 1'000'000'000) return xml_.wrong(model, "sampleRate must be whole Hz from 1");
    const auto dataset = datasets_.find(model.attribute("dataset").value());
    if (dataset == datasets_.end()) return xml_.wrong(model, "refers to a dataset that does not exist");
    LabelTrack* track = builder_.addTrack(model.attribute("name").value());
    if (!track) return xml_.wrong(model, kTooManyLabels);
    const std::string_view kind = model.attribute("subtype").value();
    for (const pugi::xml_node point : dataset->second.children("point")) {
      auto done = readPoint(point, *track, SampleRate(static_cast<int>(*rate)), kind == "box");
      if (!done) return done;
    }
    if (kind == "region") dropClassNumbers(*track);
    return {};
  }

  Result<void> readPoint(pugi::xml_node point, LabelTrack& track, SampleRate rate, bool box) {
    const auto frame = wholeOf(point.attribute("frame").value());
    if (!frame || *frame < -kMostFrames || *frame > kMostFrames) return xml_.wrong(point, "frame must be a whole number of samples");
    const pugi::xml_attribute duration = point.attribute("duration");
    const auto frames = duration ? wholeOf(duration.value()) : std::optional<std::int64_t>(0);
    if (!frames || *frames < 0 || *frames > kMostFrames) return xml_.wrong(point, "duration must be whole samples, not below 0");
    const long double end = static_cast<long double>(std::abs(*frame) + *frames) / rate.hz();
    if (end > static_cast<long double>(kMostLabelTime.seconds())) return xml_.wrong(point, "a time beyond 126 years");
    Label* label = builder_.addLabel(&track);
    if (!label) return xml_.wrong(point, kTooManyLabels);
    label->span = {rate.time(*frame), rate.time(*frame + *frames)};
    label->text = point.attribute("label").value();
    if (!builder_.hold(label->text.size())) return xml_.wrong(point, kTooMuchText);
    if (box) return readBand(point, *label);
    for (const char* name : {"value", "level", "height"})
      if (const pugi::xml_attribute value = point.attribute(name)) label->attributes.emplace_back(name, value.value());
    return {};
  }

  Result<void> readBand(pugi::xml_node point, Label& label) {
    const auto low = numberOf(point.attribute("value").value());
    const auto extent = numberOf(point.attribute("extent").value());
    if (!low || !extent) return xml_.wrong(point, "a box needs value and extent in Hz");
    label.band = FrequencyBand{std::min(*low, *low + *extent), std::max(*low, *low + *extent)};
    return {};
  }

  const XmlText& xml_;
  SetBuilder builder_;
  std::unordered_map<std::string_view, pugi::xml_node> datasets_;
};

Result<LabelSet> read(std::string_view text, const std::string& origin) {
  const auto xml = XmlText::parse(text, origin, "sv");
  if (!xml) return fail(xml.error());
  return LayerReader(*xml).read();
}

enum class LayerKind { regions, instants, boxes };

LayerKind kindOf(const LabelTrack& track) {
  const auto all = [&](auto test) { return std::all_of(track.labels.begin(), track.labels.end(), test); };
  if (all([](const Label& label) { return label.band.has_value(); })) return LayerKind::boxes;
  return all([](const Label& label) { return label.isPoint(); }) ? LayerKind::instants : LayerKind::regions;
}

// A box says its lower side and its height; the sum of both must come back.
void settleBand(Label& label) {
  if (!label.band) return;
  const double extent = label.band->high - label.band->low;
  label.band->high = label.band->low + extent;
  if (label.band->low + (label.band->high - label.band->low) != label.band->high) label.band->high = label.band->low;
}

void keep(Keeper& keeper, const LabelWriteOptions& options) {
  keeper.dropLength();
  keeper.dropMedia();
  keeper.dropExclusive();
  keeper.dropReference();
  keeper.dropConfidence();
  keeper.dropProvenance();
  keeper.within(-kLongestTime, kLongestTime, "times beyond 100 days");
  const SampleRate rate = options.rate;
  keeper.snapTimes([rate](MediaTime time) { return rate.time(rate.samples(time)); }, "times are rounded to samples");
  keeper.obey(TextRule::xml);
  keeper.mergeTracks(true);
  keeper.obeyNames(TextRule::xml, kOnlyTrack);
  if (!keeper.set().tracks.empty() && kindOf(keeper.set().tracks.front()) != LayerKind::boxes) keeper.dropBands();
  keeper.change(settleBand, "frequencies are rounded");
  keeper.dropKinds();
  keeper.tidy();
}

std::string attribute(const char* name, const std::string& value) {
  return std::string(" ") + name + "=\"" + value + "\"";
}

std::string pointOf(const Label& label, LayerKind kind, std::size_t value, SampleRate rate) {
  const std::int64_t frame = rate.samples(label.span.start);
  std::string text = "      <point" + attribute("frame", std::to_string(frame));
  if (kind != LayerKind::instants) {
    text += attribute("value", kind == LayerKind::boxes ? numberText(label.band->low) : std::to_string(value));
    text += attribute("duration", std::to_string(rate.samples(label.span.end) - frame));
  }
  if (kind == LayerKind::boxes) text += attribute("extent", numberText(label.band->high - label.band->low));
  return text + attribute("label", xmlEscaped(label.text)) + "/>\n";
}

std::string modelOf(const LabelTrack& track, LayerKind kind, std::size_t classes, SampleRate rate) {
  std::string text = "    <model id=\"1\"" + attribute("name", xmlEscaped(track.name)) +
                     attribute("sampleRate", std::to_string(rate.hz())) + " type=\"sparse\"";
  text += attribute("dimensions", kind == LayerKind::instants ? "1" : kind == LayerKind::boxes ? "2" : "3");
  text += " resolution=\"1\" notifyOnAdd=\"true\" dataset=\"0\"";
  if (kind == LayerKind::boxes) text += " subtype=\"box\" units=\"Hz\"";
  if (kind == LayerKind::regions)
    text += " subtype=\"region\" valueQuantization=\"0\" minimum=\"0\"" + attribute("maximum", std::to_string(classes)) + " units=\"\"";
  return text + "/>\n";
}

Result<std::string> write(const LabelSet& set, const LabelWriteOptions& options) {
  std::string text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE sonic-visualiser>\n<sv>\n  <data>\n";
  if (set.tracks.empty()) return text + "  </data>\n  <display>\n  </display>\n</sv>\n";
  const LabelTrack& track = set.tracks.front();
  const LayerKind kind = kindOf(track);
  const auto numbers = classNumbers(track);
  text += modelOf(track, kind, numbers.size(), options.rate) + "    <dataset id=\"0\"" +
          attribute("dimensions", kind == LayerKind::instants ? "1" : kind == LayerKind::boxes ? "2" : "3") + ">\n";
  for (const Label& label : track.labels) text += pointOf(label, kind, numbers.at(label.text), options.rate);
  text += "    </dataset>\n  </data>\n  <display>\n    <layer id=\"2\"";
  text += attribute("type", kind == LayerKind::instants ? "timeinstants" : kind == LayerKind::boxes ? "boxes" : "regions");
  text += attribute("name", xmlEscaped(track.name)) + " model=\"1\"";
  if (kind == LayerKind::regions) text += " plotStyle=\"1\"";
  return text + "/>\n  </display>\n</sv>\n";
}

}  // namespace

const LabelCodec kSonicLayerCodec{read, keep, write};

}  // namespace chladni::annotation
