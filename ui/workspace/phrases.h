// Phrases: texts that the core composes, found again by their pattern and said in the language of the window. %1 to %3 stand
// for names, counts and reasons, which stay as they are. Any thread.
#pragma once

#include <QRegularExpression>
#include <QString>
#include <optional>
#include <span>
#include <vector>

namespace chladni::ui {

class Phrases {
 public:
  // The patterns are marked with QT_TRANSLATE_NOOP("chladni::ui", …).
  explicit Phrases(std::span<const char* const> patterns);

  // Nothing where no pattern fits. Where several do the one with the most words of its own counts.
  [[nodiscard]] std::optional<QString> translated(const QString& text) const;

 private:
  struct Pattern {
    const char* words;
    QRegularExpression matcher;
  };
  std::vector<Pattern> patterns_;
};

}  // namespace chladni::ui
