#include "core/annotation/label_file.h"

#include "core/annotation/codecs.h"
#include "core/annotation/encoding.h"
#include "core/base/atomic_file.h"

namespace chladni::annotation {

namespace {

const LabelCodec& codecOf(LabelFormat format) {
  switch (format) {
    case LabelFormat::chladniJson: return kChladniJsonCodec;
    case LabelFormat::chladniCsv: return kChladniCsvCodec;
    case LabelFormat::audacity: return kAudacityCodec;
    case LabelFormat::textGrid: return kTextGridCodec;
    case LabelFormat::textGridShort: return kTextGridShortCodec;
    case LabelFormat::elan: return kElanCodec;
    case LabelFormat::jams: return kJamsCodec;
    case LabelFormat::raven: return kRavenCodec;
    case LabelFormat::rttm: return kRttmCodec;
    case LabelFormat::sonicLayer: return kSonicLayerCodec;
    case LabelFormat::sonicCsv: return kSonicCsvCodec;
    case LabelFormat::webVtt: return kWebVttCodec;
    case LabelFormat::subRip: return kSubRipCodec;
    case LabelFormat::ave: return kAveCodec;
  }
  return kChladniJsonCodec;
}

Keeper kept(const LabelSet& set, LabelFormat format, const LabelWriteOptions& options) {
  Keeper keeper(set);
  codecOf(format).keep(keeper, options);
  return keeper;
}

}  // namespace

Result<LabelSet> readLabels(std::string_view bytes, LabelFormat format, const std::string& origin) {
  if (bytes.size() > kMaxLabelBytes)
    return fail(ErrorCode::corruptData, origin + ": larger than 32 MiB, which no file of labels should be; split it");
  std::string storage;
  const auto text = toUtf8(bytes, origin, storage);
  if (!text) return fail(text.error());
  return codecOf(format).read(*text, origin);
}

LabelSet keptOf(const LabelSet& set, LabelFormat format, const LabelWriteOptions& options) {
  return std::move(kept(set, format, options).set());
}

std::vector<std::string> lossesOf(const LabelSet& set, LabelFormat format, const LabelWriteOptions& options) {
  return kept(set, format, options).losses();
}

Result<std::string> writeLabels(const LabelSet& set, LabelFormat format, const LabelWriteOptions& options) {
  if (!options.rate.valid()) return fail(ErrorCode::invalidArgument, "the sample rate must be above 0 Hz");
  return codecOf(format).write(keptOf(set, format, options), options);
}

Result<ReadLabelFile> readLabelFile(const std::filesystem::path& path, std::optional<LabelFormat> format) {
  const auto bytes = readFile(path, kMaxLabelBytes);
  if (!bytes) return fail(bytes.error());
  if (!format) format = detectLabelFormat(*bytes, path.filename().string());
  if (!format)
    return fail(ErrorCode::corruptData, path.string() + ": no format of labels that is known here; name it if you know it");
  auto set = readLabels(*bytes, *format, path.string());
  if (!set) return fail(set.error());
  return ReadLabelFile{*std::move(set), *format};
}

Result<void> writeLabelFile(const std::filesystem::path& path, const LabelSet& set, LabelFormat format,
                            const LabelWriteOptions& options) {
  const auto text = writeLabels(set, format, options);
  if (!text) return fail(text.error());
  return writeFileAtomically(path, *text);
}

}  // namespace chladni::annotation
