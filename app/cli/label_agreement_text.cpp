#include "app/cli/label_agreement_text.h"

#include <cstdio>
#include <string_view>

namespace chladni::cli {

using serial::JsonValue;
namespace {

JsonValue labelJson(const std::optional<Label>& label) {
  if (!label) return {};
  JsonValue out = JsonValue::object();
  return out.set("start", label->span.start.seconds()).set("end", label->span.end.seconds()).set("text", label->text);
}

std::string_view nameOf(metrics::DisagreementKind kind) {
  switch (kind) {
    case metrics::DisagreementKind::onlyFirst: return "only first";
    case metrics::DisagreementKind::onlySecond: return "only second";
    case metrics::DisagreementKind::otherText: return "other text";
    case metrics::DisagreementKind::boundaries: return "boundaries";
  }
  return "";
}

JsonValue shareOrNull(const std::optional<double>& share) { return share ? JsonValue(*share) : JsonValue(); }

std::string shareText(const std::optional<double>& share) {
  if (!share) return "-";
  char text[32];
  std::snprintf(text, sizeof text, "%.4f", *share);
  return text;
}

}  // namespace

JsonValue agreementJson(const metrics::LabelAgreement& agreement) {
  JsonValue boundaries = JsonValue::object();
  const auto& b = agreement.boundaries;
  boundaries.set("matched", b.count).set("mean_start", b.meanStart).set("mean_end", b.meanEnd);
  boundaries.set("mean_absolute_start", b.meanAbsoluteStart).set("mean_absolute_end", b.meanAbsoluteEnd).set("largest", b.largest);
  JsonValue texts = JsonValue::array();
  for (const auto& one : agreement.perText) {
    JsonValue row = JsonValue::object();
    row.set("text", one.text).set("overlap", shareOrNull(one.overlap)).set("f1", one.f1).set("first", one.first).set("second", one.second);
    texts.append(std::move(row.set("matched", one.matched)));
  }
  JsonValue list = JsonValue::array();
  for (const auto& one : agreement.disagreements) {
    JsonValue row = JsonValue::object();
    row.set("kind", nameOf(one.kind)).set("start", one.span.start.seconds()).set("end", one.span.end.seconds());
    list.append(std::move(row.set("first", labelJson(one.first)).set("second", labelJson(one.second))));
  }
  JsonValue events = JsonValue::object();
  events.set("precision", agreement.events.precision).set("recall", agreement.events.recall).set("f1", agreement.events.f1);
  JsonValue out = JsonValue::object();
  out.set("first", agreement.first).set("second", agreement.second).set("overlap", shareOrNull(agreement.overlap));
  out.set("observed", agreement.observed).set("kappa", agreement.kappa ? JsonValue(*agreement.kappa) : JsonValue());
  out.set("events", std::move(events)).set("boundaries", std::move(boundaries));
  return std::move(out.set("per_text", std::move(texts)).set("disagreements", std::move(list)));
}

std::string agreementText(const metrics::LabelAgreement& agreement) {
  char line[256];
  std::snprintf(line, sizeof line, "labels      %lld and %lld\noverlap     %s\nkappa       %s (%.4f of the time alike)\n",
                static_cast<long long>(agreement.first), static_cast<long long>(agreement.second), shareText(agreement.overlap).c_str(),
                shareText(agreement.kappa).c_str(), agreement.observed);
  std::string text = line;
  std::snprintf(line, sizeof line, "events      F1 %.4f, precision %.4f, recall %.4f\nboundaries  start %.3f s, end %.3f s apart on average\n",
                agreement.events.f1, agreement.events.precision, agreement.events.recall,
                agreement.boundaries.meanAbsoluteStart, agreement.boundaries.meanAbsoluteEnd);
  text += line;
  for (const auto& one : agreement.disagreements) {
    std::snprintf(line, sizeof line, "%12.3f  %12.3f  ", one.span.start.seconds(), one.span.end.seconds());
    text += line + std::string(nameOf(one.kind)) + ": " + (one.first ? serial::printable(one.first->text) : "-") + " / " +
            (one.second ? serial::printable(one.second->text) : "-") + "\n";
  }
  return text;
}

}  // namespace chladni::cli
