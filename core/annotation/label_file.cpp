#include "core/annotation/label_file.h"

#include <array>
#include <fstream>

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

// Labels are text. What is there and is none would be a project or a recording, named by mistake.
Result<void> checkReplaceable(const std::filesystem::path& path) {
  std::error_code ignored;
  if (!std::filesystem::is_regular_file(path, ignored)) return {};
  std::array<char, 4096> head{};
  std::ifstream file(path, std::ios::binary);
  file.read(head.data(), head.size());
  const std::string_view text(head.data(), static_cast<std::size_t>(file.gcount()));
  const bool wide = text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF");
  if (wide || text.find('\0') == std::string_view::npos) return {};
  return fail(ErrorCode::invalidArgument, path.string() + ": is no text but a project, a recording or the like, which the labels would replace; choose another name");
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
  auto text = codecOf(format).write(keptOf(set, format, options), options);
  if (text && text->size() > kMaxLabelBytes)
    return fail(ErrorCode::unsupported, "the labels take more than the 32 MiB that are read back; write the recordings or tracks one by one");
  return text;
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
  if (auto ok = checkReplaceable(path); !ok) return ok;
  const auto text = writeLabels(set, format, options);
  if (!text) return fail(text.error());
  return writeFileAtomically(path, *text);
}

}  // namespace chladni::annotation
