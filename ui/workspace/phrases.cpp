#include "ui/workspace/phrases.h"

#include <algorithm>
#include <cstring>

#include "ui/workspace/text.h"

namespace chladni::ui {

Phrases::Phrases(std::span<const char* const> patterns) {
  for (const char* words : patterns) {
    QString expression = QRegularExpression::escape(QString::fromUtf8(words));
    for (const char* place : {"\\%1", "\\%2", "\\%3"}) expression.replace(QLatin1String(place), QStringLiteral("(.*)"));
    patterns_.push_back({words, QRegularExpression(QRegularExpression::anchoredPattern(expression), QRegularExpression::DotMatchesEverythingOption)});
  }
  std::stable_sort(patterns_.begin(), patterns_.end(), [](const Pattern& a, const Pattern& b) { return std::strlen(a.words) > std::strlen(b.words); });
}

std::optional<QString> Phrases::translated(const QString& text) const {
  for (const Pattern& pattern : patterns_) {
    const auto match = pattern.matcher.match(text);
    if (!match.hasMatch()) continue;
    const QString said = tr(pattern.words);
    switch (match.lastCapturedIndex()) {
      case 0: return said;
      case 1: return said.arg(match.captured(1));
      case 2: return said.arg(match.captured(1), match.captured(2));
      default: return said.arg(match.captured(1), match.captured(2), match.captured(3));
    }
  }
  return std::nullopt;
}

}  // namespace chladni::ui
