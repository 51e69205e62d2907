#include "core/store/label_rows.h"

#include "core/data/label_edit.h"
#include "core/serial/json_value.h"
#include "core/serial/utf8.h"

namespace chladni::store {

namespace {

using serial::JsonValue;

std::string attributesText(const Label& label) {
  if (label.attributes.empty()) return {};
  JsonValue all = JsonValue::array();
  for (const auto& [key, value] : label.attributes) {
    JsonValue pair = JsonValue::array();
    pair.append(key);
    pair.append(value);
    all.append(std::move(pair));
  }
  return all.text();
}

Result<void> readAttributes(const std::string& text, Label& label) {
  if (text.empty()) return {};
  auto json = serial::parseJson(text, "attributes of label \"" + serial::printable(label.text) + "\"");
  if (!json) return fail(json.error());
  const serial::JsonField all(*json);
  for (std::size_t i = 0; i < all.size(); ++i) {
    auto pair = all[i].strings();
    if (!pair || pair->size() != 2)
      return fail(ErrorCode::corruptData, "label \"" + serial::printable(label.text) + "\" has an attribute that is no pair of texts");
    label.attributes.emplace_back((*pair)[0], (*pair)[1]);
  }
  return {};
}

Result<void> checkTexts(const Label& label) {
  const auto good = [](const std::string& text) { return serial::isUtf8(text); };
  bool all = good(label.text) && good(label.author) && good(label.origin.model) && good(label.origin.weightsSha256);
  for (const auto& [key, value] : label.attributes) all = all && good(key) && good(value);
  if (!all) return fail(ErrorCode::invalidArgument, "label \"" + serial::printable(label.text) + "\" holds text that is not UTF-8");
  return {};
}

}  // namespace

Result<Label> readLabel(const Statement& statement, int first) {
  Label label;
  label.span.start = MediaTime::fromNanoseconds(statement.whole(first));
  label.span.end = MediaTime::fromNanoseconds(statement.whole(first + 1));
  label.text = statement.text(first + 2);
  if (!isLabelTime(label.span.start) || !isLabelTime(label.span.end))
    return fail(ErrorCode::corruptData, "label \"" + serial::printable(label.text) + "\" lies more than 126 years from the start");
  const auto low = statement.optionalNumber(first + 3);
  const auto high = statement.optionalNumber(first + 4);
  if (low && high) label.band = FrequencyBand{*low, *high};
  label.confidence = statement.optionalNumber(first + 5);
  const std::int64_t state = statement.whole(first + 6);
  if (state < 0 || state > static_cast<std::int64_t>(LabelState::rejected))
    return fail(ErrorCode::corruptData, "label \"" + serial::printable(label.text) + "\" has an unknown state, " + std::to_string(state));
  label.state = static_cast<LabelState>(state);
  label.author = statement.text(first + 7);
  label.origin.model = statement.text(first + 8);
  label.origin.weightsSha256 = statement.text(first + 9);
  label.origin.threshold = statement.optionalNumber(first + 10);
  if (auto ok = readAttributes(statement.text(first + 11), label); !ok) return fail(ok.error());
  return label;
}

Result<void> bindLabel(Statement& statement, int first, const Label& label) {
  if (auto ok = checkLabel(label); !ok) return ok;
  if (auto ok = checkTexts(label); !ok) return ok;
  const auto edge = [&](double FrequencyBand::*side) {
    return label.band ? std::optional<double>((*label.band).*side) : std::nullopt;
  };
  statement.bind(first, label.span.start.nanoseconds()).bind(first + 1, label.span.end.nanoseconds());
  statement.bind(first + 2, std::string_view(label.text));
  statement.bind(first + 3, edge(&FrequencyBand::low)).bind(first + 4, edge(&FrequencyBand::high));
  statement.bind(first + 5, label.confidence).bind(first + 6, static_cast<std::int64_t>(label.state));
  statement.bind(first + 7, std::string_view(label.author)).bind(first + 8, std::string_view(label.origin.model));
  statement.bind(first + 9, std::string_view(label.origin.weightsSha256)).bind(first + 10, label.origin.threshold);
  statement.bind(first + 11, std::string_view(attributesText(label)));
  return {};
}

}  // namespace chladni::store
