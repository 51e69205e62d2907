#include "models/ave/ave_config.h"

#include <cmath>
#include <iterator>
#include <span>
#include <utility>

namespace chladni::models::ave {
namespace {

template <class Choice>
using Word = std::pair<std::string_view, Choice>;

constexpr Word<AveKind> kKinds[] = {{"av-att", AveKind::avAtt},
                                    {"dmrn", AveKind::dmrn},
                                    {"audio-only", AveKind::audioOnly},
                                    {"visual-only", AveKind::visualOnly}};
constexpr Word<Cell> kCells[] = {{"lstm", Cell::lstm}, {"gru", Cell::gru}};
constexpr Word<AttentionReading> kReadings[] = {{"published", AttentionReading::published},
                                                {"paper", AttentionReading::paper}};
constexpr Word<PicturePooling> kPoolings[] = {{"mean", PicturePooling::mean},
                                              {"self-attention", PicturePooling::selfAttention}};

template <class Choice, std::size_t count>
std::optional<Choice> named(const Word<Choice> (&words)[count], std::string_view word) {
  for (const auto& [known, choice] : words)
    if (known == word) return choice;
  return std::nullopt;
}

template <class Choice, std::size_t count>
std::string wordOf(const Word<Choice> (&words)[count], Choice wanted) {
  for (const auto& [known, choice] : words)
    if (choice == wanted) return std::string(known);
  return {};
}

Unexpected badField(std::string_view field, const std::string& why) {
  return fail(ErrorCode::incompatibleModel,
              "architecture field '" + std::string(field) + "' " + why + "; correct model.json or import the weights again");
}

struct Size {
  const char* key;
  std::int64_t AveConfig::*member;
  std::int64_t most;
  bool (*used)(const AveConfig&);
};

constexpr bool always(const AveConfig&) { return true; }
constexpr bool hearing(const AveConfig& config) { return config.kind != AveKind::visualOnly; }
constexpr bool seeing(const AveConfig& config) { return config.kind != AveKind::audioOnly; }
bool attending(const AveConfig& config) { return config.attends(); }
constexpr bool blocks(const AveConfig& config) { return config.kind == AveKind::dmrn; }
constexpr bool head(const AveConfig& config) { return config.kind != AveKind::dmrn; }

constexpr Size kSizes[] = {{"sound_width", &AveConfig::soundWidth, 1 << 16, hearing},
                           {"grid_rows", &AveConfig::gridRows, 256, seeing},
                           {"grid_columns", &AveConfig::gridColumns, 256, seeing},
                           {"picture_width", &AveConfig::pictureWidth, 1 << 16, seeing},
                           {"attention_width", &AveConfig::attentionWidth, 1 << 14, attending},
                           {"hidden", &AveConfig::hidden, 1 << 13, always},
                           {"head_width", &AveConfig::headWidth, 1 << 14, head},
                           {"fusion_blocks", &AveConfig::fusionBlocks, 64, blocks},
                           {"segments", &AveConfig::segments, 1 << 14, always}};

template <class Choice, std::size_t count>
Result<void> readChoice(const inference::ModelSpec& spec, const char* key, const Word<Choice> (&words)[count], Choice& choice) {
  if (!spec.architecture.contains(key)) return {};
  const auto text = spec.text(key);
  const auto found = text ? named(words, *text) : std::nullopt;
  if (!found) {
    std::string known;
    for (const auto& word : words) known += (known.empty() ? "\"" : " or \"") + std::string(word.first) + "\"";
    return badField(key, "is not " + known);
  }
  choice = *found;
  return {};
}

Result<void> readSize(const inference::ModelSpec& spec, const Size& size, AveConfig& config) {
  if (!size.used(config)) return {};
  if (!spec.architecture.contains(size.key)) return badField(size.key, "is missing");
  const auto number = spec.number(size.key);
  if (!number || !std::isfinite(*number) || *number != std::floor(*number) || std::abs(*number) > 1e9)
    return badField(size.key, "is not a whole number");
  config.*size.member = static_cast<std::int64_t>(*number);
  return {};
}

}  // namespace

std::string_view familyName(AveKind kind) {
  for (const auto& [name, known] : kKinds)
    if (known == kind) return name;
  return {};
}

std::optional<AveKind> kindOfFamily(std::string_view family) { return named(kKinds, family); }
std::optional<Cell> cellNamed(std::string_view word) { return named(kCells, word); }
std::optional<AttentionReading> attentionNamed(std::string_view word) { return named(kReadings, word); }
std::optional<PicturePooling> poolingNamed(std::string_view word) { return named(kPoolings, word); }

Result<void> check(const AveConfig& config) {
  for (const auto& size : kSizes) {
    const auto value = config.*size.member;
    if (size.used(config) && (value < 1 || value > size.most))
      return badField(size.key, "is " + std::to_string(value) + ", expected 1 to " + std::to_string(size.most));
  }
  if (config.sees() && config.regions() > 4096) return badField("grid_rows", "times grid_columns is more than 4096 regions");
  if (config.classes < 1 || config.classes > (1 << 16))
    return badField("classes", "are " + std::to_string(config.classes) + ", expected 1 to 65536");
  return {};
}

Result<AveConfig> configFromSpec(const inference::ModelSpec& spec) {
  AveConfig config;
  const auto kind = kindOfFamily(spec.family);
  if (!kind) return fail(ErrorCode::incompatibleModel, "family '" + spec.family + "' localises no events; correct model.json");
  config.kind = *kind;
  config.classes = static_cast<std::int64_t>(spec.classes.size());
  for (auto read : {readChoice(spec, "cell", kCells, config.cell), readChoice(spec, "attention", kReadings, config.attention),
                    readChoice(spec, "pooling", kPoolings, config.pooling)})
    if (!read) return fail(std::move(read).error());
  for (const auto& size : kSizes)
    if (auto read = readSize(spec, size, config); !read) return fail(std::move(read).error());
  if (spec.architecture.contains("weak")) {
    const auto flag = spec.flag("weak");
    if (!flag) return badField("weak", "is neither true nor false");
    config.weak = *flag;
  }
  if (auto checked = check(config); !checked) return fail(std::move(checked).error());
  return config;
}

std::map<std::string, inference::Attribute> toArchitecture(const AveConfig& config) {
  std::map<std::string, inference::Attribute> architecture;
  for (const auto& size : kSizes)
    if (size.used(config)) architecture[size.key] = static_cast<double>(config.*size.member);
  architecture["cell"] = wordOf(kCells, config.cell);
  if (config.fuses()) architecture["attention"] = wordOf(kReadings, config.attention);
  if (config.kind == AveKind::visualOnly) architecture["pooling"] = wordOf(kPoolings, config.pooling);
  architecture["weak"] = config.weak;
  return architecture;
}

}  // namespace chladni::models::ave
