// Runs in words and colours, the same in list, head line and tool tips. Pure functions.
#pragma once

#include <QColor>
#include <QLabel>
#include <QString>

#include "core/runs/run_summary.h"

namespace chladni::ui {

QString phaseWord(runs::RunPhase phase);    // "learning", "paused", "finished"
QColor phaseColour(runs::RunPhase phase);   // of the theme; never without the word
QString spanText(double seconds);           // "45 s", "12 min", "3 h 20 min"
QString countText(double count);            // "1 234", "12.3 k"
QString dateText(double secondsSince1970);  // "today 14:05", "21 Nov 2026"
QString figureText(double value);           // four digits
// "epoch 3 of 12 · step 120 of 480 · accuracy 0.81 · 34 s left"
QString courseText(const runs::RunSummary& run);
// 0..1; -1 when it is not known.
double shareDone(const runs::RunSummary& run);

// Colours a label's text, whatever the style sheet says about labels.
void setTextColour(QLabel& label, const QColor& colour);

}  // namespace chladni::ui
