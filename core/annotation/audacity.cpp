// Audacity label tracks: start, end and text between tabs; a second line "\<tab>low<tab>high" holds frequencies, -1 for
// an open side. As tolerant as Audacity 3.2 itself: decimal commas, a text in the place of the end (a point), lines that
// are out of order, an end before its start.
#include "core/annotation/codecs.h"
#include "core/annotation/set_builder.h"

namespace chladni::annotation {

namespace {

class AudacityReader {
 public:
  AudacityReader(std::string_view text, const std::string& origin) : lines_(text), origin_(origin) {}

  Result<LabelSet> read() {
    while (lines_.next()) {
      const std::string_view line = lines_.line();
      if (trimmed(line).empty()) continue;
      auto done = line.starts_with('\\') ? readBand(line) : readLabel(line);
      if (!done) return fail(done.error());
    }
    return builder_.finished();
  }

 private:
  Unexpected wrong(std::string_view piece, const std::string& why) const {
    return wrongAt(origin_, lines_.number(), lines_.column(piece), why);
  }

  Result<void> readLabel(std::string_view line) {
    const auto fields = split(line, '\t', 4);
    const auto start = secondsOf(fields[0], true);
    if (!start) return wrong(fields[0], "a label begins with its start in seconds and a tab");
    Label* label = builder_.addLabel(builder_.trackNamed(std::string(kOnlyTrack)));
    if (!label) return wrong(line, kTooManyLabels);
    label->span = {*start, *start};
    bandTaken_ = false;
    last_ = label;
    if (fields.size() == 1) return {};
    if (const auto end = secondsOf(fields[1], true)) {
      label->span = {std::min(*start, *end), std::max(*start, *end)};
      if (fields.size() > 2) label->text = fields[2];
    } else {
      label->text = fields[1];
    }
    return {};
  }

  Result<void> readBand(std::string_view line) {
    if (!last_) return wrong(line, "frequencies without a label before them");
    if (std::exchange(bandTaken_, true)) return {};
    const auto fields = split(line, '\t', 4);
    const auto low = fields.size() > 1 ? numberOf(fields[1]) : std::nullopt;
    const auto high = fields.size() > 2 ? numberOf(fields[2]) : std::nullopt;
    if (!low || !high) return wrong(line, "two frequencies in Hz must follow the backslash, separated by tabs");
    if (*low >= 0.0 && *high >= 0.0) last_->band = FrequencyBand{std::min(*low, *high), std::max(*low, *high)};
    // A box needs both sides; one that is open stays readable as an attribute.
    else if (*low >= 0.0) last_->attributes.emplace_back("low_hz", numberText(*low));
    else if (*high >= 0.0) last_->attributes.emplace_back("high_hz", numberText(*high));
    return {};
  }

  Lines lines_;
  const std::string& origin_;
  SetBuilder builder_;
  Label* last_ = nullptr;
  bool bandTaken_ = false;
};

Result<LabelSet> read(std::string_view text, const std::string& origin) { return AudacityReader(text, origin).read(); }

void keep(Keeper& keeper, const LabelWriteOptions&) {
  keeper.mergeTracks(false);
  keeper.dropLength();
  keeper.dropMedia();
  keeper.dropExclusive();
  keeper.dropReference();
  keeper.dropKinds();
  keeper.dropConfidence();
  keeper.dropProvenance();
  keeper.change([](Label& label) {
    if (label.band && (label.band->low < 0.0 || label.band->high < label.band->low)) label.band.reset();
  }, "frequencies below zero are not kept");
  keeper.obey(TextRule::line);
  keeper.tidy();
}

Result<std::string> write(const LabelSet& set, const LabelWriteOptions&) {
  std::string text;
  for (const LabelTrack& track : set.tracks)
    for (const Label& label : track.labels) {
      text += secondsText(label.span.start, 6) + "\t" + secondsText(label.span.end, 6) + "\t" + label.text + "\n";
      if (label.band) text += "\\\t" + numberText(label.band->low) + "\t" + numberText(label.band->high) + "\n";
    }
  return text;
}

}  // namespace

const LabelCodec kAudacityCodec{read, keep, write};

}  // namespace chladni::annotation
