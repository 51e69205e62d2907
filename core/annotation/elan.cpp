// ELAN's .eaf: tiers of annotations between time slots in whole milliseconds. Slots without a value lie evenly between
// their neighbours that have one; annotations that refer to others share their parent's time. One tier, one track.
#include <algorithm>
#include <unordered_map>

#include "core/annotation/codecs.h"
#include "core/annotation/set_builder.h"
#include "core/annotation/xml_text.h"

namespace chladni::annotation {

namespace {

constexpr MediaTime kMillisecond = MediaTime::fromNanoseconds(1'000'000);
constexpr std::string_view kNameless = "tier";

MediaTime fromMilliseconds(std::int64_t ms) { return MediaTime::fromNanoseconds(ms * 1'000'000); }

std::string mediaOf(std::string_view url) {
  if (url.starts_with("./")) url.remove_prefix(2);
  if (url.starts_with("file://")) url.remove_prefix(7);
  return std::string(url);
}

class ElanReader {
 public:
  explicit ElanReader(const XmlText& xml) : xml_(xml) {}

  Result<LabelSet> read() {
    const pugi::xml_node root = xml_.root();
    readMedia(root.child("HEADER").child("MEDIA_DESCRIPTOR"));
    auto done = readSlots(root.child("TIME_ORDER"));
    if (!done) return fail(done.error());
    for (const pugi::xml_node tier : root.children("TIER")) {
      done = readTier(tier);
      if (!done) return fail(done.error());
    }
    done = resolveReferences();
    if (!done) return fail(done.error());
    for (auto& [tier, label] : waiting_) builder_.set.tracks[tier].labels.push_back(std::move(label));
    return builder_.finished();
  }

 private:
  struct Reference {
    std::size_t label;
    std::string_view parent;
    pugi::xml_node node;
  };

  void readMedia(pugi::xml_node descriptor) {
    const pugi::xml_attribute relative = descriptor.attribute("RELATIVE_MEDIA_URL");
    builder_.set.media = mediaOf(relative ? relative.value() : descriptor.attribute("MEDIA_URL").value());
  }

  Result<void> readSlots(pugi::xml_node order) {
    std::vector<MediaTime*> open;
    MediaTime last;
    const auto close = [&](MediaTime next) {
      const std::int64_t parts = static_cast<std::int64_t>(open.size()) + 1;
      const std::int64_t gap = (next - last).nanoseconds();
      for (std::int64_t i = 1; i < parts; ++i)
        *open[static_cast<std::size_t>(i - 1)] = last + MediaTime::fromNanoseconds(gap / parts * i + gap % parts * i / parts);
      open.clear();
      last = next;
    };
    for (const pugi::xml_node slot : order.children("TIME_SLOT")) {
      const auto [at, isNew] = slots_.try_emplace(slot.attribute("TIME_SLOT_ID").value());
      if (!isNew) return xml_.wrong(slot, "TIME_SLOT_ID " + std::string(at->first) + " occurs twice");
      const pugi::xml_attribute value = slot.attribute("TIME_VALUE");
      if (!value) {
        open.push_back(&at->second);
        continue;
      }
      const auto ms = wholeOf(value.value());
      if (!ms || *ms < 0 || *ms > kMostLabelTime.nanoseconds() / kMillisecond.nanoseconds()) return xml_.wrong(slot, "TIME_VALUE must be whole milliseconds");
      at->second = fromMilliseconds(*ms);
      close(at->second);
    }
    close(last);
    return {};
  }

  Result<void> readTier(pugi::xml_node tier) {
    // Tracks move while they are added, so labels wait until all are there.
    const std::size_t track = tiers_++;
    if (!builder_.addTrack(tier.attribute("TIER_ID").value())) return xml_.wrong(tier, kTooManyLabels);
    const std::string_view annotator = tier.attribute("ANNOTATOR").value(), participant = tier.attribute("PARTICIPANT").value();
    for (const pugi::xml_node annotation : tier.children("ANNOTATION"))
      for (const pugi::xml_node node : annotation.children()) {
        const std::string_view kind = node.name();
        if (kind != "ALIGNABLE_ANNOTATION" && kind != "REF_ANNOTATION") continue;
        if (waiting_.size() >= kMaxLabels) return xml_.wrong(node, kTooManyLabels);
        auto& [own, label] = waiting_.emplace_back(track, Label());
        label.text = node.child("ANNOTATION_VALUE").text().get();
        label.author = annotator;
        if (!participant.empty()) label.attributes.emplace_back("participant", participant);
        if (!builder_.hold(annotator.size() + participant.size())) return xml_.wrong(tier, kTooMuchText);
        auto done = place(node, kind == "REF_ANNOTATION");
        if (!done) return done;
      }
    return {};
  }

  Result<void> place(pugi::xml_node node, bool refers) {
    const std::size_t at = waiting_.size() - 1;
    if (!byId_.try_emplace(node.attribute("ANNOTATION_ID").value(), at).second)
      return xml_.wrong(node, "an ANNOTATION_ID that occurs twice or is missing");
    if (refers) {
      references_.push_back({at, node.attribute("ANNOTATION_REF").value(), node});
      return {};
    }
    const auto start = slots_.find(node.attribute("TIME_SLOT_REF1").value());
    const auto end = slots_.find(node.attribute("TIME_SLOT_REF2").value());
    if (start == slots_.end() || end == slots_.end()) return xml_.wrong(node, "refers to a time slot that does not exist");
    if (end->second < start->second) return xml_.wrong(node, "ends before it starts");
    waiting_[at].second.span = {start->second, end->second};
    return {};
  }

  // Parents may refer themselves, and stand anywhere in the file.
  Result<void> resolveReferences() {
    std::unordered_map<std::size_t, const Reference*> open;
    for (const Reference& reference : references_) open.emplace(reference.label, &reference);
    std::vector<const Reference*> chain;
    for (const Reference& first : references_) {
      chain.clear();
      for (auto at = open.find(first.label); at != open.end();) {
        chain.push_back(at->second);
        open.erase(at);
        const auto parent = byId_.find(chain.back()->parent);
        if (parent == byId_.end()) return xml_.wrong(chain.back()->node, "refers to an annotation that does not exist");
        at = open.find(parent->second);
        const bool circle = at == open.end() && inChain(chain, parent->second);
        if (circle) return xml_.wrong(chain.back()->node, "annotations that refer to each other in a circle");
      }
      for (auto link = chain.rbegin(); link != chain.rend(); ++link)
        waiting_[(*link)->label].second.span = waiting_[byId_.find((*link)->parent)->second].second.span;
    }
    return {};
  }
  static bool inChain(const std::vector<const Reference*>& chain, std::size_t label) {
    return std::any_of(chain.begin(), chain.end(), [&](const Reference* link) { return link->label == label; });
  }

  const XmlText& xml_;
  SetBuilder builder_;
  std::size_t tiers_ = 0;
  std::unordered_map<std::string_view, MediaTime> slots_;
  std::unordered_map<std::string_view, std::size_t> byId_;
  std::vector<std::pair<std::size_t, Label>> waiting_;
  std::vector<Reference> references_;
};

Result<LabelSet> read(std::string_view text, const std::string& origin) {
  const auto xml = XmlText::parse(text, origin, "ANNOTATION_DOCUMENT");
  if (!xml) return fail(xml.error());
  return ElanReader(*xml).read();
}

void keep(Keeper& keeper, const LabelWriteOptions&) {
  keeper.dropLength();
  keeper.dropExclusive();
  keeper.dropReference();
  keeper.dropBands();
  keeper.dropConfidence();
  keeper.dropState();
  keeper.dropAuthorsThatDiffer();
  keeper.dropOrigin();
  keeper.dropAttributes();
  keeper.within(MediaTime(), kLongestTime, "ELAN counts from 0 to 100 days");
  keeper.snapTo(kMillisecond, "times are rounded to milliseconds");
  keeper.atLeastLong(kMillisecond, "points and shorter ones become one millisecond long");
  keeper.obey(TextRule::xml);
  keeper.obeyNames(TextRule::xml, kNameless);
  keeper.change([](Label& label) { label.author = obeying(label.author, TextRule::xml); },
                "authors are changed to what the format can hold");
  LabelSet& set = keeper.set();
  const std::string media = mediaOf(obeying(set.media, TextRule::xml));
  if (media != set.media) keeper.lose(1, "recording", "the recording is called " + media);
  set.media = media;
  keeper.dropKinds();
  keeper.tidy();
}

std::string mimeType(std::string_view media) {
  const std::string lower = lowered(media);
  for (const char* video : {".mp4", ".m4v", ".mov", ".mkv", ".avi", ".webm", ".mpg"})
    if (lower.ends_with(video)) return "video/mp4";
  return "audio/x-wav";
}

std::string headOf(const LabelSet& set, std::size_t annotations) {
  std::string text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
      "<ANNOTATION_DOCUMENT AUTHOR=\"\" DATE=\"1970-01-01T00:00:00+00:00\" FORMAT=\"3.0\" VERSION=\"3.0\" "
      "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" "
      "xsi:noNamespaceSchemaLocation=\"http://www.mpi.nl/tools/elan/EAFv3.0.xsd\">\n"
      "  <HEADER MEDIA_FILE=\"\" TIME_UNITS=\"milliseconds\">\n";
  if (!set.media.empty()) {
    const std::string url = (set.media.front() == '/' ? "file://" : "./") + xmlEscaped(set.media);
    text += "    <MEDIA_DESCRIPTOR MEDIA_URL=\"" + url + "\" MIME_TYPE=\"" + mimeType(set.media) +
            "\" RELATIVE_MEDIA_URL=\"" + url + "\"/>\n";
  }
  return text + "    <PROPERTY NAME=\"lastUsedAnnotationId\">" + std::to_string(annotations) + "</PROPERTY>\n  </HEADER>\n";
}

// Two slots an annotation, of its own, in the order of time.
std::string slotsOf(const LabelSet& set) {
  std::vector<std::pair<std::int64_t, std::size_t>> slots;
  for (const LabelTrack& track : set.tracks)
    for (const Label& label : track.labels)
      for (const MediaTime time : {label.span.start, label.span.end}) {
        const std::size_t number = slots.size() + 1;
        slots.emplace_back(time.nanoseconds() / 1'000'000, number);
      }
  std::stable_sort(slots.begin(), slots.end());
  std::string text = "  <TIME_ORDER>\n";
  for (const auto& [ms, number] : slots)
    text += "    <TIME_SLOT TIME_SLOT_ID=\"ts" + std::to_string(number) + "\" TIME_VALUE=\"" + std::to_string(ms) + "\"/>\n";
  return text + "  </TIME_ORDER>\n";
}

std::string tierOf(const LabelTrack& track, std::size_t& number) {
  const std::string author = track.labels.empty() ? std::string() : track.labels.front().author;
  std::string text = "  <TIER " + (author.empty() ? std::string() : "ANNOTATOR=\"" + xmlEscaped(author) + "\" ") +
                     "LINGUISTIC_TYPE_REF=\"default-lt\" TIER_ID=\"" + xmlEscaped(track.name) + "\">\n";
  for (const Label& label : track.labels) {
    ++number;
    text += "    <ANNOTATION>\n      <ALIGNABLE_ANNOTATION ANNOTATION_ID=\"a" + std::to_string(number) +
            "\" TIME_SLOT_REF1=\"ts" + std::to_string(2 * number - 1) + "\" TIME_SLOT_REF2=\"ts" +
            std::to_string(2 * number) + "\">\n        <ANNOTATION_VALUE>" + xmlEscaped(label.text) +
            "</ANNOTATION_VALUE>\n      </ALIGNABLE_ANNOTATION>\n    </ANNOTATION>\n";
  }
  return text + "  </TIER>\n";
}

constexpr std::string_view kTail =
    "  <LINGUISTIC_TYPE GRAPHIC_REFERENCES=\"false\" LINGUISTIC_TYPE_ID=\"default-lt\" TIME_ALIGNABLE=\"true\"/>\n"
    "  <CONSTRAINT DESCRIPTION=\"Time subdivision of parent annotation's time interval, no time gaps allowed within this "
    "interval\" STEREOTYPE=\"Time_Subdivision\"/>\n"
    "  <CONSTRAINT DESCRIPTION=\"Symbolic subdivision of a parent annotation. Annotations refering to the same parent are "
    "ordered\" STEREOTYPE=\"Symbolic_Subdivision\"/>\n"
    "  <CONSTRAINT DESCRIPTION=\"1-1 association with a parent annotation\" STEREOTYPE=\"Symbolic_Association\"/>\n"
    "  <CONSTRAINT DESCRIPTION=\"Time alignable annotations within the parent annotation's time interval, gaps are "
    "allowed\" STEREOTYPE=\"Included_In\"/>\n"
    "</ANNOTATION_DOCUMENT>\n";

Result<std::string> write(const LabelSet& set, const LabelWriteOptions&) {
  std::size_t annotations = 0;
  for (const LabelTrack& track : set.tracks) annotations += track.labels.size();
  std::string text = headOf(set, annotations) + slotsOf(set);
  std::size_t number = 0;
  for (const LabelTrack& track : set.tracks) text += tierOf(track, number);
  text += kTail;
  return text;
}

}  // namespace

const LabelCodec kElanCodec{read, keep, write};

}  // namespace chladni::annotation
