#include "ui/workspace/core_words.h"

#include <QRegularExpression>
#include <array>

#include "ui/workspace/phrases.h"
#include "ui/workspace/text.h"

namespace chladni::ui {
namespace {

constexpr std::array kStages = {
    QT_TRANSLATE_NOOP("chladni::ui", "adding files"),
    QT_TRANSLATE_NOOP("chladni::ui", "classifying"),
    QT_TRANSLATE_NOOP("chladni::ui", "comparing"),
    QT_TRANSLATE_NOOP("chladni::ui", "evaluating"),
    QT_TRANSLATE_NOOP("chladni::ui", "features"),
    QT_TRANSLATE_NOOP("chladni::ui", "listening to corrections"),
    QT_TRANSLATE_NOOP("chladni::ui", "loading the model"),
    QT_TRANSLATE_NOOP("chladni::ui", "localising"),
    QT_TRANSLATE_NOOP("chladni::ui", "painting"),
    QT_TRANSLATE_NOOP("chladni::ui", "reading"),
    QT_TRANSLATE_NOOP("chladni::ui", "teaching the head"),
};

// %1 and %2 stand for what a step is about: names, counts.
constexpr std::array kSteps = {
    QT_TRANSLATE_NOOP("chladni::ui", "accept a proposal"),
    QT_TRANSLATE_NOOP("chladni::ui", "accept proposals from %1"),
    QT_TRANSLATE_NOOP("chladni::ui", "add %1 files"),
    QT_TRANSLATE_NOOP("chladni::ui", "add 1 file"),
    QT_TRANSLATE_NOOP("chladni::ui", "add \"%1\""),
    QT_TRANSLATE_NOOP("chladni::ui", "add a label"),
    QT_TRANSLATE_NOOP("chladni::ui", "add track \"%1\""),
    QT_TRANSLATE_NOOP("chladni::ui", "allow overlaps"),
    QT_TRANSLATE_NOOP("chladni::ui", "attributes of a label"),
    QT_TRANSLATE_NOOP("chladni::ui", "author of a label"),
    QT_TRANSLATE_NOOP("chladni::ui", "change classes"),
    QT_TRANSLATE_NOOP("chladni::ui", "confidence of a label"),
    QT_TRANSLATE_NOOP("chladni::ui", "correct to \"%1\""),
    QT_TRANSLATE_NOOP("chladni::ui", "delete a label"),
    QT_TRANSLATE_NOOP("chladni::ui", "delete labels"),
    QT_TRANSLATE_NOOP("chladni::ui", "duplicate labels"),
    QT_TRANSLATE_NOOP("chladni::ui", "find %1 moved files"),
    QT_TRANSLATE_NOOP("chladni::ui", "find 1 moved file"),
    QT_TRANSLATE_NOOP("chladni::ui", "forbid overlaps"),
    QT_TRANSLATE_NOOP("chladni::ui", "forget a correction"),
    QT_TRANSLATE_NOOP("chladni::ui", "frequencies of a label"),
    QT_TRANSLATE_NOOP("chladni::ui", "let a reference be edited"),
    QT_TRANSLATE_NOOP("chladni::ui", "make a track the reference"),
    QT_TRANSLATE_NOOP("chladni::ui", "mark %1 files as untouched"),
    QT_TRANSLATE_NOOP("chladni::ui", "mark 1 file as untouched"),
    QT_TRANSLATE_NOOP("chladni::ui", "mark %1 files as begun"),
    QT_TRANSLATE_NOOP("chladni::ui", "mark 1 file as begun"),
    QT_TRANSLATE_NOOP("chladni::ui", "mark %1 files as done"),
    QT_TRANSLATE_NOOP("chladni::ui", "mark 1 file as done"),
    QT_TRANSLATE_NOOP("chladni::ui", "mark %1 files as questionable"),
    QT_TRANSLATE_NOOP("chladni::ui", "mark 1 file as questionable"),
    QT_TRANSLATE_NOOP("chladni::ui", "merge labels"),
    QT_TRANSLATE_NOOP("chladni::ui", "move a start"),
    QT_TRANSLATE_NOOP("chladni::ui", "move an end"),
    QT_TRANSLATE_NOOP("chladni::ui", "name \"%1\""),
    QT_TRANSLATE_NOOP("chladni::ui", "propose %1 labels"),
    QT_TRANSLATE_NOOP("chladni::ui", "propose 1 label"),
    QT_TRANSLATE_NOOP("chladni::ui", "reject a proposal"),
    QT_TRANSLATE_NOOP("chladni::ui", "remove %1 files"),
    QT_TRANSLATE_NOOP("chladni::ui", "remove 1 file"),
    QT_TRANSLATE_NOOP("chladni::ui", "remove track \"%1\""),
    QT_TRANSLATE_NOOP("chladni::ui", "rename a track to \"%1\""),
    QT_TRANSLATE_NOOP("chladni::ui", "shift labels"),
    QT_TRANSLATE_NOOP("chladni::ui", "snap a label"),
    QT_TRANSLATE_NOOP("chladni::ui", "split a label"),
    QT_TRANSLATE_NOOP("chladni::ui", "tag %1 files \"%2\""),
    QT_TRANSLATE_NOOP("chladni::ui", "tag 1 file \"%1\""),
    QT_TRANSLATE_NOOP("chladni::ui", "take tag \"%1\" off %2 files"),
    QT_TRANSLATE_NOOP("chladni::ui", "take tag \"%1\" off 1 file"),
};

}  // namespace

QString stageText(const std::string& stage) {
  for (const char* known : kStages)
    if (stage == known) return tr(known);
  // Of a job that goes over files.
  static const QRegularExpression ofMany(QStringLiteral("^(\\d+) of (\\d+): (.*)$"), QRegularExpression::DotMatchesEverythingOption);
  const QString text = toText(stage);
  const auto match = ofMany.match(text);
  return match.hasMatch() ? tr("%1 of %2: %3").arg(match.captured(1), match.captured(2), match.captured(3)) : text;
}

QString stepText(const std::string& step) {
  static const Phrases steps(kSteps);
  const QString text = toText(step);
  return steps.translated(text).value_or(text);
}

}  // namespace chladni::ui
